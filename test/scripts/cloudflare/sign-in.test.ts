import * as v from "valibot";
import { expect, it } from "vitest";
import { signIn } from "../../../scripts/cloudflare/sign-in.ts";
import { fakeIO } from "../fake-io.ts";
import { failureMessage } from "../../../scripts/publish/failure-messages.ts";

/** wrangler's settings, where they say nothing of the account. */
const NOTHING = { accountId: null, complianceRegion: null };

it.each([
  ["CLOUDFLARE_API_TOKEN", "se\ncret"],
  ["CLOUDFLARE_API_TOKEN", "secret\n"],
  ["CLOUDFLARE_API_TOKEN", "sé cret"],
  ["CLOUDFLARE_API_KEY", "se\u0000cret"],
  ["CLOUDFLARE_EMAIL", "a@b.example\r"],
])("says that %s cannot be sent, without quoting it", async (name, value) => {
  const account = await signIn(
    "/nowhere",
    { ...NOTHING, accountId: "0f" },
    fakeIO({ environment: { [name]: value } }),
  );
  if (account.ok) throw new Error("It signed in");
  expect(account.failure).toEqual({ reason: "secret-unusable", source: name });
  expect(failureMessage(account.failure, "wrangler.toml")).toMatch(
    new RegExp(`^${name} holds a line break`),
  );
});

const TOKEN = { CLOUDFLARE_API_TOKEN: "t" };
const KEY = { CLOUDFLARE_API_KEY: "k", CLOUDFLARE_EMAIL: "a@b.example" };
const BEARER = { authorization: "Bearer t" };
const KEYS = { "x-auth-key": "k", "x-auth-email": "a@b.example" };
const API = "https://api.cloudflare.com/client/v4";

/** As wrangler's `getAuthFromEnv`, `getActiveAccountId` and `getCloudflareApiBaseUrl` have it. */
it.each([
  ["a token", TOKEN, NOTHING, BEARER, "only", API],
  ["its old name", { CF_API_TOKEN: "t" }, NOTHING, BEARER, "only", API],
  ["a key before a token", { ...TOKEN, ...KEY }, NOTHING, KEYS, "only", API],
  [
    "a key by its old names",
    { CF_API_KEY: "k", CF_EMAIL: "a@b.example" },
    NOTHING,
    KEYS,
    "only",
    API,
  ],
  [
    "a token where a key has no address",
    { ...TOKEN, CF_API_KEY: "k" },
    NOTHING,
    BEARER,
    "only",
    API,
  ],
  ["an account", { ...TOKEN, CLOUDFLARE_ACCOUNT_ID: "e" }, NOTHING, BEARER, "e", API],
  ["its old name", { ...TOKEN, CF_ACCOUNT_ID: "o" }, NOTHING, BEARER, "o", API],
  [
    "the account of the file before it",
    { ...TOKEN, CLOUDFLARE_ACCOUNT_ID: "e" },
    { ...NOTHING, accountId: "f" },
    BEARER,
    "f",
    API,
  ],
  [
    "an address of the API",
    { ...TOKEN, CLOUDFLARE_API_BASE_URL: "https://api.test/v4" },
    NOTHING,
    BEARER,
    "only",
    "https://api.test/v4",
  ],
  [
    "its old name",
    { ...TOKEN, CF_API_BASE_URL: "https://api.test/v4" },
    NOTHING,
    BEARER,
    "only",
    "https://api.test/v4",
  ],
  [
    "a region",
    TOKEN,
    { ...NOTHING, complianceRegion: "fedramp_high" },
    BEARER,
    "only",
    "https://api.fed.cloudflare.com/client/v4",
  ],
  [
    "a region of the environment, and the API to try",
    { ...TOKEN, CLOUDFLARE_COMPLIANCE_REGION: "fedramp_high", WRANGLER_API_ENVIRONMENT: "staging" },
    NOTHING,
    BEARER,
    "only",
    "https://api.fed.staging.cloudflare.com/client/v4",
  ],
])("takes %s as wrangler does: %j %j", async (_, environment, wanted, headers, id, base) => {
  const asked: unknown[] = [];
  const io = fakeIO({
    environment,
    fetch: async (url, init) => {
      asked.push([url, Object.fromEntries(new Headers(init.headers))]);
      const result = [{ id: "only", name: "Mine" }];
      return Response.json({ success: true, result, errors: [] });
    },
  });
  const account = await signIn("/nowhere", wanted, io);
  if (!account.ok) throw new Error(account.failure.reason);
  expect(account.value.id).toBe(id);
  await account.value.api.json({ method: "GET", path: "/x" }, v.unknown());
  expect(asked.at(-1)).toEqual([`${base}/x`, headers]);
});

