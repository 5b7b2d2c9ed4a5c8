import { createHash } from "node:crypto";
import { appendFile, readFile, readdir } from "node:fs/promises";
import { extname, join, relative } from "node:path";
import type { FakeCloudflare } from "./fake-cloudflare.ts";
import type { Program, ProgramRun } from "../../scripts/terminal/run-program.ts";

/** What wrangler writes where `WRANGLER_OUTPUT_FILE_PATH` says. */
interface OutputLine {
  readonly version_id?: string;
  readonly preview_url?: string;
}

/** The part of wrangler's settings that matters here. */
interface Config {
  readonly name: string;
  readonly account_id?: string;
  readonly vars?: Readonly<Record<string, string>>;
  readonly kv_namespaces: readonly { readonly binding: string; readonly id: string }[];
  readonly analytics_engine_datasets?: readonly {
    readonly binding: string;
    readonly dataset?: string;
  }[];
  readonly assets?: { readonly directory: string };
  readonly workers_dev?: boolean;
  readonly route?: string | Route;
  readonly routes?: readonly (string | Route)[];
  readonly triggers?: { readonly crons?: readonly string[] };
}

interface Route {
  readonly pattern: string;
  readonly custom_domain?: boolean;
}

/** An answer of the API that is an error, as wrangler shows it. */
class ApiError extends Error {
  readonly status: number;
  readonly codes: readonly number[];

  constructor(
    address: string,
    status: number,
    errors: readonly { readonly code: number; readonly message: string }[],
  ) {
    const why = errors.map(({ code, message }) => `${message} [code: ${code}]`).join("\n");
    super(`A request to the Cloudflare API (${address}) failed.\n\n  ${why}`);
    this.status = status;
    this.codes = errors.map(({ code }) => code);
  }
}

/** Sends a request to an address behind `/client/v4`, and gives the result; `token` is the account's unless another is given. */
type Send = (
  method: string,
  address: string,
  body?: () => FormData | string,
  token?: string,
) => Promise<unknown>;

interface Wrangler {
  readonly account: string;
  /** Once. */
  readonly send: Send;
  /** wrangler's `retryOnAPIFailure`: three times after 429, 5xx and broken connections. */
  readonly sendPatiently: Send;
}

const AUTHENTICATION_ERROR = 10_000;
const NO_WORKER = [10_007, 10_090];
const ATTEMPTS = 3;
const TOO_MANY = 429;

/**
 * wrangler, as far as our commands run it: it sends to an account what the real one sends, request for request, but for the
 * code, of which only the release matters here.
 */
export function fakeWrangler(
  cloudflare: FakeCloudflare,
): (program: Program, end?: AbortSignal) => Promise<ProgramRun> {
  return async (program, end) => {
    try {
      const line = await act(program, cloudflare, end);
      const file = program.environment["WRANGLER_OUTPUT_FILE_PATH"] ?? "";
      await appendFile(file, `${JSON.stringify(line)}\n`);
      return { exitCode: 0, output: "" };
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      return { exitCode: 1, output: `Total Upload: 1 KiB\n\n\u001B[31m✘ [ERROR] ${detail}\n` };
    }
  };
}

function connect(
  account: string,
  cloudflare: FakeCloudflare,
  end: AbortSignal | undefined,
): Wrangler {
  const send: Send = async (method, address, makeBody, token) => {
    const body = makeBody?.();
    const headers = new Headers({
      Authorization: token === undefined ? cloudflare.authorization : `Bearer ${token}`,
    });
    if (typeof body === "string") headers.set("Content-Type", "application/json");
    const init = {
      method,
      headers,
      ...(body === undefined ? {} : { body }),
      ...(end === undefined ? {} : { signal: end }),
    };
    const response = await cloudflare.fetch(new Request(cloudflare.baseUrl + address, init));
    const text = await response.text();
    let answer: {
      success: boolean;
      result: unknown;
      errors: readonly { code: number; message: string }[] | null;
    };
    try {
      answer = JSON.parse(text) as typeof answer;
    } catch {
      throw new Error(`Received a malformed response from the API\n\n  ${text.slice(0, 100)}`);
    }
    if (answer.success) return answer.result;
    throw new ApiError(address, response.status, answer.errors ?? []);
  };
  const sendPatiently: Send = async (...request) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await send(...request);
      } catch (error) {
        const mayHelp =
          error instanceof TypeError ||
          (error instanceof ApiError && (error.status >= 500 || error.status === TOO_MANY));
        if (!mayHelp || attempt === ATTEMPTS || end?.aborted === true) throw error;
        await cloudflare.wait((attempt - 1) * 1000);
      }
    }
  };
  return { account, send, sendPatiently };
}

