/**
 * Asks the Jekyll of this machine for the addresses of the written posts and for the ids of their entries in feeds, and keeps its
 * answers, for each setting a list in the order of the posts:
 * `node test/jekyll/ask-jekyll.ts`, after a change of `jekyll-posts.ts`. Debian's package `jekyll` is enough.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { FEED_ID_SETTINGS } from "./feed-id-settings.ts";
import { JEKYLL_SETTINGS, makeJekyllPosts } from "./jekyll-posts.ts";

const posts = makeJekyllPosts();
const folder = mkdtempSync(join(tmpdir(), "offprint-jekyll-"));

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

try {
  for (const { path, text } of posts) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  keep(
    "jekyll-addresses.json",
    JEKYLL_SETTINGS.map((setting) => ask("jekyll-addresses.rb", setting, "")),
  );
  keep(
    "jekyll-feed-ids.json",
    FEED_ID_SETTINGS.map((setting) => ask("jekyll-feed-ids.rb", setting, setting.unicode)),
  );
} finally {
  rmSync(folder, { recursive: true });
}
