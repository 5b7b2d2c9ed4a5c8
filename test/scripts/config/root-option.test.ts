import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { findSiteRoot, rootOption } from "../../../scripts/config/root-option.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

const folder = temporaryFolder();

describe("findSiteRoot", () => {
  it.each(["wrangler.toml", "wrangler.json", "wrangler.jsonc"])(
    "is the nearest folder upwards with %s",
    (name) => {
      const inner = join(folder.path, "site/articles/2026");
      mkdirSync(inner, { recursive: true });
      writeFileSync(join(folder.path, "wrangler.toml"), "");
      writeFileSync(join(folder.path, "site", name), "");
      expect(findSiteRoot(inner)).toBe(join(folder.path, "site"));
      expect(findSiteRoot(join(folder.path, "site"))).toBe(join(folder.path, "site"));
    },
  );

  it("is where it is asked if none has any, so that the file is missed there", () => {
    expect(findSiteRoot(folder.path)).toBe(folder.path);
  });
});

it("--root names a folder from where the command is run", () => {
  expect(v.parse(rootOption.schema, "../paper")).toBe(resolve("../paper"));
});
