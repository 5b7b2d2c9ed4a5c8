import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Table } from "../config/config-file.ts";
import { isOn, tableOf, textOf, textsOf } from "./jekyll-config.ts";

/** Plugins whose work Offprint does, or that change nothing which it shows. */
const DONE_ANYWAY = new Set(
  (
    "feed sitemap seo-tag redirect-from paginate paginate-v2 archives relative-links include-cache " +
    "readme-index titles-from-headings default-layout remote-theme github-metadata coffeescript " +
    "sass-converter optional-front-matter last-modified-at compress-images minifier commonmark"
  )
    .split(" ")
    .map((name) => `jekyll-${name}`),
);

/** Keys of themes under which the names of services stand that need a script in every page. */
const SCRIPTED =
  /^(?:comments?|disqus\w*|utterances|giscus|staticman|gitalk|valine|waline|analytics|google_?analytics\w*|(?:ga|ba)_\w+|goatcounter|umami|matomo|plausible|gtag|ga|baidu_?\w*|cnzz|cloudflare_analytics|search_console|google_site_verification|pageviews|pwa|search\w*|algolia)$/i;

/** Keys of themes that say who writes, besides a name. */
const ABOUT_AUTHORS =
  /^(?:social(?:_links|_share)?|twitter(?:_username)?|github(?:_username)?|facebook|instagram|linkedin(?:_username)?|mastodon|weibo(?:_username)?|zhihu(?:_username)?|email|minima|\w+[-_]links|links)$/i;

/** What of a Jekyll site no setting stands for, each in one line with what to do. */
export function listLeftovers(root: string, config: Table): readonly string[] {
  const is = (name: string): boolean => existsSync(join(root, name));
  const keys = Object.keys(config).filter((key) => hasContent(config[key]));
  const plugins = [...textsOf(config["plugins"]), ...textsOf(config["gems"])].filter(
    (plugin) => !DONE_ANYWAY.has(plugin) && plugin !== "github-pages",
  );
  if (is("_plugins")) plugins.push("_plugins");
  const look = ["_layouts", "_includes", "_sass", "assets/css", "_data"].filter(is);
  const theme = [config["remote_theme"], config["theme"]].map(textOf).find(Boolean);
  const scripted = keys.filter((key) => SCRIPTED.test(key));
  const author = tableOf(config["author"]);
  const about = [
    ...keys.filter((key) => ABOUT_AUTHORS.test(key)),
    ...Object.keys(author)
      .filter((key) => key !== "name" && hasContent(author[key]))
      .map((key) => `author.${key}`),
  ];
  const menus = [
    ...keys.filter((key) => /^(?:header_pages|nav\w*|menu)$/.test(key)),
    ...["_data/navigation.yml", "_data/nav.yml", "_data/menu.yml"].filter(is),
  ];
  const pagination = keys.filter((key) => /^(?:paginate\w*|pagination|jekyll-archives)$/.test(key));
  const engine = textOf(config["markdown"]) ?? "kramdown";
  const { input, hard_wrap: wraps } = tableOf(config["kramdown"]);
  const missing = ["build", "node_modules", "wrangler.toml"].filter(
    (name) =>
      !textsOf(config["exclude"]).some((entry) => entry.replaceAll(/^\/|\/$/g, "") === name),
  );
  return [
    ...(theme !== undefined || look.length > 0
      ? [
          `${[theme, ...look].filter(Boolean).join(", ")}: pages look as Offprint has them, and {{ site.… }} and {% include %} in articles are not carried out; the content check names such articles`,
        ]
      : []),
    ...(plugins.length > 0
      ? [
          `${plugins.join(", ")}: plugins do not run; the content check names tags that nobody knows`,
        ]
      : []),
    ...(scripted.length > 0
      ? [`${scripted.join(", ")}: pages hold no script, so that there is nothing of these`]
      : []),
    ...(about.length > 0
      ? [`${about.join(", ")}: write the links that you want at the foot of pages into footer`]
      : []),
    ...(menus.length > 0
      ? [
          `${menus.join(", ")}: write links into nav, or nav: header into the front matter of pages to which all others should link`,
        ]
      : []),
    ...(pagination.length > 0
      ? [
          `${pagination.join(", ")}: lists have archives by month; /page2/ and the like lead to their list`,
        ]
      : []),
    ...(/^kramdown$/i.test(engine) || /commonmark/i.test(engine)
      ? []
      : [
          `markdown: ${engine}: articles are read as kramdown reads them; look at some with npm start`,
        ]),
    ...(isOn(wraps) || (textOf(input) !== null && !/^(?:GFM|kramdown)$/i.test(String(input)))
      ? [
          `kramdown.${isOn(wraps) ? "hard_wrap: a line break is a blank here" : `input: ${String(input)}: articles are read as kramdown itself`}; write two blanks at the end of lines that should break`,
        ]
      : []),
    ...(isOn(config["future"])
      ? ["future: articles dated ahead wait here until their time has come; nothing has to be done"]
      : []),
    ...(isOn(config["unpublished"]) || isOn(config["show_drafts"])
      ? [
          "unpublished, show_drafts: drafts and published: false stay out; correct their front matter",
        ]
      : []),
    ...(missing.length > 0
      ? [
          `exclude: as long as Jekyll builds the site too, add ${missing.join(", ")} to it in _config.yml`,
        ]
      : []),
  ];
}

function hasContent(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasContent);
  if (typeof value === "object" && value !== null) return Object.values(value).some(hasContent);
  return value !== null && value !== undefined && value !== "" && value !== false;
}
