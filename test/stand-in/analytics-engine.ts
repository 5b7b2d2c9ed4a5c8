import {
  MOST_ANALYTICS_BLOB_BYTES,
  MOST_ANALYTICS_COLUMNS,
  MOST_ANALYTICS_INDEX_BYTES,
} from "./limits.ts";

/** What a Worker writes at a time. */
export interface DataPoint {
  readonly indexes?: readonly string[];
  readonly blobs?: readonly string[];
  readonly doubles?: readonly number[];
}

type Row = Readonly<Record<string, string | number>>;

/** A query that is refused with 422, as a text. */
export class UnprocessableQuery extends Error {}

/** A query of the only form that the stand-in knows: one table, columns, aggregates, and conditions joined by AND. */
const QUERY =
  /^SELECT (?<list>.+?) FROM (?<table>\w+|"[^"]+") WHERE (?<conditions>.+?) GROUP BY (?<groups>.+?) ORDER BY (?<order>\w+) DESC LIMIT (?<limit>\d+) FORMAT JSON$/;
const ITEM = /^(?<expression>.+) AS (?<alias>\w+)$/;
const COLUMN = /\b(?:blob|double|index)\d+\b/g;
const AGE = /^timestamp > NOW\(\) - INTERVAL '(\d+)' DAY$/;
const EQUALITY = /^(\w+) = '((?:[^'\\]|\\.)*)'$/;

/** The Analytics Engine of an account: it takes data points, and answers SQL about them as far as `npm run release -- stats` asks. */
export class AnalyticsEngine {
  readonly #tables = new Map<string, Row[]>();

  /**
   * Writes a data point of a Worker, and throws as the runtime does where that is too large.
   *
   * @param now milliseconds since 1970
   * @param sampleInterval of how many points this is the only one that is kept
   */
  write(
    dataset: string,
    { indexes = [], blobs = [], doubles = [] }: DataPoint,
    now: number,
    sampleInterval = 1,
  ): void {
    const bytes = blobs.reduce((sum, blob) => sum + Buffer.byteLength(blob), 0);
    if (indexes.length > 1) throw new TypeError("Maximum of 1 indexes supported.");
    if (Buffer.byteLength(indexes[0] ?? "") > MOST_ANALYTICS_INDEX_BYTES) {
      throw new TypeError("Size of indexes[0] exceeds 96 bytes.");
    }
    if (Math.max(blobs.length, doubles.length) > MOST_ANALYTICS_COLUMNS) {
      throw new TypeError("Maximum of 20 blobs and 20 doubles supported.");
    }
    if (bytes > MOST_ANALYTICS_BLOB_BYTES) {
      throw new TypeError("Cumulative size of blobs exceeds 16384 bytes.");
    }
    const rows = this.#tables.get(dataset) ?? [];
    this.#tables.set(dataset, rows);
    rows.push({
      timestamp: new Date(now).toISOString().slice(0, 19).replace("T", " "),
      _sample_interval: sampleInterval,
      ...Object.fromEntries(blobs.map((blob, index) => [`blob${index + 1}`, blob])),
      ...Object.fromEntries(doubles.map((double, index) => [`double${index + 1}`, double])),
      ...Object.fromEntries(indexes.map((value, index) => [`index${index + 1}`, value])),
    });
  }

  /** Answers a query as `FORMAT JSON` does. */
  query(sql: string, now: number): object {
    if (sql === "SHOW TABLES FORMAT JSON") {
      return answer([...this.#tables.keys()].map((dataset) => ({ dataset, type: "events" })));
    }
    const { list, table, conditions, groups, order, limit } = QUERY.exec(sql)?.groups ?? {};
    if (list === undefined || table === undefined || groups === undefined) {
      throw new UnprocessableQuery("Input was invalid: syntax error");
    }
    const rows = this.#tables.get(table.replaceAll('"', ""));
    if (rows === undefined) {
      throw new UnprocessableQuery(`Input was invalid: unknown table: ${table}`);
    }
    const tests = (conditions ?? "").split(" AND ").map((condition) => testOf(condition, now));
    const found = rows.filter((row) => tests.every((test) => test(row)));
    // The type of a column is that of its values, so a column that no row has is none.
    const missing = (sql.match(COLUMN) ?? []).find((name) => found.every((row) => !(name in row)));
    if (missing !== undefined) {
      throw new UnprocessableQuery(`unable to find type of column: ${missing}`);
    }
    const items = list.split(/, (?=[^)]*(?:\(|$))/).map((item) => {
      const { expression = "", alias = "" } = ITEM.exec(item)?.groups ?? {};
      return { expression, alias };
    });
    const aliases = items.map(({ alias }) => alias);
    if (!aliases.includes(order ?? "")) {
      throw new UnprocessableQuery(`unable to find type of column: ${order ?? ""}`);
    }
    const keys = items.filter(({ alias }) => groups.split(", ").includes(alias));
    const grouped = Map.groupBy(found, (row) =>
      JSON.stringify(keys.map(({ expression }) => row[expression])),
    );
    const rowsOut = [...grouped.values()].map((group) =>
      Object.fromEntries(
        items.map((item) => [
          item.alias,
          keys.includes(item) ? group[0]?.[item.expression] : aggregate(item.expression, group),
        ]),
      ),
    );
    return answer(
      rowsOut
        .toSorted((a, b) => Number(b[order ?? ""]) - Number(a[order ?? ""]))
        .slice(0, Number(limit)),
    );
  }
}

function answer(data: readonly object[]): object {
  const meta = Object.keys(data[0] ?? {}).map((name) => ({ name, type: "String" }));
  return { meta, data, rows: data.length };
}

function testOf(condition: string, now: number): (row: Row) => boolean {
  const [, days] = AGE.exec(condition) ?? [];
  if (days !== undefined) {
    const since = new Date(now - Number(days) * 86_400_000).toISOString().replace("T", " ");
    return ({ timestamp }) => String(timestamp) > since;
  }
  const [, column = "", value] = EQUALITY.exec(condition) ?? [];
  if (value === undefined) throw new UnprocessableQuery("Input was invalid: syntax error");
  return (row) => row[column] === value.replaceAll(/\\(.)/g, "$1");
}

/** The aggregates that the documents name and that are asked for. Sums come as texts, as whole numbers of 64 bits do. */
function aggregate(expression: string, rows: readonly Row[]): string | number {
  const [, name = "", argument = ""] = /^(\w+)\((.*)\)$/.exec(expression) ?? [];
  const sorted = rows.toSorted((a, b) =>
    String(a["timestamp"]) < String(b["timestamp"]) ? -1 : 1,
  );
  const newest = sorted.at(-1) ?? {};
  switch (name) {
    case "argMax": {
      const [column = "", by] = argument.split(", ");
      if (by === "timestamp") return newest[column] ?? 0;
      break;
    }
    case "SUM": {
      const factors = argument.split(" * ");
      const product = (row: Row): number =>
        factors.reduce((value, factor) => value * Number(row[factor]), 1);
      return String(rows.reduce((sum, row) => sum + product(row), 0));
    }
    case "MIN":
      if (argument === "timestamp") return sorted[0]?.["timestamp"] ?? "";
      break;
    case "MAX":
      if (argument === "timestamp") return newest["timestamp"] ?? "";
      break;
  }
  throw new UnprocessableQuery(`Input was invalid: cannot evaluate ${expression}`);
}