it("says that the API's address is none", async () => {
  const environment = { CLOUDFLARE_API_TOKEN: "secret", CLOUDFLARE_API_BASE_URL: "api.example" };
  expect(
    await signIn("/nowhere", { ...NOTHING, accountId: "0f" }, fakeIO({ environment })),
  ).toMatchObject({
    failure: { reason: "base-address-unusable", address: "api.example" },
  });
});

it("says what to set where the login shows no account", async () => {
  const io = fakeIO({
    environment: { CLOUDFLARE_API_TOKEN: "secret" },
    fetch: async () => Response.json({ success: true, result: [], errors: [] }),
  });
  const account = await signIn("/nowhere", NOTHING, io);
  if (account.ok) throw new Error("It signed in");
  expect(failureMessage(account.failure, "wrangler.toml")).toMatch(
    /^The login shows no Cloudflare account, .*: set CLOUDFLARE_ACCOUNT_ID, .*; the live site is as it was$/,
  );
});

/** Signs in by the login that wrangler has, with an account that is looked for. */
async function signInByWrangler(
  output: string,
  exitCode = 0,
): Promise<{ readonly account: Awaited<ReturnType<typeof signIn>>; readonly headers: Headers }> {
  let headers = new Headers();
  const io = fakeIO({
    run: async ({ args }) => {
      expect(args.slice(0, 3)).toEqual(["auth", "token", "--json"]);
      return { exitCode, output };
    },
    fetch: async (_url, init) => {
      headers = new Headers(init.headers);
      return Response.json({ success: true, result: [{ id: "0f", name: "Mine" }], errors: [] });
    },
  });
  return { account: await signIn("/nowhere", NOTHING, io), headers };
}

it.each([
  ["oauth", '{"type":"oauth","token":"a"}', { authorization: "Bearer a" }],
  [
    "a token",
    'Note: x\n{\n "type": "api_token",\n "token": "b"\n}\n',
    { authorization: "Bearer b" },
  ],
  [
    "a global key",
    '{"type":"api_key","key":"c","email":"d@e.example"}',
    { "x-auth-key": "c", "x-auth-email": "d@e.example" },
  ],
])("signs in by %s that wrangler has", async (_, output, expected) => {
  const { account, headers } = await signInByWrangler(output);
  expect(account).toMatchObject({ ok: true, value: { id: "0f" } });
  expect(Object.fromEntries(headers)).toEqual(expected);
});

it.each([
  ["wrangler has none", "✘ [ERROR] Not logged in.\n", 1, "Not logged in"],
  [
    "wrangler asks for one",
    "✘ [ERROR] Not logged in. Please run `wrangler login` to authenticate.\n",
    1,
    "Not logged in",
  ],
  ["wrangler says nothing", "", 0, "wrangler says nothing"],
])("says that there is no login where %s", async (_, output, exitCode, detail) => {
  const { account } = await signInByWrangler(output, exitCode);
  expect(account).toEqual({ ok: false, failure: { reason: "not-signed-in", detail } });
});

it("says that wrangler's login cannot be sent, without quoting it", async () => {
  const { account } = await signInByWrangler(String.raw`{"type":"oauth","token":"se\ncret"}`);
  if (account.ok) throw new Error("It signed in");
  expect(failureMessage(account.failure, "wrangler.toml")).toMatch(
    /^The login that wrangler has holds a line /,
  );
});
