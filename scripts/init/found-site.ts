import type { Setting } from "./setting.ts";

/** What `init` knows of a site before it writes anything. */
export interface FoundSite {
  /** Of what it is made, for people: `_config.yml`, or the folders with articles; null for an empty folder. */
  readonly from: string | null;
  /** What was found, in a line. */
  readonly found: string;
  readonly settings: readonly Setting[];
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

/** It is a label of an address on workers.dev (RFC 1035, section 2.3.4), with room for the names of previews. */
const LONGEST_NAME = 50;