async function act(
  { args, cwd, environment }: Program,
  cloudflare: FakeCloudflare,
  end: AbortSignal | undefined,
): Promise<OutputLine> {
  const config = inEnvironment(
    JSON.parse(await readFile(valueOf(args, "--config"), "utf8")) as Config,
    args,
    environment,
  );
  const account = `/accounts/${config.account_id ?? environment["CLOUDFLARE_ACCOUNT_ID"] ?? ""}`;
  const scripts = `${account}/workers/scripts`;
  const wrangler = connect(account, cloudflare, end);
  const { send } = wrangler;

  const [verb = "", second = "", third = ""] = args;
  if (verb === "rollback" || (verb === "versions" && second === "deploy")) {
    const id = verb === "rollback" ? second : third.replace("@100%", "");
    const script = `${scripts}/${valueOf(args, "--name")}`;
    await send("GET", `${script}/deployments`);
    await send("GET", `${script}/versions/${id}`);
    await deployVersion(wrangler, script, id, valueOf(args, "--message"));
    return { version_id: id };
  }
  if (verb === "triggers" && second === "deploy") {
    await deployTriggers(config, wrangler);
    return {};
  }
  if (verb !== "deploy" && !(verb === "versions" && second === "upload")) {
    throw new Error(`Unknown command: ${args.join(" ")}`);
  }
  const script = `${scripts}/${config.name}`;
  const isThere =
    (await unlessNoWorker(send("GET", `${account}/workers/services/${config.name}`))) !== null;
  await unlessNoWorker(send("GET", `${script}/secrets`));
  // The first version of a Worker goes live with its upload.
  const isFirst = verb === "deploy" && !isThere;
  if (isFirst && wantsWorkersDev(config)) await needSubdomain(account, send);
  if (verb === "deploy") await unlessNoWorker(send("GET", `${script}/deployments`));
  const folder = join(cwd, config.assets?.directory ?? "assets");
  const assets = {
    jwt: await uploadAssets(folder, script, wrangler),
    config: { _headers: await readFile(join(folder, "_headers"), "utf8") },
  };
  await unlessNoWorker(send("GET", `${script}/settings`));
  const release = new Uint8Array(await readFile(join(cwd, "build/release.bin")));
  const vars = Object.entries(config.vars ?? {});
  const bindings = [
    ...vars.map(([name, text]) => ({ type: "plain_text", name, text })),
    ...config.kv_namespaces.map(({ binding, id }) => ({
      type: "kv_namespace",
      name: binding,
      namespace_id: id,
    })),
    ...(config.analytics_engine_datasets ?? []).map(({ binding, dataset }) => ({
      type: "analytics_engine",
      name: binding,
      ...(dataset === undefined ? {} : { dataset }),
    })),
  ];
  const message = valueOf(args, "--message");
  const annotations = { "workers/message": message, "workers/tag": valueOf(args, "--tag") };
  const metadata = { main_module: "worker.js", bindings, annotations, assets };
  const form = (): FormData => {
    const parts = new FormData();
    parts.set("metadata", JSON.stringify(metadata));
    parts.set("release.bin", new File([release], "release.bin"), "release.bin");
    return parts;
  };
  const address = isFirst
    ? `${script}?excludeScript=true&bindings_inherit=strict`
    : `${script}/versions?bindings_inherit=strict`;
  const uploaded = await wrangler.sendPatiently(isFirst ? "PUT" : "POST", address, form);
  const { id: versionId } = uploaded as { id: string };
  if (verb === "versions") {
    await wrangler.sendPatiently("GET", `${account}/workers/workers/${config.name}`);
    return {
      version_id: versionId,
      preview_url: `https://${versionId.slice(0, 8)}-site.stand-in.workers.dev`,
    };
  }
  if (!isFirst) {
    await deployVersion(wrangler, script, versionId, message);
    // wrangler only warns where this fails.
    await send("PATCH", `${script}/script-settings`, () => JSON.stringify({ tags: [] })).catch(
      () => null,
    );
  }
  await deployTriggers(config, wrangler);
  return { version_id: versionId };
}

