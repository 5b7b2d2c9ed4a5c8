import { createRequire } from "node:module";
import { errorDetail } from "./error-detail.ts";
import { MachineTrouble } from "./machine-trouble.ts";

/**
 * The file that is wrangler, to be run by Node. What npm puts on the path is a shell script, on Windows a `.cmd` that only a
 * shell can start; and it starts this file in a second process, which a signal to the first may leave behind.
 *
 * @param from the address of a file that has it among its packages
 * @throws MachineTrouble if it is not installed
 */
export function wranglerScript(from: string = import.meta.url): string {
  const require = createRequire(from);
  try {
    return require.resolve("wrangler");
  } catch (error) {
    const [why = ""] = errorDetail(error).split("\n");
    throw new MachineTrouble(
      `Cannot start wrangler (${why}); run npm ci. wrangler was not run: the live site is as it was`,
    );
  }
}
