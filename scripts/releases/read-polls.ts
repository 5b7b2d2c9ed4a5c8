import * as v from "valibot";
import { POLL_COLUMNS } from "../../src/domain/feed-poll.ts";
import { FEED_FORMAT_NAMES } from "../../src/domain/feed-format.ts";
import { MILLISECONDS_PER_SECOND } from "../../src/domain/moment.ts";
import { failed, ok } from "../../src/domain/result.ts";
import type { ApiFailure } from "../cloudflare/cloudflare-api.ts";
import { askAnalyticsEngine, sqlName, sqlText } from "../cloudflare/analytics-engine.ts";
import type { Account } from "../cloudflare/sign-in.ts";
import type { Step } from "../publish/deploy-input.ts";

/** The polls of one feed by one fetcher, added up. */
export interface Polls extends v.InferOutput<typeof pollsSchema> {}

/** More rows than anybody would look at; the busiest come first. */
const MOST_ROWS = 10_000;

/** `2026-11-30 08:00:00`, in UTC. */
const momentSchema = v.pipe(
  v.string(),
  v.transform((text) => Date.parse(`${text.replace(" ", "T")}Z`) / MILLISECONDS_PER_SECOND),
  v.number(),
);
const numberSchema = v.pipe(v.union([v.string(), v.number()]), v.transform(Number), v.finite());

const pollsSchema = v.object({
  /** Keys of scopes, one a line. */
  topic: v.string(),
  format: v.picklist(FEED_FORMAT_NAMES),
  view: v.picklist(["texts", "summaries", "digest"]),
  fetcher: v.string(),
  /** Which of the fetcher's feeds this is; empty where it names no subscribers. */
  feed: v.string(),
  /** Of the newest poll. */
  subscribers: numberSchema,
  polls: numberSchema,
  /** How many of them found nothing new. */
  unchanged: numberSchema,
  /** The first and the last poll, in seconds since 1970. */
  first: momentSchema,
  last: momentSchema,
});

/** No document says what its column is called. */
const tableSchema = v.record(v.string(), v.unknown());

/**
 * Reads what the Worker has counted in the last days. An answer without rows is one that knows no columns: the Analytics Engine
 * makes a table with the first data point, and refuses to name a column that no row has.
 *
 * @param site the address of the site
 */
export async function readPolls(
  account: Account,
  dataset: string,
  site: string,
  days: number,
): Step<readonly Polls[]> {
  const rows = await askAnalyticsEngine(account, pollsQuery(dataset, site, days), pollsSchema);
  if (rows.ok) return rows;
  const { reason, request, detail } = rows.failure;
  if (reason === "api-unauthorized") {
    return failed({ reason: "followers-refused", request, detail });
  }
  if (!isUnprocessable(rows.failure)) return rows;
  if (/unable to find type of column/i.test(detail)) return ok([]);
  const tables = await askAnalyticsEngine(account, "SHOW TABLES FORMAT JSON", tableSchema);
  if (!tables.ok) return tables;
  const isThere = tables.value.some((table) => Object.values(table).includes(dataset));
  return isThere ? rows : ok([]);
}

function pollsQuery(dataset: string, site: string, days: number): string {
  const { site: siteColumn, subscribers, unchanged, ...groups } = POLL_COLUMNS;
  const names = Object.keys(groups);
  return [
    `SELECT ${Object.entries(groups)
      .map(([name, column]) => `${column} AS ${name}`)
      .join(", ")},`,
    `argMax(${subscribers}, timestamp) AS subscribers,`,
    // A row may stand for several polls, of which only samples were kept.
    `SUM(_sample_interval) AS polls, SUM(_sample_interval * ${unchanged}) AS unchanged,`,
    "MIN(timestamp) AS first, MAX(timestamp) AS last",
    `FROM ${sqlName(dataset)}`,
    `WHERE timestamp > NOW() - INTERVAL '${days}' DAY AND ${siteColumn} = ${sqlText(site)}`,
    `GROUP BY ${names.join(", ")} ORDER BY polls DESC LIMIT ${MOST_ROWS} FORMAT JSON`,
  ].join(" ");
}

function isUnprocessable({ reason, detail }: ApiFailure): boolean {
  return reason === "api-refused" && detail.startsWith("422");
}
