import { stripVTControlCharacters } from "node:util";

/** Lines that wrangler adds to every error. */
const NOISE = /^(?:If you think this is a bug|Note that there is a newer version|Common causes:)/;
const ERROR = /(?:\[ERROR\]|✘)/;
/** Cloudflare's messages are: "Authentication error", "Unauthorized to access requested resource". */
const REFUSED = /\[code: (?:10000|9109)\]/;

/** The errors in wrangler's output, without the lines before them, and without colours, which wrangler prints anyway. */
export function wranglerErrors(output: string): string {
  const lines = stripVTControlCharacters(output)
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !NOISE.test(line));
  const first = lines.findIndex((line) => ERROR.test(line));
  return (
    lines
      .slice(Math.max(first, 0))
      .map((line) => line.replace(/^✘?\s*\[ERROR\]\s*/, ""))
      // It is installed in the project, and not on the path.
      .map((line) => line.replaceAll(/(?<!npx )\bwrangler login\b/g, "npx wrangler login"))
      .join("\n")
  );
}

/** Whether wrangler's output says that Cloudflare refused the login, or that the login may not do this. */
export function isLoginRefused(output: string): boolean {
  return REFUSED.test(stripVTControlCharacters(output));
}
