import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { StartTurn } from "../../../scripts/lib/bundling-ahead.ts";
import { isBundled, markBundled } from "../../../scripts/lib/bundling-ahead.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "offprint-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const turn = (bundler: StartTurn["bundler"], start = "1"): StartTurn => ({
  file: join(folder, "start"),
  start,
  bundler,
});

describe("isBundled", () => {
  it("spares wrangler's first bundling what was bundled ahead, and no other", () => {
    expect(isBundled(turn("ahead"))).toBe(false);
    markBundled(turn("ahead"));
    expect(isBundled(turn("wrangler"))).toBe(true);
    expect(isBundled(turn("wrangler"))).toBe(false);
  });

  it("has wrangler bundle where nothing was bundled ahead", () => {
    expect(isBundled(turn("ahead"))).toBe(false);
    expect(isBundled(turn("wrangler"))).toBe(false);
  });

  it("bundles nothing ahead of wrangler when that was sooner", () => {
    expect(isBundled(turn("wrangler"))).toBe(false);
    markBundled(turn("wrangler"));
    expect(isBundled(turn("ahead"))).toBe(true);
    expect(isBundled(turn("wrangler"))).toBe(false);
  });

  it("knows one start from another", () => {
    markBundled(turn("ahead", "1"));
    expect(isBundled(turn("wrangler", "2"))).toBe(false);
  });
});
