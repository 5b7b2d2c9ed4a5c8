import type { ProgramRun } from "../../scripts/terminal/run-program.ts";
import type { StoredValue } from "../scripts/fake-cloudflare.ts";
import type { PublishedFolder } from "../scripts/published-folder.ts";
import { article } from "../scripts/published-folder.ts";
import type { Trial } from "./trial.ts";

/** Does something once, before the first request of that kind is answered. */
function before(site: PublishedFolder, kind: string, happens: () => void | Promise<void>): void {
  let isDone = false;
  const isAt = isOf(kind);
  site.cloudflare.fault = async (method, path) => {
    if (isDone || !isAt(method, path)) return null;
    isDone = true;
    await happens();
    return null;
  };
}

/** Whether a request is of a kind, such as `PUT /bulk`. */
function isOf(kind: string): (method: string, path: string) => boolean {
  const [wanted = "", end = ""] = kind.split(" ");
  return (method, path) => method === wanted && path.endsWith(end);
}

const isSwitch = isOf("POST /deployments");

/** wrangler has an accident with a request to Cloudflare. */
async function wranglerEndsAt(
  site: PublishedFolder,
  isAt: (method: string, path: string) => boolean,
  isDone: boolean,
): Promise<void> {
  site.wranglerFault = async (run) => {
    site.cloudflare.fault = (method, path) =>
      isAt(method, path) ? { kind: "reset", isDone } : null;
    const { exitCode } = await run();
    site.cloudflare.fault = () => null;
    return { exitCode, output: "" };
  };
}

const gone = async (): Promise<ProgramRun> => ({ exitCode: 1, output: "" });

/** A second person's deploy of another article, from another checkout. */
async function deployElsewhere(site: PublishedFolder, title: string): Promise<void> {
  const other = site.clone();
  other.write("articles/2026-11-21-other.md", article(title, "2026-11-21"));
  const { exitCode, output } = await other.deploy();
  other.close();
  if (exitCode !== 0) throw new Error(output);
}

/** The lists of keys answer every page with a cursor that was there before. */
const REPEATING_KEYS =
  '{"success":true,"errors":[],"result":[{"name":"p/1"}],"result_info":{"cursor":"again"}}';
const MANY_NAMESPACES = JSON.stringify({
  success: true,
  errors: [],
  result: Array.from({ length: 100 }, (_, index) => ({ id: `${index}`, title: "other" })),
});
const NO_WORKER =
  '{"success":false,"errors":[{"code":10090,"message":"workers.api.error.service_not_found"}],"result":null}';

