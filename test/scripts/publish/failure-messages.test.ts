import { expect, it } from "vitest";
import { exitCodeOf } from "../../../scripts/publish/exit-codes.ts";
import type { PublishFailure } from "../../../scripts/publish/failure-messages.ts";
import { failureMessage } from "../../../scripts/publish/failure-messages.ts";

const api = { request: "GET /x", detail: "403: no", codes: [] } as const;
const wrong = {
  level: "error",
  path: "wrangler.toml",
  line: 1,
  what: "It is wrong",
  advice: "mend it",
  code: "setting-wrong",
} as const;

it.each<[PublishFailure, number, string]>([
  [{ reason: "api-unreachable", ...api }, 1, "run the same again"],
  [{ reason: "api-garbled", ...api }, 1, "a proxy may stand between"],
  [{ reason: "api-refused", ...api }, 1, 'Cloudflare refuses "GET /x"'],
  [{ reason: "api-quota", ...api }, 4, "after 00:00 UTC"],
  [{ reason: "api-unauthorized", ...api }, 2, "the token needs"],
  [{ reason: "api-refused", ...api, codes: [7003] }, 2, "correct CLOUDFLARE_ACCOUNT_ID"],
  [{ reason: "api-login-malformed", ...api }, 2, "without quotation marks"],
  [{ reason: "api-token-expired", ...api }, 2, "make a new one"],
  [{ reason: "account-unclear", accounts: [] }, 2, "set CLOUDFLARE_ACCOUNT_ID"],
  [{ reason: "account-unclear", accounts: ["0f (A)", "1f (B)"] }, 2, "0f (A), 1f (B)"],
  [{ reason: "not-signed-in", detail: "Not logged in" }, 2, "npx wrangler login"],
  [{ reason: "record-damaged", release: "a", detail: "no" }, 1, 'the release "a"'],
  [{ reason: "values-refused", keys: ["p/a"] }, 1, '"p/a"'],
  [{ reason: "budget-spent", written: 9, left: 1 }, 4, "1 value to go"],
  [{ reason: "theme-wrong" }, 2, "mend theme.css"],
  [{ reason: "checkout-failed", detail: "no" }, 1, "see that git can fetch here"],
  [{ reason: "nothing-live" }, 1, "npm run deploy"],
  [
    { reason: "wrangler-failed", command: "deploy", output: "✘ [ERROR] No", state: "unchanged" },
    1,
    "\nNo",
  ],
])("says what to do, and that the live site is as it was: %j", (failure, exitCode, advice) => {
  const message = failureMessage(failure, "wrangler.toml");
  expect(message).toContain(advice);
  expect(message.match(/the live site is as it was/gi)).toHaveLength(1);
  expect(exitCodeOf(failure)).toBe(exitCode);
});

it("says that of several wrong settings in a line of its own", () => {
  const failure = { reason: "settings-wrong", diagnostics: [wrong, wrong] } as const;
  expect(failureMessage(failure, "wrangler.toml")).toMatch(/\nThe live site is as it was$/);
});

it.each<PublishFailure>([
  { reason: "account-unclear", accounts: [] },
  { reason: "account-unclear", accounts: ["0f (A)", "1f (B)"] },
  { reason: "api-refused", ...api, codes: [7003] },
  { reason: "api-refused", ...api, codes: [10_013] },
  { reason: "followers-uncounted", environment: null },
  { reason: "followers-uncounted", environment: "staging" },
  { reason: "live-unknown", worker: "paper", release: null },
  { reason: "namespace-differs", version: "a", namespace: "b", bound: "c" },
  { reason: "namespace-shared", namespace: "a", worker: "b", other: "c" },
  { reason: "no-subdomain", account: "0f" },
  { reason: "address-of-others", url: "https://a.b.workers.dev", own: "https://a.c.workers.dev" },
  {
    reason: "returns-unknown",
    cause: { reason: "account-unclear", accounts: [] },
  },
  { reason: "sample-address", url: "https://a.example", advised: null, isSignedIn: true },
  {
    reason: "site-unseen",
    release: "a",
    url: "https://news.test",
    status: 0,
    said: "",
    isNamed: false,
    own: null,
  },
  { reason: "triggers-missing", release: "a", account: "0f", missing: [], output: "" },
])("names the file that the project has, in its own language: %j", (failure) => {
  const message = failureMessage(failure, "wrangler.jsonc");
  expect(message).toContain("wrangler.jsonc");
  expect(message).not.toMatch(/wrangler\.toml|\[\[/);
});
