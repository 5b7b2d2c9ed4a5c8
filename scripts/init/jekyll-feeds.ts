import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Table } from "../config/config-file.ts";
import { isRouted } from "../../src/domain/routes.ts";
import { splitFrontMatter } from "../read/front-matter/front-matter.ts";
import { parseRubyYaml } from "../read/front-matter/ruby-yaml.ts";
import type { FormerFeedIds } from "../read/old-urls/address-settings.ts";
import { tableOf, textOf, textsOf } from "./jekyll-config.ts";

/** The feeds that a Jekyll site has. */
export interface JekyllFeeds {
  /** Paths at which Offprint has none by itself. */
  readonly paths: readonly string[];
  /** What ids of entries are made of; null where there is no feed, or where its template writes them in another way. */
  readonly form: FormerFeedIds["form"] | null;
  /** Whether ids begin without `site.baseurl`. */
  readonly isWithoutBasePath: boolean;
  /** Where the feed is made, for people; null where none was found. */
  readonly said: string | null;
  /** What could not be carried over, and what to do. */
  readonly leftovers: readonly string[];
}

interface FeedTemplate {
  readonly file: string;
  readonly path: string;
  readonly text: string;
}

/** Themes whose feed is a template of their own, with `post.url | absolute_url` as the id. */
const THEMES_WITH_FEED = /chirpy/i;
/** Where sites keep templates of feeds. */
const TEMPLATES = ["*.{xml,rss,atom}", "{feed,feeds,rss,blog,assets}/*.{xml,rss,atom}"];

/** What stands for an entry's id in templates, the most particular first. */
const FORMS: readonly (readonly [RegExp, FormerFeedIds["form"], isWithoutBasePath?: true])[] = [
  [/post\.id\s*\|\s*absolute_url/, "jekyll-feed"],
  [/post\.url\s*\|\s*absolute_url/, "absolute_url"],
  [/post\.url\s*\|\s*(?:prepend|relative_url)[^}]*base_?url/i, "url"],
  [/post\.id\s*\|\s*prepend[^}]*baseurl/, "id"],
  [/baseurl\s*\}\}\s*\{\{\s*post\.url/, "url"],
  [/baseurl\s*\}\}\s*\{\{\s*post\.id/, "id"],
  [/post\.url/, "url", true],
  [/post\.id/, "id", true],
];

/** Finds a Jekyll site's feeds: those of its own templates, of its theme, and of the plugin jekyll-feed. */
export function findJekyllFeeds(root: string, config: Table): JekyllFeeds {
  const templates = findTemplates(root);
  const { path, collections } = tableOf(config["feed"]);
  const written = textOf(path);
  const pluginPath = written === null ? "/feed.xml" : `/${written.replace(/^\/+/, "")}`;
  const hasPlugin = hasJekyllFeed(root, config);
  const theme = [config["theme"], config["remote_theme"]].map(textOf).find(Boolean) ?? "";
  const ofTheme = tableOf(config["atom_feed"])["path"];
  const external = textOf(ofTheme);
  const ofCollections = Object.values(tableOf(collections)).flatMap(
    (collection) => textOf(tableOf(collection)["path"]) ?? [],
  );
  const paths = [
    ...(hasPlugin ? [pluginPath, ...ofCollections] : []),
    ...templates.map((template) => template.path),
    ...(external?.startsWith("/") === true ? [external] : []),
  ];
  // jekyll-feed makes none where a file has its path.
  const main =
    templates.find((template) => template.path === pluginPath) ??
    (hasPlugin ? null : (templates[0] ?? null));
  const [form = null, isWithoutBasePath = false] =
    main !== null ? formOf(main.text) : hasPlugin ? ["jekyll-feed" as const] : [];
  const isOfTheme = main === null && !hasPlugin && THEMES_WITH_FEED.test(theme);
  return {
    paths: [...new Set(paths)].filter((each) => !isRouted(each) && /^\/[^\s?#]+$/.test(each)),
    form: isOfTheme ? "absolute_url" : form,
    isWithoutBasePath,
    said: main?.file ?? (hasPlugin ? "jekyll-feed" : isOfTheme ? theme : null),
    leftovers: [
      ...(main !== null && form === null
        ? [
            `${main.file} writes ids of entries in its own way; readers would get all articles once more, unless they name theirs (feed_id: in front matter)`,
          ]
        : []),
      ...(external !== null && !external.startsWith("/")
        ? [`atom_feed.path ${external}: lead it here where it is made; it is elsewhere`]
        : []),
    ],
  };
}

function formOf(
  text: string,
): readonly [form?: FormerFeedIds["form"], isWithoutBasePath?: boolean] {
  const entry = /<(?:item|entry)\b[^]*?<\/(?:item|entry)>/.exec(text)?.[0] ?? "";
  const id = /<(guid|id)\b[^>]*>([^]*?)<\/\1>/.exec(entry)?.[2] ?? "";
  const assigned = /\{\{-?\s*(\w+)\s*-?\}\}/.exec(id)?.[1];
  const meant =
    assigned === undefined
      ? id
      : (new RegExp(String.raw`assign\s+${assigned}\s*=([^%]*)%`).exec(text)?.[1] ?? "");
  const found = FORMS.find(([pattern]) => pattern.test(meant));
  return found === undefined ? [] : [found[1], found[2] ?? false];
}

function findTemplates(root: string): readonly FeedTemplate[] {
  return globSync(TEMPLATES, { cwd: root })
    .map((file) => file.replaceAll("\\", "/"))
    .toSorted()
    .flatMap((file) => {
      const split = splitFrontMatter(readText(join(root, file)));
      if (!split.ok || split.value.header === null) return [];
      const text = split.value.body;
      if (!/<(?:rss|feed)\b/.test(text) || !/site\.posts|paginator/.test(text)) return [];
      const read = parseRubyYaml(split.value.header);
      const permalink = read.ok ? textOf(tableOf(read.value.value)["permalink"]) : null;
      return { file, path: `/${(permalink ?? file).replace(/^\/+/, "")}`, text };
    });
}

function hasJekyllFeed(root: string, config: Table): boolean {
  const listed = [...textsOf(config["plugins"]), ...textsOf(config["gems"])];
  if (listed.includes("jekyll-feed")) return true;
  // Bundler loads the plugins of this group without a word in the settings.
  const gems = readText(join(root, "Gemfile")).replaceAll(/^\s*#.*$/gm, "");
  return /group\s+:jekyll_plugins\b[^]*?gem\s+["']jekyll-feed["']/.test(gems);
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8").replaceAll("\r\n", "\n");
  } catch {
    // It is not there, or no file.
    return "";
  }
}
