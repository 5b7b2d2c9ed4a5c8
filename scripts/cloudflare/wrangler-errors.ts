import { stripVTControlCharacters } from "node:util";

/** What wrangler adds to every error. */
const NOISE = /^(?:If you think this is a bug|Note that there is a newer version|Common causes:)/;
const ERROR = /(?:\[ERROR\]|✘)/;
/** "Authentication error", "Unauthorized to access requested resource". */
const REFUSED = /\[code: (?:10000|9109)\]/;

/** What wrangler says went wrong, without what it did before, and without the colours that it gives errors everywhere. */
export function wranglerErrors(output: string): string {
  const lines = stripVTControlCharacters(output)
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !NOISE.test(line));
  const first = lines.findIndex((line) => ERROR.test(line));
  return lines
    .slice(Math.max(first, 0))
    .map((line) => line.replace(/^✘?\s*\[ERROR\]\s*/, ""))
    .join("\n");
}

/** Whether Cloudflare refused the login, or what it may do. */
export function isLoginRefused(output: string): boolean {
  return REFUSED.test(stripVTControlCharacters(output));
}
