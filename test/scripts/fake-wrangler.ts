import { appendFile, readFile } from "node:fs/promises";
import { join } from "node:path";
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
  readonly workers_dev?: boolean;
  readonly route?: string | Route;
  readonly routes?: readonly (string | Route)[];
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

/** Sends a request to an address behind `/client/v4`, and gives the result. */
type Send = (method: string, address: string, body?: FormData | string) => Promise<unknown>;

const AUTHENTICATION_ERROR = 10_000;
/** How often wrangler's `retryOnAPIFailure` tries what failed with 5xx. */
const ATTEMPTS = 3;

/**
 * wrangler, as far as our commands run it: it sends to an account what the real one sends, request for request, but for the
 * code, of which only the release matters here.
 */
export function fakeWrangler(
  cloudflare: FakeCloudflare,
): (program: Program) => Promise<ProgramRun> {
  return async (program) => {
    try {
      const line = await act(program, cloudflare);
      const file = program.environment["WRANGLER_OUTPUT_FILE_PATH"] ?? "";
      await appendFile(file, `${JSON.stringify(line)}\n`);
      return { exitCode: 0, output: "" };
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      return { exitCode: 1, output: `Total Upload: 1 KiB\n\n\u001B[31m✘ [ERROR] ${detail}\n` };
    }
  };
}

async function act(
  { args, cwd, environment }: Program,
  cloudflare: FakeCloudflare,
): Promise<OutputLine> {
  const config = inEnvironment(
    JSON.parse(await readFile(valueOf(args, "--config"), "utf8")) as Config,
    args,
    environment,
  );
  const account = `/accounts/${config.account_id ?? environment["CLOUDFLARE_ACCOUNT_ID"] ?? ""}`;
  const scripts = `${account}/workers/scripts`;
  const send: Send = async (method, address, body) => {
    const headers = { Authorization: cloudflare.authorization };
    const init = { method, headers, ...(body === undefined ? {} : { body }) };
    const response = await cloudflare.fetch(new Request(cloudflare.baseUrl + address, init));
    const { success, result, errors } = (await response.json()) as {
      success: boolean;
      result: unknown;
      errors: readonly { code: number; message: string }[];
    };
    if (success) return result;
    throw new ApiError(address, response.status, errors);
  };
  const deployVersion = async (name: string, id: string, message: string): Promise<unknown> =>
    send(
      "POST",
      `${scripts}/${name}/deployments`,
      JSON.stringify({
        strategy: "percentage",
        versions: [{ version_id: id, percentage: 100 }],
        annotations: message === "" ? {} : { "workers/message": message },
      }),
    );

  const [verb = "", second = "", third = ""] = args;
  if (verb === "rollback" || (verb === "versions" && second === "deploy")) {
    const id = verb === "rollback" ? second : third.replace("@100%", "");
    await deployVersion(valueOf(args, "--name"), id, valueOf(args, "--message"));
    return { version_id: id };
  }
  if (verb === "triggers" && second === "deploy") {
    await deployTriggers(config, account, send);
    return {};
  }
  if (verb !== "deploy" && !(verb === "versions" && second === "upload")) {
    throw new Error(`Unknown command: ${args.join(" ")}`);
  }
  const release = new Uint8Array(await readFile(join(cwd, "build/release.bin")));
  const form = new FormData();
  const vars = Object.entries(config.vars ?? {});
  const bindings = [
    ...vars.map(([name, text]) => ({ type: "plain_text", name, text })),
    ...config.kv_namespaces.map(({ binding, id }) => ({
      type: "kv_namespace",
      name: binding,
      namespace_id: id,
    })),
  ];
  const annotations = {
    "workers/tag": valueOf(args, "--tag"),
    "workers/message": valueOf(args, "--message"),
  };
  form.set("metadata", JSON.stringify({ main_module: "worker.js", bindings, annotations }));
  form.set("release.bin", new File([release], "release.bin"), "release.bin");
  // The first version of a Worker goes live with its upload.
  const isFirst = verb === "deploy" && cloudflare.versions.length === 0;
  if (isFirst && wantsWorkersDev(config)) await needSubdomain(account, send);
  const path = isFirst ? config.name : `${config.name}/versions`;
  const uploaded = await send(isFirst ? "PUT" : "POST", `${scripts}/${path}`, form);
  const { id: versionId } = uploaded as { id: string };
  if (verb === "versions") {
    return {
      version_id: versionId,
      preview_url: `https://${versionId.slice(0, 8)}-site.stand-in.workers.dev`,
    };
  }
  if (!isFirst) await deployVersion(config.name, versionId, "");
  await deployTriggers(config, account, send);
  return { version_id: versionId };
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
async function deployTriggers(config: Config, account: string, send: Send): Promise<void> {
  const script = `${account}/workers/scripts/${config.name}`;
  const enabled = wantsWorkersDev(config);
  if (enabled) await needSubdomain(account, send);
  for (let attempt = 1; ; attempt += 1) {
    try {
      await send("POST", `${script}/subdomain`, JSON.stringify({ enabled }));
      break;
    } catch (error) {
      if (!(error instanceof ApiError && error.status >= 500) || attempt === ATTEMPTS) throw error;
    }
  }
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
      await send("POST", `${script}/domains/changeset?replace_state=true`, JSON.stringify(origins));
      await send("PUT", `${script}/domains/records`, JSON.stringify({ origins }));
    });
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
    await send("PUT", `${script}/routes`, JSON.stringify(routes));
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
      await send("POST", `/zones/${zone.id}/workers/routes`, route);
    }
  }
}

/** `--tag=x` or `--tag x`. */
function valueOf(args: readonly string[], option: string): string {
  const joined = args.find((arg) => arg.startsWith(`${option}=`));
  return joined?.slice(option.length + 1) ?? args[args.indexOf(option) + 1] ?? "";
}
