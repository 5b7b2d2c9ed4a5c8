/** `npm run faults`: has deploys go wrong in every way that is known, in the process, and writes what became of them. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "../../scripts/terminal/option-kinds.ts";
import { runCommand } from "../../scripts/terminal/run-command.ts";
import { faultsTable } from "./faults-table.ts";
import { OTHER_TRIALS } from "./other-trials.ts";
import { killTrials, requestTrials } from "./request-trials.ts";
import type { Outcome } from "./try-fault.ts";
import { tryFault } from "./try-fault.ts";

const USAGE = `Usage: npm run faults -- [--only text] [--help]

Deploys a site to the stand-in for Cloudflare (docs/stand-in.md) while something goes wrong: each request of a deploy fails in
each of 14 ways, the deploy is killed at each, wrangler, the account, KV and other people do what they do. Then it looks
whether the live site is the old or the new release whole, whether what was said is true and says what to do, whether the exit
code is honest, and whether the next run does all that was left. Time is that of a clock that moves by waiting.

Writes the table of docs/faults.md, and says what is not right.

  --only text   only trials whose name has this; nothing is written

Takes some minutes. Exit code: 0 all is right, 1 something is not.`;

const PAGE = join(import.meta.dirname, "../../docs/faults.md");
/** What is behind the marker. */
const TABLE = /(?<=<!-- table: .* -->\n\n)[^]*?(?=\n\n## )/;

await runCommand({
  name: "npm run faults --",
  usage: USAGE,
  options: { only: text },
  run: async ({ only }) => tryAll(only ?? ""),
});

async function tryAll(only: string): Promise<number> {
  const all = [...(await requestTrials()), ...(await killTrials()), ...OTHER_TRIALS];
  const trials = all.filter(({ scene, where, fault }) =>
    `${scene} ${where} ${fault}`.includes(only),
  );
  const outcomes: Outcome[] = [];
  for (const trial of trials) {
    const outcome = await tryFault(trial);
    outcomes.push(outcome);
    for (const wrong of outcome.wrong) {
      console.error(
        `${trial.scene}, ${trial.where}, ${trial.fault}: ${wrong}\n${outcome.output}\n`,
      );
    }
  }
  const table = faultsTable(outcomes);
  console.log(table);
  if (only === "") {
    const page = await readFile(PAGE, "utf8");
    await writeFile(
      PAGE,
      page.replace(TABLE, () => table),
    );
  }
  return outcomes.every(({ wrong }) => wrong.length === 0) ? 0 : 1;
}
