/**
 * A site whose posts have every kind of name, date and category, and the settings under which Jekyll was asked for their
 * addresses. Nothing here is random: the same posts are made wherever this runs.
 */

export interface WrittenFile {
  /** The path in the site's folder. */
  readonly path: string;
  readonly text: string;
}

export interface JekyllSetting {
  readonly permalink: string;
  readonly timeZone: string;
}

const NAMES = [
  "2022-01-10-plain.md",
  "2021-01-01-first-of-a-year-in-week-53.md",
  "2018-12-31-last-of-a-year-in-week-1.md",
  "2020-02-29-leap-day.html",
  "2022-1-9-no-zeroes.md",
  "2022-03-27-Mixed-Case_and_underscores.md",
  "2022-10-30-十月三十日，江城.md",
  "2022-04-05-two words (and brackets).md",
  "2022-05-06-a+b & c=d, e;f.md",
  "2022-06-07-dots.in.a.name.md",
  "2022-07-08-trailing-dots...md",
  "2022-08-09--leading-hyphen.md",
  "2022-09-10-caf\u00E9-\u00DCber.md",
  "2022-11-12-emoji-😀-here.markdown",
  "2022-12-13-it's-100%-~tilde~!.md",
  "2022-12-31-evening.md",
  "2023-01-01-evening.md",
  "1999-12-31-last-century.md",
  "2022-02-03-hash-#1-and-@-sign.md",
  "2022-02-04-ΑΘΗΝΑΣ-İstanbul.md",
] as const;

const DATES = [
  "",
  "date: 2022-01-10 07:35:33 +0800",
  "date: 2022-12-31 20:00:00",
  "date: 2022-06-15 06:30:00",
  'date: "2022-12-31 20:00:00"',
  "date: 2022-03-04",
  "date: 2022-11-05 23:30:00 -0800",
  "date: 2022-03-27T01:30:00Z",
  "date: 2022-05-06 09:10",
  "date: 2021-01-03 00:00:00 +0000",
  "date: 2024-12-30 12:00:00.5 +05:30",
] as const;

const CATEGORIES = [
  "",
  "categories: news",
  "categories: Local News",
  "categories: [TechWeb, techweb, 新闻]",
  "category: two words",
  'categories: ["C++ & more", 36]',
  "category: one\ncategories: [two, one]",
  "categories: [caf\u00E9, a/b]",
] as const;

const OTHERS = [
  "",
  "",
  "",
  "slug: Another Slug",
  "permalink: /fixed/:title/",
  "permalink: /fixed/:year-:month-:day/:slug:output_ext",
  "permalink: my_category/permalinked-post",
  "slug: 江城",
] as const;

const FOLDERS = ["_posts", "_posts/deeper/down", "city/_posts", "city/Sea Side/_posts"] as const;

const PERMALINKS = [
  "date",
  "pretty",
  "ordinal",
  "weekdate",
  "none",
  "/:title/",
  "/:title",
  "/:title.html",
  "/:slug/",
  "/:name/",
  "/:year/:month/:day/:title/",
  "/:year/:month/:day/:title",
  "/:year/:title",
  "/:year/:month/:title.html",
  "/blog/:year-:month-:day-:title/",
  "/:categories/:title/",
  "/:slugified_categories/:year/:title:output_ext",
  "/:collection/:title/",
  "/:path/",
  "/:short_year/:i_month/:i_day/:title/",
  "/:year/:y_day/:title",
  "/:w_year/W:week/:w_day/:title",
  "/:year/:short_month/:day/:title/",
  "/:long_month-:year/:long_day/:slug",
  "/:short_day/:hour-:minute-:second/:title.html",
  "/:month_:day/:title_:year/",
  "/:year/:month/:day/:hour/:minute/:title/index.html",
  "posts/:title/",
  "/新闻/:title/",
  "/a//b/../:title",
  "/:categories/:year:month:day:title:output_ext",
  "/post/:title.htm",
] as const;

const TIME_ZONES = [
  "Asia/Shanghai",
  "UTC",
  "America/Los_Angeles",
  "Pacific/Kiritimati",
  "Europe/London",
] as const;

/** Each permalink in one zone after the other, and Jekyll's own default in all. */
export const JEKYLL_SETTINGS: readonly JekyllSetting[] = [
  ...PERMALINKS.map((permalink, index) => ({ permalink, timeZone: pick(TIME_ZONES, index) })),
  ...TIME_ZONES.slice(1).map((timeZone) => ({ permalink: "date", timeZone })),
];

/** Each name with several of the dates, categories and other keys, which take turns. */
export function makeJekyllPosts(): readonly WrittenFile[] {
  const files: WrittenFile[] = [];
  let turn = 0;
  for (const name of NAMES) {
    for (let index = 0; index < POSTS_OF_A_NAME; index += 1) {
      // Steps without a common divisor, so that all combine with all.
      const keys = [
        pick(DATES, turn * 3 + index),
        pick(CATEGORIES, turn * 5),
        pick(OTHERS, turn * 5 + Math.floor(turn / OTHERS.length)),
      ];
      const header = [`title: ${turn}`, ...keys.filter((key) => key !== "")].join("\n");
      const folder = pick(FOLDERS, index);
      files.push({ path: `${folder}/${name}`, text: `---\n${header}\n---\n<p>Text.</p>\n` });
      turn += 1;
    }
  }
  const soup = "---\ntitle: Soup\ndate: 2022-01-10 08:00:00 +0800\n---\n<p>Text.</p>\n";
  const own =
    "---\ntitle: Bread\ndate: 2022-01-10\npermalink: /bread/:collection/\n---\n<p>Text.</p>\n";
  return [
    ...files,
    { path: "_recipes/soup.md", text: soup },
    { path: "_recipes/winter/Hot Soup.md", text: soup },
    { path: "_recipes/2022-01-10-dated.md", text: soup },
    { path: "_recipes/bread.md", text: own },
  ];
}

const POSTS_OF_A_NAME = 4;

function pick<Item>(items: readonly Item[], index: number): Item {
  const item = items[index % items.length];
  if (item === undefined) throw new Error("There is nothing to pick from");
  return item;
}
