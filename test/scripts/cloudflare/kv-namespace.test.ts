import { expect, it } from "vitest";
import { createCloudflareApi } from "../../../scripts/cloudflare/cloudflare-api.ts";
import {
  encodePair,
  findNamespace,
  openNamespace,
} from "../../../scripts/cloudflare/kv-namespace.ts";
import type { Account } from "../../../scripts/cloudflare/sign-in.ts";
import { FakeClock, fakeIO, slowFetch } from "../fake-io.ts";

function accountOf(answer: (url: URL) => object): Account {
  const fetch = async (url: string): Promise<Response> =>
    Response.json({ success: true, ...answer(new URL(url)) });
  const api = createCloudflareApi("https://api.example", async () => ({}), fakeIO({ fetch }));
  return { id: "0f", api };
}

it("lists all pages", async () => {
  const account = accountOf(({ searchParams }) => {
    const cursor = searchParams.get("cursor") ?? "";
    const next = cursor === "" ? "a" : cursor === "a" ? "b" : "";
    return { result: [{ name: `p/${cursor}` }], result_info: { cursor: next } };
  });
  expect(await openNamespace(account, "1").list("")).toMatchObject({
    ok: true,
    value: [{ name: "p/" }, { name: "p/a" }, { name: "p/b" }],
  });
});

it.each([
  ["at once", ["a", "a"]],
  ["in a circle", ["a", "b", "a"]],
])("refuses a list whose cursor repeats %s", async (_, cursors) => {
  let page = 0;
  const account = accountOf(() => {
    const cursor = cursors[page % cursors.length];
    page += 1;
    return { result: [{ name: "p/1" }], result_info: { cursor } };
  });
  expect(await openNamespace(account, "1").list("")).toMatchObject({
    failure: {
      reason: "api-garbled",
      request: "GET /accounts/0f/storage/kv/namespaces/1/keys",
      detail: 'its list names the next page "a" a second time, and so has no end',
    },
  });
});

it("refuses a list of namespaces whose pages repeat", async () => {
  const result = Array.from({ length: 100 }, (_, index) => ({ id: `${index}`, title: "other" }));
  expect(
    await findNamespace(
      accountOf(() => ({ result })),
      "mine",
    ),
  ).toMatchObject({
    failure: { reason: "api-garbled" },
  });
});

it.each([
  ["several values", 2, 400_000, "api-late"],
  ["several small values", 2, 1000, "api-unreachable"],
  ["a single value", 1, 800_000, "api-unreachable"],
])("lets no answer in time to %s mean: %s of %s bytes, %s", async (_, count, bytes, reason) => {
  const clock = new FakeClock();
  const api = createCloudflareApi(
    "https://api.example",
    async () => ({}),
    fakeIO({ fetch: slowFetch(clock) }, clock),
  );
  const pair = encodePair("p/1", new Uint8Array(bytes));
  const pairs = Array.from({ length: count }, () => pair);
  expect(await openNamespace({ id: "0f", api }, "1").put(pairs)).toMatchObject({
    failure: { reason },
  });
});
