import { describe, expect, it } from "vitest";
import type { FeedFormat } from "../../../src/domain/feed-format.ts";
import type { Scope } from "../../../src/domain/scope.ts";
import { contentHash } from "../../../src/store/content-hash.ts";
import type { FormatRecord } from "../../../src/store/release-contents.ts";
import { Manifest } from "../../../src/store/manifest.ts";
import { encodeManifest } from "../../../src/store/encode-manifest.ts";
import { FIXTURE_SITE } from "../../seed-worker-tests.ts";
import { describeAnswer } from "../../../scripts/terminal/fetch-answer.ts";
import type { IO } from "../../../scripts/terminal/io.ts";
import { fakeIO } from "../fake-io.ts";
import {
  awaitRelease,
  changedTopics,
  publishTopics,
  tellHub,
} from "../../../scripts/publish/announce.ts";

/** An IO whose clock moves by waiting, and what it was asked for, with the second. */
function ioOf(answer: (url: string, second: number) => Response): {
  readonly io: IO;
  readonly asked: string[];
} {
  const asked: string[] = [];
  const io: IO = fakeIO({
    fetch: async (url) => {
      asked.push(`${io.now() / 1000} s ${url}`);
      return answer(url, io.now() / 1000);
    },
  });
  return { io, asked };
}

const ORIGIN = "https://finews.example";

describe("awaitRelease", () => {
  it("waits until the public address shows the release", async () => {
    const { io, asked } = ioOf((_, second) =>
      Response.json({ release: second < 5 ? "old" : "new" }),
    );
    expect(await awaitRelease(ORIGIN, "new", io)).toMatchObject({ ok: true });
    expect(asked).toHaveLength(4);
  });

  it("says what it saw last, sooner where nobody answers at all", async () => {
    const old = ioOf(() => Response.json({ release: "old" }));
    const another = await awaitRelease(ORIGIN, "new", old.io);
    expect(another.ok ? "" : describeAnswer(another.failure)).toBe('200 {"release":"old"}');
    const nobody = ioOf(() => {
      throw new TypeError("fetch failed", { cause: new Error("getaddrinfo ENOTFOUND") });
    });
    const none = await awaitRelease(ORIGIN, "new", nobody.io);
    expect(none.ok ? "" : describeAnswer(none.failure)).toBe("getaddrinfo ENOTFOUND");
    expect(nobody.asked.length).toBeLessThan(old.asked.length);
  });
});

describe("tellHub", () => {
  it("tells the hub at once and again after a minute", async () => {
    const { io, asked } = ioOf(() => new Response(null, { status: 204 }));
    expect(await tellHub([`${ORIGIN}/feed.xml`], "https://hub.example/", io)).toEqual([]);
    expect(asked).toEqual(["0 s https://hub.example/", "60 s https://hub.example/"]);
  });
});

const TOPIC = `${ORIGIN}/feed.xml`;
/** Mon, 23 Nov 2026 00:00:00 GMT. */
const NOW_MILLISECONDS = 1_795_392_000_000;

type HubAnswer = () => Response;

const status =
  (code: number, headers: Record<string, string> = {}, text: string | null = null): HubAnswer =>
  () =>
    new Response(text, { status: code, headers });
const hangUp: HubAnswer = () => {
  throw new TypeError("fetch failed", { cause: new Error("other side closed") });
};

/** Tells a hub that answers the requests for each topic in turn; the last answer stays. */
async function publishTo(topics: readonly string[], ...answers: readonly HubAnswer[]) {
  const forms: URLSearchParams[] = [];
  const io = fakeIO({
    now: () => NOW_MILLISECONDS,
    fetch: async (_url, { body }) => {
      const form = body as URLSearchParams;
      const before = forms.filter((other) => other.get("hub.url") === form.get("hub.url")).length;
      forms.push(form);
      return (answers[before] ?? answers.at(-1) ?? hangUp)();
    },
  });
  return {
    failures: await publishTopics(topics, "https://hub.example/", io),
    waits: io.waits,
    forms,
  };
}

