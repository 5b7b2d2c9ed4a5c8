import type { IO } from "../terminal/io.ts";
import { REAL_IO } from "../terminal/real-io.ts";
import { useProxy } from "../terminal/use-proxy.ts";
import { readEnvironment } from "./read-environment.ts";

/**
 * The world for a command that works on a project: with the environment that wrangler has there, and its proxy.
 *
 * @param environment the value of `--env`; null if it is not given
 */
export function projectIO(root: string, environment: string | null): IO {
  const io = { ...REAL_IO, environment: readEnvironment(root, REAL_IO.environment, environment) };
  useProxy(io.environment);
  return io;
}
