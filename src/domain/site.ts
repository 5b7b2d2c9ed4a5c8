import type { SitePageHeader } from "./site-page.ts";

/** The settings of the site, read from `wrangler.toml` and carried in the release. */
export interface Site {
  readonly title: string;
  /** One sentence under the title. */
  readonly description: string;
  /** The origin, without a slash at the end: `https://finews.example`. */
  readonly url: string;
  /** A BCP 47 tag such as `zh-CN`; articles may differ. */
  readonly language: string;
  /** An IANA time zone such as `Asia/Shanghai`, for dates without a zone and for the archive's months. */
  readonly timeZone: string;
  /** The publisher; null where it is the title. */
  readonly author: string | null;
  /**
   * The host in the entries' `tag:` ids. It stays when the host in `url` changes, so that readers do not get every
   * article again.
   */
  readonly idAuthority: string;
  /** How many entries the feed of the newest articles has at least, where there are so many. */
  readonly feedLength: number;
  /** All articles of so many hours before the newest are in the feed too; 0 for no more than `feedLength`. */
  readonly feedHours: number;
  /** Absolute address of a square PNG; null for the one that Offprint draws. */
  readonly icon: string | null;
  /** A WebSub hub; null for none. */
  readonly hub: string | null;
  /** What directories of podcasts ask for; absent where the settings do not say. */
  readonly podcast?: Podcast;
  /** Shown at the foot of every page: 备案号, contact, imprint. */
  readonly footer: readonly FooterItem[];
  /** Words of the site's own on its pages; absent where they are Offprint's. */
  readonly phrases?: OwnPhrases;
  /** Whether the share card of an article shows its own picture where there is a large one; absent where not. */
  readonly pictureCards?: true;
  /** What the site's `theme.css` changes of the look; absent where nothing. */
  readonly theme?: Theme;
  /** What the head of every page links to: the categories, how to subscribe, pages of the site's own. Absent where there is nothing. */
  readonly navigation?: readonly NavigationItem[];
  /** What the site itself says where nothing is; absent where it says nothing. */
  readonly notFound?: NotFoundPage;
  /** What the list of all feeds names besides the feeds with texts; absent where nothing. */
  readonly opml?: readonly OpmlFeeds[];
  /** What of its articles can be searched; absent where nothing. */
  readonly search?: SearchMode;
  /** Absent where authors have lists and feeds, as they do by default. */
  readonly authors?: false;
  /** What crawlers may fetch, by their names in `robots.txt`; absent where the settings name none. */
  readonly crawlers?: Readonly<Record<string, CrawlerRule>>;
  /** The path that all addresses of the Jekyll site began with, such as `/blog`; mostly empty. */
  readonly baseUrl: string;
}

/** Titles, names and leads, or whole texts too. */
export type SearchMode = "leads" | "text";

export const OPML_FEEDS = ["summaries", "digest", "languages", "authors"] as const;

/** Whether a crawler may fetch everything or nothing, or the beginnings of paths that it may not fetch. */
export type CrawlerRule = "all" | "none" | readonly string[];

export type OpmlFeeds = (typeof OPML_FEEDS)[number];

/** The only settings that feed documents and their headers show. */
export const FEED_SETTINGS = [
  "title",
  "description",
  "url",
  "language",
  "author",
  "authors",
  "idAuthority",
  "icon",
  "hub",
  "podcast",
] as const satisfies readonly (keyof Site)[];

export type FeedSite = Pick<Site, (typeof FEED_SETTINGS)[number]>;

/** What directories of podcasts want to know of a show besides what every feed says. */
export interface Podcast {
  /** The categories that are podcasts, by slug: their feeds hold all episodes. */
  readonly categories: readonly string[];
  /** A category of Apple's directory, such as `Society & Culture`, and one in it; empty where none is chosen. */
  readonly genre: readonly string[];
  /** Absolute address of a square JPEG or PNG of 1400 to 3000 pixels; null where there is none. */
  readonly image: string | null;
  readonly isExplicit: boolean;
  /** To which directories write; null where they are not to know. */
  readonly ownerEmail: string | null;
}

/** What the pages say in the site's own words. */
export interface OwnPhrases {
  /** The language that they are in. */
  readonly language: string;
  /** Texts by their names, such as `home` and `subscribing.how`; those that are missing are Offprint's. */
  readonly words: Readonly<Record<string, string>>;
  /** Stands between the thousands of a number. */
  readonly thousands: string;
  readonly dates: DatePatterns;
}

/**
 * How a language writes dates. Texts hold `{year}`, `{month}`, `{day}` and `{time}`; a month is a name from one of the lists.
 */
export interface DatePatterns {
  /** The names of the months inside a date, from January on. */
  readonly months: readonly string[];
  /** Their names where no day stands with them, which differ in some languages: Russian `января` and `январь`. */
  readonly monthsAlone: readonly string[];
  readonly year: string;
  readonly month: string;
  readonly day: string;
  /** A day whose month is shown already. */
  readonly dayOfMonth: string;
  /** Joins a day and a time of day such as `07:35`. */
  readonly dayAndTime: string;
}

export interface FooterItem {
  readonly text: string;
  /** Absolute (`https:` or `mailto:`), or a path on the site, percent-encoded; null for plain text. */
  readonly url: string | null;
  /** A BCP 47 tag, where the text is in another language than the site's words. */
  readonly language?: string;
}

export interface NavigationItem extends FooterItem {
  readonly url: string;
}

/** The colours of the pages that a site may choose, each as `#rrggbb`. */
export const THEME_COLORS = ["paper", "ink", "quiet", "line", "accent"] as const;

export type Palette = Readonly<Record<(typeof THEME_COLORS)[number], string>>;

/** The look that a site gives its pages; what is absent is Offprint's. */
export interface Theme {
  readonly light: Partial<Palette>;
  readonly dark: Partial<Palette>;
  /** A list of families as CSS writes it, the last of them generic: `Georgia, serif`. */
  readonly headlineFace?: string;
  readonly textFace?: string;
}

/** A page of the site's own that is carried in the release, so that an unknown address costs no read. */
export interface NotFoundPage extends Pick<SitePageHeader, "title" | "titleBreaks" | "language"> {
  /** Sanitized HTML. */
  readonly html: string;
}
