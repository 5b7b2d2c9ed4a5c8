import { writeFile } from "node:fs/promises";
import * as v from "valibot";
import { combinedTitle } from "../../src/domain/combination.ts";
import { FEED_FORMATS, FEED_FORMAT_NAMES } from "../../src/domain/feed-format.ts";
import { FOLLOWERS_BINDING, SEARCH_POLLS } from "../../src/domain/feed-poll.ts";
import { failed } from "../../src/domain/result.ts";
import { parseScopeKey } from "../../src/domain/scope.ts";
import type { Manifest } from "../../src/store/manifest.ts";
import { readManifest } from "../publish/release-record.ts";
import { counted } from "../terminal/counted.ts";
import { errorDetail } from "../terminal/error-detail.ts";
import { joinLines } from "../terminal/join-lines.ts";
import { printableLine } from "../terminal/printable.ts";
import { drawFollowers } from "./draw-followers.ts";
import { readPolls } from "./read-polls.ts";
import type { Followers, Share, TitledFollowers } from "./reckon-followers.ts";
import { reckonFollowers } from "./reckon-followers.ts";
import type { ReleasedSite, VerbResult } from "./verb-answer.ts";
import { done } from "./verb-answer.ts";

const datasetsSchema = v.array(
  v.looseObject({ binding: v.string(), dataset: v.optional(v.string()) }),
);

const FEEDS_SHOWN = 20;
const NAMES_SHOWN = 5;

const NOTES = [
  "Who follows two feeds is counted in both, and anybody can name any number.",
  "A program on somebody's own machine asks some 10 to 100 times a day, and no address is kept: polls are not people.",
  "Pages and pictures that are files pass the Worker by, and are not counted.",
];

/** `stats`: who follows, as the Worker has counted it. */
export async function describeFollowers(site: ReleasedSite): VerbResult {
  const { account, config, settings, live, namespace, now, options } = site;
  const { url, language } = settings.site;
  const dataset = followersDataset(config.table["analytics_engine_datasets"]);
  if (dataset === null) {
    return failed({ reason: "followers-uncounted", environment: config.environment });
  }
  const polls = await readPolls(account, dataset, url, options.days);
  if (!polls.ok) return polls;
  if (polls.value.length === 0) {
    const why = `Nothing was counted for ${url} in the last ${counted(options.days, "day")} (dataset "${dataset}"): it takes a deploy with the binding, and a poll or two after it; what was polled is shown some minutes later`;
    return done({ url, dataset, days: options.days, polls: 0, feeds: [] }, why);
  }
  const record = live.release === null ? null : await readManifest(namespace, live.release);
  const manifest = record?.ok === true ? record.value : null;
  const followers = reckonFollowers(polls.value, options.days, now);
  const feeds = followers.feeds.map((feed) => ({ ...feed, title: titleOf(feed.topic, manifest) }));
  const answer = { url, dataset, ...followers, feeds };
  if (options.svg !== null) {
    try {
      await writeFile(options.svg, drawFollowers({ ...followers, feeds }, { url, language }));
    } catch (error) {
      return failed({
        reason: "picture-unwritten",
        path: options.svg,
        detail: errorDetail(error),
      });
    }
  }
  const text = joinLines(
    `Who follows ${url}: ${number(followers.polls)} polls in ${days(followers.days)}`,
    followers.subscribers > 0 && "Subscribers, as fetchers name them:",
    table(feeds, followers.subscribers, ({ subscribers, fetchers }) => [subscribers, fetchers]),
    followers.otherPolls > 0 && "Polls a day by programs that name none:",
    table(feeds, followers.otherPolls, ({ otherPolls, otherPrograms }) => [
      otherPolls,
      otherPrograms,
    ]),
    `${describeFormats(followers)}; ${percent(followers.unchanged, followers.polls)} of all polls found nothing new`,
    NOTES,
    options.svg !== null && `Wrote ${options.svg}`,
  );
  return done(answer, text);
}

/** The dataset that the Worker writes to; null where it counts nothing. wrangler names it like the binding where nothing is said. */
function followersDataset(bindings: unknown): string | null {
  const read = v.safeParse(datasetsSchema, bindings);
  const bound = read.success
    ? read.output.find(({ binding }) => binding === FOLLOWERS_BINDING)
    : undefined;
  return bound === undefined ? null : (bound.dataset ?? bound.binding);
}

/** The title of a feed's scopes, in the live release where that can be read. */
function titleOf(topic: string, manifest: Manifest | null): string {
  if (topic === SEARCH_POLLS) return "(searches)";
  const titles = topic.split("\n").map((key) => {
    const scope = parseScopeKey(key);
    const title = manifest?.titleOf(scope) ?? (scope.kind === "site" ? "" : scope.name);
    if (scope.kind === "site") return `${title} (the whole site)`.trim();
    return scope.kind === "category" ? title : `${title} (${scope.kind})`;
  });
  return printableLine(combinedTitle(titles));
}

/** The feeds with a number each, and by whom; the last line is what all others come to. */
function table(
  feeds: readonly TitledFollowers[],
  total: number,
  measure: (feed: TitledFollowers) => readonly [number, readonly Share[]],
): readonly string[] {
  const rows = feeds
    .map((feed) => {
      const [count, by] = measure(feed);
      return { count, label: `${feed.title}: ${list(by)}` };
    })
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count);
  const shown = rows.slice(0, FEEDS_SHOWN);
  const others = rows.slice(FEEDS_SHOWN);
  const more = others.reduce((sum, { count }) => sum + count, 0);
  const width = number(total).length;
  return [
    ...shown,
    ...(others.length === 0 ? [] : [{ count: more, label: counted(others.length, "other feed") }]),
    ...(rows.length < 2 ? [] : [{ count: total, label: "in all" }]),
  ].map(({ count, label }) => `  ${number(count).padStart(width)}  ${label}`);
}

function list(shares: readonly Share[]): string {
  const shown = shares.length > NAMES_SHOWN + 1 ? NAMES_SHOWN : shares.length;
  const others = shares.slice(shown);
  const more = others.reduce((sum, { count }) => sum + count, 0);
  return [
    ...shares.slice(0, shown),
    ...(others.length === 0 ? [] : [{ name: counted(others.length, "other"), count: more }]),
  ]
    .map(({ name, count }) => `${printableLine(name)} ${number(count)}`)
    .join(", ");
}

function describeFormats({ formats, polls }: Followers): string {
  return FEED_FORMAT_NAMES.map(
    (format) => `${FEED_FORMATS[format].name} ${percent(formats[format], polls)}`,
  ).join(", ");
}

function days(count: number): string {
  return counted(Math.round(count), "day");
}

/** A number as people read it; a poll every few days is not none. */
function number(count: number): string {
  return count > 0 && count < 1 ? "<1" : Math.round(count).toLocaleString("en-US");
}

function percent(part: number, whole: number): string {
  return `${Math.round((part / whole) * 100)} %`;
}
