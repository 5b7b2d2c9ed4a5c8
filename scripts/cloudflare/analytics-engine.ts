import * as v from "valibot";
import type { Result } from "../../src/domain/result.ts";
import { mapped } from "../../src/domain/result.ts";
import type { ApiFailure } from "./cloudflare-api.ts";
import type { Account } from "./sign-in.ts";

/**
 * Asks the Analytics Engine of an account in its own SQL.
 *
 * https://developers.cloudflare.com/analytics/analytics-engine/sql-api/
 *
 * @param row what a row of the answer is, by the names of its columns
 */
export async function askAnalyticsEngine<Row extends v.GenericSchema>(
  { api, id }: Account,
  sql: string,
  row: Row,
): Promise<Result<readonly v.InferOutput<Row>[], ApiFailure>> {
  const path = `/accounts/${id}/analytics_engine/sql`;
  const request = { method: "POST", path, body: sql, contentType: "text/plain" } as const;
  const answer = await api.unwrapped(request, v.looseObject({ data: v.array(row) }));
  return mapped(answer, ({ data }) => data);
}

/** A text in SQL. */
export function sqlText(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}

/** The name of a dataset in SQL. */
export function sqlName(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : `"${name.replaceAll('"', "")}"`;
}
