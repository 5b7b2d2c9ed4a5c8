import { expect, it } from "vitest";
import { StoredAssets } from "./stored-assets.ts";

const [A, B] = ["a".repeat(32), "b".repeat(32)];
const manifest = { "/a.png": { hash: A, size: 1 }, "/b.png": { hash: B, size: 1 } };

it("asks for what is missing, once, and takes a version only when all is there", () => {
  const assets = new StoredAssets();
  const { jwt, buckets } = assets.begin("site", manifest, 0);
  expect(buckets).toEqual([[A, B]]);
  expect(assets.upload(jwt, new Map([[A, "eA=="]]), 0)).toBeNull();
  expect(() => {
    assets.redeem("site", jwt, 0);
  }).toThrow("token");
  const completion = assets.upload(jwt, new Map([[B, "eA=="]]), 0) ?? "";
  assets.redeem("site", completion, 0);
  expect(() => {
    assets.redeem("site", completion, 3_600_001);
  }).toThrow("token");
  expect(() => {
    assets.redeem("another", completion, 0);
  }).toThrow("token");
  const again = assets.begin("site", manifest, 0);
  expect(again.buckets).toEqual([]);
  assets.redeem("site", again.jwt, 0);
});

it.each([
  ["a path that does not begin with a slash", "bad path", { "a.png": { hash: A, size: 1 } }],
  ["a hash that is none", "bad hash", { "/a.png": { hash: "A", size: 1 } }],
  ["a file that is too large", "too large", { "/a.png": { hash: A, size: 26_214_401 } }],
])("refuses %s", (_, why, wrong) => {
  expect(() => new StoredAssets().begin("site", wrong, 0)).toThrow(why);
});

it("refuses a file that nobody asked for, and a session that is none", () => {
  const assets = new StoredAssets();
  const { jwt } = assets.begin("site", manifest, 0);
  expect(() => assets.upload(jwt, new Map([["c".repeat(32), "eA=="]]), 0)).toThrow("nobody asked");
  expect(() => assets.upload("none", new Map(), 0)).toThrow("no such upload session");
});
