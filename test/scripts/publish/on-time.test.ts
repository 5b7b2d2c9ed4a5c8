import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { outcome } from "../outcome.ts";
import { PublishedFolder, article } from "../published-folder.ts";

/* The test's clock begins on 2026-11-30; an article of the next day is published at eight in the morning in Shanghai. */

const AHEAD_FILE = "articles/2026-12-01-bridge.md";
const FIVE_MINUTES = 300;
const HOUR = 3600;

let site: PublishedFolder;
/** What the hook was asked. */
let asked: string[];
let status: number;

beforeEach(() => {
  site = PublishedFolder.open();
  asked = [];
  status = 204;
});

afterEach(() => {
  site.close();
});

function setHook(): void {
  site.configure("cards = 0", 'cards = 0\npublish_hook = "github:paper/site"');
}

function hook(url: string): Response {
  asked.push(url);
  return new Response(status === 204 ? null : "no", { status });
}

/** Lets the cron run for a while, every five minutes. */
async function live(seconds: number): Promise<void> {
  for (let passed = 0; passed < seconds; passed += FIVE_MINUTES) {
    site.pass(FIVE_MINUTES);
    await site.runCron(hook);
  }
}

/** What of a hook is to be seen. */
const traces = (): object => ({ crons: site.cloudflare.worker("offprint").crons, asked });

describe("an article that is dated ahead", () => {
  it("is published when its time comes, by what the Worker calls, and `list` says how that went", async () => {
    setHook();
    expect((await site.deploy()).output).toContain(
      "publish_hook is set, but the Worker has no secret PUBLISH_HOOK, so nobody is called when an article is due. Give it a token of GitHub's: npx wrangler secret put PUBLISH_HOOK --name offprint",
    );
    site.cloudflare.worker("offprint").secrets.set("PUBLISH_HOOK", "token-of-nobody");
    const before = site.live;
    const writes = site.cloudflare.counts.writes;
    site.write(AHEAD_FILE, article("新桥合龙", "2026-12-01"));
    const planned = await site.deploy();
    expect(planned.output).toContain(
      "1 article scheduled: due next is articles/2026-12-01-bridge.md at 2026-12-01T08:00:00+08:00, when the Worker calls github:paper/site",
    );
    expect(planned.output).not.toContain("PUBLISH_HOOK");
    expect(site.live).not.toBe(before);
    // All that is written is the release's record.
    expect(site.cloudflare.counts.writes - writes).toBe(1);
    expect(site.cloudflare.worker("offprint").crons).toEqual(["*/5 * * * *"]);
    expect((await site.release("list")).output).toContain(
      "Due, and the Worker calls github:paper/site:\n   2026-12-01T08:00:00+08:00  ahead\nThe hook has not been called yet",
    );
    expect((await site.deploy()).output).not.toContain("is live");

    site.pass(22 * HOUR);
    await live(3 * HOUR);
    expect(asked).toEqual([
      "https://api.github.com/repos/paper/site/dispatches",
      "https://api.github.com/repos/paper/site/dispatches",
    ]);
    const list = await site.release("list");
    expect(list.output).toContain("2026-12-01T08:00:00+08:00  over, and no deploy has come");
    expect(list.json).toMatchObject({ onTime: { lastCall: { answer: "204" } } });

    await site.deployed();
    expect(await site.text("/feed.xml")).toContain("新桥合龙");
    await live(HOUR);
    expect(asked).toHaveLength(2);
    expect((await site.release("list")).output).toMatch(
      /^Nothing is due; the Worker calls github:paper\/site when an article is\nThe hook was called last at 2026-12-01T08:\d\d:\d\d\+08:00: 204$/m,
    );
    // The record of the calls is no value of a release, and stays.
    expect((await site.release("prune", [], { given: ["yes"], yes: true })).exitCode).toBe(0);
    expect(site.keys).toContain("hook");
  });

  it("is called for again where the hook refuses, as `list` says", async () => {
    setHook();
    await site.deployed();
    site.cloudflare.worker("offprint").secrets.set("PUBLISH_HOOK", "token-of-nobody");
    site.write(AHEAD_FILE, article("新桥合龙", "2026-12-01"));
    await site.deployed();
    status = 403;
    site.pass(22 * HOUR);
    await live(3 * HOUR);
    expect(asked.length).toBeGreaterThan(3);
    expect((await site.release("list")).output).toMatch(
      /over; the hook did not take the call, and is called again\nThe hook was called last at .*: 403 no/,
    );
  });

  it("is called for no more once the release before is gone back to", async () => {
    setHook();
    await site.deployed();
    site.cloudflare.worker("offprint").secrets.set("PUBLISH_HOOK", "token-of-nobody");
    site.write(AHEAD_FILE, article("新桥合龙", "2026-12-01"));
    await site.deployed();
    site.pass(22 * HOUR);
    while (asked.length === 0) await live(FIVE_MINUTES);
    await site.deployed();
    await live(2 * HOUR);
    expect((await site.release("rollback")).exitCode).toBe(0);
    await live(3 * HOUR);
    expect(asked).toHaveLength(1);
  });
});

describe("a site without a hook", () => {
  it("has no cron, asks nothing more, and its release does not depend on what is dated ahead", async () => {
    await site.deployed();
    const before = site.live;
    site.write(AHEAD_FILE, article("新桥合龙", "2026-12-01"));
    expect((await site.deploy()).output).not.toContain("is live");
    expect(site.live).toBe(before);
    site.pass(24 * HOUR);
    await live(HOUR);
    expect((await site.release("list")).json).not.toHaveProperty("onTime");
    expect(traces()).toEqual({ crons: [], asked: [] });
    expect(site.cloudflare.requests.filter((request) => request.includes("schedules"))).toEqual([]);
  });

  it("loses the cron with the deploy that takes the hook out of the settings", async () => {
    setHook();
    await site.deployed();
    site.configure(/^publish_hook = .*\n/m, "");
    await site.deployed();
    expect(traces()).toEqual({ crons: [], asked: [] });
    const puts = (): number =>
      site.cloudflare.requests.filter((request) => /^PUT .*\/schedules/.test(request)).length;
    const before = puts();
    site.write("articles/2026-11-24-bridge.md", article("新桥合龙", "2026-11-20"));
    await site.deployed();
    expect(puts()).toBe(before);
  });
});

describe("crons", () => {
  it("are those of wrangler's file where it has some", async () => {
    setHook();
    site.configure("[observability]", '[triggers]\ncrons = ["*/15 * * * *"]\n\n[observability]');
    await site.deployed();
    expect(traces()).toMatchObject({ crons: ["*/15 * * * *"] });
  });

  it("that could not be set are named, and set by the next run", async () => {
    setHook();
    site.cloudflare.worker("other").crons = [
      "1 * * * *",
      "2 * * * *",
      "3 * * * *",
      "4 * * * *",
      "5 * * * *",
    ];
    expect(await site.deploy()).toMatchObject(
      outcome(
        7,
        /is live, but the Worker's crons are not as wrangler\.toml wants them:\n {2}\*\/5 \* \* \* \* \(cron\): .*\nwrangler says:\n[^]*too many cron triggers/,
      ),
    );
    site.cloudflare.worker("other").crons = [];
    expect((await site.deploy()).output).toContain(
      "Set what a deploy before did not: */5 * * * * (cron)",
    );
    expect(traces()).toMatchObject({ crons: ["*/5 * * * *"] });
  });
});
