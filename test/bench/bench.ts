/** `npm run bench`: what requests cost beside a constant, in a table with the bars. */
import { parseArgs } from "node:util";
import { measureServing } from "./serving.ts";

const USAGE = `Usage: npm run bench -- [options]

  --turns n   of floor and site, one after the other; the median counts (default 5)
  --help      this text`;

const { values: options } = parseArgs({
  options: {
    turns: { type: "string", default: "5" },
    help: { type: "boolean", default: false },
  },
});
if (options.help) {
  console.log(USAGE);
} else {
  const rows = await measureServing(Number(options.turns), (line) => {
    console.error(line);
  });
  console.table(
    Object.fromEntries(
      rows.map(({ name, microseconds, floorMicroseconds, ratio, bar, reads, bytes }) => [
        name,
        {
          "CPU µs": Math.round(microseconds),
          "floor µs": Math.round(floorMicroseconds),
          ratio: Number(ratio.toFixed(2)),
          bar,
          verdict: ratio <= bar ? "pass" : "miss",
          "KV reads": Number(reads.toFixed(2)),
          bytes,
        },
      ]),
    ),
  );
}
