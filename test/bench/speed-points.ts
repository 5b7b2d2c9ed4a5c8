import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";

/** What one program took for one number of articles. */
export type SpeedPoint = v.InferOutput<typeof POINT>;

/** What was measured of all, and on which machine. */
export type SpeedPoints = v.InferOutput<typeof POINTS>;

const POINT = v.object({
  program: v.picklist(["Offprint", "Hugo", "Jekyll"]),
  articles: v.number(),
  cpuSeconds: v.number(),
  seconds: v.number(),
  megabytes: v.number(),
  /** Files to put on a server, or values to write to KV. */
  files: v.number(),
  storedMegabytes: v.number(),
});
const POINTS = v.object({ machine: v.string(), load: v.string(), points: v.array(POINT) });

const DOCS = join(import.meta.dirname, "../../docs");
const FILE = join(DOCS, "speed.json");

export function readSpeedPoints(): SpeedPoints {
  return v.parse(POINTS, JSON.parse(readFileSync(FILE, "utf8")));
}

export function writeSpeedPoints(points: SpeedPoints): void {
  writeFileSync(FILE, `${JSON.stringify(points, null, 2)}\n`);
}
