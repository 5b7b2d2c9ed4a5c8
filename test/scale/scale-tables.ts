import type { MonthlyCost, Publishing, PublishingNeeds, SiteSize } from "./scale-model.ts";
import {
  FREE_PLAN,
  REQUEST_KINDS,
  monthlyCost,
  publishingNeeds,
  releaseSize,
  servingNeeds,
} from "./scale-model.ts";
import { PARTS } from "./parts-model.ts";

type Row = Readonly<Record<string, string>>;

const MB = 1e6;
const KB = 1e3;
const SECONDS_PER_HOUR = 3600;

/** What releases of such sites hold, and what of the free plan does not suffice for them. */
export function sizeTable(sites: readonly SiteSize[]): string {
  return table(
    sites.map((site) => {
      const size = releaseSize(site);
      const limits = [
        size.values + 1 > FREE_PLAN.writes && `${days(size.values + 1)} for the first deploy`,
        size.storedBytes > FREE_PLAN.storedBytes && "no: storage",
      ];
      return {
        articles: whole(site.articles),
        "categories, as many tags": whole(site.categories),
        "articles a pack": whole(size.articlesPerPack),
        "first deploy, writes": whole(size.values + 1),
        "stored MB": whole(size.storedBytes / MB),
        "Worker KB": whole(size.workerBytes / KB),
        "free plan": limits.filter((limit) => limit !== false).join("; ") || "yes",
      };
    }),
  );
}

/** What a day of publishing takes. */
export function publishingTable(
  rows: readonly { readonly site: SiteSize; readonly day: Publishing }[],
): string {
  return table(
    rows.map(({ site, day }) => {
      const needs = publishingNeeds(site, day);
      return {
        articles: whole(site.articles),
        "deploys a day": whole(day.deploys),
        "new articles": whole(day.articles),
        "in categories": whole(day.categories),
        writes: whole(needs.writes),
        "uploaded MB": whole(needs.uploadedBytes / MB),
        "stored MB, with 36 hours": whole(needs.storedBytes / MB),
        "free plan": limitsOfPublishing(needs).join("; ") || "yes",
      };
    }),
  );
}

/** What some parts take besides. */
export function partsTable(
  rows: readonly { readonly site: SiteSize; readonly day: Publishing }[],
): string {
  return table(
    rows.flatMap(({ site, day }) =>
      Object.entries(PARTS).map(([part, needsOf]) => {
        const needs = needsOf(site, day);
        return {
          articles: whole(site.articles),
          part,
          "stored MB": whole(needs.storedBytes / MB),
          "first deploy, writes": whole(needs.values),
          "deploys a day": whole(day.deploys),
          "new articles": whole(day.articles),
          "writes a day": whole(needs.writes),
          "uploaded MB": whole(needs.uploadedBytes / MB),
        };
      }),
    ),
  );
}

/** What readers take in a day, and what a month costs with a day of publishing besides. */
export function servingTable(requests: readonly number[], publishing: PublishingNeeds): string {
  return table(
    requests.map((count) => {
      const needs = servingNeeds(count);
      const cost = monthlyCost(publishing, needs);
      const fits =
        count <= FREE_PLAN.requests &&
        needs.reads <= FREE_PLAN.reads &&
        limitsOfPublishing(publishing).length === 0;
      return {
        "requests a day": whole(count),
        "KV reads": whole(needs.reads),
        "CPU hours": (needs.cpuSeconds / SECONDS_PER_HOUR).toFixed(2),
        "free plan": fits ? "yes" : "no",
        ...dollars(cost),
      };
    }),
  );
}

/** The mix of requests that the model reckons with. */
export function requestTable(): string {
  return table(
    REQUEST_KINDS.map(({ name, share, reads, cpuMicroseconds }) => ({
      request: name,
      "of 100": whole(share * 100),
      "KV reads": whole(reads),
      "CPU µs": whole(cpuMicroseconds),
    })),
  );
}

function limitsOfPublishing({ writes, storedBytes }: PublishingNeeds): readonly string[] {
  return [
    ...(writes > FREE_PLAN.writes ? ["no: writes"] : []),
    ...(storedBytes > FREE_PLAN.storedBytes ? ["no: storage"] : []),
  ];
}

function days(writes: number): string {
  return `${Math.ceil(writes / FREE_PLAN.writes)} days`;
}

function dollars(cost: MonthlyCost): Row {
  const { total, ...parts } = cost;
  return {
    "paid plan, $ a month": total.toFixed(2),
    ...Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, part.toFixed(2)])),
  };
}

function whole(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}

/** A Markdown table, numbers to the right, its columns as wide as what is in them. */
function table(rows: readonly Row[]): string {
  const names = Object.keys(rows[0] ?? {});
  const widths = names.map((name) =>
    Math.max(name.length, ...rows.map((row) => (row[name] ?? "").length)),
  );
  const isNumber = names.map((name) => rows.every((row) => /^[\d.,]+$/.test(row[name] ?? "")));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, at) => (isNumber[at] === true ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0))).join(" | ")} |`;
  const rule = widths.map((width, at) =>
    isNumber[at] === true ? `${"-".repeat(width - 1)}:` : "-".repeat(width),
  );
  return [
    line(names),
    `| ${rule.join(" | ")} |`,
    ...rows.map((row) => line(names.map((name) => row[name] ?? ""))),
  ].join("\n");
}
