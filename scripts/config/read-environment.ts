import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "dotenv";
import { expand } from "dotenv-expand";

/** Environment variables. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The environment as wrangler has it after it has read the files `.env`, `.env.local` and, for an environment that is chosen by
 * `--env`, `.env.staging` and `.env.staging.local`; a later file wins, and what the environment says itself wins over all. Of
 * `.dev.vars` wrangler takes nothing but variables of the Worker in `wrangler dev`.
 *
 * wrangler runs in other folders than the project's, and `--env` is not handed on to it: so this is handed on instead.
 *
 * @param root the project's folder
 * @param chosen the value of `--env`; null if it is not given
 */
export function readEnvironment(
  root: string,
  environment: Environment,
  chosen: string | null,
): Environment {
  const names = [".env", ".env.local"];
  if (chosen !== null && chosen !== "") names.push(`.env.${chosen}`, `.env.${chosen}.local`);
  const written = Object.assign({}, ...names.map((name) => readDotEnv(join(root, name)))) as Record<
    string,
    string
  >;
  const expanded = Object.fromEntries(
    Object.entries(environment).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  );
  expand({ processEnv: expanded, parsed: written });
  return chosen === null ? expanded : { ...expanded, CLOUDFLARE_ENV: chosen };
}

/** The variables in a file; none where it cannot be read, as wrangler has it too. */
function readDotEnv(file: string): Readonly<Record<string, string>> {
  try {
    return parse(readFileSync(file));
  } catch {
    return {};
  }
}
