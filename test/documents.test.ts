import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readProject } from "../scripts/config/read-project.ts";
import { deploy } from "../scripts/deploy.ts";
import { release } from "../scripts/release.ts";
import type { IO } from "../scripts/terminal/io.ts";
import type { CodeBlock } from "./code-blocks.ts";
import { codeBlocks } from "./code-blocks.ts";
import { PublishedFolder, article } from "./scripts/published-folder.ts";

/*
 * Whoever publishes reads these pages in one of two languages and copies what stands in them: both say the same, every link
 * leads somewhere, and every command is run.
 */

const ROOT = join(import.meta.dirname, "..");
const PROGRAM = join(ROOT, "scripts/offprint.ts");

/** What whoever publishes reads, with its other half in Chinese. */
const TWINS: readonly (readonly [english: string, chinese: string])[] = [
  ["README.md", "README.zh-CN.md"],
  ...[
    "start",
    "jekyll",
    "deploy",
    "often",
    "staging",
    "followers",
    "upgrading",
    "settings",
    "search",
    "your-own-look",
  ].map((name) => [`docs/${name}.md`, `docs/zh/${name}.md`] as const),
];
const ENGLISH_OF = new Map(TWINS.map(([english, chinese]) => [chinese, english]));

const textOf = (document: string): string => readFileSync(join(ROOT, document), "utf8");

/** A document without its code, whose brackets are no links. */
const proseOf = (document: string): string =>
  textOf(document)
    .replaceAll(/^( *)```[^]*?\n\1```$/gm, "")
    .replaceAll(/``[^`]+``|`[^`\n]*`/g, "");

interface Link {
  readonly document: string;
  /** Of a document or file, from the root of the repository; or an address elsewhere. */
  readonly target: string;
  /** The heading that it leads to; empty for the document's beginning. */
  readonly heading: string;
}

function linksOf(document: string): readonly Link[] {
  return [...proseOf(document).matchAll(/\]\(([^)\s]+)\)/g)].map(([, address = ""]) => {
    if (/^[a-z]+:/.test(address)) return { document, target: address, heading: "" };
    const [path = "", heading = ""] = address.split("#");
    const target = path === "" ? document : relative(ROOT, join(ROOT, dirname(document), path));
    return { document, target, heading: decodeURIComponent(heading) };
  });
}

