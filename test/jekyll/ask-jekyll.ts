/**
 * Asks the Jekyll of this machine for the addresses of the written posts and for the ids of their entries in feeds, and keeps its
 * answers, for each setting a list in the order of the posts:
 * `node test/jekyll/ask-jekyll.ts`, after a change of `jekyll-posts.ts`. Debian's packages `jekyll` and `ruby-jekyll-feed` are enough.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { FEED_ID_SETTINGS } from "./feed-id-settings.ts";
import type { WrittenFile } from "./jekyll-posts.ts";
import { JEKYLL_SETTINGS, makeJekyllPosts } from "./jekyll-posts.ts";
import { MOVED_POSTS, MOVED_SITE, OWN_TEMPLATE } from "./moved-site.ts";

const posts = makeJekyllPosts();
const [folder, movedFolder] = [
  mkdtempSync(join(tmpdir(), "offprint-jekyll-")),
  mkdtempSync(join(tmpdir(), "offprint-moved-")),
];

// Jekyll remembers for a whole process what a date meant, so that each setting needs one of its own.
function ask(script: string, setting: object, unicode: string): readonly unknown[] {
  const output = execFileSync("ruby", [join(import.meta.dirname, script), folder], {
    input: JSON.stringify(setting),
    encoding: "utf8",
    env: { ...process.env, UNICODE: unicode },
  });
  const answer = JSON.parse(output) as Readonly<Record<string, unknown>>;
  return posts.map(({ path }) => answer[path] ?? "");
}

function keep(file: string, answers: readonly unknown[]): void {
  const path = join(import.meta.dirname, "expected", file);
  writeFileSync(path, `${JSON.stringify(answers, null, 1)}\n`);
}

/** Has Jekyll build the site that moved, and keeps its feeds. Debian's Addressable is older than 2.8.2. */
function keepMovedFeeds(site: string): void {
  const { permalink, timezone, url, baseurl } = MOVED_SITE;
  const settings = { permalink, timezone, url, baseurl, title: "旧站", plugins: ["jekyll-feed"] };
  write(site, { path: "_config.yml", text: JSON.stringify(settings) });
  write(site, { path: "rss.xml", text: OWN_TEMPLATE });
  for (const file of MOVED_POSTS) write(site, file);
  execFileSync("jekyll", ["build", "--quiet", "--source", site, "--destination", `${site}/built`]);
  for (const file of ["feed.xml", "rss.xml"]) {
    const feed = readFileSync(join(site, "built", file), "utf8");
    writeFileSync(join(import.meta.dirname, "expected", `moved-${file}`), feed);
  }
}

function write(site: string, { path, text }: WrittenFile): void {
  mkdirSync(dirname(join(site, path)), { recursive: true });
  writeFileSync(join(site, path), text);
}

try {
  for (const file of posts) write(folder, file);
  keep(
    "jekyll-addresses.json",
    JEKYLL_SETTINGS.map((setting) => ask("jekyll-addresses.rb", setting, "")),
  );
  keep(
    "jekyll-feed-ids.json",
    FEED_ID_SETTINGS.map((setting) => ask("jekyll-feed-ids.rb", setting, setting.unicode)),
  );
  keepMovedFeeds(movedFolder);
} finally {
  rmSync(folder, { recursive: true });
  rmSync(movedFolder, { recursive: true });
}
