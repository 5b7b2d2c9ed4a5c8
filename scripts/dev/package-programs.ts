import { delimiter, dirname, join } from "node:path";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * An environment in which the programs of a folder's packages are found by their names, as npm has it for scripts: with
 * `node_modules/.bin` of the folder and of those above on the path. So `offprint bundle` in wrangler's file is found however
 * the command was run.
 */
export function withPackagePrograms(environment: Environment, folder: string): Environment {
  // On Windows it is called Path, and two of them would be one too many.
  const name = Object.keys(environment).find((key) => key.toUpperCase() === "PATH") ?? "PATH";
  const places: string[] = [];
  for (let place = folder; ; place = dirname(place)) {
    places.push(join(place, "node_modules/.bin"));
    if (place === dirname(place)) break;
  }
  return { ...environment, [name]: [...places, environment[name] ?? ""].join(delimiter) };
}
