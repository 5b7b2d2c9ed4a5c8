import type { ApiFailure } from "../cloudflare/cloudflare-api.ts";
import type { SignInFailure } from "../cloudflare/sign-in.ts";
import { isLoginRefused, wranglerErrors } from "../cloudflare/wrangler-errors.ts";
import type { AwaitFailure } from "./await-values.ts";
import type { PackReadFailure } from "./compare-releases.ts";
import { counted } from "../terminal/counted.ts";
import type { RecordFailure } from "./release-record.ts";
import type { UploadFailure } from "./upload-values.ts";

export type PublishFailure =
  | ApiFailure
  | SignInFailure
  | RecordFailure
  | PackReadFailure
  | UploadFailure
  | AwaitFailure
  /** Others deployed again and again. */
  | { readonly reason: "overtaken"; readonly times: number }
  | { readonly reason: "namespace-missing"; readonly title: string }
  | {
      readonly reason: "wrangler-failed";
      readonly command: string;
      readonly output: string;
      /** What readers see now, which was looked at. */
      readonly state: string;
    };

export const UNCHANGED = "the live site is as it was";
export const UNKNOWN =
  "nobody can say whether it took effect, because Cloudflare cannot be reached: npm run release -- list says what is live";

/** "Could not route to …, perhaps your object identifier is invalid?" */
const CODE_NO_ROUTE = 7003;

/** "namespace not found". */
export const CODE_NO_NAMESPACE = 10_013;

/** What went wrong, the state, and what to do: for people. */
export function describeFailure(failure: PublishFailure): string {
  switch (failure.reason) {
    case "not-signed-in":
      return `Cannot sign in to Cloudflare: ${failure.detail}; run npx wrangler login, or set CLOUDFLARE_API_TOKEN (in CI)`;
    case "secret-unusable":
      return `${failure.source} holds a line break, a blank or another character that no token has; set it anew`;
    case "base-address-unusable":
      return `CLOUDFLARE_API_BASE_URL is "${failure.address}", which is no address; correct it, or unset it`;
    case "account-unclear":
      return failure.accounts.length === 0
        ? "The login belongs to no Cloudflare account: make one at https://dash.cloudflare.com, or use another login"
        : `The login belongs to several accounts: ${failure.accounts.join(", ")}; set CLOUDFLARE_ACCOUNT_ID, or account_id in wrangler.toml`;
    case "api-unreachable":
      return `Cannot reach Cloudflare (${failure.request}): ${failure.detail}; the live site is as it was, run the same again`;
    case "api-unauthorized":
      return `Cloudflare refuses the login (${failure.request}): ${failure.detail}; the token needs "Workers Scripts: Edit" and "Workers KV Storage: Edit"`;
    case "api-quota":
      return `The plan's share of the day is used up (${failure.request}): ${failure.detail}; the live site is as it was, run the same again after 00:00 UTC`;
    case "api-refused":
      return `Cloudflare refuses "${failure.request}": ${failure.detail}${adviceOn(failure.codes)}`;
    case "namespace-missing":
      return `There is no KV namespace "${failure.title}": nothing has been deployed yet; npm run deploy does`;
    case "record-missing":
      return `KV does not have the release "${failure.release}": it was pruned, or never uploaded; npm run release -- list shows those that are there`;
    case "record-damaged":
      return `Cannot read the release "${failure.release}" in KV: ${failure.detail}`;
    case "pack-unreadable":
      return `Cannot read "${failure.key}" in KV: ${failure.detail}`;
    case "packs-lost":
      return `Cannot compare with release "${failure.release}": KV has lost ${listed(failure.keys)} of it, and nothing else says which ${failure.what} it had; take the folder as it was when that was deployed (git) and run npm run deploy, which uploads what is missing, then deploy again; or run npm run deploy -- --replace, which does not ask what gets lost`;
    case "values-refused":
      return `KV does not keep ${listed(failure.keys)}; the live site is as it was, run the same again`;
    case "values-missing":
      return `KV does not show ${listed(failure.keys)} minutes after the upload; the live site is as it was, run the same again`;
    case "overtaken":
      return `Not deployed: others deployed ${failure.times} times while this ran, and theirs is live; run the same again`;
    case "wrangler-failed":
      return isLoginRefused(failure.output)
        ? `Cloudflare refuses the login (wrangler ${failure.command}); ${failure.state}; the token needs "Workers Scripts: Edit"`
        : `wrangler ${failure.command} failed; ${failure.state}:\n${wranglerErrors(failure.output)}`;
  }
}

function adviceOn(codes: readonly number[]): string {
  if (codes.includes(CODE_NO_ROUTE)) {
    return "; is CLOUDFLARE_ACCOUNT_ID, or account_id in wrangler.toml, right?";
  }
  return codes.includes(CODE_NO_NAMESPACE)
    ? `; the account has no such KV namespace: take "id" out of [[kv_namespaces]] in wrangler.toml, so that a deploy finds or makes one, or correct it`
    : "";
}

const KEYS_SHOWN = 3;

function listed(keys: readonly string[]): string {
  const shown = keys.slice(0, KEYS_SHOWN).map((key) => `"${key}"`);
  return `${counted(keys.length, "value")} (${shown.join(", ")}${keys.length > KEYS_SHOWN ? ", …" : ""})`;
}