describe("publishTopics", () => {
  it("tells the hub of each topic once, under both names that hubs know", async () => {
    const topics = Array.from({ length: 20 }, (_, index) => `${TOPIC}?category=${index}&tag=新`);
    const { failures, waits, forms } = await publishTo(topics, status(204));
    expect([failures, waits]).toEqual([[], []]);
    expect(new Set(forms.map((form) => form.get("hub.url")))).toEqual(new Set(topics));
    expect(forms).toHaveLength(topics.length);
    for (const form of forms) {
      expect(form.get("hub.mode")).toBe("publish");
      expect(form.get("hub.topic")).toBe(form.get("hub.url"));
    }
  });

  it.each([
    ["has a fault of its own", status(503), 1000],
    ["is asked too often and says for how long", status(429, { "Retry-After": "7" }), 7000],
    [
      "says until when to wait",
      status(503, { "Retry-After": "Mon, 23 Nov 2026 00:00:09 GMT" }),
      9000,
    ],
    ["wants us to wait for an hour", status(503, { "Retry-After": "3600" }), 60_000],
    ["hangs up", hangUp, 1000],
  ])("comes back when the hub %s", async (_, answer, wait) => {
    const { failures, waits, forms } = await publishTo([TOPIC], answer, status(202));
    expect([failures, waits, forms.length]).toEqual([[], [wait], 2]);
  });

  it("waits longer each time, and gives up after four attempts with the hub's last word", async () => {
    const { failures, waits } = await publishTo([TOPIC], status(500, {}, "out of order"));
    expect(failures).toEqual([{ topic: TOPIC, detail: "500 out of order" }]);
    expect(waits).toEqual([1000, 2000, 4000]);
  });

  it("does not ask again for what the hub refuses, and goes on with the others", async () => {
    const topics = [TOPIC, `${TOPIC}x`];
    const { failures, waits } = await publishTo(topics, status(400, {}, "unknown topic"));
    expect(failures).toEqual(topics.map((topic) => ({ topic, detail: "400 unknown topic" })));
    expect(waits).toEqual([]);
  });

  it("says what went wrong where nobody listens", async () => {
    const [failure] = await publishTopics([TOPIC], "http://127.0.0.1:9/", fakeIO({ fetch }));
    expect(failure?.detail).toMatch(/ECONNREFUSED|bad port/);
  });
});

const SITE: Scope = { kind: "site" };
const CITY: Scope = { kind: "category", name: "city" };
const TAG: Scope = { kind: "tag", name: "新闻" };

/** A release whose feeds are in the states given. */
function release(
  states: readonly (readonly [Scope, string])[],
  renderers: Partial<Record<FeedFormat, string>> = {},
): Manifest {
  const formatOf = (format: FeedFormat): FormatRecord => ({
    renderer: contentHash([format, renderers[format] ?? ""]),
    changedAt: 1,
  });
  const manifest = Manifest.open(
    encodeManifest({
      site: FIXTURE_SITE,
      articleCount: 1,
      hasAllTags: true,
      cardsSince: null,
      pageBasis: contentHash(["basis"]),
      formats: { rss: formatOf("rss"), atom: formatOf("atom"), json: formatOf("json") },
      maps: { articles: [], redirects: [], collections: [], cards: [], search: [] },
      scopes: states.map(([scope, state]) => ({
        scope,
        title: "",
        count: 1,
        newestPage: "2022-01",
        datedDigest: contentHash([state]),
        changedAt: 1,
        isPrerendered: false,
      })),
      late: [],
    }),
  );
  if (!manifest.ok) throw new Error(manifest.failure.detail);
  return manifest.value;
}

const STATES = [
  [SITE, "1"],
  [CITY, "1"],
  [TAG, "1"],
] as const;

const BEFORE = release(STATES);

describe("changedTopics", () => {
  it("are all formats of the feeds whose content is another, and of new ones", () => {
    const after = release([
      [SITE, "2"],
      [CITY, "1"],
      [{ kind: "category", name: "new" }, "1"],
      [TAG, "1"],
    ]);
    expect(changedTopics(BEFORE, after)).toEqual([
      "https://finews.example/feed.xml",
      "https://finews.example/atom.xml",
      "https://finews.example/feed.json",
      "https://finews.example/category/new/feed.xml",
      "https://finews.example/category/new/atom.xml",
      "https://finews.example/category/new/feed.json",
    ]);
  });

  it("are all feeds of a format whose code is another, and no others", () => {
    expect(changedTopics(BEFORE, release(STATES, { atom: "changed" }))).toEqual([
      "https://finews.example/atom.xml",
      "https://finews.example/category/city/atom.xml",
      "https://finews.example/tag/%E6%96%B0%E9%97%BB/atom.xml",
    ]);
  });

  it("are none where nothing changed, and none in a first release", () => {
    expect(changedTopics(BEFORE, BEFORE)).toEqual([]);
    expect(changedTopics(null, BEFORE)).toEqual([]);
  });
});
