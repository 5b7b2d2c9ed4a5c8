import { existsSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { identityOfFile } from "../../../src/domain/identity.ts";
import { sharePath } from "../../../src/domain/links.ts";
import { shareIdOf } from "../../../src/domain/share-id.ts";
import type { MapName } from "../../../src/store/release-contents.ts";
import { Manifest } from "../../../src/store/manifest.ts";
import { packKey } from "../../../src/store/pack.ts";
import type { Fault } from "../fake-cloudflare.ts";
import { goLive } from "../../upgrades/kept-release.ts";
import { outcome } from "../outcome.ts";
import { PublishedFolder, article } from "../published-folder.ts";

const LIGHTHOUSE_FILE = "articles/2022-01-10-NW202201100000000001.md";
const LIGHTHOUSE = "/s/jht74skbm3";
const BRIDGE_FILE = "articles/2026-11-24-bridge.md";
const UNREADABLE = "---\ntitle: 坏了\ncategories: [\n---\n\n坏了\n";

let site: PublishedFolder;

beforeEach(() => {
  site = PublishedFolder.open();
});

afterEach(() => {
  site.close();
});

/** Does something once, before the first request of that kind is answered. */
function before(method: string, suffix: string, work: () => Promise<void>): void {
  let isDone = false;
  site.cloudflare.fault = async (asked, path) => {
    if (asked === method && path.endsWith(suffix) && !isDone) {
      isDone = true;
      await work();
    }
    return null;
  };
}

/** What happens to every attempt of wrangler's to make a version live. */
function atSwitch(answer: () => Fault | null): void {
  site.cloudflare.fault = (method, path) =>
    method === "POST" && path.endsWith("/deployments") ? answer() : null;
}

const writing = (request: string): boolean => !request.startsWith("GET");

describe("a deploy", () => {
  it("says what to do before it sends anything, without an address or a login", async () => {
    const toml = site.read("wrangler.toml");
    site.configure(/^url = .*$/m, 'url = "https://finews.example"');
    expect(await site.deploy()).toMatchObject(outcome(2, "https://offprint.stand-in.workers.dev"));
    site.environment["CLOUDFLARE_API_TOKEN"] = "";
    expect(await site.deploy({ isDryRun: true })).toMatchObject(
      outcome(
        2,
        /^wrangler\.toml: error: The setting "url" is still .* run npx wrangler login, and/,
      ),
    );
    site.configure(/^url = .*$/m, "");
    expect(await site.deploy()).toMatchObject(
      outcome(2, /wrangler\.toml:\d+: error: The setting "url" is missing/),
    );
    site.write("wrangler.toml", toml.replace('["articles"]', '["articels"]'));
    expect(await site.deploy()).toMatchObject(
      outcome(2, /There is no source folder "articels"[^]*a folder of articles is missing/),
    );
    site.write("wrangler.toml", toml);
    expect(await site.deploy()).toMatchObject(
      outcome(
        2,
        /^Cannot sign in to Cloudflare: .*; run npx wrangler login, or \(in CI\) set CLOUDFLARE_API_TOKEN and CLOUDFLARE_ACCOUNT_ID; the live site is as it was$/,
      ),
    );
    site.write("wrangler.toml", toml.replace(/^name = .*$/m, 'name = "Off Print"'));
    expect(await site.deploy()).toMatchObject(
      outcome(2, /^wrangler\.toml: error: The Worker's name "Off Print" is none/),
    );
    site.remove("wrangler.toml");
    expect(await site.deploy()).toMatchObject(
      outcome(2, /There is no wrangler.toml in .*the live site is as it was$/),
    );
    expect(site.cloudflare.requests.filter(writing)).toEqual([]);
  });

  it("says when it is the first of its Worker, as after another name", async () => {
    const first = (name: string): string => `There is no Worker "${name}" yet: this is its first`;
    expect(await site.deploy()).toMatchObject(outcome(0, first("offprint")));
    expect((await site.deploy()).output).not.toContain(first("offprint"));
    site.configure(/^name = .*$/m, 'name = "paper"');
    expect(await site.deploy({ isDryRun: true })).toMatchObject(outcome(0, first("paper")));
  });

  it("never shows a token that cannot be sent", async () => {
    site.environment["CLOUDFLARE_API_TOKEN"] = "hush\nhush";
    const { exitCode, output } = await site.deploy();
    expect([exitCode, output]).toEqual([2, expect.stringMatching(/^CLOUDFLARE_API_TOKEN holds /)]);
    expect(output).not.toContain("hush");
  });

  it("looks at what is live before it plans, before it switches and after it, and at nothing twice", async () => {
    const looks = (): readonly string[] =>
      site.cloudflare.requests.filter((request) =>
        /^GET .*\/(?:deployments|versions)$/.test(request),
      );
    await site.deployed();
    const first = looks().length;
    site.write(BRIDGE_FILE, article("新桥合龙", "2026-11-20"));
    await site.deployed();
    const second = looks().length - first;
    await site.deploy();
    // One of the deployments' lists is asked for by wrangler.
    expect([first, second, looks().length - first - second]).toEqual([7, 7, 2]);
  });

  it("does nothing where nothing is new, also from another clone", async () => {
    await site.deployed();
    const paths = ["/", "/feed.xml", "/category/jiangchengribao/feed.xml", LIGHTHOUSE];
    const validators = await validatorsOf(paths);
    const { writes } = site.cloudflare.counts;
    const clone = site.clone();
    site.pass(60);
    for (const checkout of [site, clone]) {
      expect(await checkout.deploy()).toMatchObject(outcome(0, "Nothing to deploy"));
    }
    clone.close();
    expect(site.cloudflare.counts.writes).toBe(writes);
    expect(site.cloudflare.versions).toHaveLength(1);
    for (const { path, etag } of validators) {
      const response = await site.fetch(path, { headers: { "If-None-Match": etag } });
      expect([path, etag !== "", response.status]).toEqual([path, true, 304]);
    }
    expect(await validatorsOf(paths)).toEqual(validators);
  });

  it("sends only what KV lacks, and keeps the validators of feeds that did not change", async () => {
    await site.deployed();
    const paths = ["/category/jiangchengribao/feed.xml", "/feed.xml"];
    const [untouched, feed] = await validatorsOf(paths);
    const sent = new Set(site.keys);
    site.pass(60);
    site.write(BRIDGE_FILE, article("新桥合龙", "2026-11-20"));
    expect(await site.deploy()).toMatchObject(outcome(0, "1 article added, 0 changed"));
    const { written } = site.cloudflare;
    expect(new Set(written).size).toBe(written.length);
    expect(written.slice(sent.size).filter((key) => sent.has(key))).toEqual([]);
    const after = await validatorsOf(paths);
    expect(after[0]).toEqual(untouched);
    expect(after[1]).not.toEqual(feed);
    expect(await site.text("/feed.xml")).toContain("新桥合龙");
  });

  it("leaves the old release whole wherever it is broken off, and goes on from there", async () => {
    await site.deployed();
    const paths = ["/", "/feed.xml", "/feed.json", "/sitemap.xml", LIGHTHOUSE];
    const bodies = async (): Promise<readonly string[]> =>
      Promise.all(paths.map(async (path) => site.text(path)));
    const old = await bodies();
    const { cloudflare } = site;
    /** Ends a run at a request; says whether it had come to the switch by then, and was let go on. */
    const killAt = async (last: number): Promise<boolean> => {
      let requests = 0;
      let hasSwitched = false;
      const running = site.startDeploy();
      cloudflare.fault = (method, path) => {
        requests += 1;
        hasSwitched ||= method === "POST" && path.endsWith("/deployments");
        if (requests < last || hasSwitched) return null;
        running.kill();
        return { kind: "reset", isDone: requests % 2 === 0 };
      };
      await running.ended;
      cloudflare.fault = () => null;
      return hasSwitched;
    };
    for (let kills = 1; ; kills += 1) {
      site.write(`articles/2026-11-20-news-${kills}.md`, article(`第${kills}条`, "2026-11-20"));
      const listed = new Set(site.keys);
      const firstWrite = cloudflare.written.length;
      const hasSwitched = await killAt(kills);
      const written = cloudflare.written.slice(firstWrite);
      expect(written.filter((key) => listed.has(key) && !key.startsWith("r/"))).toEqual([]);
      if (hasSwitched) {
        // Every request from the first to the upload of the version was the last one of a run.
        expect(kills).toBeGreaterThan(12);
        expect(await site.text("/feed.xml")).toContain(`第${kills}条`);
        break;
      }
      expect(cloudflare.deployments).toHaveLength(1);
      expect(await bodies()).toEqual(old);
    }
    expect(cloudflare.deployments).toHaveLength(2);
  }, 60_000);

  it("bears with an API that has a bad day", async () => {
    const { cloudflare } = site;
    const bad: readonly Fault[] = [
      { kind: "status", status: 429, headers: { "Retry-After": "1" } },
      { kind: "status", status: 503 },
      { kind: "reset", isDone: false },
      { kind: "reset", isDone: true },
    ];
    let bulk = 0;
    cloudflare.lagMilliseconds = 1500;
    cloudflare.fault = (method, path) => {
      if (!path.endsWith("/bulk") || method !== "PUT") return null;
      bulk += 1;
      return bad[bulk - 1] ?? { kind: "slow", milliseconds: 200 };
    };
    await site.deployed();
    expect(bulk).toBeGreaterThan(bad.length);
    expect((await site.release("verify")).exitCode).toBe(0);
  });

  it("sends again what KV says it did not keep", async () => {
    const { cloudflare } = site;
    const twin = PublishedFolder.open();
    await twin.deploy();
    const packs = twin.keys.filter((key) => key.startsWith("p/"));
    twin.close();
    expect(packs.length).toBeGreaterThan(2);
    for (const key of packs) cloudflare.unsuccessfulOnce.add(key);
    await site.deployed();
    expect(cloudflare.unsuccessfulOnce.size).toBe(0);
    expect(packs.filter((key) => !cloudflare.values.has(key))).toEqual([]);
  });

  it("stops at its budget and goes on the next time, and so it does where the plan's day is over", async () => {
    const { cloudflare } = site;
    expect(await site.deploy({ mostWrites: 4, isDryRun: true })).toMatchObject(
      outcome(0, "and one run may make 4: the rest follows"),
    );
    expect(await site.deploy({ mostWrites: 4 })).toMatchObject(outcome(4, "write budget"));
    expect(cloudflare.counts.writes).toBe(4);
    expect(cloudflare.versions).toEqual([]);
    cloudflare.mostWrites = 6;
    expect(await site.deploy()).toMatchObject(outcome(4, "after 00:00 UTC"));
    cloudflare.mostWrites = 10_000;
    await site.deployed();
    const twice = cloudflare.written.filter(
      (key, index, all) => all.indexOf(key) !== index && !key.startsWith("r/"),
    );
    expect(twice).toEqual([]);
  });

  it("prunes right after the switch, and says what it deleted", async () => {
    site.configure("prerendered_feeds = 1", "prerendered_feeds = 1\nkept_releases = 1");
    await site.deployed();
    site.write(BRIDGE_FILE, article("新桥合龙", "2026-11-20"));
    await site.deployed();
    site.pass(3 * 86_400);
    site.write("articles/2026-11-24-road.md", article("新路通车", "2026-11-20"));
    expect(await site.deploy()).toMatchObject(
      outcome(0, /is live[^]*Pruned \d+ values that no release needs, 0 to go/),
    );
    expect((await site.release("verify")).exitCode).toBe(0);
  });
});

describe("what takes long", () => {
  it.each([
    [
      "an upload",
      "PUT",
      /\/bulk$/,
      /^Waiting for PUT https:.*\/bulk: 15 s so far, at most \d+ s$/m,
    ],
    ["a look at what is live", "GET", /\/versions$/, /^Waiting for GET https:.*\/versions: 15 s/m],
    [
      "the switch",
      "PUT",
      /\/scripts\/[^/]+$/,
      /^Waiting for wrangler deploy: 15 s so far, at most/m,
    ],
  ])("is said to be %s", async (_, method, path, said) => {
    site.cloudflare.fault = (asked, at) =>
      asked === method && path.test(at) ? { kind: "slow", milliseconds: 40_000 } : null;
    expect(await site.deploy()).toEqual(outcome(0, said));
  });

  it("is said of pauses too", async () => {
    site.cloudflare.lagMilliseconds = 60_000;
    const { exitCode, output } = await site.deploy();
    expect(exitCode).toBe(0);
    expect(output).toMatch(/^Waiting for KV to show \d+ values: \d+ s so far, at most \d+ s$/m);
  });
});

describe("two deploys at once", () => {
  let other: PublishedFolder;

  beforeEach(async () => {
    await site.deployed();
    other = site.clone();
    other.write("articles/2026-11-21-other.md", article("另一处发的", "2026-11-21"));
    site.write("articles/2026-11-22-ours.md", article("我们发的", "2026-11-22"));
  });

  afterEach(() => {
    other.close();
  });

  const shown = async (...titles: readonly string[]): Promise<readonly boolean[]> => {
    const feed = await site.text("/feed.xml");
    return titles.map((title) => feed.includes(title));
  };

  it("plan again where another deploy goes live meanwhile", async () => {
    site.write("articles/2026-11-21-other.md", article("另一处发的", "2026-11-21"));
    before("PUT", "/bulk", async () => {
      expect((await other.deploy()).exitCode).toBe(0);
    });
    expect(await site.deploy()).toMatchObject(outcome(0, "planning again"));
    expect(await shown("另一处发的", "我们发的")).toEqual([true, true]);
  });

  it("give up where others go live again and again", async () => {
    let count = 0;
    let isTheirs = false;
    site.cloudflare.fault = async (method, path) => {
      if (method !== "PUT" || !path.endsWith("/bulk") || isTheirs) return null;
      isTheirs = true;
      count += 1;
      other.write("articles/2026-11-21-other.md", article(`第${count}条`, "2026-11-21"));
      expect((await other.deploy()).exitCode).toBe(0);
      isTheirs = false;
      return null;
    };
    // What ours would break of theirs is no question here.
    site.configure("prerendered_feeds = 1", "allowed_removals_percent = 100");
    expect(await site.deploy()).toMatchObject(
      outcome(1, "others deployed 4 times while this ran, and theirs is live"),
    );
    expect(await shown(`第${count}条`, "我们发的")).toEqual([true, false]);
  });

  it("give way where another deploy goes live while wrangler switches", async () => {
    before("POST", "/deployments", async () => {
      expect((await other.deploy()).exitCode).toBe(0);
    });
    expect(await site.deploy()).toMatchObject(outcome(5, "另一处发的"));
    expect(await shown("另一处发的", "我们发的")).toEqual([true, false]);
  });

  it("begin nothing anew where the one that gave way was told to end", async () => {
    const running = site.startDeploy();
    before("POST", "/deployments", async () => {
      expect((await other.deploy()).exitCode).toBe(0);
      running.io.signal("SIGTERM");
    });
    expect(await running.ended).toMatchObject(
      outcome(143, /Broken off: what somebody else deployed meanwhile is live/),
    );
    expect(await shown("另一处发的", "我们发的")).toEqual([true, false]);
  });

  it("say so where what was overtaken cannot be put back", async () => {
    let switches = 0;
    site.cloudflare.fault = async (method, path) => {
      if (method !== "POST" || !path.endsWith("/deployments")) return null;
      switches += 1;
      if (switches === 1) await other.deploy();
      // Ours is the third: the other's came between.
      return switches > 2 ? { kind: "reset", isDone: false } : null;
    };
    expect(await site.deploy()).toMatchObject(
      outcome(1, /wrangler versions deploy failed; it was to put back what somebody else/),
    );
  });

  it("leave alone what was rolled back to while wrangler switched, and hold on to it", async () => {
    site.write("articles/2026-11-21-second.md", article("第二篇", "2026-11-21"));
    await site.deployed();
    site.write("articles/2026-11-22-third.md", article("第三篇", "2026-11-22"));
    before("POST", "/deployments", async () => {
      expect((await site.release("rollback")).exitCode).toBe(0);
    });
    expect(await site.deploy()).toMatchObject(outcome(6, "rolled back to"));
    expect(await shown("第二篇", "第三篇")).toEqual([false, false]);
    expect((await site.deploy()).exitCode).toBe(6);
  });
});

describe("a rollback at the same moment", () => {
  /** Rolls back after our version went live, before the deploy looks at it. */
  const rollBackAfter = (switchAnswer: Fault | null): void => {
    let step = 0;
    site.cloudflare.fault = async (method, path) => {
      if (!path.endsWith("/deployments")) return null;
      if (method === "POST" && step === 0) {
        step = 1;
        return switchAnswer;
      }
      if (method === "GET" && step === 1) {
        step = 2;
        expect((await site.release("rollback")).exitCode).toBe(0);
      }
      return null;
    };
  };

  it.each<[string, Fault | null]>([
    ["wrangler came to its end", null],
    ["wrangler's answer was lost", { kind: "reset", isDone: true }],
  ])("wins over a deploy of which %s", async (_, answer) => {
    await site.deployed();
    const first = site.live;
    site.write(BRIDGE_FILE, article("新桥合龙", "2026-11-20"));
    rollBackAfter(answer);
    const { exitCode, output } = await site.deploy();
    expect([exitCode, site.live]).toEqual([6, first]);
    expect(output).toMatch(/Another deploy went live meanwhile[^]*was rolled back to/);
    expect(output).not.toMatch(/ is live: | failed/);
  });
});

describe("links", () => {
  it("do not break without asking, and what was withdrawn stays so", async () => {
    const harbour = sharePath(shareIdOf(identityOfFile("2026-11-20-harbour", null, null)));
    const statuses = async (): Promise<readonly number[]> => [
      await site.status(LIGHTHOUSE),
      await site.status(harbour),
    ];
    site.write("articles/2026-11-20-harbour.md", article("港口停航", "2026-11-20"));
    await site.deployed();
    // An editor has left the line without its end, and the file of the article is still there.
    site.write("removed.txt", harbour);
    const lighthouse = site.read(LIGHTHOUSE_FILE);
    site.write(LIGHTHOUSE_FILE, lighthouse.replace(/^categories: .*$/m, "categories: ["));
    expect(await site.deploy({ confirmsRemovals: true })).toMatchObject(
      outcome(5, new RegExp(`${LIGHTHOUSE}.*; mend ${LIGHTHOUSE_FILE}:`)),
    );
    expect(site.read("removed.txt")).toBe(harbour);
    site.remove(LIGHTHOUSE_FILE);
    expect(await site.deploy()).toMatchObject(outcome(5, LIGHTHOUSE));
    expect(await statuses()).toEqual([200, 200]);
    const confirmed = site.startDeploy({ confirmsRemovals: true });
    expect((await confirmed.ended).exitCode).toBe(0);
    // Articles are read once, though the release is laid out twice.
    expect(confirmed.io.works).toEqual(["articles read", "values uploaded"]);
    expect(site.read("removed.txt")).toMatch(/^\/s\/\w+\n\/s\/jht74skbm3 {2}# 2022-01-10 /);
    expect(await statuses()).toEqual([410, 410]);

    expect(await site.release("rollback")).toMatchObject(
      outcome(5, /before these articles were withdrawn[^]*港口停航/),
    );
    expect(await statuses()).toEqual([410, 410]);

    site.write("removed.txt", `${LIGHTHOUSE}${harbour}\n`);
    expect(await site.deploy()).toMatchObject(
      outcome(2, /removed\.txt:1: error: .* is several addresses in one line/),
    );
    site.write("removed.txt", LIGHTHOUSE);
    expect(await site.deploy()).toMatchObject(
      outcome(
        5,
        /1 withdrawn article would be read again, which stops[^]*Not deployed: what was withdrawn would be read again\.\n1 article that was withdrawn .* would be read again[^]*港口停航/,
      ),
    );
    expect(await statuses()).toEqual([410, 410]);
    site.write("removed.txt", "");
    expect(await site.deploy({ mayReturn: true })).toMatchObject(
      outcome(0, "no longer withdrawn: "),
    );
    expect(await statuses()).toEqual([404, 200]);
  });

  it("give no entry another id without asking, and say how to keep it", async () => {
    const entry = async (): Promise<string> => {
      const feed = await site.fetch("/atom.xml");
      return /<entry>\s*<id>(.*?)<.id>\s*<title>改了版面/s.exec(await feed.text())?.[1] ?? "";
    };
    site.configure(/^url = /m, 'former_feed_ids = { before = "2027-01-01" }\nurl = ');
    const written = article("改了版面", "2026-11-25");
    site.write("articles/2026-11-25-page.md", written);
    await site.deployed();
    const former = await entry();
    expect(former).toMatch(/\/city\/2026\/11\/25\/page$/);
    const moved = written.replace("city", "本地");
    site.write("articles/2026-11-25-page.md", moved);
    const refused = await site.deploy();
    expect(refused).toMatchObject(
      outcome(5, /would have another id in feeds[^]*Not deployed: readers would show/),
    );
    expect(refused.output).toContain(`to keep it, write in its front matter: feed_id: "${former}"`);
    expect(await entry()).toBe(former);

    site.write(
      "articles/2026-11-25-page.md",
      moved.replace("title", `feed_id: "${former}"\ntitle`),
    );
    await site.deployed();
    expect(await entry()).toBe(former);

    site.write("articles/2026-11-25-page.md", moved);
    expect((await site.deploy({ mayRename: true })).exitCode).toBe(0);
    expect(await entry()).toBe(former.replace("city", "%E6%9C%AC%E5%9C%B0"));
  });

  it("of old addresses lead on where the article is there and only its file forgot them", async () => {
    const moved = article("搬了家的", "2026-11-20");
    site.write("articles/moved.md", moved.replace("---\n", "---\nredirect_from: /old/搬.html\n"));
    await site.deployed();
    site.write("articles/moved.md", moved);
    expect(await site.deploy()).toMatchObject(outcome(0, "1 old address leads on to articles"));
    site.write(BRIDGE_FILE, article("新桥合龙", "2026-11-20"));
    await site.deployed();
    expect(await site.status("/old/搬.html")).toBe(301);
    site.write("removed.txt", "/old/搬.html\n");
    await site.deployed();
    expect(await site.status("/old/搬.html")).toBe(410);
  });

  it("of old addresses do not break without asking", async () => {
    const moved = article("搬了家的", "2026-11-20");
    site.write("articles/moved.md", moved.replace("---\n", "---\nredirect_from: /old/搬.html\n"));
    await site.deployed();
    site.remove("articles/moved.md");
    expect(await site.deploy()).toMatchObject(outcome(5, "would not be published any more"));
    expect(await site.deploy({ confirmsRemovals: true, isDryRun: true })).toMatchObject(
      outcome(0, "1 article and 2 old addresses would go"),
    );
    expect(existsSync(join(site.folder, "removed.txt"))).toBe(false);
    expect((await site.deploy({ confirmsRemovals: true })).exitCode).toBe(0);
    expect(await site.status("/old/搬.html")).toBe(410);
  });
});

describe("what KV has lost", () => {
  const lose = (...maps: readonly MapName[]): void => {
    for (const key of packsOf(...maps)) site.cloudflare.lose(key);
  };

  it("is restored, and compared without as far as lists tell", async () => {
    const { cloudflare } = site;
    await site.deployed();
    lose("articles", "collections");
    // The page itself is a file, which KV cannot lose.
    const reading = `/oembed?url=${LIGHTHOUSE}`;
    expect([await site.status(reading), await site.status(LIGHTHOUSE)]).toEqual([503, 200]);
    expect(await site.deploy({ isDryRun: true })).toMatchObject(outcome(0, "KV has lost 2 values"));
    expect(await site.deploy({ mostWrites: 1 })).toMatchObject(
      outcome(4, "1 write, 1 value to go"),
    );
    expect(await site.deploy()).toMatchObject(outcome(0, "Repaired: KV had lost 1 value"));
    // What asked for it remembers for half a minute that it was not there.
    site.pass(30);
    expect([await site.status(reading), cloudflare.versions.length]).toEqual([200, 1]);

    lose("articles");
    cloudflare.lose(`r/${site.live}`);
    expect(await site.deploy()).toMatchObject(outcome(0, "Repaired: KV had lost 2 values"));
    expect((await site.release("verify")).exitCode).toBe(0);

    lose("articles");
    site.write(BRIDGE_FILE, article("新桥合龙", "2026-11-20"));
    const lighthouse = site.read(LIGHTHOUSE_FILE);
    site.remove(LIGHTHOUSE_FILE);
    expect(await site.deploy()).toMatchObject(
      outcome(5, new RegExp(`1 article that is live .*\n *${LIGHTHOUSE}  2022-01-10`)),
    );
    site.write(LIGHTHOUSE_FILE, lighthouse);
    expect(await site.deploy()).toMatchObject(
      outcome(0, / 1 article added, 0 changed[^]* articles could not be compared/),
    );
    expect(await site.status(LIGHTHOUSE)).toBe(200);

    lose("articles", "collections");
    site.write("articles/2026-11-24-road.md", article("新路通车", "2026-11-20"));
    expect(await site.deploy()).toMatchObject(
      outcome(1, /KV has lost 1 value .*which articles it had; take the folder as it/),
    );
    expect((await site.deploy({ mayReplace: true })).exitCode).toBe(0);
    expect(await site.status(LIGHTHOUSE)).toBe(200);
  });

  it("stops a deploy where it is the live release's record", async () => {
    await site.deployed();
    const release = site.live;
    site.cloudflare.lose(`r/${release}`);
    site.write(BRIDGE_FILE, article("新桥合龙", "2026-11-20"));
    expect(await site.deploy()).toMatchObject(
      outcome(1, `its release "${release}" is not in KV any more`),
    );
    expect((await site.deploy({ mayReplace: true })).exitCode).toBe(0);
  });

  it("is not said of a record of which half an answer came", async () => {
    await site.deployed();
    site.write(BRIDGE_FILE, article("新桥合龙", "2026-11-20"));
    site.cloudflare.fault = (_, path) =>
      path.includes("/values/r%2F") ? { kind: "truncated" } : null;
    expect(await site.deploy()).toMatchObject(
      outcome(
        1,
        /^Cannot read the release .*; run the same again\. .*; the live site is as it was$/,
      ),
    );
    site.cloudflare.fault = () => null;
    await site.deployed();
  });

  it("is filled again where the namespace was deleted, and a wrong id is told from an empty one", async () => {
    await site.deployed();
    site.cloudflare.namespaces.clear();
    await site.deployed();
    expect((await site.release("verify")).exitCode).toBe(0);
    site.configure('"RELEASES"', `"RELEASES"\nid = "${"0f".repeat(16)}"`);
    expect(await site.deploy()).toMatchObject(
      outcome(2, /namespace not found .*take "id" out of kv_namespaces/),
    );
    expect((await site.release("list")).json).toEqual({
      error: expect.stringContaining("namespace not found") as string,
    });
  });
});

describe("an article with an error", () => {
  it("stays out of what is published, unless it is live and would vanish", async () => {
    await site.deployed();
    site.write("articles/2026-11-24-broken.md", UNREADABLE);
    site.write("articles/2026-11-23-good.md", article("好的", "2026-11-20"));
    expect(await site.deploy()).toMatchObject(outcome(3, /2026-11-24-broken\.md:\d+: error: /));
    expect(await site.text("/feed.xml")).toContain("好的");
    site.write(LIGHTHOUSE_FILE, UNREADABLE);
    expect((await site.deploy()).exitCode).toBe(5);
    expect(await site.status(LIGHTHOUSE)).toBe(200);
  });
});

/** What version 0.1.0 made of the same articles; its manifest has format 1. */
describe("pages of the site's own", () => {
  it("come, change and go without asking, as articles do not", async () => {
    await site.deploy();
    site.write("about.md", "---\ntitle: About\n---\nText.\n");
    site.write("404.html", "---\ntitle: Lost\n---\n<p>Text.</p>\n");
    site.configure(/^sources = .*$/m, 'sources = ["articles"]\npages = ["about.md", "404.html"]');
    const said = /0 articles added, 0 changed, 0 removed; .*\n  1 page of the site's own changed/;
    expect(await site.deploy()).toMatchObject(outcome(0, said));
    expect(await site.deploy()).toMatchObject(outcome(0, /Nothing to deploy/));
    site.write("about.md", "---\ntitle: About\n---\nAnother text.\n");
    expect(await site.deploy()).toMatchObject(outcome(0, said));
    site.remove("about.md");
    expect(await site.deploy()).toMatchObject(outcome(2, /no page and no folder of pages "about/));
    site.configure(/^pages = .*$/m, "pages = []");
    expect(await site.deploy()).toMatchObject(outcome(0, said));
  });

  it("may take an old address of an article", async () => {
    const text = article("甲", "2026-11-20").replace("---\n", "---\nredirect_from: /about/\n");
    site.write("articles/2026-11-20-a.md", text);
    await site.deploy();
    site.write("about.md", "---\ntitle: About\n---\nText.\n");
    site.configure(/^sources = .*$/m, 'sources = ["articles"]\npages = ["about.md"]');
    expect(await site.deploy()).toMatchObject(outcome(0, /1 page of the site's own changed/));
  });
});

describe("the first deploy over a site of version 0.1.0", () => {
  let old: Manifest;

  beforeEach(async () => {
    await goLive("0.1.0", site);
    old = site.manifest;
  });

  it("breaks no link without asking", async () => {
    site.remove(LIGHTHOUSE_FILE);
    expect(await site.deploy()).toMatchObject(
      outcome(5, new RegExp(`1 article that is live .*\n *${LIGHTHOUSE}  2022-01-10`)),
    );
  });

  it("takes pages with it", async () => {
    site.write("about.md", "---\ntitle: About\n---\nText.\n");
    site.configure(/^sources = .*$/m, 'sources = ["articles"]\npages = ["about.md"]');
    expect(await site.deploy()).toMatchObject(outcome(0, /1 page of the site's own changed/));
  });

  it("names every feed's change by a later moment, and keeps all that a rollback needs", async () => {
    site.write(BRIDGE_FILE, article("新桥合龙", "2026-11-20"));
    const { keys, live } = site;
    // Bodies, since then: lines of Chinese are joined, bylines and captions set apart, pictures made anew.
    expect(await site.deploy()).toMatchObject(
      outcome(0, /1 article added, \d+ changed, 0 removed; \d+ feeds [^]* is live/),
    );
    const next = Manifest.open(
      gunzipSync(site.cloudflare.values.get(`r/${site.live}`)?.bytes ?? ""),
    );
    if (!next.ok) throw new Error(next.failure.detail);
    for (const { scope, changedAt } of old.scopes()) {
      expect(next.value.scope(scope)?.changedAt).toBeGreaterThan(changedAt);
    }
    expect(keys.filter((key) => !site.cloudflare.values.has(key))).toEqual([]);
    expect((await site.release("diff")).json).toMatchObject({ added: [{ title: "新桥合龙" }] });
    expect((await site.release("prune")).json).toMatchObject({ records: [], values: 0 });
    expect((await site.release("rollback")).exitCode).toBe(0);
    expect(site.live).toBe(live);
  });
});

describe("what leads to the Worker", () => {
  const DOMAIN = '\nroutes = [{ pattern = "finews.test", custom_domain = true }]';
  const ROUTE = '\nroutes = ["finews.test/*"]';

  /** Has the site on a domain of its own. */
  const move = (routes: string): void => {
    site.configure(/^url = .*$/m, 'url = "https://finews.test"');
    site.configure(/^name = .*$/m, `$&${routes}`);
  };

  const triggerRuns = (): number =>
    site.wranglerCommands.filter(([verb]) => verb === "triggers").length;

  it.each([
    ["a custom domain", DOMAIN],
    ["a route", ROUTE],
    ["a route with a scheme", '\nroutes = ["https://finews.test/*"]'],
    [
      "a route of a zone that is named",
      '\nroute = { pattern = "finews.test/*", zone_name = "finews.test" }',
    ],
  ])("is set with the first deploy, be it %s, and then left alone", async (_, routes) => {
    move(routes);
    site.cloudflare.addZone("finews.test");
    await site.deployed();
    expect(site.cloudflare.isOnWorkersDev).toBe(false);
    expect(await site.deploy()).toMatchObject(outcome(0, /^Nothing to deploy: .* are live$/));
    expect(triggerRuns()).toBe(0);
  });

  it.each([
    ["finews.test (custom domain): does not lead to it\n", DOMAIN, "[code: 10000]"],
    [
      "finews.test/* (route): does not lead to it: the login sees no zone of that name\n",
      ROUTE,
      "Could not find zone for `finews.test`",
    ],
  ])(
    "is told from what is live where the token may not edit zones: %j",
    async (line, routes, said) => {
      const { cloudflare } = site;
      move(routes);
      cloudflare.addZone("finews.test");
      cloudflare.mayEditZones = false;
      const refused = await site.deploy();
      expect(refused).toMatchObject(
        outcome(7, / is live, but not at every address of wrangler\.toml:[^]*"Zone \/ Zone: Read"/),
      );
      expect(refused.output).toContain(line);
      expect(refused.output).toContain(said);
      expect(refused.output).not.toContain("as it was");
      expect(cloudflare.liveVersion).not.toBeNull();
      expect((await site.deploy()).exitCode).toBe(7);
      cloudflare.mayEditZones = true;
      expect(await site.deploy({ isDryRun: true })).toMatchObject(
        outcome(0, /Not as wrangler\.toml wants it: finews\.test.*; a deploy sets it/),
      );
      expect(cloudflare.leadsToWorker("finews.test")).toBe(false);
      expect(await site.deploy()).toMatchObject(
        outcome(0, /Nothing to deploy[^]*Set what a deploy before did not: finews\.test/),
      );
      expect(cloudflare.leadsToWorker("finews.test")).toBe(true);
      expect(cloudflare.versions).toHaveLength(1);
    },
  );

  it("is not touched by a preview", async () => {
    await site.deployed();
    site.configure(/^name = .*$/m, "$&\nworkers_dev = false");
    expect((await site.deploy({ kind: "preview" })).exitCode).toBe(0);
    await site.deploy();
    site.cloudflare.isOnWorkersDev = true;
    expect(await site.deploy({ kind: "preview" })).toMatchObject(
      outcome(0, /^Nothing to deploy: .* are live$/),
    );
    expect(site.cloudflare.isOnWorkersDev).toBe(true);
  });

  it("is set also by a deploy that has new articles", async () => {
    const { cloudflare } = site;
    move(DOMAIN);
    cloudflare.addZone("finews.test");
    cloudflare.mayEditZones = false;
    expect((await site.deploy()).exitCode).toBe(7);
    cloudflare.mayEditZones = true;
    site.write(BRIDGE_FILE, article("新桥合龙", "2026-11-20"));
    await site.deployed();
    expect([cloudflare.leadsToWorker("finews.test"), triggerRuns()]).toEqual([true, 0]);
  });

  it("cannot be a name with DNS records of its own, nor one of no zone", async () => {
    move(DOMAIN);
    expect(await site.deploy()).toMatchObject(
      outcome(7, /Could not find zone for finews\.test[^]*Is the domain in the account 0123/),
    );
    site.cloudflare.addZone("finews.test");
    site.cloudflare.namesInDns.add("finews.test");
    expect(await site.deploy()).toMatchObject(
      outcome(7, /\[code: 100117\][^]*whoever looks after the domain has to delete them first/),
    );
  });

  it("is told from what is live where Cloudflare fails with it, and set by the next run", async () => {
    const { cloudflare } = site;
    cloudflare.fault = (method, path) =>
      method === "POST" && path.endsWith("/offprint/subdomain")
        ? { kind: "status", status: 500 }
        : null;
    expect(await site.deploy()).toMatchObject(
      outcome(7, /workers\.dev: does not lead to it\nwrangler says:\n {2}A request to .* failed/),
    );
    cloudflare.fault = () => null;
    expect(await site.deploy()).toMatchObject(
      outcome(0, "Set what a deploy before did not: workers.dev"),
    );
  });

  it("is set by the next run where the first was killed as soon as it was live", async () => {
    const { cloudflare } = site;
    const running = site.startDeploy();
    cloudflare.fault = (method, path) => {
      if (method !== "POST" || !path.endsWith("/offprint/subdomain")) return null;
      running.kill();
      return { kind: "reset", isDone: false };
    };
    expect((await running.ended).exitCode).toBeNull();
    cloudflare.fault = () => null;
    expect([site.live.length, cloudflare.isOnWorkersDev]).toEqual([22, false]);
    expect(await site.deploy()).toMatchObject(outcome(0, "did not: workers.dev"));
    expect(await site.status(LIGHTHOUSE)).toBe(200);
    expect(cloudflare.isOnWorkersDev).toBe(true);
  });

  it("is workers.dev no longer where wrangler.toml does not want it", async () => {
    await site.deployed();
    site.cloudflare.domains.set("finews.test", "offprint");
    site.configure(/^url = .*$/m, 'url = "https://finews.test"');
    site.configure(/^name = .*$/m, "$&\nworkers_dev = false");
    await site.deployed();
    site.cloudflare.isOnWorkersDev = true;
    expect(await site.deploy()).toMatchObject(outcome(0, "did not: workers.dev"));
    expect(site.cloudflare.isOnWorkersDev).toBe(false);
  });

  it("cannot be said where Cloudflare does not tell", async () => {
    await site.deployed();
    site.cloudflare.fault = (_, path) =>
      path.endsWith("/offprint/subdomain") ? { kind: "status", status: 403 } : null;
    expect(await site.deploy()).toMatchObject(
      outcome(7, /workers\.dev: nobody can say whether it leads to it/),
    );
  });

  it("has to show the release, with or without new articles", async () => {
    site.configure(/^url = .*$/m, 'url = "https://elsewhere.test"');
    const unseen = outcome(
      7,
      /is live, but https:\/\/elsewhere\.test does not show it: getaddrinfo ENOTFOUND elsewhere\.test\. No address in wrangler\.toml leads from there/,
    );
    expect(await site.deploy()).toMatchObject(unseen);
    expect(await site.deploy()).toMatchObject(unseen);
    site.cloudflare.domains.set("elsewhere.test", "offprint");
    expect((await site.deploy()).exitCode).toBe(0);
  });
});

describe("wrangler", () => {
  it("is looked after: what is live is said where it fails, and what follows is done", async () => {
    await site.deployed();
    const first = site.live;
    site.write(BRIDGE_FILE, article("新桥合龙", "2026-11-20"));
    atSwitch(() => ({ kind: "status", status: 403 }));
    const refused = await site.deploy();
    expect(refused).toMatchObject(
      outcome(2, /the live site is as it was; .*"Workers Scripts: Edit"/),
    );
    expect(refused.output).not.toContain("\u001B");
    atSwitch(() => ({ kind: "reset", isDone: false }));
    expect(await site.deploy()).toMatchObject(
      outcome(1, /wrangler deploy failed; the live site is as it was:\nfetch failed/),
    );
    expect(site.live).toBe(first);
    atSwitch(() => ({ kind: "reset", isDone: true }));
    expect(await site.deploy()).toMatchObject(
      outcome(0, / is live[^]*wrangler failed, but did all that it was asked/),
    );
    expect(site.live).not.toBe(first);
  });

  it("is waited for by what is told to end, which says afterwards what is live", async () => {
    await site.deployed();
    const first = site.live;
    site.write(BRIDGE_FILE, article("新桥合龙", "2026-11-20"));
    const stopped = site.startDeploy();
    site.cloudflare.fault = (method, path) => {
      if (method !== "POST" || !path.endsWith("/versions")) return null;
      stopped.io.signal("SIGTERM");
      return { kind: "reset", isDone: false };
    };
    expect(await stopped.ended).toMatchObject(
      outcome(143, "wrangler deploy failed; the live site is as it was"),
    );
    expect(site.live).toBe(first);
    const running = site.startDeploy();
    atSwitch(() => {
      running.io.signal("SIGINT");
      return null;
    });
    expect(await running.ended).toMatchObject(
      outcome(130, /Told to end[^]*is live[^]*no hub was told/),
    );
    expect(running.io.exitCodes).toEqual([]);
  });

  it("is not waited for a second time, nor where it does not run", async () => {
    await site.deployed();
    site.write(BRIDGE_FILE, article("新桥合龙", "2026-11-20"));
    const early = site.startDeploy();
    early.io.signal("SIGTERM");
    expect(early.io.exitCodes).toEqual([143]);
    expect(early.io.lines).toEqual(["Broken off before the switch"]);
    await early.ended;
    site.write("articles/2026-11-24-road.md", article("新路通车", "2026-11-20"));
    const late = site.startDeploy();
    atSwitch(() => {
      late.io.signal("SIGINT");
      late.io.signal("SIGINT");
      return null;
    });
    await late.ended;
    expect(late.io.exitCodes).toEqual([130]);
  });

  it("is given the release in one word with its option, since it may begin with a hyphen", async () => {
    await site.deployed();
    expect(site.wranglerCommands.map((args) => args.join(" "))).toEqual([
      expect.stringMatching(
        /^deploy --tag=[\w-]{22} --message=\d+ articles; code [\w-]{22} --config .* --env=$/,
      ),
    ]);
  });

  it("cannot make a preview beside nothing", async () => {
    expect(await site.deploy({ kind: "preview" })).toMatchObject(
      outcome(1, "Cannot make a preview before the first deploy"),
    );
  });

  it("puts a preview on an address of its own and leaves the site as it is", async () => {
    await site.deployed();
    site.write(BRIDGE_FILE, article("新桥合龙", "2026-11-20"));
    expect(await site.deploy({ kind: "preview" })).toMatchObject(
      outcome(0, /Look at it: https:\/\//),
    );
    expect([site.cloudflare.versions.length, site.cloudflare.deployments.length]).toEqual([2, 1]);
    expect(await site.text("/feed.xml")).not.toContain("新桥合龙");
    await site.deployed();
    expect(await site.text("/feed.xml")).toContain("新桥合龙");
  });
});

describe("a version that is not ours", () => {
  it("is not replaced where it is all that there is, and more than a placeholder", async () => {
    const { cloudflare } = site;
    await cloudflare.addLiveVersion({});
    expect(await site.deploy()).toMatchObject(outcome(1, "--replace"));
    await cloudflare.addPlaceholder();
    site.environment["WORKERS_CI"] = "1";
    expect(await site.deploy()).toMatchObject(outcome(1, "--replace"));
    expect((await site.deploy({ mayReplace: true })).exitCode).toBe(0);
  });

  it("is replaced where it is the placeholder of a Worker that waits for its first build", async () => {
    await site.cloudflare.addPlaceholder();
    expect(await site.deploy({ kind: "preview" })).toMatchObject(outcome(0, /Look at it: https:/));
    expect(await site.deploy()).toMatchObject(
      outcome(0, /The Worker "offprint" holds nothing but a placeholder[^]* is live/),
    );
    expect((await site.deploy()).output).toMatch(/^Nothing to deploy: .* are live$/);
  });

  it("is replaced in Workers Builds, whatever the dashboard's placeholder says", async () => {
    await site.cloudflare.addLiveVersion({});
    site.environment["WORKERS_CI"] = "1";
    expect(await site.deploy()).toMatchObject(outcome(0, " is live"));
  });

  it("is looked through to the newest of ours below", async () => {
    const { cloudflare } = site;
    await site.deployed();
    const first = site.live;
    site.write(BRIDGE_FILE, article("新桥合龙", "2026-11-20"));
    await site.deployed();
    const second = site.live;
    await cloudflare.putSecret();
    const line = new RegExp(
      `^The live version .* is not by Offprint, .* below it lies release ${second}`,
    );
    for (const verb of ["verify", "diff", "list"]) {
      expect(await site.release(verb)).toMatchObject(outcome(0, line));
    }
    expect((await site.release("diff")).json).toMatchObject({ before: first, after: second });
    // What would break is still found.
    const lighthouse = site.read(LIGHTHOUSE_FILE);
    site.remove(LIGHTHOUSE_FILE);
    expect(await site.deploy()).toMatchObject(outcome(5, LIGHTHOUSE));
    site.write(LIGHTHOUSE_FILE, lighthouse);
    // Nobody knows its code, so ours is put on top once more, with no value written anew.
    expect(await site.deploy()).toMatchObject(
      outcome(0, /is not by Offprint[^]*Uploaded 0 values[^]* is live/),
    );
    expect(site.live).toBe(second);
    expect((await site.deploy()).output).toMatch(/^Nothing to deploy: .* are live$/);
    await cloudflare.putSecret();
    expect((await site.release("rollback", [second])).exitCode).toBe(0);
    expect((await site.release("resume")).exitCode).toBe(0);
    await cloudflare.putSecret();
    expect((await site.release("rollback")).exitCode).toBe(0);
    expect(site.live).toBe(first);
    await cloudflare.putSecret();
    expect(await site.deploy()).toMatchObject(outcome(6, "rolled back to"));
    expect((await site.release("resume")).exitCode).toBe(0);
    await site.deployed();
  });

  it("does not let the release below be pruned", async () => {
    site.configure("prerendered_feeds = 1", "prerendered_feeds = 1\nkept_releases = 1");
    await site.deployed();
    const release = site.live;
    site.pass(3 * 86_400);
    await site.cloudflare.putSecret();
    site.pass(3 * 86_400);
    site.cloudflare.claim("AAAAAAAAAAAAAAAAAAAAAA");
    expect((await site.release("list")).json).toMatchObject({
      releases: expect.arrayContaining([
        expect.objectContaining({ release, isLive: true, stays: "live" }),
      ]) as unknown,
    });
  });
});

describe("an account without a name on workers.dev", () => {
  beforeEach(() => {
    site.cloudflare.subdomain = null;
  });

  it("is told where to choose one before anything is written", async () => {
    expect(await site.deploy()).toMatchObject(
      outcome(
        2,
        /nothing was written: .* https:\/\/dash\.cloudflare\.com\/0123.*\/workers\/onboarding/,
      ),
    );
    expect(site.cloudflare.requests.filter(writing)).toEqual([]);
    site.configure(/^url = .*$/m, 'url = "https://finews.example"');
    expect(await site.deploy()).toMatchObject(outcome(2, "choose a name on workers.dev first"));
  });

  it("needs none for a domain of its own", async () => {
    site.cloudflare.addZone("finews.test");
    site.configure(/^url = .*$/m, 'url = "https://finews.test"');
    site.configure(/^name = .*$/m, '$&\nroutes = ["finews.test/*"]');
    expect(await site.deploy()).toMatchObject(outcome(0, " is live"));
  });
});

describe("an address on workers.dev that is not the Worker's", () => {
  it("is refused before the first deploy, with the right one, where it is another account's", async () => {
    site.configure(/^url = .*$/m, 'url = "https://offprint.your-name.workers.dev"');
    expect(await site.deploy()).toMatchObject(
      outcome(
        2,
        'nothing was written. Without a domain of your own write "https://offprint.stand-in.',
      ),
    );
    expect(site.cloudflare.requests.filter(writing)).toEqual([]);
  });

  it.each([
    [
      "url",
      'url = "https://other.stand-in.workers.dev"',
      /The Worker is at https:\/\/offprint\.st/,
    ],
    ["name", "$&\nworkers_dev = false", /wrangler\.toml takes the Worker off workers\.dev, as rou/],
  ])("is said when the site does not show the release: %s", async (key, written, why) => {
    site.configure(new RegExp(`^${key} = .*$`, "m"), written);
    expect(await site.deploy()).toMatchObject(outcome(7, why));
  });
});

it("leaves nothing in the folder but build", async () => {
  await site.deployed();
  expect(existsSync(join(site.folder, ".wrangler/deploy"))).toBe(false);
  expect(existsSync(join(site.folder, "removed.txt"))).toBe(false);
});

/** The keys of the live release's packs. */
function packsOf(...maps: readonly MapName[]): readonly string[] {
  const record = site.cloudflare.values.get(`r/${site.live}`);
  const manifest = Manifest.open(gunzipSync(record?.bytes ?? Buffer.alloc(0)));
  if (!manifest.ok) throw new Error(manifest.failure.detail);
  return maps.flatMap((map) => manifest.value.packs(map).map(({ hash }) => packKey(hash)));
}

interface Validators {
  readonly path: string;
  readonly etag: string;
  readonly modified: string | null;
}

async function validatorsOf(paths: readonly string[]): Promise<readonly Validators[]> {
  return Promise.all(
    paths.map(async (path) => {
      const { headers } = await site.fetch(path);
      return { path, etag: headers.get("ETag") ?? "", modified: headers.get("Last-Modified") };
    }),
  );
}
