import { MEDIA_PATTERNS } from "../config/media-patterns.ts";
import type { Setting } from "./setting.ts";
import { isSettingList, isSettingTable } from "./setting.ts";
import { tomlKey, tomlText } from "./toml-text.ts";

/** What wrangler's file of a site holds besides the site's own settings. */
export interface WranglerFile {
  /** The Worker's name. */
  readonly name: string;
  /** Of what the settings were made, for people; null for a sample. */
  readonly from: string | null;
  readonly settings: readonly Setting[];
}

/** In characters; a longer table gets a line for each of its keys, and a longer comment more lines. */
const LONGEST_LINE = 100;

/** The text of `wrangler.toml`: only what differs from the defaults, and why where that is not plain. */
export function wranglerFile({ name, from, settings }: WranglerFile): string {
  const isLong = ({ key, value }: Setting): boolean =>
    isSettingTable(value) && `${key} = ${tomlText(value)}`.length > LONGEST_LINE;
  const tables = settings.filter(isLong);
  return [
    comment(
      from === null
        ? "The site's one file of settings: what wrangler reads, and under [vars.SITE] what Offprint reads."
        : `Made by offprint init out of ${from}. It is the site's one file of settings: what wrangler reads, and under [vars.SITE] what Offprint reads.`,
    ),
    "",
    `name = ${tomlText(name)}`,
    PROGRAM,
    comment(
      "Who you are. Every key is explained in node_modules/offprint/docs/settings.md (in Chinese in docs/zh there); `npm run check:content` says what is wrong with one.",
    ),
    "[vars.SITE]",
    ...settings.filter((setting) => !isLong(setting)).map(line),
    ...tables.map(table),
    "",
  ].join("\n");
}

/** What depends on the program, and is the same for every site (`docs/design.md`, "A site of one's own"). */
const PROGRAM = `main = "build/worker.js"
compatibility_date = "2026-11-01"
compatibility_flags = ["nodejs_compat"]
keep_names = false

# Bundles the articles for wrangler dev and for a deploy alike; it never uploads anything.
[build]
command = "offprint bundle"
watch_dir = ["build/watched"]

[[kv_namespaces]]
binding = "RELEASES"

# Pictures and recordings that stand beside the articles. The Worker is asked first for recordings,
# so that players can seek in them.
[assets]
directory = "build/assets"
binding = "ASSETS"
html_handling = "none"
run_worker_first = [
${inLines(
  " ",
  MEDIA_PATTERNS.map((pattern) => `${tomlText(pattern)},`),
)}
]

[observability]
enabled = true
`;

function line({ key, value, comment: why }: Setting): string {
  const written = `${key} = ${tomlText(value)}`;
  const list =
    isSettingList(value) && written.length > LONGEST_LINE
      ? [`${key} = [`, ...value.map((each) => `  ${tomlText(each)},`), "]"].join("\n")
      : written;
  return why === undefined ? list : `${comment(why)}\n${list}`;
}

function table({ key, value, comment: why }: Setting): string {
  const entries = isSettingTable(value) ? Object.entries(value) : [];
  return [
    "",
    ...(why === undefined ? [] : [comment(why)]),
    `[vars.SITE.${key}]`,
    ...entries.map(([name, inner]) => `${tomlKey(name)} = ${tomlText(inner)}`),
  ].join("\n");
}

/** A comment in lines that are not too long. */
function comment(text: string): string {
  return inLines("#", text.split(" "));
}

/** Words in lines that are not too long, each of which begins with `start`. */
function inLines(start: string, words: readonly string[]): string {
  const lines: string[] = [];
  let last = start;
  for (const word of words) {
    if (last.length + 1 + word.length > LONGEST_LINE) {
      lines.push(last);
      last = start;
    }
    last += ` ${word}`;
  }
  return [...lines, last].join("\n");
}
