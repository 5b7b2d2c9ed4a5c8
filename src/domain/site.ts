/** What readers are told about the site; read from `wrangler.toml` and carried in the release. */
export interface Site {
  readonly title: string;
  /** One sentence under the title. */
  readonly description: string;
  /** The origin, without a slash at the end: `https://finews.example`. */
  readonly url: string;
  /** A BCP 47 tag such as `zh-CN`; articles may differ. */
  readonly language: string;
  /** An IANA name such as `Asia/Shanghai`: the clock of dates that name no zone, and of the archive's months. */
  readonly timeZone: string;
  /** Who publishes; null where it is the title. */
  readonly author: string | null;
  /** The host in the entries' `tag:` ids. It outlives the host in `url`: a move must not send every article again. */
  readonly idAuthority: string;
  /** Entries in a feed that is polled. */
  readonly feedLength: number;
  /** Absolute address of a square PNG; null for the one that Offprint draws. */
  readonly icon: string | null;
  /** A WebSub hub; null for none. */
  readonly hub: string | null;
  /** Shown at the foot of every page: 备案号, contact, imprint. */
  readonly footer: readonly FooterItem[];
}

/** The settings that feed documents and their headers show: feeds are made of no other. */
export const FEED_SETTINGS = [
  "title",
  "description",
  "url",
  "language",
  "author",
  "idAuthority",
  "icon",
  "hub",
] as const satisfies readonly (keyof Site)[];

export type FeedSite = Pick<Site, (typeof FEED_SETTINGS)[number]>;

export interface FooterItem {
  readonly text: string;
  /** Absolute (`https:` or `mailto:`); null for plain text. */
  readonly url: string | null;
}
