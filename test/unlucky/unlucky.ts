/** `npm run unlucky`: bundles a site while all kinds of things go wrong, and says what people would see. */
import { text } from "../../scripts/terminal/option-kinds.ts";
import { runCommand } from "../../scripts/terminal/run-command.ts";
import type { Misfortune } from "./misfortunes.ts";
import { MISFORTUNES } from "./misfortunes.ts";
import type { Run } from "./unlucky-site.ts";
import { makeUnluckySite } from "./unlucky-site.ts";

const USAGE = `Usage: npm run unlucky -- [--only a,b] [--help]

Makes a site in a temporary folder and bundles it with the real commands while something goes wrong, then once more in peace.
Prints a table; a row is right if no run hangs, each ends with an honest exit code, the message says what is wrong without a
stack, and the run in peace makes the same release as a checkout that was never disturbed.

  --only a,b   only these:
${MISFORTUNES.map(({ name, what }) => `    ${name.padEnd(18)} ${what}`).join("\n")}

Takes ten minutes. Some rows need root, to mount small disks and to run as somebody else; they are left out without.
Exit code: 0 all rows are right, 1 some are not.`;

const LONGEST_MESSAGE = 160;
/** What is said of a success, or on the way. */
const NO_MESSAGE = /^(?:Bundled |Made \d+ picture|\d+ of \d+ )/;
/** Not tried unless it is asked for. */
const ON_DEMAND = new Set(["million-names"]);

await runCommand({
  name: "npm run unlucky --",
  usage: USAGE,
  options: { only: text },
  run: async ({ only }) => tryAll(only?.split(",") ?? null),
});

async function tryAll(names: readonly string[] | null): Promise<number> {
  const unknown = names?.filter((name) => MISFORTUNES.every((each) => each.name !== name)) ?? [];
  if (unknown.length > 0) {
    console.error(`There is no ${unknown.join(", ")}; see npm run unlucky -- --help`);
    return 2;
  }
  const chosen = MISFORTUNES.filter(({ name }) => names?.includes(name) ?? !ON_DEMAND.has(name));
  console.log("| case | tried | exit codes | message | same release afterwards | right |");
  console.log("| --- | --- | --- | --- | --- | --- |");
  let isAllRight = true;
  for (const misfortune of chosen) {
    if (misfortune.needsRoot === true && process.getuid?.() !== 0) {
      console.log(`| ${misfortune.what} | 0 | | needs root | | |`);
    } else {
      isAllRight = (await tryOne(misfortune)) && isAllRight;
    }
  }
  return isAllRight ? 0 : 1;
}

async function tryOne({ name, what, codes, says, happen }: Misfortune): Promise<boolean> {
  const site = makeUnluckySite();
  try {
    await site.bundle();
    const { runs, faults } = await happen(site);
    const isSame = await site.isAsIfNothingHappened();
    const wrong = [
      ...faults,
      ...runs.flatMap((run) => faultsOf(run, codes)),
      ...(says === null || runs.some(({ output }) => says.test(output)) ? [] : ["not the message"]),
    ];
    const isRight = isSame && wrong.length === 0;
    const message = shortened(firstMessage(runs, says));
    console.log(
      `| ${what} | ${runs.length} | ${countedCodes(runs)} | ${message} | ${isSame ? "yes" : "no"} | ${isRight ? "yes" : "no"} |`,
    );
    for (const fault of wrong) console.error(`${name}: ${fault}`);
    return isRight;
  } finally {
    site.remove();
  }
}

function faultsOf(
  { exitCode, output, isHung }: Run,
  codes: Misfortune["codes"],
): readonly string[] {
  const isHonest = codes.includes(exitCode) && !isHung;
  return [
    ...(isHung ? ["it hung"] : []),
    ...(isHonest ? [] : [`exit code ${exitCode}:\n${output}`]),
    ...(/^\s+at .*:\d+:\d+/m.test(output) ? [`a stack:\n${output}`] : []),
    ...(exitCode !== 0 && exitCode !== null && output.trim() === ""
      ? ["it failed in silence"]
      : []),
  ];
}

function countedCodes(runs: readonly Run[]): string {
  const byCode = Map.groupBy(runs, ({ exitCode }) => exitCode ?? "killed");
  return [...byCode].map(([code, { length }]) => `${code} (${length})`).join(", ");
}

/** The line that was to be said; else the first that says more than that it went well. */
function firstMessage(runs: readonly Run[], says: RegExp | null): string {
  const lines = runs.flatMap(({ output }) => output.split("\n").filter((line) => line !== ""));
  return (
    lines.find((line) => says?.test(line) === true) ??
    lines.find((line) => !NO_MESSAGE.test(line)) ??
    lines[0] ??
    ""
  );
}

function shortened(line: string): string {
  const plain = line.replaceAll("|", String.raw`\|`);
  return plain.length <= LONGEST_MESSAGE ? plain : `${plain.slice(0, LONGEST_MESSAGE)}…`;
}
