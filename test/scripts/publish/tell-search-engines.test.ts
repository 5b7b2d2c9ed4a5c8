import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { tellBaidu, tellIndexNow } from "../../../scripts/publish/tell-search-engines.ts";
import { BaiduPush } from "../../stand-in/baidu-push.ts";
import { answerIndexNow } from "../../stand-in/index-now.ts";
import { fakeIO } from "../fake-io.ts";
import { PublishedFolder, article } from "../published-folder.ts";

const KEY = "0123456789abcdef";
const TOKEN = "token-of-nobody";
const ORIGIN = "https://paper.example";
const SHARE_PAGE = /^https:\/\/offprint\.stand-in\.workers\.dev\/s\/\w+$/;

const pages = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, number) => `${ORIGIN}/s/${number}`);

describe("a deploy", () => {
  let site: PublishedFolder;
  let baidu: BaiduPush;
  /** The addresses that IndexNow was told of. */
  let told: string[];

  beforeEach(() => {
    site = PublishedFolder.open();
    baidu = new BaiduPush(site.origin, TOKEN, 100);
    told = [];
    site.environment["BAIDU_PUSH_TOKEN"] = TOKEN;
    site.elsewhere = async (url, init) => {
      const request = new Request(url, init);
      if (url.startsWith("http://data.zz.baidu.com/")) return baidu.answer(request);
      if (url !== "https://api.indexnow.org/indexnow") return null;
      const { urlList } = (await request.clone().json()) as { readonly urlList: readonly string[] };
      told.push(...urlList);
      return answerIndexNow(request, async (address) => site.fetch(new URL(address).pathname));
    };
  });

  afterEach(() => {
    site.close();
  });

  const turnOn = (): void => {
    site.configure("cards = 0", `cards = 0\nindex_now = "${KEY}"\nbaidu_push = true`);
  };
  const addBridge = (text = "新桥合龙"): void => {
    site.write("articles/2026-11-20-bridge.md", article(text, "2026-11-20"));
  };

  it("tells of pages that are new, changed and removed, once, and serves the key by which that is believed", async () => {
    turnOn();
    await site.deployed();
    // Of what was there first, sitemaps tell.
    expect([told, baidu.taken]).toEqual([[], []]);
    const key = await site.fetch(`/${KEY}.txt`);
    expect([key.status, await key.text()]).toEqual([200, KEY]);
    expect(key.headers.get("Content-Type")).toBe("text/plain; charset=utf-8");

    addBridge();
    const added = await site.deploy();
    expect(added.output).toContain("IndexNow was told of 1 page: took 1, refused 0");
    expect(added.output).toContain("Baidu was told of 1 page: took 1, refused 0");
    expect(told).toEqual([expect.stringMatching(SHARE_PAGE)]);
    expect(baidu.taken).toEqual(told);

    expect((await site.deploy()).output).not.toContain("told of");
    addBridge("新桥通车");
    await site.deployed();
    expect([told.length, new Set(told).size, baidu.taken]).toEqual([2, 1, told]);
    site.remove("articles/2026-11-20-bridge.md");
    await site.deploy({ confirmsRemovals: true });
    // Baidu takes no addresses that are gone.
    expect([told.length, new Set(told).size, baidu.taken.length]).toEqual([3, 1, 2]);
    expect(await site.status(new URL(told[0] ?? "").pathname)).toBe(410);
  });

  it("tells nobody by itself, nor of previews, dry runs and other environments", async () => {
    await site.deployed();
    addBridge();
    await site.deployed();
    turnOn();
    await site.deployed();
    site.write("articles/2026-11-21-road.md", article("新路通车", "2026-11-21"));
    await site.deploy({ kind: "preview" });
    await site.deploy({ isDryRun: true });
    site.write(
      "wrangler.toml",
      `${site.read("wrangler.toml")}\n[env.staging]\n[[env.staging.kv_namespaces]]\nbinding = "RELEASES"\n[env.staging.vars.SITE]\ntitle = "To try"\nurl = "https://offprint-staging.stand-in.workers.dev"\nindexed = true\ncards = 0\nindex_now = "${KEY}"\nbaidu_push = true\n`,
    );
    site.environment["CLOUDFLARE_ENV"] = "staging";
    await site.deployed();
    site.write("articles/2026-11-22-tram.md", article("电车", "2026-11-22"));
    await site.deployed();
    expect(await site.status(`https://offprint-staging.stand-in.workers.dev/${KEY}.txt`)).toBe(404);
    expect([told, baidu.requests]).toEqual([[], 0]);
  });

  it("is right though nobody takes what it tells, and says what they said, without the token", async () => {
    turnOn();
    await site.deployed();
    site.elsewhere = async (url) =>
      url.includes("baidu")
        ? Response.json({ error: 401, message: `${TOKEN} is not valid` }, { status: 401 })
        : new Response("Too many requests", { status: 429 });
    addBridge();
    const { exitCode, output } = await site.deploy();
    expect(exitCode).toBe(0);
    expect(output).toContain(
      "IndexNow was told of 1 page: took 0, refused 1: 429 Too many requests",
    );
    expect(output).toContain(
      'Baidu was told of 1 page: took 0, refused 0, 1 not sent: 401 {"error":401,"message":"… is not valid"}',
    );
    expect(output).not.toContain(TOKEN);
  });

  it("says so where there is no token for Baidu", async () => {
    turnOn();
    await site.deployed();
    delete site.environment["BAIDU_PUSH_TOKEN"];
    addBridge();
    expect((await site.deploy()).output).toContain(
      "baidu_push is set, but BAIDU_PUSH_TOKEN is not, so Baidu was told nothing",
    );
  });
});

