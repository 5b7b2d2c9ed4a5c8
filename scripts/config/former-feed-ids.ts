import * as v from "valibot";
import { readArticleDate } from "../read/dates/article-date.ts";
import { isTimeZone } from "../../src/domain/time-zone.ts";
import type { FormerFeedIds } from "../read/old-urls/address-settings.ts";
import { FORMER_FEED_ID_FORMS } from "../read/old-urls/address-settings.ts";
import { readPermalink } from "../read/old-urls/permalink.ts";
import { permalinkAdvice } from "./permalink-advice.ts";

const ADVICE = `write a table with a date: { before = "2026-01-01", url = "https://old.example/blog", permalink = "pretty" }; it may also hold form, time_zone, unicode and guid`;
const WITHOUT_DATE_ADVICE = `write the day with it whose articles have new ids first: before = "2026-01-01"; guid = false alone means that guid in front matter is no id of an entry`;
const DATE_ADVICE = `write as "before" the first day whose articles have new ids: "2026-01-01"`;
const URL_ADVICE = `write as "url" what the old ids begin with, site.url and site.baseurl of the Jekyll site: "https://old.example/blog"`;

function advised<Schema extends v.GenericSchema>(advice: string, schema: Schema): Schema {
  return v.config(schema, { message: advice });
}

/** Whether a text is a date and nothing else; the zone does not matter for that. */
function isDate(text: string): boolean {
  const read = readArticleDate(text, "UTC");
  return read.ok && read.value.doubt === null;
}

/** TOML has dates of its own, JSON writes them as texts. */
const date = v.pipe(
  v.union([
    v.string(),
    v.pipe(
      v.date(),
      v.transform((written) => written.toISOString()),
    ),
  ]),
  v.check(isDate),
);

const formerUrl = v.pipe(
  v.string(),
  v.check((text) => {
    const url = URL.parse(text);
    const isHttp = url?.protocol === "https:" || url?.protocol === "http:";
    return url !== null && isHttp && url.search + url.hash + url.username + url.password === "";
  }),
  v.transform((text) => text.replace(/\/+$/, "")),
);

const permalink = v.pipe(
  advised(`write as "permalink" one alone, the last: "pretty"`, v.string()),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const read = readPermalink(dataset.value);
    if (read.ok) return read.value;
    addIssue({ message: permalinkAdvice(read.failure) });
    return NEVER;
  }),
);

const FORM_ADVICE = `write as "form" one of ${FORMER_FEED_ID_FORMS.map((form) => `"${form}"`).join(", ")}`;
const ZONE_ADVICE = `write as "time_zone" an IANA name such as UTC`;

/** The table `former_feed_ids`. */
export const formerFeedIdsTable = v.pipe(
  advised(
    ADVICE,
    v.strictObject({
      before: v.optional(advised(DATE_ADVICE, date)),
      url: v.optional(advised(URL_ADVICE, formerUrl)),
      permalink: v.optional(permalink),
      form: v.optional(advised(FORM_ADVICE, v.picklist(FORMER_FEED_ID_FORMS)), "jekyll-feed"),
      time_zone: v.optional(advised(ZONE_ADVICE, v.pipe(v.string(), v.check(isTimeZone)))),
      unicode: v.optional(
        advised(`write as "unicode" "NFC" or "NFKC"`, v.picklist(["NFC", "NFKC"])),
        "NFC",
      ),
      guid: v.optional(advised(`write as "guid" true or false`, v.boolean()), true),
    }),
  ),
  v.check(
    ({ before, guid, url, permalink: style }) =>
      before !== undefined || (!guid && url === undefined && style === undefined),
    WITHOUT_DATE_ADVICE,
  ),
);

interface SiteBefore {
  readonly url: string;
  readonly baseurl: string;
  readonly former_urls: readonly string[];
  readonly time_zone: string;
}

/** Where the site was when it had the old ids, as the other settings say; null where they say that it was in several places. */
export function usualFormerUrl({ url, baseurl, former_urls: former }: SiteBefore): string | null {
  const [place = url, ...others] = former;
  if (others.length > 0) return null;
  return new URL(place).pathname === "/" ? place + baseurl : place;
}

function secondsOf(text: string, timeZone: string): number {
  const read = readArticleDate(text, timeZone);
  if (!read.ok) throw new Error(`The schema let "${text}" pass`);
  return read.value.moment.epochSeconds;
}

type WrittenTable = v.InferOutput<typeof formerFeedIdsTable>;

/**
 * What the table means for a site.
 *
 * @param place what `usualFormerUrl` gives, where the table names none
 */
export function toFormerFeedIds(
  written: WrittenTable,
  site: SiteBefore,
  place: string,
): FormerFeedIds {
  return {
    before: written.before === undefined ? null : secondsOf(written.before, site.time_zone),
    url: written.url ?? place,
    permalink: written.permalink ?? null,
    form: written.form,
    timeZone: written.time_zone ?? site.time_zone,
    unicode: written.unicode,
    readsGuid: written.guid,
  };
}
