import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { findJekyllFeeds } from "../../../scripts/init/jekyll-feeds.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

const folder = temporaryFolder();

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder.path, path)), { recursive: true });
  writeFileSync(join(folder.path, path), text);
}

it.each([
  [{ plugins: ["jekyll-feed"] }, "jekyll-feed", []],
  [{ gems: ["jekyll-feed"], feed: { path: "blog/atom.xml" } }, "jekyll-feed", ["/blog/atom.xml"]],
  [{ plugins: ["jekyll-feed"], feed: { path: "/atom.xml" } }, "jekyll-feed", []],
  [
    { plugins: ["jekyll-feed"], feed: { collections: { talks: { path: "/talks.xml" } } } },
    "jekyll-feed",
    ["/talks.xml"],
  ],
  [{ remote_theme: "cotes2020/jekyll-theme-chirpy" }, "absolute_url", []],
  [{ theme: "minima" }, null, []],
])("%j makes ids in the form %j, and a feed at %j", (config, form, paths) => {
  expect(findJekyllFeeds(folder.path, config)).toMatchObject({ form, paths, leftovers: [] });
});

it("knows the plugin by the Gemfile, but for what is a comment there", () => {
  write("Gemfile", 'gem "github-pages"\ngroup :jekyll_plugins do\n  # gem "jekyll-feed"\nend\n');
  expect(findJekyllFeeds(folder.path, {}).form).toBeNull();
  write("Gemfile", 'group :jekyll_plugins do\n  gem "jekyll-feed"\nend\n');
  expect(findJekyllFeeds(folder.path, {}).form).toBe("jekyll-feed");
});

describe("a template of the site's own", () => {
  const template = (id: string, assigned = ""): string =>
    `---\n---\n<rss><title>{{ site.title }}</title>{% for post in site.posts %}${assigned}<item><guid>${id}</guid></item>{% endfor %}</rss>\n`;

  it.each([
    ["{{ post.id | absolute_url }}", "jekyll-feed", false],
    ["{{ post.url | absolute_url }}", "absolute_url", false],
    ["{{ post.url | prepend: site.baseurl | prepend: site.url }}", "url", false],
    ["{{ post.id | prepend: site.baseurl | prepend: site.url }}", "id", false],
    ["{{ site.url }}{{ site.baseurl }}{{ post.url }}", "url", false],
    ["{{ site.url }}{{ site.baseurl }}{{ post.id }}", "id", false],
    ["{{ site.url }}{{ post.url }}", "url", true],
    ["{{ post.uuid }}", null, false],
  ])("with the id %s has the form %j", (id, form, isWithoutBasePath) => {
    write("rss2.xml", template(id));
    const feeds = findJekyllFeeds(folder.path, {});
    expect(feeds).toMatchObject({ form, isWithoutBasePath, paths: ["/rss2.xml"] });
    expect(feeds.leftovers.length).toBe(form === null ? 1 : 0);
  });

  it("may have named what it writes before", () => {
    const assigned = "{% assign address = post.url | absolute_url %}";
    write("blog/feed.xml", template("{{ address }}", assigned));
    expect(findJekyllFeeds(folder.path, {}).form).toBe("absolute_url");
  });

  it("stands in the place of the plugin's at the same path", () => {
    write("feed.xml", template("{{ site.url }}{{ post.url }}"));
    const config = { plugins: ["jekyll-feed"] };
    expect(findJekyllFeeds(folder.path, config)).toMatchObject({ form: "url", said: "feed.xml" });
  });

  it("is no file without front matter, and none without posts", () => {
    write("feed.xml", template("{{ post.id }}").replace("---\n---\n", ""));
    write("sitemap.xml", "---\n---\n<urlset>{% for post in site.posts %}{% endfor %}</urlset>\n");
    expect(findJekyllFeeds(folder.path, {})).toMatchObject({ form: null, paths: [] });
  });
});
