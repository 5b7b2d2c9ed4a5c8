import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pollPoint } from "../../../src/domain/feed-poll.ts";
import { readFetcher } from "../../../src/domain/fetcher.ts";
import { parseXml } from "../../render/xml-tree.ts";
import { outcome } from "../outcome.ts";
import { PublishedFolder } from "../published-folder.ts";

const BINDING = `\n[[analytics_engine_datasets]]\nbinding = "FOLLOWERS"\n`;
const DAY = 86_400;

let site: PublishedFolder;

beforeEach(() => {
  site = PublishedFolder.open();
});

afterEach(() => {
  site.close();
});

function bind(lines: string): void {
  site.write("wrangler.toml", `${site.read("wrangler.toml")}${lines}`);
}

/** Polls a feed of the public site, as often as is said. */
async function poll(path: string, userAgent: string, times = 1): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    const { status } = await site.fetch(path, { headers: { "User-Agent": userAgent } });
    expect(status).toBe(200);
  }
}

const feedly = (subscribers: number): string =>
  `Feedly/1.0 (+http://www.feedly.com/fetcher.html; ${subscribers} subscribers; )`;
const feedbin = (id: number, subscribers: number): string =>
  `Feedbin feed-id:${id} - ${subscribers} subscribers`;
const FRESHRSS = "FreshRSS/1.27.1 (Linux; https://freshrss.org)";

