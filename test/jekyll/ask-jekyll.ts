/**
 * Asks the Jekyll of this machine for the addresses of the written posts, and keeps its answers, for each setting a list in
 * the order of the posts:
 * `node test/jekyll/ask-jekyll.ts`, after a change of `jekyll-posts.ts`. Debian's package `jekyll` is enough.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { JEKYLL_SETTINGS, makeJekyllPosts } from "./jekyll-posts.ts";

const posts = makeJekyllPosts();
const folder = mkdtempSync(join(tmpdir(), "offprint-jekyll-"));
try {
  for (const { path, text } of posts) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const script = join(import.meta.dirname, "jekyll-addresses.rb");
  // Jekyll remembers for a whole process what a date meant, so that each setting needs one of its own.
  const answers = JEKYLL_SETTINGS.map((setting) => {
    const input = JSON.stringify(setting);
    const output = execFileSync("ruby", [script, folder], { input, encoding: "utf8" });
    return JSON.parse(output) as Readonly<Record<string, string>>;
  });
  const file = join(import.meta.dirname, "expected/jekyll-addresses.json");
  const addresses = answers.map((answer) => posts.map(({ path }) => answer[path] ?? ""));
  writeFileSync(file, `${JSON.stringify(addresses, null, 1)}\n`);
} finally {
  rmSync(folder, { recursive: true });
}
