import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, posix } from "node:path";
import * as v from "valibot";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { BundledSite, BundledSources } from "../../../scripts/bundle/bundled-site.ts";
import { bundleSite } from "../../../scripts/bundle/bundle-site.ts";
import type { Settings } from "../../../scripts/config/settings.ts";
import { readProject } from "../../../scripts/config/read-project.ts";
import { describePlan } from "../../../scripts/init/describe-plan.ts";
import type { SitePlan } from "../../../scripts/init/plan-site.ts";
import { writeSite } from "../../../scripts/init/write-site.ts";
import { JEKYLL_SITES } from "../../jekyll/jekyll-sites.ts";
import { serveBundled } from "../../serve-release.ts";
import { fakeIO } from "../fake-io.ts";
import { INIT, plannedSite } from "./planned-site.ts";

/*
 * What `offprint init` makes of Jekyll sites in the manner of real ones, against where Jekyll 4.3.1 wrote their pages, and the
 * ids that its feeds had (`test/jekyll/ask-jekyll-sites.ts` has asked it).
 */

const Answer = v.object({
  addresses: v.record(v.string(), v.string()),
  feeds: v.record(v.string(), v.array(v.string())),
});

/** What is expected, by the name of its file; written there first where that is wanted. */
function expectedIn(folder: string, name: string, now: string): string {
  const file = join(folder, "expected", name);
  if (process.env["UPDATE_EXPECTED"] === "1") writeFileSync(file, now);
  return readFileSync(file, "utf8");
}

interface Opened {
  readonly plan: SitePlan;
  readonly settings: Settings;
  readonly bundled: BundledSite & BundledSources;
  readonly ask: (path: string) => Promise<{ readonly status: number; readonly to: string | null }>;
}

/** Makes a site of a copy of a Jekyll site, as `init` does, and serves it. */
async function open(site: string, root: string): Promise<Opened> {
  cpSync(site, root, { recursive: true });
  const plan = plannedSite(root);
  const written = writeSite(root, plan.files);
  const project = readProject(root, {});
  if (!written.ok || !project.ok) throw new Error(JSON.stringify([written, project]));
  const { settings } = project.value;
  const laidOut = await bundleSite({
    root,
    settings: { ...settings, cards: 0 },
    assets: join(root, "build/assets"),
    cacheFolder: null,
    ignoresCache: false,
    io: fakeIO({ now: () => INIT.now }),
  });
  const bundled = { ...laidOut, ...(await laidOut.sources()) };
  const served = serveBundled(bundled.release, settings.site.url);
  return {
    plan,
    settings,
    bundled,
    ask: async (path) => {
      const { status, headers } = await served.fetch(path);
      const location = headers.get("location");
      return { status, to: location === null ? null : location.replace(settings.site.url, "") };
    },
  };
}

describe.each(JEKYLL_SITES)("of the site $name", ({ name, folder }) => {
  const parent = mkdtempSync(join(tmpdir(), "offprint-jekyll-"));
  const { addresses, feeds } = v.parse(
    Answer,
    JSON.parse(readFileSync(join(folder, "expected/jekyll.json"), "utf8")),
  );
  let site: Opened;
  beforeAll(async () => {
    site = await open(join(folder, "site"), join(parent, name));
  });
  afterAll(() => {
    rmSync(parent, { recursive: true });
  });

  it("init writes these settings", () => {
    const text = site.plan.files.find(({ path }) => path === "wrangler.toml")?.text ?? "";
    expect(text).toBe(expectedIn(folder, "wrangler.toml", text));
  });

  it("init says this", () => {
    const said = `${describePlan(site.plan, false).join("\n")}\n`;
    expect(said).toBe(expectedIn(folder, "report.txt", said));
  });

  it("no article has an error, and none is missing", () => {
    const errors = site.bundled.diagnostics.filter(({ level }) => level === "error");
    expect(errors).toEqual([]);
    const posts = Object.keys(addresses).filter((path) => path.includes("_posts/"));
    const read = new Set(site.bundled.articles.map(({ path }) => posix.normalize(path)));
    expect(posts.filter((path) => !read.has(path))).toEqual([]);
  });

  it("every address that Jekyll gave an article leads to it, and every page is where it was", async () => {
    const { bundled, settings, ask } = site;
    const ids = new Map(bundled.articles.map(({ path, id }) => [posix.normalize(path), id]));
    const pages = new Map(
      bundled.read.report.pages.map(({ path, address }) => [posix.normalize(path), address]),
    );
    const astray: unknown[] = [];
    for (const [path, written] of Object.entries(addresses)) {
      const address = encodeURI(written.replace(/\/index\.html$/, "/"));
      for (const asked of new Set([address, settings.site.baseUrl + address])) {
        const answer = await ask(asked);
        const id = ids.get(path);
        const page = pages.get(path);
        const isRight =
          id !== undefined
            ? answer.to === `/s/${id}`
            : page !== undefined
              ? answer.to === encodeURI(page) ||
                (answer.status === 200 && asked === encodeURI(page))
              : answer.status !== 404;
        // It has its text wherever nothing is, and there too.
        if (path === "404.html" && answer.status === 404) continue;
        if (!isRight) astray.push([path, asked, answer]);
      }
    }
    expect(astray).toEqual([]);
  });

  it("entries keep the ids that they had in the old feeds, which lead here", async () => {
    const { bundled, settings, ask } = site;
    const ids = new Set(bundled.articles.map(({ entryId }) => entryId));
    expect(
      Object.values(feeds)
        .flat()
        .filter((id) => !ids.has(id)),
    ).toEqual([]);
    const answers = await Promise.all(
      Object.keys(feeds).map(async (path) => ask(settings.site.baseUrl + path)),
    );
    expect(answers.filter(({ status }) => status === 404)).toEqual([]);
  });

  it("init a second time changes nothing", () => {
    const again = plannedSite(join(parent, name));
    expect(again.files).toEqual([]);
    expect(describePlan(again, false)[0]).toBe(
      "Nothing to do: this is a site already, and no file was changed",
    );
  });
});
