import * as v from "valibot";
import type { Result } from "../../src/domain/result.ts";
import { failed, mapped, ok } from "../../src/domain/result.ts";
import type { ApiFailure, Authorize, CloudflareApi } from "./cloudflare-api.ts";
import { API_BASE_URL, createCloudflareApi } from "./cloudflare-api.ts";
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

/** Variables whose values go into headers. */
const SECRETS = ["CLOUDFLARE_API_TOKEN", "CLOUDFLARE_API_KEY", "CLOUDFLARE_EMAIL"] as const;
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

/**
 * Signs in with what wrangler would use: `CLOUDFLARE_API_TOKEN`, a global key, or the login of `wrangler login`.
 *
 * @param root the project's folder, where wrangler is run
 * @param accountId the `account_id` of wrangler.toml; null if it has none
 */
export async function signIn(
  root: string,
  accountId: string | null,
  io: IO,
): Promise<Result<Account, SignInFailure>> {
  const { environment } = io;
  const baseUrl = environment["CLOUDFLARE_API_BASE_URL"] ?? API_BASE_URL;
  if (!URL.canParse(baseUrl)) return failed({ reason: "base-address-unusable", address: baseUrl });
  const source = SECRETS.find((name) => !isSecret(environment[name] ?? ""));
  if (source !== undefined) return failed({ reason: "secret-unusable", source });
  const token = environment["CLOUDFLARE_API_TOKEN"] ?? "";
  // A token in the environment is what wrangler would answer, and asking wrangler takes a second.
  const ask = async (): ReturnType<typeof askWrangler> =>
    token === "" ? askWrangler(root, io) : ok({ Authorization: `Bearer ${token}` });
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
  const named = environment["CLOUDFLARE_ACCOUNT_ID"] ?? accountId;
  const id = named === null || named === "" ? await onlyAccount(api) : ok(named);
  return mapped(id, (known) => ({ id: known, api }));
}

async function askWrangler(
  root: string,
  io: IO,
): Promise<Result<Readonly<Record<string, string>>, SignInFailure>> {
  const { exitCode, output } = await runWrangler(
    { args: ["auth", "token", "--json"], cwd: root, environment: {} },
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
