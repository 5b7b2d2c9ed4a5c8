import { globSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CheckoutInput } from "../../../scripts/dev/bundle-checkout.ts";
import { bundleCheckout, hasReleaseToServe } from "../../../scripts/dev/bundle-checkout.ts";

const NOW = 1_800_000_000;
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "offprint-checkout-"));
  mkdirSync(join(root, "articles"));
  writeFileSync(
    join(root, "wrangler.toml"),
    `[vars.SITE]\ntitle = "鹭岛文摘"\nurl = "https://news.example"\ncards = 0\n`,
  );
  writeFileSync(join(root, "articles/2022-01-10-good.md"), "---\ntitle: Good\n---\nText.\n");
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

async function bundle(
  environment: CheckoutInput["environment"] = {},
  now = NOW,
): ReturnType<typeof bundleCheckout> {
  return bundleCheckout({ root, environment, now, ignoresCache: false, progress: () => undefined });
}

describe("bundleCheckout", () => {
  it("writes what it tells of; once more, feeds that did not change keep their moment", async () => {
    const first = await bundle();
    const second = await bundle({}, NOW + 60);
    if (!first.ok || !second.ok) throw new Error("nothing was bundled");
    const { manifest, packCount, prerenderedFeedCount } = first.value;
    expect(manifest.articleCount).toBe(1);
    expect(globSync("build/values/*/*", { cwd: root })).toHaveLength(
      packCount + prerenderedFeedCount,
    );
    expect(second.value.manifest.release).toBe(manifest.release);
    expect(second.value.manifest.scope({ kind: "site" })?.changedAt).toBe(NOW);
  });

  it("refuses where wrangler would deploy what is not in KV", async () => {
    const failure = { reason: "wrangler-command", command: "deploy" };
    expect(await bundle({ WRANGLER_COMMAND: "deploy" })).toEqual({ ok: false, failure });
    expect(readdirSync(root)).not.toContain("build");
  });

  it.each([{ OFFPRINT_SOURCES: "nowhere" }, { OFFPRINT_URL: "nowhere" }])(
    "bundles nothing with the settings %o",
    async (environment) => {
      const outcome = await bundle(environment);
      expect(outcome).toMatchObject({ ok: false, failure: { reason: "settings" } });
    },
  );
});

describe("hasReleaseToServe", () => {
  const dev = { WRANGLER_COMMAND: "dev" };

  it("is so for wrangler dev, once something was bundled", async () => {
    expect(hasReleaseToServe(root, dev)).toBe(false);
    await bundle();
    expect(hasReleaseToServe(root, dev)).toBe(true);
    expect(hasReleaseToServe(root, {})).toBe(false);
  });
});
