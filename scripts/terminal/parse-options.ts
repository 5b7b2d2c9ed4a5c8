import type { ParseArgsConfig } from "node:util";
import { parseArgs } from "node:util";

/** Options and positionals of a command, as `parseArgs` reads them; a text where something is wrong with them. */
export function parseOptions<const Config extends ParseArgsConfig>(
  config: Config,
): ReturnType<typeof parseArgs<Config>> | string {
  try {
    return parseArgs(config);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
