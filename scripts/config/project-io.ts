import type { IO } from "../terminal/io.ts";
import { REAL_IO } from "../terminal/real-io.ts";
import { useProxy } from "../terminal/use-proxy.ts";
import { readEnvironment } from "./read-environment.ts";
import { environmentName } from "./worker-environment.ts";

/**
 * The world for a command that works on a project: with the environment that wrangler has there, and its proxy. Advice to run
 * a command is for the environment that is chosen.
 *
 * @param chosen the value of `--env`; null if it is not given
 */
export function projectIO(root: string, chosen: string | null): IO {
  const environment = readEnvironment(root, REAL_IO.environment, chosen);
  useProxy(environment);
  const name = environmentName(environment["CLOUDFLARE_ENV"]);
  return {
    ...REAL_IO,
    environment,
    say: (line) => {
      REAL_IO.say(inEnvironment(line, name));
    },
    warn: (line) => {
      REAL_IO.warn(inEnvironment(line, name));
    },
  };
}

/** A text whose commands are for one of wrangler's environments: without that they would be about the site itself. */
export function inEnvironment(text: string, name: string | null): string {
  if (name === null) return text;
  return text.replaceAll(
    /\bnpm run (deploy|release)\b(?: --(?![\w-]))?/g,
    `npm run $1 -- --env ${name}`,
  );
}
