import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Result } from "../../src/domain/result.ts";
import { failed, ok } from "../../src/domain/result.ts";
import { complaintAboutNode } from "../terminal/node-version.ts";
import { findJekyllSite } from "./find-jekyll-site.ts";
import { findPlainSite } from "./find-plain-site.ts";
import type { FoundSite } from "./found-site.ts";
import type { InitFailure } from "./init-failure.ts";
import { languageOfLocale } from "./guess-language.ts";
import { readJekyllConfig } from "./jekyll-config.ts";
import { packageFile } from "./package-file.ts";
import type { SampleDays } from "./sample-articles.ts";
import { sampleSite } from "./sample-articles.ts";
import { findSiteAbove, findWranglerFile } from "./site-around.ts";
import { WORKFLOW_PATH, workflowFile } from "./workflow-file.ts";
import { wranglerFile } from "./wrangler-file.ts";

/** What people asked for, and what is known of their machine. */
export interface InitInput {
  /** The site's folder, absolute. */
  readonly root: string;
  /** A BCP 47 tag; null where nobody named one. */
  readonly language: string | null;
  /** Jekyll's files of settings; none for its usual one. */
  readonly configs: readonly string[];
  readonly hasWorkflow: boolean;
  /** As `LANG` has it. */
  readonly locale: string;
  readonly timeZone: string;
  /** That of the machine, where npm runs the program with another: `24.11.0`. */
  readonly nodeVersion: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface PlannedFile {
  /** The path from the site's folder. */
  readonly path: string;
  readonly text: string;
  /** What it was before; null for a new file. */
  readonly before: string | null;
}

/** What `init` would write, and what it says. */
export interface SitePlan {
  readonly files: readonly PlannedFile[];
  /** What was found, and what could not be carried over. */
  readonly report: readonly string[];
  /** What people do by hand. */
  readonly byHand: readonly string[];
  /** Whether the site was there before. */
  readonly isThere: boolean;
  /** Scripts of package.json that do something else than the program's. */
  readonly taken: readonly string[];
}

const MILLISECONDS_PER_DAY = 86_400_000;
const IGNORED = ["node_modules/", "build/", ".wrangler/", ".dev.vars*", ".env*"];

/** Plans a site in a folder, without writing anything. */
export function planSite(input: InitInput): Result<SitePlan, InitFailure> {
  const { root } = input;
  if (!existsSync(root)) return failed({ reason: "folder-missing", folder: root });
  const wrangler = findWranglerFile(root);
  const above = wrangler === null ? findSiteAbove(root) : null;
  if (above !== null) return failed({ reason: "inside-site", file: above });
  if (wrangler?.isSite === true) return planRest(input, null);

  const config = readJekyllConfig(root, input.configs);
  if (!config.ok) return config;
  const folderName = basename(root);
  const site =
    config.value === null
      ? findPlainSite({
          root,
          folderName,
          language: input.language,
          usualLanguage: languageOfLocale(input.locale) ?? "en",
          timeZone: input.timeZone,
          days: daysBefore(input.now),
        })
      : findJekyllSite(root, config.value, {
          folderName,
          language: input.language,
          nextDay: dayOf(input.now + MILLISECONDS_PER_DAY),
        });
  const [below] = site.articleCount > 0 ? [] : globSync("*/_config.yml", { cwd: root });
  if (config.value === null && below !== undefined) {
    return failed({ reason: "site-below", folder: dirname(below) });
  }
  if (wrangler === null) return planRest(input, site);
  const { path: file } = wrangler;
  return failed({ reason: "other-worker", file, lines: settingsFileOf(site) });
}

/** @param site null where its settings are there already */
function planRest(input: InitInput, site: FoundSite | null): Result<SitePlan, InitFailure> {
  const { root } = input;
  const name = site?.calledBy ?? "site";
  const packageText = readOptional(join(root, "package.json"));
  const made = packageFile(packageText, name, complaintAboutNode(input.nodeVersion) !== null);
  if (!made.ok) return made;
  const { text, added, taken, lacksNode, outside } = made.value;
  const ignored = readOptional(join(root, ".gitignore"));
  const missing = IGNORED.filter((line) => !hasLine(ignored ?? "", line));
  const isNew = (path: string): boolean => !existsSync(join(root, path));
  const candidates: readonly PlannedFile[] = [
    ...(site === null ? [] : newFiles(site, input)),
    { path: ".gitignore", text: `${IGNORED.join("\n")}\n`, before: null },
    ...(input.hasWorkflow
      ? [{ path: WORKFLOW_PATH, text: workflowFile(branchOf(root)), before: null }]
      : []),
  ];
  const files = candidates.filter(({ path }) => isNew(path));
  const changed = added.length > 0 ? [{ path: "package.json", text, before: packageText }] : [];
  return ok({
    // What was there before is written last, when all else has gone well.
    files: [...files, ...changed],
    report: site === null ? [] : reportOn(site),
    isThere: site === null,
    taken,
    byHand: [
      ...(ignored !== null && missing.length > 0
        ? [`.gitignore: add ${missing.join(" ")}, each on a line of its own`]
        : []),
      ...taken.map(
        (script) =>
          `package.json: the script "${script}" stays what it was; what messages call npm run ${script} is npx offprint ${script === "check:content" ? "check" : script}`,
      ),
      ...(input.hasWorkflow
        ? [
            ...outside.map(
              (dependency) =>
                `package.json: ${dependency} is outside of this folder, where npm ci of the workflow does not find it; copy that file into the repository, and npm install --save-dev ./ with its name`,
            ),
            `${WORKFLOW_PATH}: it needs the repository's secrets CLOUDFLARE_API_TOKEN and CLOUDFLARE_ACCOUNT_ID (Settings, Secrets and variables, Actions); its first lines say with which rights`,
          ]
        : []),
      ...(lacksNode
        ? [`Node ${input.nodeVersion} is too old for Offprint: npm install --save-dev node@24`]
        : []),
    ],
  });
}

function newFiles(site: FoundSite, { now, language }: InitInput): readonly PlannedFile[] {
  const of = site.settings.find(({ key }) => key === "language")?.value;
  const written = typeof of === "string" ? of : (language ?? "en");
  const { articles } = sampleSite(written, daysBefore(now));
  return [
    { path: "wrangler.toml", text: settingsFileOf(site), before: null },
    ...(site.articleCount > 0
      ? []
      : [...articles].map(([name, text]) => ({
          path: `${site.firstSource}/${name}`,
          text,
          before: null,
        }))),
  ];
}

function settingsFileOf({ calledBy, from, settings }: FoundSite): string {
  return wranglerFile({ name: calledBy, from, settings });
}

function reportOn({ from, found, settings, remarks, leftovers }: FoundSite): readonly string[] {
  const comments = settings.flatMap(({ key, comment }) =>
    comment === undefined ? [] : `${key}: ${comment}`,
  );
  const guessed = [...comments, ...remarks].map((line) => `  ${line}`);
  return [
    found,
    ...(from === null ? [] : [`Settings made of it: ${settings.map(({ key }) => key).join(", ")}`]),
    ...(guessed.length === 0 ? [] : ["Look at these:", ...guessed]),
    ...(leftovers.length === 0
      ? []
      : ["Not carried over:", ...leftovers.map((line) => `  ${line}`)]),
  ];
}

/** The two days before a moment, in UTC, whose articles are out wherever one is. */
function daysBefore(now: number): SampleDays {
  return {
    first: dayOf(now - 3 * MILLISECONDS_PER_DAY),
    second: dayOf(now - 2 * MILLISECONDS_PER_DAY),
  };
}

function dayOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, "2026-11-30".length);
}

function hasLine(text: string, line: string): boolean {
  const bare = (written: string): string => written.trim().replaceAll(/^\/|\/$/g, "");
  return text.split("\n").some((written) => bare(written) === bare(line));
}

/** The branch that is checked out, as git notes it; `main` where there is none. */
function branchOf(root: string): string {
  const head = readOptional(join(root, ".git/HEAD")) ?? "";
  return /^ref: refs\/heads\/(\S+)/.exec(head)?.[1] ?? "main";
}

function readOptional(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    // It is not there, or no file, which writing it will tell.
    return null;
  }
}