async function deployVersion(
  { send }: Wrangler,
  script: string,
  id: string,
  message: string,
): Promise<unknown> {
  const deployment = {
    strategy: "percentage",
    versions: [{ version_id: id, percentage: 100 }],
    annotations: message === "" ? {} : { "workers/message": message },
  };
  return send("POST", `${script}/deployments`, () => JSON.stringify(deployment));
}

/** A result; null where there is no such Worker yet. */
async function unlessNoWorker(asked: Promise<unknown>): Promise<unknown> {
  try {
    return await asked;
  } catch (error) {
    const isNoWorker =
      error instanceof ApiError && error.codes.some((code) => NO_WORKER.includes(code));
    if (!isNoWorker) throw error;
    return null;
  }
}

/** wrangler's `syncAssets`: sends the files that the account lacks, and gives the token for the version. */
async function uploadAssets(folder: string, script: string, wrangler: Wrangler): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const manifest: Record<string, { readonly hash: string; readonly size: number }> = {};
  /** In base64, by hash. */
  const contents = new Map<string, string>();
  for (const entry of entries) {
    // `_headers` goes with the version.
    if (!entry.isFile() || entry.name === "_headers") continue;
    const file = join(entry.parentPath, entry.name);
    const base64 = (await readFile(file)).toString("base64");
    // The extension too, because the media type follows from it.
    const hash = createHash("sha256")
      .update(base64 + extname(file).slice(1))
      .digest("hex")
      .slice(0, 32);
    contents.set(hash, base64);
    manifest[`/${relative(folder, file)}`] = { hash, size: Buffer.byteLength(base64, "base64") };
  }
  const session = (await wrangler.sendPatiently("POST", `${script}/assets-upload-session`, () =>
    JSON.stringify({ manifest }),
  )) as { readonly jwt: string; readonly buckets: readonly (readonly string[])[] };
  let completion = session.jwt;
  for (const bucket of session.buckets) {
    const form = (): FormData => {
      const parts = new FormData();
      for (const hash of bucket) {
        parts.append(hash, new File([contents.get(hash) ?? ""], hash), hash);
      }
      return parts;
    };
    const address = `${wrangler.account}/workers/assets/upload?base64=true`;
    const answer = await wrangler.sendPatiently("POST", address, form, session.jwt);
    completion = (answer as { readonly jwt?: string } | null)?.jwt ?? completion;
  }
  return completion;
}

/**
 * The settings with the Worker's name as wrangler has it: of an environment that the file does not name it makes a name by
 * itself, and what Workers Builds says comes before all.
 */
function inEnvironment(
  config: Config,
  args: readonly string[],
  environment: Program["environment"],
): Config {
  const chosen = args.includes("--env=") ? "" : (environment["CLOUDFLARE_ENV"] ?? "");
  const name = chosen === "" ? config.name : `${config.name}-${chosen}`;
  return { ...config, name: environment["WRANGLER_CI_OVERRIDE_NAME"] ?? name };
}

function wantsWorkersDev(config: Config): boolean {
  return config.workers_dev ?? routesOf(config).length === 0;
}

function routesOf({ route, routes = route === undefined ? [] : [route] }: Config): Route[] {
  return routes.map((one) => (typeof one === "string" ? { pattern: one } : one));
}

