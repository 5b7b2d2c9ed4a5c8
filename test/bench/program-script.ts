import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";

const PACKAGE = v.object({ scripts: v.record(v.string(), v.string()) });

/**
 * The arguments with which Node runs what `npm run NAME` does in a checkout, so that npm's own half second is not measured.
 *
 * @throws if `package.json` has no such script, or one that Node does not run
 */
export function programScript(checkout: string, name: string): readonly string[] {
  const file = join(checkout, "package.json");
  const { scripts } = v.parse(PACKAGE, JSON.parse(readFileSync(file, "utf8")));
  const [command, ...args] = (scripts[name] ?? "").split(" ");
  if (command !== "node") throw new Error(`The script "${name}" of ${file} is not run by Node`);
  return args;
}
