import { readFile, writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import type { PartNeeds } from "./parts-model.ts";
import { PARTS } from "./parts-model.ts";
import {
  REQUEST_KINDS,
  monthlyCost,
  publishingNeeds,
  releaseSize,
  servingNeeds,
} from "./scale-model.ts";
import {
  publishingTable,
  requestTable,
  partsTable,
  servingTable,
  sizeTable,
} from "./scale-tables.ts";

/** Releases of `npm run budgets -- --authors 0 --permalink date`: articles, categories, values, stored MB. */
const MEASURED_RELEASES = [
  [1000, 97, 94, 17.4],
  [10_000, 494, 212, 65.1],
  [30_000, 1901, 340, 148.7],
] as const;

/** Manifests: articles, categories, gzipped KB. */
const MEASURED_MANIFESTS = [
  [1000, 97, 10.2],
  [10_000, 494, 41.2],
  [10_000, 1439, 103.9],
  [30_000, 1901, 139.2],
  [100_000, 2000, 153.4],
  [100_000, 5716, 385.8],
] as const;

/** Days of the same: articles, categories of the site, the day, writes, uploaded MB. */
const MEASURED_DAYS = [
  [10_000, 494, { deploys: 1, articles: 200, categories: 20 }, 42, 12],
  [10_000, 494, { deploys: 8, articles: 300, categories: 150 }, 293, 95.9],
  [30_000, 1901, { deploys: 1, articles: 200, categories: 20 }, 49, 15.7],
  [30_000, 1901, { deploys: 8, articles: 300, categories: 150 }, 340, 127.1],
] as const;

/** What 100,000 articles took with all parts on, `npm run budgets -- --search --permalink /:slug/`. */
const ALL_ON = { values: 695, storedMegabytes: 449.9, writes: 421, uploadedMegabytes: 226.7 };
const ALL_PARTS = ["search = true", "authors", "addresses as /:title/"];

/** What parts added to 30,000 articles and to a day of eight deploys: stored MB, values, writes, uploaded MB. */
const MEASURED_PARTS = [["authors", 5.6, 6, 29, 36.7]] as const;

const CODE_KB = 77;
const MB = 1e6;
const KB = 1e3;

describe("the model of scale.md", () => {
  it.each(MEASURED_RELEASES)(
    "agrees with a release of %i articles in %i categories",
    (articles, categories, values, storedMegabytes) => {
      const size = releaseSize({ articles, categories });
      expect(size.values / values).toSatisfy(isNear(0.1));
      expect(size.storedBytes / MB / storedMegabytes).toSatisfy(isNear(0.1));
    },
  );

  it.each(MEASURED_MANIFESTS)(
    "agrees with the Worker of %i articles in %i categories",
    (articles, categories, kilobytes) => {
      const { workerBytes } = releaseSize({ articles, categories });
      expect(workerBytes / KB / (CODE_KB + kilobytes)).toSatisfy(isNear(0.1));
    },
  );

  it("agrees with 100,000 articles, and a day of them, where all parts are on", () => {
    const release = releaseSize(DESIGNED_FOR);
    const day = publishingNeeds(DESIGNED_FOR, DAY);
    const parts = ALL_PARTS.flatMap((part) => PARTS[part]?.(DESIGNED_FOR, DAY) ?? []);
    const more = (of: (part: PartNeeds) => number): number =>
      parts.reduce((sum, part) => sum + of(part), 0);
    const values = release.values + more((part) => part.values);
    const stored = release.storedBytes + more((part) => part.storedBytes);
    const uploaded = day.uploadedBytes + more((part) => part.uploadedBytes);
    expect(values / ALL_ON.values).toSatisfy(isNear(0.1));
    expect(stored / MB / ALL_ON.storedMegabytes).toSatisfy(isNear(0.1));
    expect((day.writes + more(({ writes }) => writes)) / ALL_ON.writes).toSatisfy(isNear(0.2));
    expect(uploaded / MB / ALL_ON.uploadedMegabytes).toSatisfy(isNear(0.2));
  });

  it.each(MEASURED_DAYS)(
    "agrees with a day on a site of %i articles in %i categories: %o",
    (articles, categories, day, writes, uploadedMegabytes) => {
      const needs = publishingNeeds({ articles, categories }, day);
      expect(needs.writes / writes).toSatisfy(isNear(0.2));
      expect(needs.uploadedBytes / MB / uploadedMegabytes).toSatisfy(isNear(0.2));
    },
  );

  it.each(MEASURED_PARTS)(
    "agrees with what %s take besides",
    (part, storedMegabytes, values, writes, uploadedMegabytes) => {
      const needs = PARTS[part]?.({ articles: 30_000, categories: 2000 }, DAY);
      expect((needs?.storedBytes ?? 0) / MB / storedMegabytes).toSatisfy(isNear(0.2));
      expect((needs?.values ?? 0) / values).toSatisfy(isNear(0.2));
      expect((needs?.writes ?? 0) / writes).toSatisfy(isNear(0.2));
      expect((needs?.uploadedBytes ?? 0) / MB / uploadedMegabytes).toSatisfy(isNear(0.2));
    },
  );

  it("reckons with all requests", () => {
    expect(REQUEST_KINDS.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
  });

  it("bills as Cloudflare does: the plan, and what goes beyond what it includes", () => {
    const publishing = { writes: 50_000, uploadedBytes: 0, storedBytes: 3e9 };
    const serving = { requests: 1e6, reads: 5e5, cpuSeconds: 2000 };
    const cost = monthlyCost(publishing, serving);
    expect(cost.requests).toBeCloseTo(6);
    expect(cost.cpu).toBeCloseTo(0.6);
    expect(cost.reads).toBeCloseTo(2.5);
    expect(cost.writes).toBeCloseTo(2.5);
    expect(cost.storage).toBeCloseTo(1);
    expect(cost.total).toBeCloseTo(17.6);
    expect(monthlyCost({ ...publishing, writes: 1, storedBytes: 1 }, servingNeeds(1)).total).toBe(
      5,
    );
  });
});

const LARGE = { articles: 1_000_000, categories: 5000 };
const DESIGNED_FOR = { articles: 100_000, categories: 2000 };
const DAY = { deploys: 8, articles: 300, categories: 150 };

const TABLES = {
  requests: requestTable(),
  releases: sizeTable([
    { articles: 1000, categories: 50 },
    { articles: 10_000, categories: 500 },
    DESIGNED_FOR,
    { articles: 100_000, categories: 10_000 },
    { articles: 200_000, categories: 2000 },
    { articles: 300_000, categories: 2000 },
    LARGE,
    { articles: 1_000_000, categories: 80_000 },
  ]),
  parts: partsTable([
    { site: { articles: 10_000, categories: 500 }, day: DAY },
    { site: DESIGNED_FOR, day: DAY },
    { site: LARGE, day: DAY },
  ]),
  publishing: publishingTable([
    {
      site: { articles: 10_000, categories: 500 },
      day: { deploys: 1, articles: 50, categories: 20 },
    },
    { site: DESIGNED_FOR, day: { deploys: 1, articles: 200, categories: 20 } },
    { site: DESIGNED_FOR, day: DAY },
    { site: DESIGNED_FOR, day: { deploys: 24, articles: 300, categories: 150 } },
    { site: { articles: 200_000, categories: 2000 }, day: DAY },
    { site: LARGE, day: DAY },
    { site: LARGE, day: { deploys: 24, articles: 3000, categories: 2000 } },
  ]),
  readers: servingTable([10_000, 100_000, 1e6, 1e7, 1e8], publishingNeeds(DESIGNED_FOR, DAY)),
  "readers of a large site": servingTable([1e6, 1e8], publishingNeeds(LARGE, DAY)),
};

describe("scale.md", () => {
  it.each(Object.entries(TABLES))("shows what the model prints: %s", async (name, table) => {
    const path = new URL("../../docs/scale.md", import.meta.url);
    const text = await readFile(path, "utf8");
    const pattern = new RegExp(`(?<=<!-- ${name} -->\n\n)\\|[^]*?(?=\n\n)`);
    if (process.env["UPDATE_EXPECTED"] === "1") await writeFile(path, text.replace(pattern, table));
    else expect(pattern.exec(text)?.[0]).toBe(table);
  });
});

/** Whether a ratio is one, but for so much. */
function isNear(share: number): (ratio: number) => boolean {
  return (ratio) => Math.abs(ratio - 1) <= share;
}