/** wrangler's `getWorkersDevSubdomain` where nobody can be asked whether to register one. */
async function needSubdomain(account: string, send: Send): Promise<void> {
  try {
    await send("GET", `${account}/workers/subdomain`);
  } catch (error) {
    if (!(error instanceof ApiError && error.codes.includes(10_007))) throw error;
    const id = account.replace("/accounts/", "");
    throw new Error(
      `You can either deploy your worker to one or more routes by specifying them in your wrangler.json file, or register a workers.dev subdomain here:\nhttps://dash.cloudflare.com/${id}/workers/onboarding`,
      { cause: error },
    );
  }
}

/** wrangler's `triggersDeploy`: workers.dev first, then routes and custom domains, whose errors it gathers. */
async function deployTriggers(
  config: Config,
  { account, send, sendPatiently }: Wrangler,
): Promise<void> {
  const script = `${account}/workers/scripts/${config.name}`;
  const enabled = wantsWorkersDev(config);
  const worker = await sendPatiently("GET", `${account}/workers/workers/${config.name}`);
  const { subdomain } = worker as { readonly subdomain: { readonly url?: string } };
  if (enabled && subdomain.url === undefined) await needSubdomain(account, send);
  await sendPatiently("POST", `${script}/subdomain`, () => JSON.stringify({ enabled }));
  const routes = routesOf(config);
  const failures: string[] = [];
  const gather = async (category: string, work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      failures.push(`  ${category}:\n    - ${error.message.replace(/\n+ */, "\n      - ")}`);
    }
  };
  const others = routes.filter((route) => route.custom_domain !== true);
  const domains = routes.filter((route) => route.custom_domain === true);
  if (others.length > 0) {
    await gather("Routes", async () => publishRoutes(config.name, others, account, send));
  }
  if (domains.length > 0) {
    await gather("Custom domains", async () => {
      const origins = domains.map(({ pattern }) => ({ hostname: pattern }));
      const records = {
        override_scope: true,
        override_existing_origin: true,
        override_existing_dns_record: true,
        origins,
      };
      await send("POST", `${script}/domains/changeset?replace_state=true`, () =>
        JSON.stringify(origins),
      );
      await send("PUT", `${script}/domains/records`, () => JSON.stringify(records));
    });
  }
  const { crons } = config.triggers ?? {};
  if (crons !== undefined) {
    await gather("Cron schedules", async () =>
      send("PUT", `${script}/schedules`, () => JSON.stringify(crons.map((cron) => ({ cron })))),
    );
  }
  if (failures.length === 0) return;
  throw new Error(
    `Trigger configuration for "${config.name}" was only partially updated:\n\n${failures.join("\n\n")}\n\nSuccessful trigger changes were not rolled back.`,
  );
}

/** wrangler's `publishRoutes`, which goes zone by zone where the token may not touch all zones. */
async function publishRoutes(
  worker: string,
  routes: readonly Route[],
  account: string,
  send: Send,
): Promise<void> {
  try {
    const script = `${account}/workers/scripts/${worker}`;
    await send("PUT", `${script}/routes`, () => JSON.stringify(routes));
  } catch (error) {
    if (!(error instanceof ApiError && error.codes.includes(AUTHENTICATION_ERROR))) throw error;
    for (const { pattern } of routes) {
      const [host = ""] = pattern.split("/");
      const query = new URLSearchParams({ name: host, "account.id": account.split("/")[2] ?? "" });
      const [zone] = (await send("GET", `/zones?${query.toString()}`)) as readonly { id: string }[];
      if (zone === undefined) {
        throw new Error(
          `Could not find zone for \`${host}\`. Make sure the domain is set up to be proxied by Cloudflare.`,
          { cause: error },
        );
      }
      const route = JSON.stringify({ pattern, script: worker });
      await send("POST", `/zones/${zone.id}/workers/routes`, () => route);
    }
  }
}

/** `--tag=x` or `--tag x`. */
function valueOf(args: readonly string[], option: string): string {
  const joined = args.find((arg) => arg.startsWith(`${option}=`));
  return joined?.slice(option.length + 1) ?? args[args.indexOf(option) + 1] ?? "";
}