describe("stats", () => {
  it("adds up the feeds that a fetcher knows, and counts one feed once, with its newest number", async () => {
    bind(BINDING);
    await site.deployed();
    // Three machines of one fetcher, and a number that grows.
    await poll("/feed.xml", feedly(7), 2);
    site.pass(60);
    await poll("/feed.xml", feedly(9));
    // An old and a new address, which lead to one feed.
    await poll("/feed.xml", feedbin(1, 4));
    await poll("/feed.xml", feedbin(2, 30));
    await poll("/atom.xml", feedbin(3, 2));
    await poll("/category/city/feed.json", feedly(5));
    await poll("/category/city/feed.xml", FRESHRSS, 48);
    site.pass(2 * DAY);
    const run = await site.release("stats");
    expect(run.exitCode).toBe(0);
    expect(run.json).toMatchObject({
      dataset: "FOLLOWERS",
      subscribers: 50,
      polls: 55,
      formats: { rss: 53, atom: 1, json: 1 },
      feeds: [
        {
          topic: "",
          subscribers: 45,
          fetchers: [
            { name: "Feedbin", count: 36 },
            { name: "Feedly", count: 9 },
          ],
          otherPolls: 0,
        },
        { topic: "c/city", subscribers: 5, otherPrograms: [{ name: "FreshRSS" }] },
      ],
    });
    expect(run.output).toMatch(/^ {2}45 {2}\S+ \(the whole site\): Feedbin 36, Feedly 9$/m);
    expect(run.output).toMatch(/^ {2}24 {2}\S+: FreshRSS 24$/m);
    expect(run.output).toContain("Pages and pictures that are files pass the Worker by");
  });

  it("tells sites of one dataset apart, and weighs samples", async () => {
    bind(`${BINDING}dataset = "paper-followers"\n`);
    await site.deployed();
    await poll("/feed.xml", FRESHRSS);
    const { cloudflare, origin } = site;
    const polled = (url: string): Parameters<typeof pollPoint>[0] => ({
      site: url,
      topic: { kind: "site" },
      format: "rss",
      view: "texts",
      fetcher: readFetcher(FRESHRSS),
      url: `${url}/feed.xml`,
      isUnchanged: true,
    });
    cloudflare.analytics.write("paper-followers", pollPoint(polled(origin)), cloudflare.now(), 99);
    cloudflare.analytics.write(
      "paper-followers",
      pollPoint(polled("https://other.example")),
      cloudflare.now(),
    );
    const run = await site.release("stats");
    expect(run.json).toMatchObject({ polls: 100, unchanged: 99, subscribers: 0 });
    expect(run.output).toContain("99 % of all polls found nothing new");
  });

  it("forgets a feed for which its fetcher does not ask any more", async () => {
    bind(BINDING);
    await site.deployed();
    await poll("/feed.xml", feedbin(1, 400));
    site.pass(8 * DAY);
    await poll("/feed.xml", feedbin(2, 3));
    expect((await site.release("stats", [], { days: 30 })).json).toMatchObject({
      subscribers: 3,
      polls: 2,
    });
  });

  it("says that nothing was counted yet", async () => {
    bind(BINDING);
    await site.deployed();
    expect(await site.release("stats")).toMatchObject(
      outcome(0, /^Nothing was counted for https:\S+ in the last 7 days \(dataset "FOLLOWERS"\)/),
    );
    await poll("/feed.xml", FRESHRSS);
    site.pass(30 * DAY);
    expect(await site.release("stats")).toMatchObject(outcome(0, /^Nothing was counted/));
  });

  it("counts nothing, and says how to begin, without the binding", async () => {
    await site.deployed();
    await poll("/feed.xml", FRESHRSS);
    const run = await site.release("stats");
    expect(run).toMatchObject(outcome(2, "[[analytics_engine_datasets]]"));
    expect(run.output).toContain('binding = "FOLLOWERS"');
  });

  it("says which permission a token lacks", async () => {
    bind(BINDING);
    await site.deployed();
    site.cloudflare.mayReadAnalytics = false;
    const run = await site.release("stats");
    expect(run).toMatchObject(outcome(2, 'the token needs "Account Analytics: Read"'));
    expect(run.output).toContain("403: Authorization error");
  });

  it("shows what else is refused, and waits for what passes by itself", async () => {
    bind(BINDING);
    await site.deployed();
    await poll("/feed.xml", FRESHRSS);
    let asked = 0;
    const answers = [
      { kind: "answer", status: 429, body: "Resource limit: Too many queries queued" },
      { kind: "answer", status: 200, body: '{"data":[{"topic":1}]}' },
      { kind: "truncated" },
      { kind: "answer", status: 422, body: "Input was invalid: syntax error at position 15" },
    ] as const;
    site.cloudflare.fault = (_, path) =>
      path.endsWith("/sql") ? (answers[asked++] ?? null) : null;
    const run = await site.release("stats");
    expect(run).toMatchObject(outcome(1, "422: Input was invalid: syntax error at position 15"));
    expect(asked).toBe(5);
  });

  it("keeps a binding with the environment that has it", async () => {
    bind(
      `${BINDING}\n[env.staging.vars.SITE]\ntitle = "试"\nurl = "https://offprint-staging.stand-in.workers.dev"\n\n[[env.staging.kv_namespaces]]\nbinding = "RELEASES"\n`,
    );
    site.environment["CLOUDFLARE_ENV"] = "staging";
    const staged = await site.deploy();
    expect(staged.output).toContain("has no analytics_engine_datasets");
    expect(await site.release("stats")).toMatchObject(
      outcome(2, "[[env.staging.analytics_engine_datasets]]"),
    );
  });

  it("draws a picture that is XML whatever a program calls itself, without a script", async () => {
    bind(BINDING);
    await site.deployed();
    await poll("/feed.xml", feedly(20));
    await poll("/category/city/feed.xml", 'A "b" & <script>/1.0 (3 subscribers)');
    const svg = join(site.folder, "followers.svg");
    expect(await site.release("stats", [], { svg })).toMatchObject(outcome(0, `Wrote ${svg}`));
    const picture = readFileSync(svg, "utf8");
    expect(parseXml(picture).name).toBe("svg");
    expect(picture).not.toMatch(/<script|\son\w+=|href/i);
    expect(picture).toContain("prefers-color-scheme: dark");
    expect(picture).toMatch(/<text[^>]*>\S+ \(the whole…?/);
    const nowhere = join(site.folder, "none/followers.svg");
    expect(await site.release("stats", [], { svg: nowhere })).toMatchObject(
      outcome(2, "Cannot write the picture"),
    );
  });
});
