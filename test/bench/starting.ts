import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeCheckout, unusedPort } from "../end-to-end/running-site.ts";
import { floorConfig } from "./bundled-workers.ts";
import { median } from "./median.ts";
import { timeToAnswer } from "./time-to-answer.ts";
import { writeArticles } from "./written-articles.ts";

/** One way of starting, beside `wrangler dev` with a Worker that returns a constant. */
export interface Starting {
  readonly name: string;
  readonly seconds: number;
  readonly bareSeconds: number;
  readonly bar: number;
}

const SAMPLES_BAR = 1.5;
const LARGE_BAR = 5;
const LARGE = 100_000;

/**
 * Measures how soon `npm start` answers, in turns with a bare `wrangler dev`.
 *
 * @param isFull whether 100,000 articles are measured too
 */
export async function measureStarting(
  turns: number,
  isFull: boolean,
  say: (line: string) => void,
): Promise<readonly Starting[]> {
  const folder = makeCheckout();
  try {
    mkdirSync(join(folder, "build"));
    writeFileSync(join(folder, "build/floor.json"), floorConfig());
    // As whoever works on a site has it: pages name their port, and another port is another release.
    const port = await unusedPort();
    const bare: number[] = [];
    const first: number[] = [];
    const again: number[] = [];
    for (let turn = 0; turn < turns; turn += 1) {
      bare.push(await startBare(folder));
      for (const made of ["build/values", "build/cache", "build/release.bin", ".wrangler"]) {
        rmSync(join(folder, made), { recursive: true, force: true });
      }
      first.push(await startSite(folder, "articles", port));
      again.push(await startSite(folder, "articles", port));
      say(`start ${turn + 1} of ${turns}: ${bare.at(-1)?.toFixed(1) ?? ""} s bare`);
    }
    const bareSeconds = median(bare);
    const rows: Starting[] = [
      { name: "samples, first start", seconds: median(first), bareSeconds, bar: SAMPLES_BAR },
      { name: "samples, next start", seconds: median(again), bareSeconds, bar: SAMPLES_BAR },
    ];
    if (!isFull) return rows;
    writeArticles(join(folder, "large"), LARGE, "mixed");
    const cold = await startSite(folder, "large/articles", port);
    say(`${LARGE} articles without a cache: ${cold.toFixed(1)} s`);
    const warm: number[] = [];
    for (let turn = 0; turn < turns; turn += 1) {
      warm.push(await startSite(folder, "large/articles", port));
    }
    const name = "100,000 articles, warm cache";
    return [...rows, { name, seconds: median(warm), bareSeconds, bar: LARGE_BAR }];
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function startBare(folder: string): Promise<number> {
  const port = await unusedPort();
  const args = ["dev", "--config", "build/floor.json", "--port", String(port)];
  const environment = { WRANGLER_SEND_METRICS: "false" };
  const wrangler = join(folder, "node_modules/.bin/wrangler");
  const path = `/like/200.2.${btoa("{}")}`;
  return timeToAnswer({ command: wrangler, args, folder, environment, port, path });
}

async function startSite(folder: string, sources: string, port: number): Promise<number> {
  const args = ["start", "--", "--port", String(port)];
  const environment = { OFFPRINT_SOURCES: sources };
  return timeToAnswer({ command: "npm", args, folder, environment, port, path: "/healthz" });
}