describe("tellIndexNow", () => {
  it("sends 10,000 addresses a request, and waits longer and longer for a service that is busy", async () => {
    const counts: number[] = [];
    let busy = 2;
    const io = fakeIO({
      fetch: async (url, init) => {
        const request = new Request(url, init);
        if (busy > 0) {
          busy -= 1;
          return new Response(null, { status: 503 });
        }
        const { urlList } = (await request.clone().json()) as { readonly urlList: unknown[] };
        counts.push(urlList.length);
        return answerIndexNow(request, async () => new Response(KEY));
      },
    });
    const told = await tellIndexNow(pages(10_001), ORIGIN, KEY, io);
    expect([told, counts, io.waits]).toEqual([
      { sent: 10_001, refused: 0, said: "" },
      [10_000, 1],
      [1000, 2000],
    ]);
  });

  it.each([
    [
      "the key's file is not there",
      ORIGIN,
      new Response(null, { status: 404 }),
      "403 The key is not valid",
    ],
    [
      "the pages are another host's",
      "https://other.example",
      new Response(KEY),
      "422 Addresses that do not belong to the host",
    ],
  ])("gives up at once where %s", async (_, origin, file, said) => {
    const io = fakeIO({
      fetch: async (url, init) => answerIndexNow(new Request(url, init), async () => file),
    });
    expect(await tellIndexNow(pages(3), origin, KEY, io)).toEqual({ sent: 0, refused: 3, said });
    expect(io.waits).toEqual([]);
  });
});

describe("tellBaidu", () => {
  it.each([
    ["all of them where the day has room", 5000, 4500, { sent: 4500, refused: 0, said: "" }, 4],
    [
      "as many as are left of the day",
      12,
      20,
      { sent: 12, refused: 0, said: "the quota of the day is used up" },
      2,
    ],
    ["the only one", 12, 1, { sent: 1, refused: 0, said: "" }, 1],
    [
      "none where the day is over",
      0,
      3,
      { sent: 0, refused: 0, said: '400 {"error":400,"message":"over quota"}' },
      1,
    ],
  ])("pushes %s", async (_, quota, count, told, requests) => {
    const baidu = new BaiduPush(ORIGIN, TOKEN, quota);
    const io = fakeIO({ fetch: async (url, init) => baidu.answer(new Request(url, init)) });
    expect(await tellBaidu(pages(count), ORIGIN, TOKEN, io)).toEqual(told);
    expect([baidu.taken.length, baidu.requests]).toEqual([told.sent, requests]);
  });

  it("says which it did not take, and why", async () => {
    const baidu = new BaiduPush(ORIGIN, TOKEN, 9);
    const io = fakeIO({ fetch: async (url, init) => baidu.answer(new Request(url, init)) });
    const addresses = [...pages(1), "https://other.example/s/1"];
    expect(await tellBaidu(addresses, ORIGIN, TOKEN, io)).toEqual({
      sent: 1,
      refused: 1,
      said: "https://other.example/s/1 (not_same_site)",
    });
  });
});
