import type { Setting } from "./setting.ts";

/** What `init` knows of a site before it writes anything. */
export interface FoundSite {
  /** Of what it is made, for people: `_config.yml`, or the folders with articles; null for an empty folder. */
  readonly from: string | null;
  /** What was found, in a line. */
  readonly found: string;
  readonly settings: readonly Setting[];
  /** What people should look at besides settings with a comment, each in one line with what to do. */
  readonly remarks: readonly string[];
  /** What could not be carried over, each in one line with what to do. */
  readonly leftovers: readonly string[];
  readonly articleCount: number;
  /** The first of the folders with articles, where samples go if there is none. */
  readonly firstSource: string;
  /** Of what the Worker's name is made. */
  readonly calledBy: string;
}

/** The name of a Worker made of any text (wrangler's own rule); `site` where nothing of it is left. */
export function workerName(text: string): string {
  const name = text
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^a-z\d]+/g, "-")
    .slice(0, LONGEST_NAME)
    .replaceAll(/^-+|-+$/g, "");
  return name === "" ? "site" : name;
}

/** Says what became of a name that has other letters than a Worker's name may have; nothing where it has none. */
export function remarksOnName(text: string): readonly string[] {
  if (!/[^\p{M}\p{ASCII}]/u.test(text.normalize("NFKD"))) return [];
  return [
    `name: "${text}" has letters that no Worker's name may have, so that it is "${workerName(text)}"; write another one of a-z, 0-9 and - into name in wrangler.toml before the first npm run deploy`,
  ];
}

/** It is a label of an address on workers.dev (RFC 1035, section 2.3.4), with room for the names of previews. */
const LONGEST_NAME = 50;
