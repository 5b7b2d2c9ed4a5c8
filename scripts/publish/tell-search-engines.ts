import * as v from "valibot";
import { sharePath } from "../../src/domain/links.ts";
import type { Site } from "../../src/domain/site.ts";
import type { Settings } from "../config/settings.ts";
import { counted } from "../terminal/counted.ts";
import type { Answer } from "../terminal/fetch-answer.ts";
import { askPatiently, describeAnswer, fetchAnswer } from "../terminal/fetch-answer.ts";
import type { IO } from "../terminal/io.ts";
import type { ArticleChanges, NamedArticle } from "./compare-releases.ts";

const PATIENCE = { attempts: 4, firstWaitMilliseconds: 1000 };
const TIMEOUT_MILLISECONDS = 15_000;

const INDEX_NOW = "https://api.indexnow.org/indexnow";
/** What one request of IndexNow takes at most. */
const INDEX_NOW_MOST = 10_000;

/** Baidu's document names it so, without https. */
const BAIDU = "http://data.zz.baidu.com/urls";
/** What one request of Baidu's takes at most. */
const BAIDU_MOST = 2000;
const BAIDU_TOKEN = "BAIDU_PUSH_TOKEN";

/** The addresses that a service took, of those it was to be told of. */
interface Told {
  readonly sent: number;
  readonly refused: number;
  /** What the service said of those that it refused, or why no more were sent; empty where there is nothing to say. */
  readonly said: string;
}

/**
 * Tells search engines of the articles that a release changes, once readers see it. The release is live anyway, so failures are
 * only warnings. A first release tells of nothing: sitemaps do.
 *
 * @param articles what the release changes; null if there is none before
 */
export async function tellSearchEngines(
  articles: ArticleChanges | null,
  { url }: Pick<Site, "url">,
  { searchEngines: { indexNowKey }, tellsBaidu }: Pick<Settings, "searchEngines" | "tellsBaidu">,
  io: IO,
): Promise<void> {
  if (articles === null) return;
  const { added, changed, removed } = articles;
  const shown = [...newestFirst(added), ...newestFirst(changed)].map(addressIn(url));
  const all = [...shown, ...removed.map(addressIn(url))];
  if (indexNowKey !== undefined && all.length > 0) {
    say("IndexNow", all.length, await tellIndexNow(all, url, indexNowKey, io), io);
  }
  if (!tellsBaidu || shown.length === 0) return;
  const token = io.environment[BAIDU_TOKEN]?.trim() ?? "";
  if (token === "") {
    io.warn(`baidu_push is set, but ${BAIDU_TOKEN} is not, so Baidu was told nothing`);
    return;
  }
  say("Baidu", shown.length, await tellBaidu(shown, url, token, io), io);
}

function say(service: string, count: number, { sent, refused, said }: Told, io: IO): void {
  const left = count - sent - refused;
  const parts = [
    `${service} was told of ${counted(count, "page")}: took ${sent}, refused ${refused}`,
    ...(left > 0 ? [`${left} not sent`] : []),
  ];
  const line = parts.join(", ") + (said === "" ? "" : `: ${said}`);
  if (refused + left > 0) io.warn(line);
  else io.say(line);
}

/**
 * Sends addresses by IndexNow (https://www.indexnow.org/documentation), which hands them on among the search engines that take part.
 * 202 says that the key is still to be looked at.
 */
export async function tellIndexNow(
  addresses: readonly string[],
  origin: string,
  key: string,
  io: IO,
): Promise<Told> {
  const { host } = new URL(origin);
  const keyLocation = `${origin}/${key}.txt`;
  let sent = 0;
  for (let first = 0; first < addresses.length; first += INDEX_NOW_MOST) {
    const urlList = addresses.slice(first, first + INDEX_NOW_MOST);
    const answer = await post(
      INDEX_NOW,
      "application/json; charset=utf-8",
      JSON.stringify({ host, key, keyLocation, urlList }),
      io,
    );
    if (!answer.isOk) return { sent, refused: urlList.length, said: describeAnswer(answer) };
    sent += urlList.length;
  }
  return { sent, refused: 0, said: "" };
}

const baiduAnswer = v.object({
  success: v.number(),
  remain: v.number(),
  not_same_site: v.optional(v.array(v.string()), []),
  not_valid: v.optional(v.array(v.string()), []),
});

/**
 * Pushes addresses to Baidu, as many as it takes today. A request for more than are left of the day is refused as a whole ("over
 * quota"), so the first one is for one address, whose answer says how many are left.
 */
export async function tellBaidu(
  addresses: readonly string[],
  origin: string,
  token: string,
  io: IO,
): Promise<Told> {
  const query = new URLSearchParams({ site: origin, token });
  const refused: string[] = [];
  let sent = 0;
  let remaining = 1;
  let at = 0;
  const told = (said: string): Told => ({ sent, refused: refused.length, said });
  while (at < addresses.length && remaining > 0) {
    const some = addresses.slice(at, at + Math.min(remaining, BAIDU_MOST));
    const answer = await post(`${BAIDU}?${query.toString()}`, "text/plain", some.join("\n"), io);
    const read = v.safeParse(baiduAnswer, answer.isOk ? jsonOf(answer) : null);
    // Whoever answers may repeat what he was sent.
    if (!read.success) return told(describeAnswer(answer).replaceAll(token, "…"));
    const { success, remain, not_same_site: foreign, not_valid: invalid } = read.output;
    sent += success;
    refused.push(...foreign.map((one) => `${one} (not_same_site)`));
    refused.push(...invalid.map((one) => `${one} (not_valid)`));
    remaining = remain;
    at += some.length;
  }
  if (at < addresses.length) return told("the quota of the day is used up");
  return told(refused[0] ?? "");
}

function jsonOf({ bytes }: Answer): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}

async function post(url: string, type: string, body: string, io: IO): Promise<Answer> {
  const init = { method: "POST", headers: { "Content-Type": type }, body };
  const { host } = new URL(url);
  const ask = async (): Promise<Answer> => fetchAnswer(url, init, TIMEOUT_MILLISECONDS, io);
  return askPatiently(host, ask, PATIENCE, io);
}

function addressIn(origin: string): (article: NamedArticle) => string {
  return ({ id }) => origin + sharePath(id);
}

function newestFirst(articles: readonly NamedArticle[]): readonly NamedArticle[] {
  return articles.toSorted((a, b) => b.published.epochSeconds - a.published.epochSeconds);
}
