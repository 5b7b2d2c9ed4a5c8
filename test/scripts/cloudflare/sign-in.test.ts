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
  expect(failureMessage(account.failure)).toMatch(new RegExp(`^${name} holds a line break`));
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
  expect(failureMessage(account.failure)).toMatch(
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
  expect(failureMessage(account.failure)).toMatch(/^The login that wrangler has holds a line /);
});
