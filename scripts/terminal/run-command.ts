import { describeTrouble } from "./machine-trouble.ts";

const EXIT_TROUBLE = 1;

/** Runs a command to its exit code. What the machine refuses is told in a line; a bug keeps its stack. */
export async function runCommand(
  main: (args: string[]) => number | Promise<number>,
): Promise<void> {
  try {
    process.exitCode = await main(process.argv.slice(2));
  } catch (error) {
    const trouble = describeTrouble(error);
    if (trouble === null) throw error;
    console.error(`Could not go on: ${trouble}`);
    process.exitCode = EXIT_TROUBLE;
  }
}