/** The names that GitHub gives to the headings of a document. */
function headingsOf(document: string): readonly string[] {
  const text = textOf(document).replaceAll(/^( *)```[^]*?\n\1```$/gm, "");
  return [...text.matchAll(/^#{1,6} (.*)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, "")
      .replaceAll(" ", "-"),
  );
}

describe("the links of documents", () => {
  const documents = globSync(["*.md", "docs/**/*.md", "{scripts,src}/**/README.md"], { cwd: ROOT });
  const links = documents.flatMap(linksOf).filter(({ target }) => !/^[a-z]+:/.test(target));

  it("lead to files that are there", () => {
    expect(links.length).toBeGreaterThan(100);
    expect(links.filter(({ target }) => !existsSync(join(ROOT, target)))).toEqual([]);
  });

  it("lead to headings that are there", () => {
    const withHeading = links.filter(({ heading }) => heading !== "");
    expect(withHeading.length).toBeGreaterThan(10);
    const dead = withHeading.filter(({ target, heading }) => !headingsOf(target).includes(heading));
    expect(dead).toEqual([]);
  });
});

/** The commands that stand in a sentence or a table. */
const commandsInText = (document: string): readonly string[] =>
  [...textOf(document).matchAll(/(?<!`)`((?:npm|npx|git|OFFPRINT_\w+=\S+ npm) [^`\n]+)`/g)].map(
    ([, command = ""]) => command,
  );

/** What a block has to be in both languages: all but comments, and what the site's own readers read. */
function bones({ language, text }: CodeBlock): string {
  const lines = text.split("\n").filter((line) => !/^\s*#|^\s*$/.test(line));
  const told = language === "markdown" ? lines.filter((line) => /^(?:\w+:|---)/.test(line)) : lines;
  return [language, ...told]
    .map((line) => line.replace(/^(title|language|time_zone|categories|tags)( =|:).*/, "$1"))
    .map((line) => line.replace(/ --language \S+/, " --language"))
    .join("\n");
}

describe.each(TWINS)("%s and %s", (english, chinese) => {
  it("lead to each other", () => {
    expect(linksOf(english).map(({ target }) => target)).toContain(chinese);
    expect(linksOf(chinese).map(({ target }) => target)).toContain(english);
  });

  it("have the same headings, code and commands", () => {
    const levels = (document: string): readonly string[] =>
      Array.from(proseOf(document).matchAll(/^#+(?= )/gm), ([level]) => level);
    expect(levels(chinese)).toEqual(levels(english));
    expect(codeBlocks(textOf(chinese)).map(bones)).toEqual(codeBlocks(textOf(english)).map(bones));
    expect(commandsInText(chinese)).toEqual(commandsInText(english));
  });

  it("lead to the same places", () => {
    const places = (document: string): readonly string[] =>
      linksOf(document)
        .map(({ target }) => ENGLISH_OF.get(target) ?? target)
        .filter((target) => target !== english)
        .toSorted();
    expect(places(chinese)).toEqual(places(english));
  });
});

const PAGES = TWINS.map(([english]) => english);
const BLOCKS = PAGES.flatMap((page) => codeBlocks(textOf(page)));
const COMMANDS = new Set([
  ...BLOCKS.filter(({ language }) => language === "sh").flatMap(({ text }) =>
    text.split("\n").flatMap((line) => line.split(" && ")),
  ),
  ...PAGES.flatMap(commandsInText),
]);

/** Commands that are not run here, and why; a path is that of the test which runs it. */
const ELSEWHERE: readonly (readonly [command: RegExp, why: string])[] = [
  [/^git (?:clone ADDRESS offprint|pull)$/, "another machine answers"],
  [/^npm ci$/, "npm's registry answers"],
  [/^npm install --save-dev (?:offprint(?:@latest)?|node@24)$/, "npm's registry answers"],
  [/^npm install --save-dev \S+\/offprint-\d\S+\.tgz$/, "test/end-to-end/packed-program.test.ts"],
  [/^npm pack$/, "test/end-to-end/packed-program.test.ts"],
  [/^npx wrangler login$/, "a browser opens"],
  [/^npx wrangler secret put PUBLISH_HOOK --name paper$/, "it asks for a secret"],
  [/^(?:mkdir paper|cd paper|cd offprint|cd \.\.)$/, "the shell has them"],
  [
    /^(?:npm|npx offprint) start(?: -- --(?:env staging|port 8790))?$/,
    "test/end-to-end/npm-start.test.ts",
  ],
  [/^OFFPRINT_SOURCES=\S+ npm start$/, "test/end-to-end/npm-start.test.ts"],
  [/^npm test$|^npm run check$/, "they run this"],
  [/^npm run (?:bench|faults|scale|subscribers|unlucky)$/, "test/commands.test.ts"],
  [/^npm run deploy -- --help$/, "test/commands.test.ts"],
  [/^npm run generate -- --count 1000 --out \/tmp\/many$/, "test/commands.test.ts"],
  [/^npm run deploy \|\| \[ \$\? -eq 3 \]$/, "test/recipes.test.ts"],
];

const site = PublishedFolder.open();
const { folder } = site;

interface Ran {
  readonly code: unknown;
  readonly said: string;
}

/** Runs a command of the program that changes nothing but files. */
function runProgram(args: readonly string[], cwd = folder): Ran {
  const { OFFPRINT_SOURCES: _sources, OFFPRINT_URL: _url, ...env } = process.env;
  const run = spawnSync(process.execPath, [PROGRAM, ...args], { cwd, env, encoding: "utf8" });
  return { code: run.status, said: run.stdout + run.stderr };
}

/** Runs a command that asks Cloudflare, against the stand-in. */
async function runOnline(
  command: (
    args: readonly string[],
    worldOf: (root: string, chosen: string | null) => IO,
  ) => Promise<void>,
  args: readonly string[],
): Promise<Ran> {
  const said: string[] = [];
  const before = process.exitCode;
  await command([...args, "--root", folder], (_root, chosen) => {
    const io = site.openWorld();
    const say = (line: string): void => void said.push(line);
    const environment = { ...io.environment, CLOUDFLARE_ENV: chosen ?? "" };
    return { ...io, environment, say, warn: say };
  });
  const code = process.exitCode ?? 0;
  process.exitCode = before;
  return { code, said: said.join("\n") };
}

/** Runs `init` in a folder of its own, with Jekyll's settings where those are named. */
function runInit(args: readonly string[]): Ran {
  const fresh = mkdtempSync(join(tmpdir(), "offprint-"));
  try {
    if (args.includes("--config")) {
      cpSync(join(ROOT, "test/fixtures/jekyll/theme/site"), fresh, { recursive: true });
      writeFileSync(join(fresh, "_config.prod.yml"), "title: Salt\n");
    }
    return runProgram(["init", ...args], fresh);
  } finally {
    rmSync(fresh, { recursive: true });
  }
}

/** Runs a command as it stands in a document; null where no rule says how. */
async function runAsWritten(command: string): Promise<Ran | null> {
  const [, script, words = ""] =
    /^(?:npm run (?=[\w:]+(?: -- |$))|npx offprint )(\S+)(?: (?:-- )?(.+))?$/.exec(command) ?? [];
  const args = words === "" ? [] : words.split(" ");
  if (script === "init") return runInit(args);
  if (script === "--help" || script === "--version") return runProgram([script]);
  if (script === "bundle") return runProgram(["bundle", ...args]);
  if (script === "check" || script === "check:content") return runProgram(["check", ...args]);
  if (script === "deploy") {
    if (args.includes("--confirm-removals")) site.remove("articles/2026-11-28-fog.md");
    return runOnline(deploy, args);
  }
  if (script === "release") {
    if (args[0] === "resume") await site.release("rollback");
    if (args.includes("--env")) await runOnline(deploy, args.slice(1));
    const ran = await runOnline(release, args);
    if (args[0] === "rollback") await site.release("resume");
    return ran;
  }
  return null;
}

const block = (page: string, language: string): string =>
  codeBlocks(textOf(page)).find((each) => each.language === language)?.text ?? "";

let init: Ran;

beforeAll(async () => {
  rmSync(join(folder, "articles"), { recursive: true });
  site.remove("wrangler.toml");
  // Which `npm install` has made.
  site.write("package.json", '{ "private": true }\n');
  init = runProgram(["init", "--language", "en"]);
  // As the pages say: an article of one's own in the place of the samples, a name and an address.
  rmSync(join(folder, "articles"), { recursive: true });
  mkdirSync(join(folder, "articles"));
  site.write("articles/2026-11-29-first-snow.md", block("docs/start.md", "markdown"));
  site.configure(/^name = .*$/m, 'name = "offprint"');
  site.configure(/^url = .*$/m, `url = "${site.origin}"\ncards = 0`);
  const staging = block("docs/staging.md", "toml")
    .replace("paper-staging", "offprint-staging")
    .replace("your-name", "stand-in");
  site.write(
    "wrangler.toml",
    `${site.read("wrangler.toml")}\n${staging}\n${block("docs/followers.md", "toml")}\n`,
  );
  await runOnline(deploy, []);
  site.write("articles/2026-11-28-fog.md", article("雾", "2026-11-28"));
  await runOnline(deploy, []);
});

afterAll(() => {
  site.close();
});

describe("the commands of the pages", () => {
  const isElsewhere = (command: string): boolean => ELSEWHERE.some(([each]) => each.test(command));

  it("are many", () => {
    expect(COMMANDS.size).toBeGreaterThan(25);
    expect([...COMMANDS].filter((command) => !isElsewhere(command)).length).toBeGreaterThan(15);
  });

  it.each(ELSEWHERE)(
    "that are not run here, as %s, are there, and so is what runs them",
    (command, why) => {
      expect([...COMMANDS].filter((each) => command.test(each))).not.toEqual([]);
      if (why.startsWith("test/")) expect(existsSync(join(ROOT, why))).toBe(true);
    },
  );

  it.each([...COMMANDS].filter((command) => !isElsewhere(command)))(
    "do what they say: %s",
    async (command) => {
      const ran = await runAsWritten(command);
      expect(ran, "no rule says how it is run").not.toBeNull();
      expect(ran?.said).not.toBe("");
      expect([ran?.code, ran?.said]).toEqual([0, ran?.said]);
    },
  );

  it("say what the pages show of it", () => {
    const shown = block("docs/start.md", "text").split("\n");
    expect(shown.length).toBeGreaterThan(0);
    for (const line of shown) {
      expect(init.said).toMatch(new RegExp(RegExp.escape(line).replaceAll("…", "\\S+")));
    }
  });
});

describe("settings of the pages", () => {
  const blocks = PAGES.flatMap((page) =>
    codeBlocks(textOf(page))
      .filter(({ language }) => language === "toml")
      .map(({ text }) => [page, text] as const),
  );

  it.each(blocks)("of %s are read without a word: %s", (_page, text) => {
    const made = mkdtempSync(join(tmpdir(), "offprint-"));
    try {
      writeFileSync(join(made, "wrangler.toml"), withBlock(text));
      const isEnvironment = text.startsWith("[env.");
      const project = readProject(made, isEnvironment ? { CLOUDFLARE_ENV: "staging" } : {});
      expect(project).toMatchObject({ ok: true, value: { warnings: [] } });
    } finally {
      rmSync(made, { recursive: true });
    }
  });
});

/** wrangler's file as `init` made it, with what stands in a block in its place. */
function withBlock(text: string): string {
  const made = site.read("wrangler.toml");
  const worker = made.slice(0, made.search(/^\[vars\.SITE\]$/m));
  const isOfWorker = /^(?:name|routes) =/.test(text);
  const at = text.search(/^\[/m);
  const end = at === -1 ? text.length : at;
  const [top, rest] = isOfWorker ? [text.slice(0, end), text.slice(end)] : ["", text];
  return [
    top,
    top.startsWith("name") ? worker.replace(/^name = .*$/m, "") : worker,
    rest.includes("[vars.SITE]")
      ? ""
      : '[vars.SITE]\ntitle = "The Paper"\nurl = "https://paper.example"',
    rest,
    "",
  ].join("\n");
}
