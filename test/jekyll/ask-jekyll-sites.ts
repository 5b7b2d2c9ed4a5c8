/**
 * Has the Jekyll of this machine build the sites that `offprint init` is tried on, and keeps where each page was written and
 * the ids of the entries in feeds: `node test/jekyll/ask-jekyll-sites.ts`, after a change of one of them. Debian's packages
 * `jekyll` and `ruby-jekyll-feed` are enough.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { JEKYLL_SITES } from "./jekyll-sites.ts";

for (const { name, folder, onGitHub } of JEKYLL_SITES) {
  const destination = mkdtempSync(join(tmpdir(), "offprint-built-"));
  try {
    const output = execFileSync(
      "ruby",
      [join(import.meta.dirname, "jekyll-site.rb"), join(folder, "site"), destination],
      // GitHub's machines have UTC; a site with a time zone of its own has that.
      {
        input: JSON.stringify(onGitHub),
        encoding: "utf8",
        env: { ...process.env, TZ: "UTC", LANG: "C.UTF-8" },
      },
    );

    writeFileSync(
      join(folder, "expected/jekyll.json"),
      `${JSON.stringify(JSON.parse(output), null, 1)}\n`,
    );
  } finally {
    rmSync(destination, { recursive: true });
  }
  console.log(name);
}
