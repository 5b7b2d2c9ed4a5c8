import * as v from "valibot";
import type { Result } from "../../src/domain/result.ts";
import { failed, mapped, ok } from "../../src/domain/result.ts";
import type { ApiFailure, Authorize, CloudflareApi } from "./cloudflare-api.ts";
import { createCloudflareApi } from "./cloudflare-api.ts";
import { SHORT_LIMIT_MILLISECONDS, runWrangler } from "./run-wrangler.ts";
import type { IO } from "../terminal/io.ts";
import { wranglerErrors } from "./wrangler-errors.ts";

/** A Cloudflare account, and an API that is signed in to it. */
export interface Account {
  readonly id: string;
  readonly api: CloudflareApi;
}

export type SignInFailure =
  | ApiFailure
  | { readonly reason: "not-signed-in"; readonly detail: string }
  /** A token or key holds characters that no header can; `source` names the variable, and the secret is never shown. */
  | { readonly reason: "secret-unusable"; readonly source: string }
  | { readonly reason: "base-address-unusable"; readonly address: string }
  | { readonly reason: "account-unclear"; readonly accounts: readonly string[] };

/** Variables whose values go into headers, with the names that they had before. */
const SECRETS = {
  key: ["CLOUDFLARE_API_KEY", "CF_API_KEY"],
  email: ["CLOUDFLARE_EMAIL", "CF_EMAIL"],
  token: ["CLOUDFLARE_API_TOKEN", "CF_API_TOKEN"],
} as const;
const WRANGLER = "The login that wrangler has";

/** Whether a text can stand in a header as it is; pasted secrets often end with a line break. */
function isSecret(text: string): boolean {
  return /^[!-~]*$/.test(text);
}

/** Reads what `wrangler auth token --json` prints, as the headers that sign requests in. */
const loginSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.union([
    v.pipe(
      v.looseObject({ type: v.picklist(["api_token", "oauth"]), token: v.string() }),
      v.transform(({ token }) => ({ Authorization: `Bearer ${token}` })),
    ),
    v.pipe(
      v.looseObject({ type: v.literal("api_key"), key: v.string(), email: v.string() }),
      v.transform(({ key, email }) => ({ "X-Auth-Key": key, "X-Auth-Email": email })),
    ),
  ]),
);
const accountsSchema = v.array(v.looseObject({ id: v.string(), name: v.string() }));

/** What wrangler's settings say of the account. */
export interface WantedAccount {
  readonly accountId: string | null;
  /** `compliance_region`, which has an API of its own; null where nothing is said. */
  readonly complianceRegion: string | null;
}

/**
 * Signs in with what wrangler would use, in its order: a global key, `CLOUDFLARE_API_TOKEN`, or the login of `wrangler login`;
 * and to the account that it would use: that of its settings, `CLOUDFLARE_ACCOUNT_ID`, or the only one.
 *
 * @param root the project's folder, where wrangler is run
 */
export async function signIn(
  root: string,
  { accountId, complianceRegion }: WantedAccount,
  io: IO,
): Promise<Result<Account, SignInFailure>> {
  const { environment } = io;
  const baseUrl = apiBaseUrl(environment, complianceRegion);
  if (!URL.canParse(baseUrl)) return failed({ reason: "base-address-unusable", address: baseUrl });
  const source = Object.values(SECRETS)
    .flat()
    .find((name) => !isSecret(environment[name] ?? ""));
  if (source !== undefined) return failed({ reason: "secret-unusable", source });
  const given = headersOf(environment);
  // What the environment has is what wrangler would answer, and asking wrangler takes a second.
  const ask = async (): ReturnType<typeof askWrangler> =>
    given === null ? askWrangler(root, io) : ok(given);
  const first = await ask();
  if (!first.ok) return first;
  let headers = first.value;
  const authorize: Authorize = async (isRefused) => {
    if (isRefused) {
      const renewed = await ask();
      if (renewed.ok) headers = renewed.value;
    }
    return headers;
  };
  const api = createCloudflareApi(baseUrl, authorize, io);
  const named = accountId ?? variable(environment, "CLOUDFLARE_ACCOUNT_ID", "CF_ACCOUNT_ID");
  const id = named === "" ? await onlyAccount(api) : ok(named);
  return mapped(id, (known) => ({ id: known, api }));
}

/** A variable, by the name that it had before where it has none of today's; empty if it has neither. */
function variable(environment: IO["environment"], name: string, oldName: string): string {
  return environment[name] ?? environment[oldName] ?? "";
}

/** The address of Cloudflare's API, by the rules of wrangler's `getCloudflareApiBaseUrl`. */
function apiBaseUrl(environment: IO["environment"], complianceRegion: string | null): string {
  const region = environment["CLOUDFLARE_COMPLIANCE_REGION"] ?? complianceRegion;
  const fed = region === "fedramp_high" ? ".fed" : "";
  const staging = environment["WRANGLER_API_ENVIRONMENT"] === "staging" ? ".staging" : "";
  return (
    environment["CLOUDFLARE_API_BASE_URL"] ??
    environment["CF_API_BASE_URL"] ??
    `https://api${fed}${staging}.cloudflare.com/client/v4`
  );
}

/** The headers of a login in the environment; null if there is none. */
function headersOf(environment: IO["environment"]): Readonly<Record<string, string>> | null {
  const [key, email, token] = [
    variable(environment, ...SECRETS.key),
    variable(environment, ...SECRETS.email),
    variable(environment, ...SECRETS.token),
  ];
  if (key !== "" && email !== "") return { "X-Auth-Key": key, "X-Auth-Email": email };
  return token === "" ? null : { Authorization: `Bearer ${token}` };
}

async function askWrangler(
  root: string,
  io: IO,
): Promise<Result<Readonly<Record<string, string>>, SignInFailure>> {
  const { exitCode, output } = await runWrangler(
    { args: ["auth", "token", "--json"], cwd: root, configFile: null, environment: {} },
    io,
    SHORT_LIMIT_MILLISECONDS,
  );
  const read = v.safeParse(loginSchema, /\{[^]*\}/.exec(output)?.[0]);
  if (exitCode !== 0 || !read.success) {
    return failed({ reason: "not-signed-in", detail: errorIn(output) });
  }
  const secrets = Object.values(read.output).map((header) => header.replace(/^Bearer /, ""));
  return secrets.every(isSecret)
    ? ok(read.output)
    : failed({ reason: "secret-unusable", source: WRANGLER });
}

/** The first line of wrangler's error, without its advice to log in, which the message about it gives. */
function errorIn(output: string): string {
  const [line = "wrangler says nothing"] = wranglerErrors(output).split("\n");
  const reason = line.replace(/\s*(?:Please )?run `npx wrangler login`.*$/i, "").replace(/\.$/, "");
  return reason === "" ? "wrangler says nothing" : reason;
}

async function onlyAccount(api: CloudflareApi): Promise<Result<string, SignInFailure>> {
  const answer = await api.json({ method: "GET", path: "/accounts" }, accountsSchema);
  if (!answer.ok) return answer;
  const [first, ...others] = answer.value.result;
  if (first !== undefined && others.length === 0) return ok(first.id);
  return failed({
    reason: "account-unclear",
    accounts: answer.value.result.map(({ id, name }) => `${id} (${name})`),
  });
}