/** What goes wrong otherwise than by one request. */
export const OTHER_TRIALS: readonly Trial[] = [
  {
    scene: "later",
    where: "wrangler",
    fault: "ends before it asks for anything, and says nothing",
    arrange: (site) => {
      site.wranglerFault = gone;
    },
  },
  {
    scene: "later",
    where: "wrangler",
    fault: "is ended by a signal, with exit code 0",
    arrange: (site) => {
      site.wranglerFault = async () => ({ exitCode: 0, output: "" });
    },
  },
  {
    scene: "later",
    where: "wrangler",
    fault: "ends before the version is up",
    arrange: async (site) => wranglerEndsAt(site, isOf("POST /versions"), false),
  },
  {
    scene: "later",
    where: "wrangler",
    fault: "ends between the version and the switch",
    arrange: async (site) => wranglerEndsAt(site, isSwitch, false),
  },
  {
    scene: "later",
    where: "wrangler",
    fault: "ends right after the switch",
    arrange: async (site) => wranglerEndsAt(site, isSwitch, true),
  },
  {
    scene: "first",
    where: "wrangler",
    fault: "ends right after the first version, before workers.dev is on",
    arrange: async (site) => wranglerEndsAt(site, isOf("PUT /scripts/offprint"), true),
  },
  {
    scene: "later",
    where: "wrangler",
    fault: "hangs, and ends at its limit",
    arrange: (site) => {
      site.wranglerFault = async (_, end) => {
        while (!end.aborted) site.pass(1);
        return gone();
      };
    },
  },
  {
    scene: "later",
    where: "wrangler",
    fault: "hangs after it has done all",
    arrange: (site) => {
      site.wranglerFault = async (run, end) => {
        await run();
        while (!end.aborted) site.pass(1);
        return gone();
      };
    },
  },
  {
    scene: "later",
    where: "wrangler",
    fault: "cannot be started",
    arrange: (site) => {
      site.wranglerFault = async () => ({
        exitCode: 1,
        output: "Cannot start wrangler: spawn ENOENT; run npm ci first",
      });
    },
  },
  {
    scene: "unattached",
    where: "triggers",
    fault: "the token may not edit zones",
    codes: [7],
    arrange: ({ cloudflare }) => {
      cloudflare.mayEditZones = false;
    },
    mend: ({ cloudflare }) => {
      cloudflare.mayEditZones = true;
    },
  },
  {
    scene: "unattached",
    where: "triggers",
    fault: "the token may edit one zone only",
    arrange: ({ cloudflare }) => {
      cloudflare.mayEditAllZones = false;
    },
  },
  {
    scene: "unattached",
    where: "triggers",
    fault: "the domain has DNS records of its own (100117)",
    codes: [7],
    arrange: ({ cloudflare }) => {
      cloudflare.namesInDns.add("finews.test");
    },
    mend: ({ cloudflare }) => {
      cloudflare.namesInDns.clear();
    },
  },
  {
    scene: "unattached",
    where: "triggers",
    fault: "the account has no zone of that name",
    codes: [7],
    arrange: ({ cloudflare }) => {
      cloudflare.zones.length = 0;
    },
    mend: ({ cloudflare }) => {
      for (const name of ["finews.test", "other.test"]) cloudflare.addZone(name);
    },
  },
  {
    scene: "unattached",
    where: "triggers",
    fault: "the route is another Worker's (10020)",
    codes: [7],
    arrange: ({ cloudflare }) => {
      for (const { name, routes } of cloudflare.zones) {
        if (name === "other.test") routes.set("other.test/*", "shop");
      }
    },
    mend: ({ cloudflare }) => {
      for (const { routes } of cloudflare.zones) routes.clear();
    },
  },
  {
    scene: "unattached",
    where: "triggers",
    fault: "workers.dev fails with 500",
    codes: [7],
    arrange: ({ cloudflare }) => {
      const isSubdomain = isOf("POST /offprint/subdomain");
      cloudflare.fault = (method, path) =>
        isSubdomain(method, path) ? { kind: "status", status: 500 } : null;
    },
  },
  {
    scene: "first",
    where: "the Worker",
    fault: "is the placeholder of Workers Builds",
    arrange: async ({ cloudflare }) => cloudflare.addPlaceholder(),
    codes: [0],
  },
  {
    scene: "first",
    where: "the Worker",
    fault: "is not there (10090 and not 10007)",
    codes: [0],
    arrange: ({ cloudflare }) => {
      const isList = isOf("GET /deployments");
      cloudflare.fault = (method, path) =>
        isList(method, path) && cloudflare.versions.length === 0
          ? { kind: "answer", status: 404, body: NO_WORKER }
          : null;
    },
  },
  {
    scene: "later",
    where: "the Worker",
    fault: "has got a secret (`wrangler secret put`)",
    arrange: async ({ cloudflare }) => cloudflare.putSecret(),
    codes: [0],
  },
  {
    scene: "later",
    where: "the Worker",
    fault: "has got twelve secrets, more than deployments are listed",
    arrange: async ({ cloudflare }) => {
      for (let count = 0; count < 12; count += 1) await cloudflare.putSecret();
    },
    codes: [0],
  },
  {
    scene: "first",
    where: "the account",
    fault: "has no name on workers.dev",
    codes: [2],
    arrange: ({ cloudflare }) => {
      cloudflare.subdomain = null;
    },
    mend: ({ cloudflare }) => {
      cloudflare.subdomain = "stand-in";
    },
  },
  {
    scene: "later",
    where: "the login",
    fault: "is a token that has expired",
    codes: [2],
    arrange: ({ cloudflare }) => {
      cloudflare.isTokenExpired = true;
    },
    mend: ({ cloudflare }) => {
      cloudflare.isTokenExpired = false;
    },
  },
  {
    scene: "later",
    where: "the login",
    fault: "is a token that may list no account, and none is set",
    codes: [2],
    arrange: ({ cloudflare, environment }) => {
      environment["CLOUDFLARE_ACCOUNT_ID"] = "";
      cloudflare.accounts = [];
    },
    mend: ({ environment }) => {
      delete environment["CLOUDFLARE_ACCOUNT_ID"];
    },
  },
  {
    scene: "later",
    where: "the login",
    fault: "belongs to two accounts, and none is set",
    codes: [2],
    arrange: ({ cloudflare, environment }) => {
      environment["CLOUDFLARE_ACCOUNT_ID"] = "";
      cloudflare.accounts = ["0f", "1f"].map((id) => ({ id, name: `Account ${id}` }));
    },
    mend: ({ environment }) => {
      delete environment["CLOUDFLARE_ACCOUNT_ID"];
    },
  },
  {
    scene: "later",
    where: "the login",
    fault: "is for another account than the one that is set",
    arrange: ({ environment }) => {
      environment["CLOUDFLARE_ACCOUNT_ID"] = "f".repeat(32);
    },
    mend: ({ environment }) => {
      delete environment["CLOUDFLARE_ACCOUNT_ID"];
    },
  },
  {
    scene: "later",
    where: "KV",
    fault: "shows values after 10 s",
    codes: [0],
    arrange: ({ cloudflare }) => {
      cloudflare.lagMilliseconds = 10_000;
    },
  },
  {
    scene: "later",
    where: "KV",
    fault: "shows values after 60 s, and lists them two minutes later",
    codes: [0],
    arrange: ({ cloudflare }) => {
      cloudflare.lagMilliseconds = 60_000;
      cloudflare.listLagMilliseconds = 120_000;
    },
  },
  {
    scene: "later",
    where: "KV",
    fault: "shows values after ten minutes",
    codes: [1],
    arrange: ({ cloudflare }) => {
      cloudflare.lagMilliseconds = 600_000;
    },
    mend: (site) => {
      site.pass(600);
    },
  },
  {
    scene: "later",
    where: "KV",
    fault: "names every value as unsuccessful, each time",
    codes: [1],
    arrange: ({ cloudflare }) => {
      cloudflare.isUnsuccessful = (key) => key.startsWith("p/");
    },
    mend: ({ cloudflare }) => {
      cloudflare.isUnsuccessful = () => false;
    },
  },
  {
    scene: "later",
    where: "KV",
    fault: "has no write of the day left",
    codes: [4],
    arrange: ({ cloudflare }) => {
      cloudflare.mostWrites = cloudflare.counts.writes;
    },
    mend: ({ cloudflare }) => {
      cloudflare.mostWrites = Number.POSITIVE_INFINITY;
    },
  },
  {
    scene: "later",
    where: "KV",
    fault: "has two writes of the day left",
    codes: [4],
    arrange: ({ cloudflare }) => {
      cloudflare.mostWrites = cloudflare.counts.writes + 2;
    },
    mend: ({ cloudflare }) => {
      cloudflare.mostWrites = Number.POSITIVE_INFINITY;
    },
  },
  {
    scene: "later",
    where: "KV",
    fault: "lists keys with a cursor that repeats",
    codes: [1],
    arrange: ({ cloudflare }) => {
      const isKeys = isOf("GET /keys");
      cloudflare.fault = (method, path) =>
        isKeys(method, path) ? { kind: "answer", status: 200, body: REPEATING_KEYS } : null;
    },
  },
  {
    scene: "later",
    where: "KV",
    fault: "lists namespaces on pages that repeat",
    codes: [1],
    arrange: ({ cloudflare }) => {
      const isList = isOf("GET /namespaces");
      cloudflare.fault = (method, path) =>
        isList(method, path) ? { kind: "answer", status: 200, body: MANY_NAMESPACES } : null;
    },
  },
  {
    scene: "unattached",
    where: "KV",
    fault: "has lost a value of the live release, which a reader has asked for",
    codes: [0],
    lookAfterSeconds: 60,
    arrange: async (site) => {
      const key = site.keys.find((one) => one.startsWith("p/")) ?? "";
      site.cloudflare.lose(key);
      await site.fetch("/");
      await site.fetch("/s/jht74skbm3");
    },
  },
  {
    scene: "first",
    where: "KV",
    fault: "gets a namespace of that title from somebody else meanwhile",
    codes: [0],
    arrange: (site) => {
      before(site, "POST /namespaces", () => {
        const values = new Map<string, StoredValue>();
        site.cloudflare.namespaces.set("0f".repeat(16), { title: "offprint-releases", values });
      });
    },
  },
  {
    scene: "later",
    where: "the API",
    fault: "has had too many requests (429 for five minutes)",
    codes: [0],
    arrange: ({ cloudflare }) => {
      cloudflare.mostRequests = 20;
    },
    mend: (site) => {
      site.cloudflare.mostRequests = 1200;
      site.pass(600);
    },
  },
  {
    scene: "later",
    where: "somebody else",
    fault: "deploys while values are uploaded",
    codes: [5],
    hasOthers: true,
    arrange: (site) => {
      before(site, "PUT /bulk", async () => deployElsewhere(site, "另一处发的"));
    },
    mend: (site) => {
      site.write("articles/2026-11-21-other.md", article("另一处发的", "2026-11-21"));
    },
  },
  {
    scene: "later",
    where: "somebody else",
    fault: "deploys while wrangler switches",
    codes: [5],
    hasOthers: true,
    arrange: (site) => {
      before(site, "POST /deployments", async () => deployElsewhere(site, "另一处发的"));
    },
    mend: (site) => {
      site.write("articles/2026-11-21-other.md", article("另一处发的", "2026-11-21"));
    },
  },
  {
    scene: "later",
    where: "somebody else",
    fault: "deploys each time that values are uploaded",
    codes: [1],
    hasOthers: true,
    arrange: (site) => {
      site.configure("prerendered_feeds = 1", "allowed_removals_percent = 100");
      let count = 0;
      let isTheirs = false;
      const isBulk = isOf("PUT /bulk");
      site.cloudflare.fault = async (method, path) => {
        if (!isBulk(method, path) || isTheirs) return null;
        isTheirs = true;
        count += 1;
        await deployElsewhere(site, `第${count}条`);
        isTheirs = false;
        return null;
      };
    },
  },
  {
    scene: "later",
    where: "somebody else",
    fault: "rolls back while wrangler switches",
    codes: [6],
    hasOthers: true,
    arrange: async (site) => {
      // What there is to roll back to.
      site.write("articles/2026-11-19-third.md", article("第三篇", "2026-11-19"));
      await site.deployed();
      site.write("articles/2026-11-18-fourth.md", article("第四篇", "2026-11-18"));
      before(site, "POST /deployments", async () => {
        const { exitCode, output } = await site.release("rollback");
        if (exitCode !== 0) throw new Error(output);
      });
    },
    mend: async (site) => {
      await site.release("resume");
    },
  },
  {
    scene: "later",
    where: "somebody",
    fault: "ends it by a signal while wrangler switches",
    codes: [143],
    arrange: (site, running) => {
      before(site, "POST /deployments", () => {
        running().io.signal("SIGTERM");
      });
    },
  },
  {
    scene: "later",
    where: "the site's address",
    fault: "does not answer",
    codes: [7],
    arrange: (site) => {
      site.inFront = () => {
        throw new TypeError("fetch failed", { cause: new Error("getaddrinfo ENOTFOUND") });
      };
    },
  },
  {
    scene: "later",
    where: "the site's address",
    fault: "shows the old release for a minute",
    codes: [0],
    arrange: (site) => {
      const until = site.cloudflare.now() + 60_000;
      site.inFront = (_, answer) =>
        site.cloudflare.now() < until ? new Response('{"release":"old"}') : answer;
    },
  },
  {
    scene: "later",
    where: "the site's address",
    fault: "asks whether one is human (403, a page)",
    codes: [7],
    arrange: (site) => {
      site.inFront = () =>
        new Response("<!doctype html><title>Just a moment...</title>", { status: 403 });
    },
  },
];
