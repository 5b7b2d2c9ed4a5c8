import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { errorAt, warningAt } from "../diagnostics/diagnostic.ts";
import type { ConfigFile } from "./config-file.ts";
import { isTable } from "./config-file.ts";
import { readWorkerConfig } from "./worker-config.ts";
import type { WorkerEnvironment } from "./worker-environment.ts";

/** The binding of the files of articles in wrangler's settings and in `src/http/env.ts`. */
const ASSETS_BINDING = "ASSETS";

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * What is wrong with the parts of the settings that only wrangler reads: an error where it ends `wrangler dev` or a deploy, with
 * words of wrangler's that name the consequence and not the cause; a warning where the Worker would only lack something.
 */
export function findWorkerFaults(
  file: ConfigFile,
  worker: WorkerEnvironment,
): readonly Diagnostic[] {
  const { main, assets, compatibility_date: date } = worker.table;
  const config = readWorkerConfig(file, worker);
  const faults: Diagnostic[] = [];
  const lineOf = (...keys: readonly string[]): number =>
    file.lineOf(worker.name === null ? keys : ["env", worker.name, ...keys]);
  const written = (key: string, value: string): string =>
    file.isJson ? `"${key}": "${value}"` : `${key} = "${value}"`;

  if (typeof main !== "string") {
    const what = 'The Worker has no "main"';
    const advice = `write ${written("main", "build/worker.js")} above the first table`;
    faults.push(errorAt(file.path, lineOf("main"), "worker-config-wrong", what, advice));
  }
  if (typeof date !== "string" || !isDay(date)) {
    const what =
      date === undefined
        ? 'The Worker has no "compatibility_date"'
        : `The Worker's compatibility_date is ${JSON.stringify(date)}, which is no day between quotes`;
    const advice = `write ${written("compatibility_date", "2026-11-01")}`;
    faults.push(
      errorAt(file.path, file.lineOf(["compatibility_date"]), "worker-config-wrong", what, advice),
    );
  }
  if (!config.ok) {
    const [what = "", ...advice] = config.failure.detail.split("; ");
    faults.push(errorAt(file.path, lineOf(), "worker-config-wrong", what, advice.join("; ")));
  }
  if (isTable(assets) && assets["binding"] !== ASSETS_BINDING) {
    const what = `The files of articles have no binding "${ASSETS_BINDING}", so recordings would not be found`;
    const advice = `write ${written("binding", ASSETS_BINDING)} under assets`;
    faults.push(
      warningAt(file.path, file.lineOf(["assets", "binding"]), "assets-unbound", what, advice),
    );
  }
  return faults;
}

/** Whether a text is a day that there is, as wrangler wants it. */
function isDay(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`);
  return DAY.test(text) && !Number.isNaN(at.valueOf()) && at.toISOString().startsWith(text);
}
