import { expect, it } from "vitest";
import { signIn } from "../../../scripts/cloudflare/sign-in.ts";
import { fakeIO } from "../fake-io.ts";
import { describeFailure } from "../../../scripts/publish/describe-failure.ts";

it.each([
  ["CLOUDFLARE_API_TOKEN", "se\ncret"],
  ["CLOUDFLARE_API_TOKEN", "secret\n"],
  ["CLOUDFLARE_API_TOKEN", "sé cret"],
  ["CLOUDFLARE_API_KEY", "se\u0000cret"],
  ["CLOUDFLARE_EMAIL", "a@b.example\r"],
])("says that %s cannot be sent, without quoting it", async (name, value) => {
  const account = await signIn("/nowhere", "0f", fakeIO({ environment: { [name]: value } }));
  if (account.ok) throw new Error("It signed in");
  expect(account.failure).toEqual({ reason: "secret-unusable", source: name });
  expect(describeFailure(account.failure)).toMatch(new RegExp(`^${name} holds a line break`));
});

it("says that the API's address is none", async () => {
  const environment = { CLOUDFLARE_API_TOKEN: "secret", CLOUDFLARE_API_BASE_URL: "api.example" };
  expect(await signIn("/nowhere", "0f", fakeIO({ environment }))).toMatchObject({
    failure: { reason: "base-address-unusable", address: "api.example" },
  });
});
