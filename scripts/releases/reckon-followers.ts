import type { FeedFormat } from "../../src/domain/feed-format.ts";
import type { Polls } from "./read-polls.ts";

/** A name with a number, such as a fetcher with its subscribers. */
export interface Share {
  readonly name: string;
  readonly count: number;
}

/** Who follows one feed, in all its formats and views. */
export interface FeedFollowers {
  /** Keys of scopes, one a line. */
  readonly topic: string;
  readonly subscribers: number;
  /** By fetcher, the largest first. */
  readonly fetchers: readonly Share[];
  /** Polls a day of programs that name no number of subscribers. */
  readonly otherPolls: number;
  readonly otherPrograms: readonly Share[];
}

/** A feed with the title that people know it by. */
export interface TitledFollowers extends FeedFollowers {
  readonly title: string;
}

/** Who follows a site. */
export interface Followers {
  /** The feeds with most subscribers first. */
  readonly feeds: readonly FeedFollowers[];
  readonly subscribers: number;
  /** Polls a day of programs that name no number of subscribers. */
  readonly otherPolls: number;
  readonly polls: number;
  /** How many polls found nothing new. */
  readonly unchanged: number;
  readonly formats: Readonly<Record<FeedFormat, number>>;
  /** Days since the first poll that was counted, but at least one and at most those that were asked for. */
  readonly days: number;
}

const SECONDS_PER_DAY = 86_400;
/** A fetcher that has not asked for so long has given that address of the feed up. */
const MOST_DAYS_SILENT = 7;

/**
 * Adds up who follows. Several addresses of a feed that one fetcher knows have subscribers of their own, and are added; the same
 * address polled from several machines counts once, with its newest number.
 *
 * @param now seconds since 1970
 */
export function reckonFollowers(rows: readonly Polls[], mostDays: number, now: number): Followers {
  const first = Math.min(now, ...rows.map((row) => row.first));
  const days = Math.min(mostDays, Math.max(1, (now - first) / SECONDS_PER_DAY));
  const isAlive = ({ last }: Polls): boolean => last > now - MOST_DAYS_SILENT * SECONDS_PER_DAY;
  const sum = (of: readonly Polls[], count: (row: Polls) => number): number =>
    of.reduce((all, row) => all + count(row), 0);
  const pollsOf = (of: readonly Polls[]): number => sum(of, ({ polls }) => polls);
  const feeds = [...Map.groupBy(rows, ({ topic }) => topic)].map(([topic, all]) => {
    const telling = all.filter((row) => row.feed !== "" && isAlive(row));
    const silent = all.filter(({ feed }) => feed === "");
    const fetchers = shares(telling, (of) => sum(of, ({ subscribers }) => subscribers));
    const otherPrograms = shares(silent, (of) => pollsOf(of) / days);
    return {
      topic,
      subscribers: total(fetchers),
      fetchers,
      otherPolls: total(otherPrograms),
      otherPrograms,
    };
  });
  const inFormat = (format: FeedFormat): number =>
    pollsOf(rows.filter((row) => row.format === format));
  return {
    feeds: feeds.toSorted((a, b) => b.subscribers - a.subscribers || b.otherPolls - a.otherPolls),
    subscribers: feeds.reduce((count, { subscribers }) => count + subscribers, 0),
    otherPolls: feeds.reduce((count, { otherPolls }) => count + otherPolls, 0),
    polls: pollsOf(rows),
    unchanged: sum(rows, ({ unchanged }) => unchanged),
    formats: { rss: inFormat("rss"), atom: inFormat("atom"), json: inFormat("json") },
    days,
  };
}

function total(all: readonly Share[]): number {
  return all.reduce((sum, { count }) => sum + count, 0);
}

/** By fetcher, the largest first, without those that come to nothing. */
function shares(rows: readonly Polls[], count: (of: readonly Polls[]) => number): readonly Share[] {
  return [...Map.groupBy(rows, ({ fetcher }) => fetcher)]
    .map(([name, of]) => ({ name, count: count(of) }))
    .filter((share) => share.count > 0)
    .toSorted((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
}
