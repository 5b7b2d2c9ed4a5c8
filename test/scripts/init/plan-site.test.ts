import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { readProject } from "../../../scripts/config/read-project.ts";
import { describePlan } from "../../../scripts/init/describe-plan.ts";
import { describeInitFailure } from "../../../scripts/init/init-failure.ts";
import type { InitInput } from "../../../scripts/init/plan-site.ts";
import { planSite } from "../../../scripts/init/plan-site.ts";
import { writeSite } from "../../../scripts/init/write-site.ts";
import { readArticles } from "../../../scripts/read/read-articles.ts";
import { temporaryFolder } from "../../temporary-folder.ts";
import { INIT, plannedSite } from "./planned-site.ts";

const folder = temporaryFolder();

function write(path: string, text: string): void {
  const file = join(folder.path, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function read(path: string): string {
  return readFileSync(join(folder.path, path), "utf8");
}

function filesIn(root: string): readonly string[] {
  return readdirSync(root, { recursive: true, encoding: "utf8" }).toSorted();
}

const article = (title: string): string =>
  `---\ntitle: ${title}\ndate: 2022-01-10 07:35:33 +0800\ncategories: shamenribao\n---\n<p>江城今日要闻。</p>\n`;

/** Makes a site, and returns its settings and what was said. */
function init(input: Partial<InitInput> = {}) {
  const plan = plannedSite(folder.path, input);
  expect(writeSite(folder.path, plan.files)).toEqual({ ok: true, value: undefined });
  const project = readProject(folder.path, {});
  if (!project.ok) throw new Error(JSON.stringify(project.failure));
  return { settings: project.value.settings, said: describePlan(plan, false) };
}

describe("in an empty folder", () => {
  it.each([
    [{ locale: "zh_CN.UTF-8", timeZone: "UTC" }, "zh-CN", "Asia/Shanghai", "我的小报"],
    [{ locale: "zh_TW.UTF-8", timeZone: "Etc/UTC" }, "zh-TW", "Asia/Taipei", "我的小报"],
    [{ locale: "en_GB.UTF-8" }, "en-GB", "Europe/London", "My Paper"],
    [{ locale: "C", timeZone: "UTC" }, "en", "UTC", "My Paper"],
    [{ locale: "" }, "en", "Europe/London", "My Paper"],
    [{ locale: "zh_CN.UTF-8", language: "fr" }, "fr", "Europe/London", "My Paper"],
    [{ locale: "en_US.UTF-8", language: "zh-Hans" }, "zh-Hans", "Europe/London", "我的小报"],
  ])("%j makes a site in %s", async (input, language, timeZone, title) => {
    const { settings } = init(input);
    expect(settings.site).toMatchObject({ language, timeZone, title });
    const now = INIT.now / 1000;
    const root = folder.path;
    const report = await readArticles({ root, settings, now, cache: null, progress: () => {} });
    expect(report.articles.map(({ title: headline }) => headline)).toHaveLength(2);
    expect(report.diagnostics).toEqual([]);
  });

  it("writes a site's files, the workflow only when asked", () => {
    const { said } = init();
    expect(filesIn(folder.path)).toEqual([
      ".gitignore",
      "articles",
      "articles/2026-11-26-how-a-paper-begins.md",
      "articles/2026-11-27-out-it-goes.md",
      "package.json",
      "wrangler.toml",
    ]);
    expect(said).toEqual([
      "There is no article here yet, so that there will be two samples in articles/ (en-GB)",
      "Look at these:",
      "  url: A sample, until you have an address: npm run deploy says what to write.",
      "Wrote wrangler.toml, articles/2026-11-26-how-a-paper-begins.md, articles/2026-11-27-out-it-goes.md, .gitignore, package.json",
      "Next: npm start shows the site, npm run check:content what is wrong, npm run deploy publishes",
    ]);
    const before = filesIn(folder.path).length;
    const secrets =
      "  .github/workflows/publish.yml: it needs the repository's secrets CLOUDFLARE_API_TOKEN and CLOUDFLARE_ACCOUNT_ID (Settings, Secrets and variables, Actions); its first lines say with which rights";
    expect(init({ hasWorkflow: true }).said).toEqual([
      "Wrote .github/workflows/publish.yml",
      "To do by hand:",
      secrets,
    ]);
    expect(filesIn(folder.path)).toHaveLength(before + 3);
    expect(init({ hasWorkflow: true }).said).toEqual([
      "Nothing to do: this is a site already, and no file was changed",
      "To do by hand:",
      secrets,
    ]);
  });

  it("writes nothing in a dry run, and shows the settings", () => {
    const said = describePlan(plannedSite(folder.path), true).join("\n");
    expect(said).toContain("Would write wrangler.toml, articles/");
    expect(said).toContain('[vars.SITE]\ntitle = "My Paper"');
    expect(filesIn(folder.path)).toEqual([]);
  });
});

describe("in a folder with articles and no settings of Jekyll", () => {
  it("takes all folders of nothing else but dated articles", async () => {
    write("_posts/2022-01-10-NW202201100000000001.md", article("厦门要闻"));
    write("old_post/2021-01-10-NW202101100000000002.md", article("旧闻"));
    write("README.md", "# Read me\n");
    write("notes/todo.md", "---\ntitle: To do\n---\nNothing.\n");
    const { settings, said } = init({ timeZone: "UTC" });
    expect(settings.sources).toEqual(["_posts", "old_post"]);
    expect(settings.site).toMatchObject({ language: "zh-CN", timeZone: "Asia/Shanghai" });
    expect(said[0]).toBe("2 articles in _posts, old_post (zh-CN)");
    expect(filesIn(folder.path)).not.toContain("articles");
  });

  it("says what to do with articles that lie beside the settings", () => {
    write("2022-01-10-a.md", article("A"));
    expect(init().said.join("\n")).toContain(
      "2022-01-10-a.md: move articles into a folder, and name it in sources",
    );
  });
});

it("reads several files of Jekyll's settings, of which the later count more, key by key", () => {
  write("_posts/2022-01-10-a.md", article("A"));
  write("_config.yml", "title: A\nkramdown: { footnote_nr: 5, auto_ids: false }\n");
  write("_config.toml", 'title = "B"\n[kramdown]\nfootnote_nr = 7\n');
  const { settings, said } = init({ configs: ["_config.yml", "_config.toml"] });
  expect(settings.site.title).toBe("B");
  expect(settings.markdown).toMatchObject({ firstFootnote: 7, hasHeadingIds: false });
  expect(said[0]).toBe(
    'The Jekyll site "B" (_config.yml, _config.toml): 1 article in _posts, 0 pages besides',
  );
});

describe("what is there already", () => {
  it("stays: .gitignore and scripts of its own", () => {
    write(".gitignore", "/node_modules\nbuild\n");
    const before = `{\n\t"name": "paper",\n\t"scripts": {\n\t\t"start": "jekyll serve"\n\t}\n}\n`;
    write("package.json", before);
    const { said } = init();
    expect(read(".gitignore")).toBe("/node_modules\nbuild\n");
    expect(read("package.json")).toBe(
      `{\n\t"name": "paper",\n\t"scripts": {\n\t\t"start": "jekyll serve",\n\t\t"check:content": "offprint check",\n\t\t"bundle": "offprint bundle",\n\t\t"deploy": "offprint deploy",\n\t\t"release": "offprint release"\n\t}\n}\n`,
    );
    expect(said.slice(-4)).toEqual([
      "To do by hand:",
      "  .gitignore: add .wrangler/ .dev.vars* .env*, each on a line of its own",
      `  package.json: the script "start" stays what it was; what messages call npm run start is npx offprint start`,
      "Next: npx offprint start shows the site, npm run check:content what is wrong, npm run deploy publishes",
    ]);
  });

  it("keeps its line ends", () => {
    write("package.json", `{\r\n    "private": true\r\n}\r\n`);
    init();
    expect(read("package.json").replaceAll("\r\n", "")).not.toContain("\n");
    expect(read("package.json")).toContain(`\r\n        "start": "offprint start",`);
  });

  it("is a site whose settings nobody reads anew, though _config.yml cannot be read", () => {
    init();
    write("_config.yml", "title: [");
    expect(init().said).toEqual(["Nothing to do: this is a site already, and no file was changed"]);
  });
});

describe("where the machine's Node is too old", () => {
  const nodeVersion = "20.20.2";

  it("a new package.json brings a newer one", () => {
    init({ nodeVersion });
    expect(read("package.json")).toContain('"devDependencies": {\n    "node": "^24.11.0"\n  }');
  });

  it.each([
    ["{}", true],
    ['{ "devDependencies": { "node": "24.1.0" } }', false],
  ])("the package.json %s gets it by hand: %s", (text, isSaid) => {
    write("package.json", text);
    const said = init({ nodeVersion }).said.join("\n");
    expect(said.includes("npm install --save-dev node@24")).toBe(isSaid);
    expect(read("package.json")).not.toContain("^24");
  });
});

it("a new package.json brings no Node where the machine's will do", () => {
  init();
  expect(read("package.json")).not.toContain("devDependencies");
});

describe("what cannot be", () => {
  const failures: readonly (readonly [
    what: string,
    files: Readonly<Record<string, string>>,
    input: Partial<InitInput>,
    message: string,
  ])[] = [
    [
      "YAML that is none",
      { "_config.yml": "title: A\nplugins: [a\nurl: b\n" },
      {},
      "_config.yml:3 is not what Jekyll reads",
    ],
    ["settings that are no map", { "_config.yml": "- a\n" }, {}, "_config.yml is not what Jekyll"],
    [
      "a full-width colon behind a key",
      { "_config.yml": "title: 报\n\nurl：https://a.org\n" },
      {},
      "_config.yml:3 is not what Jekyll reads (： is a full-width character; type : in its place",
    ],
    [
      "TOML that is none",
      { "_config.toml": "title = \n" },
      {},
      "_config.toml:1 is not what Jekyll",
    ],
    ["a file that is not there", {}, { configs: ["a.yml"] }, 'there is no file "a.yml"'],
    [
      "a Jekyll site in another folder",
      { "_config.yml": "source: src\n" },
      {},
      'says that the Jekyll site is in "src"',
    ],
    [
      "a Jekyll site in a folder below",
      { docs: "", "docs/_config.yml": "title: A\n" },
      {},
      '"docs" is a Jekyll site; run the same with --root docs',
    ],
    [
      "another Worker's settings",
      { "wrangler.toml": 'name = "a"\nmain = "a.js"\n' },
      {},
      "has no table [vars.SITE], so that it is another Worker's",
    ],
    ["a package.json that is no JSON", { "package.json": "{" }, {}, "package.json cannot be read"],
    [
      "scripts that are a list",
      { "package.json": '{ "scripts": [] }' },
      {},
      "it or its scripts are no object",
    ],
  ];

  it.each(failures)("is said, and nothing is written: %s", (_, files, input, message) => {
    for (const [path, text] of Object.entries(files)) if (text !== "") write(path, text);
    const plan = planSite({ ...INIT, ...input, root: folder.path });
    expect(plan.ok ? "" : describeInitFailure(plan.failure)).toContain(message);
    expect(filesIn(folder.path)).toEqual(Object.keys(files).toSorted());
  });

  it.each(["missing", "missing/below"])("a folder that is not there: %s", (path) => {
    const plan = planSite({ ...INIT, root: join(folder.path, path) });
    expect(plan.ok ? "" : describeInitFailure(plan.failure)).toContain(
      `there is no folder "${join(folder.path, path)}"; correct --root`,
    );
  });

  it("a folder in another site", () => {
    init();
    const root = join(folder.path, "articles");
    const plan = planSite({ ...INIT, root });
    expect(plan.ok ? "" : describeInitFailure(plan.failure)).toContain(
      `the folder lies in another site, whose settings are ${join(folder.path, "wrangler.toml")}`,
    );
  });
});

describe("writing", () => {
  it("takes back what was written where a file fails", () => {
    write("articles", "not a folder");
    write("package.json", "{}");
    const plan = plannedSite(folder.path);
    const written = writeSite(folder.path, plan.files);
    expect(written).toMatchObject({
      ok: false,
      failure: { reason: "file-unwritten", file: "articles/2026-11-26-how-a-paper-begins.md" },
    });
    expect(filesIn(folder.path)).toEqual(["articles", "package.json"]);
    expect(read("package.json")).toBe("{}");
  });

  it("writes over no file that came meanwhile, and leaves no folder behind", () => {
    const plan = plannedSite(folder.path, { hasWorkflow: true });
    write(".gitignore", "mine\n");
    expect(writeSite(folder.path, plan.files)).toMatchObject({
      ok: false,
      failure: { reason: "file-unwritten", file: ".gitignore" },
    });
    expect(filesIn(folder.path)).toEqual([".gitignore"]);
    expect(read(".gitignore")).toBe("mine\n");
  });

  it("says where there is no folder to write into", () => {
    write("file", "");
    expect(writeSite(join(folder.path, "file"), [])).toMatchObject({
      ok: false,
      failure: { reason: "folder-unwritable" },
    });
  });
});

describe("a Jekyll site", () => {
  it.each([
    ["www.ludaobao.cn/", '"www.ludaobao.cn/" is no address; write https://www.ludaobao.cn if'],
    ["https://ludao.example", '"https://ludao.example" is a sample, which nobody can have'],
    ["鹭岛", '"鹭岛" is no address; write one that begins with https://'],
  ])("hears what is wrong with the address %s", (url, message) => {
    write("_posts/2022-01-10-a.md", article("A"));
    write("_config.yml", `url: ${url}\nplugins: [jekyll-feed]\n`);
    const said = init().said.join("\n");
    expect(said).toContain(message);
    expect(said.includes("former_feed_ids")).toBe(url !== "鹭岛");
  });

  it("hears of dated files that are pages, and how to make articles of them", () => {
    write("_config.yml", "title: A\n");
    write("_posts/2022-01-10-a.md", article("A"));
    write("old_post/2019-05-06-photo.md", "---\ntitle: Photo\n---\nA photo.\n");
    write("old_post/about.md", "---\ntitle: About\n---\nOf old.\n");
    expect(init().said).toContain(
      '  pages: 1 dated file in old_post is a page, as Jekyll has it; to make articles of what is there, write sources = ["_posts","old_post"] and take old_post out of pages',
    );
  });

  it("hears which files have which category by defaults alone", () => {
    write(
      "_config.yml",
      "defaults: [{ scope: { path: '' }, values: { categories: [本地, 城市] } }]\n",
    );
    for (const day of [1, 2, 3, 4]) {
      write(`_posts/2022-01-0${day}-a.md`, "---\ntitle: A\n---\nText.\n");
    }
    expect(init().said.join("\n")).toMatch(
      /categories \(_posts\/2022-01-0\d-a\.md: 本地, 城市; .*; and 1 more\) have no setting/,
    );
  });
});

it("the workflow hears of a package outside of the repository", () => {
  write(
    "package.json",
    '{ "devDependencies": { "offprint": "file:../offprint-0.2.0.tgz", "b": "file:b.tgz" } }',
  );
  expect(init({ hasWorkflow: true }).said.join("\n")).toContain(
    'package.json: "offprint": "file:../offprint-0.2.0.tgz" is outside of this folder',
  );
});

it.each([
  ["纯中文", "site"],
  ["我的 报纸 2026", "2026"],
])("says that the folder %s could not give its name to the Worker", (path, name) => {
  const root = join(folder.path, path);
  mkdirSync(root);
  expect(plannedSite(root).report.join("\n")).toContain(
    `name: "${path}" has letters that no Worker's name may have, so that it is "${name}"`,
  );
});

it("names the Worker by the folder, as wrangler takes names", () => {
  const root = join(folder.path, "Mein Blatt (2)");
  mkdirSync(root);
  const text = plannedSite(root).files.find(({ path }) => path === "wrangler.toml")?.text ?? "";
  expect(text).toContain('\nname = "mein-blatt-2"\n');
});
