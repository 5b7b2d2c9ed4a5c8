import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/*
 * Other generators, set to do what is comparable: a page for each article, lists of 50 in pages, and RSS for the site and
 * each category, of the same files.
 */

/** A generator of static sites. */
export interface Peer {
  readonly name: "Hugo" | "Jekyll";
  readonly command: string;
  readonly arguments: readonly string[];
  /** Makes a site of a folder's `articles`, in a folder of its own. */
  readonly prepare: (root: string, site: string) => void;
}

const PAGE = (title: string, body: string): string =>
  `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>${title}</title><body>${body}</body></html>\n`;

const HUGO_FILES: Readonly<Record<string, string>> = {
  "config.toml": `
    baseURL = "https://finews.example/"
    title = "江城文摘"
    paginate = 50
    disableKinds = ["sitemap", "robotsTXT", "404"]
    [taxonomies]
    category = "categories"
    [services.rss]
    limit = 30
    [markup.goldmark.renderer]
    unsafe = true
  `,
  "layouts/_default/single.html": PAGE(
    "{{ .Title }}",
    `<h1>{{ .Title }}</h1><time>{{ .Date }}</time>{{ .Content }}`,
  ),
  "layouts/_default/list.html": PAGE(
    "{{ .Title }}",
    `{{ range .Paginator.Pages }}<p><a href="{{ .RelPermalink }}">{{ .Title }}</a></p>{{ end }}
     {{ with .Paginator.Next }}<a href="{{ .URL }}">next</a>{{ end }}`,
  ),
  "layouts/_default/terms.html": PAGE("{{ .Title }}", `{{ range .Pages }}{{ .Title }}{{ end }}`),
  "layouts/_default/rss.xml": `{{ printf "<?xml version=\\"1.0\\" encoding=\\"utf-8\\"?>" | safeHTML }}
    <rss version="2.0"><channel><title>{{ .Title }}</title>
    {{ $pages := .RegularPages }}{{ if .IsHome }}{{ $pages = site.RegularPages }}{{ end }}
    {{ range first 30 $pages }}<item><title>{{ .Title }}</title><link>{{ .Permalink }}</link>
    <pubDate>{{ .Date.Format "Mon, 02 Jan 2006 15:04:05 -0700" }}</pubDate><description>{{ .Content | html }}</description></item>
    {{ end }}</channel></rss>`,
};

const JEKYLL_FILES: Readonly<Record<string, string>> = {
  "_config.yml": `
url: https://finews.example
future: true
permalink: /:year/:month/:day/:title.html
defaults:
  - scope: { path: "" }
    values: { layout: post }
`,
  "_layouts/post.html": PAGE(
    "{{ page.title }}",
    "<h1>{{ page.title }}</h1><time>{{ page.date }}</time>{{ content }}",
  ),
};

const ARTICLES_PER_LIST = 50;

/** What Hugo does by itself, and Jekyll by files of Liquid: lists in pages and a feed, of the site and of each category. */
function jekyllLists(articles: string): Readonly<Record<string, string>> {
  const files: [path: string, text: string][] = [
    ...jekyllScope("", "江城文摘", "site.posts", readdirSync(articles).length),
  ];
  for (const [category, count] of categorySizes(articles)) {
    files.push(
      ...jekyllScope(`categories/${category}/`, category, `site.categories["${category}"]`, count),
    );
  }
  return Object.fromEntries(files);
}

function jekyllScope(
  folder: string,
  title: string,
  posts: string,
  count: number,
): [path: string, text: string][] {
  const pages = Array.from({ length: Math.ceil(count / ARTICLES_PER_LIST) }, (_, index) => index);
  return [
    ...pages.map((index): [string, string] => [
      `${folder}${index === 0 ? "" : `page/${index + 1}/`}index.html`,
      `---\nlayout: none\n---\n${PAGE(
        title,
        `{% assign posts = ${posts} %}{% for post in posts offset:${index * ARTICLES_PER_LIST} limit:${ARTICLES_PER_LIST} %}<p><a href="{{ post.url }}">{{ post.title }}</a></p>
{% endfor %}${index + 1 < pages.length ? `<a href="/${folder}page/${index + 2}/">next</a>` : ""}`,
      )}`,
    ]),
    [
      `${folder}feed.xml`,
      `---\nlayout: none\n---\n<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>${title}</title>
{% assign posts = ${posts} %}{% for post in posts limit:30 %}<item><title>{{ post.title | xml_escape }}</title><link>{{ site.url }}{{ post.url }}</link>
<pubDate>{{ post.date | date_to_rfc822 }}</pubDate><description>{{ post.content | xml_escape }}</description></item>
{% endfor %}</channel></rss>`,
    ],
  ];
}

function categorySizes(articles: string): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  for (const name of readdirSync(articles)) {
    const text = readFileSync(join(articles, name), "utf8");
    const category = /^categories: (.+)$/m.exec(text)?.[1] ?? "";
    sizes.set(category, (sizes.get(category) ?? 0) + 1);
  }
  return sizes;
}

const PEERS: readonly Peer[] = [
  {
    name: "Hugo",
    command: "hugo",
    arguments: ["--quiet", "--buildFuture"],
    prepare: (root, site) => {
      writeAll(site, HUGO_FILES);
      mkdirSync(join(site, "content"), { recursive: true });
      symlinkSync(join(root, "articles"), join(site, "content/posts"));
    },
  },
  {
    name: "Jekyll",
    command: "jekyll",
    arguments: ["build", "--quiet", "--disable-disk-cache"],
    prepare: (root, site) => {
      writeAll(site, { ...JEKYLL_FILES, ...jekyllLists(join(root, "articles")) });
      symlinkSync(join(root, "articles"), join(site, "_posts"));
    },
  },
];

/** A peer, or null where this machine does not have it. */
export function installedPeer(name: Peer["name"]): Peer | null {
  const peer = PEERS.find((other) => other.name === name);
  if (peer === undefined) return null;
  return isInstalled(peer.command, name === "Hugo" ? "version" : "--version") ? peer : null;
}

/** Whether a program can be asked for its version. */
export function isInstalled(command: string, argument: string): boolean {
  try {
    execFileSync(command, [argument], { stdio: "pipe" });
    return true;
  } catch {
    return false;
  }
}

function writeAll(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
