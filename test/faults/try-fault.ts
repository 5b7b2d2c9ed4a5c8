import { Manifest } from "../../src/store/manifest.ts";
import { neededKeys } from "../../scripts/publish/missing-keys.ts";
import { PublishedFolder, article } from "../scripts/published-folder.ts";
import type { Scene, Trial } from "./trial.ts";

/** What became of a deploy in which something went wrong. */
export interface Outcome extends Pick<Trial, "scene" | "where" | "fault"> {
  readonly isKill: boolean;
  /** What the live site was after it. */
  readonly live: LiveState;
  /** Null if it was killed. */
  readonly exitCode: number | null;
  /** What it said last, its first line. */
  readonly said: string;
  /** All that it said. */
  readonly output: string;
  /** Milliseconds in which nothing was said, at most. */
  readonly longestSilence: number;
  /** What the next run did, in which nothing goes wrong. */
  readonly next: string;
  /** What is not as it has to be; empty if all is. */
  readonly wrong: readonly string[];
}

/** `half`: a release of which something is missing. */
export type LiveState = "none" | "old" | "new" | "another" | "half";

const DOMAIN = "finews.test";
const ROUTE = "other.test";
const TRIGGERS = `workers_dev = true\nroutes = ["${ROUTE}/*", { pattern = "${DOMAIN}", custom_domain = true }]`;
const PAGES = ["/", "/feed.xml", "/atom.xml", "/feed.json", "/sitemap.xml", "/s/jht74skbm3"];
const NEWS = "新桥合龙";
/** What other people publish. */
const OTHERS_NEWS = /另一处发的|第\d+条/;
/** What somebody can do, or why nothing is left to do. */
const ADVICE = /\b(?:next deploy|run|set|make|take|correct|chooses?|add|mend|roll back)\b/i;
const LONGEST_SILENCE_MILLISECONDS = 20_000;

/** The smallest PNG. */
const PICTURE = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** A site in the state of a scene, with what is to be deployed next. */
export async function openScene(scene: Scene): Promise<PublishedFolder> {
  const site = PublishedFolder.open();
  if (scene === "first") return site;
  for (const name of [DOMAIN, ROUTE]) site.cloudflare.addZone(name);
  site.configure(/^url = .*$/m, `url = "https://${DOMAIN}"`);
  site.configure(/^name = .*$/m, `$&\n${TRIGGERS}`);
  await site.deployed();
  if (scene === "unattached") {
    site.cloudflare.domains.clear();
    for (const { routes } of site.cloudflare.zones) routes.clear();
    site.cloudflare.isOnWorkersDev = false;
    return site;
  }
  site.write("articles/x.png", PICTURE);
  site.write("articles/2026-11-24-bridge.md", `${article(NEWS, "2026-11-20")}\n![](x.png)\n`);
  return site;
}

/** Has a deploy go wrong, looks at what became of it, and deploys again in peace. */
export async function tryFault(trial: Trial): Promise<Outcome> {
  const site = await openScene(trial.scene);
  try {
    return await tryOn(site, trial);
  } finally {
    site.close();
  }
}

async function tryOn(site: PublishedFolder, trial: Trial): Promise<Outcome> {
  const { scene, where, fault, isKill = false, hasOthers = false } = trial;
  const old = site.live;
  const before = await pagesOf(site);
  await trial.arrange(site, () => running);
  const running = site.startDeploy();
  const { exitCode, output } = await running.ended;
  const longestSilence = running.io.longestSilence();
  site.pass(trial.lookAfterSeconds ?? 0);
  const live = await stateOf(site, old, before);
  const isReachable = reaches(site, scene);
  const last = running.io.lines.findLast((line) => !line.startsWith("Waiting for ")) ?? "";

  site.cloudflare.fault = () => null;
  site.inFront = (_, answer) => answer;
  site.wranglerFault = async (run) => run();
  site.cloudflare.lagMilliseconds = 0;
  site.cloudflare.listLagMilliseconds = 0;
  await trial.mend?.(site);
  const next = await site.deploy();
  const liveNext = await stateOf(site, old, before);
  const isDone = hasOthers || liveNext === (scene === "unattached" ? "old" : "new");
  const names = new Map([
    [old, "OLD"],
    [site.live, scene === "unattached" ? "OLD" : "NEW"],
  ]);
  const wrong = [
    ...(live === "half" ? ["a half release is live"] : []),
    ...(live === "another" && !hasOthers ? ["a release of nobody's is live"] : []),
    ...(isKill ? [] : lies({ exitCode, output, live, isReachable, scene })),
    ...(trial.codes !== undefined && !trial.codes.includes(exitCode) ? ["not the exit code"] : []),
    ...(longestSilence > LONGEST_SILENCE_MILLISECONDS ? ["it was silent too long"] : []),
    ...(next.exitCode === 0 ? [] : [`the next run failed: ${next.output}`]),
    ...(isDone ? [] : ["after the next run not the wanted release is live"]),
    ...(reaches(site, scene) ? [] : ["after the next run an address does not lead to the site"]),
  ];
  return {
    scene,
    where,
    fault,
    isKill,
    live,
    exitCode,
    said: plain(firstWords(last), names),
    output,
    longestSilence,
    next: plain(next.output.split("\n").at(-1) ?? "", names),
    wrong,
  };
}

interface Claimed extends Pick<Outcome, "exitCode" | "output" | "live" | "scene"> {
  readonly isReachable: boolean;
}

/** What a deploy said that is not so, and what it had to say and did not. */
function lies({ exitCode, output, live, isReachable, scene }: Claimed): readonly string[] {
  const isNew = live === "new" || (scene === "unattached" && live === "old");
  const saysUnchanged = /live site is as it was/i.test(output);
  const saysLive = /Release "?[\w-]{22}"? is live|and its code are live/.test(output);
  const saysOther = /nobody can say|and theirs is live|^Not deployed/m.test(output);
  return [
    ...(saysUnchanged && live === "new" ? ["it says that nothing changed, and it did"] : []),
    ...(saysLive && !isNew ? ["it says that the release is live, and it is not"] : []),
    ...(exitCode !== 0 && !saysUnchanged && !saysLive && !saysOther
      ? ["it does not say what is live"]
      : []),
    ...(live !== "half" && /is not in KV any more|KV has lost/.test(output)
      ? ["it says that KV lacks what is there"]
      : []),
    ...(exitCode === 0 && !(isNew && isReachable) ? ["exit code 0, and not all is done"] : []),
    // Who ends it by a signal hears so, whatever was done by then.
    ...(![0, 7, 130, 143].includes(exitCode ?? 0) && isNew && isReachable && !saysOther
      ? ["it failed, and all is done"]
      : []),
    ...(exitCode !== 0 && !ADVICE.test(output) ? ["it does not say what to do"] : []),
    ...(/^\s+at .*:\d+:\d+/m.test(output) ? ["a stack"] : []),
  ];
}

/** Whether all addresses lead to the site. */
function reaches(site: PublishedFolder, scene: Scene): boolean {
  const { cloudflare } = site;
  const hosts = scene === "first" ? [] : [DOMAIN, ROUTE];
  return cloudflare.isOnWorkersDev && hosts.every((host) => cloudflare.leadsToWorker(host));
}

type Pages = readonly { readonly status: number; readonly text: string }[];

async function pagesOf(site: PublishedFolder): Promise<Pages> {
  const pages: { readonly status: number; readonly text: string }[] = [];
  for (const path of PAGES) {
    const response = await site.fetch(path);
    pages.push({ status: response.status, text: await response.text() });
  }
  return pages;
}

/** What readers have: the old release as it was to the byte, or another one of which nothing is missing. */
async function stateOf(site: PublishedFolder, old: string, before: Pages): Promise<LiveState> {
  const { cloudflare } = site;
  const version = cloudflare.liveVersion;
  const bytes = version?.modules.find(({ name }) => name === "release.bin")?.bytes;
  if (version === null || bytes === undefined) return "none";
  const manifest = Manifest.open(bytes);
  if (!manifest.ok) return "half";
  for (const key of neededKeys(manifest.value)) {
    if (cloudflare.readAs(version, key, 60) === null) return "half";
  }
  const pages = await pagesOf(site);
  if (pages.some(({ status }) => status !== 200)) return "half";
  if (manifest.value.release === old) {
    return pages.every(({ text }, index) => text === before[index]?.text) ? "old" : "half";
  }
  if (OTHERS_NEWS.test(pages[1]?.text ?? "")) return "another";
  // The first deploy has no news.
  return before[0]?.status !== 200 || pages[1]?.text.includes(NEWS) === true ? "new" : "another";
}

/** The first line, and the next where the first only announces it. */
function firstWords(message: string): string {
  const [first = "", second = ""] = message.split("\n");
  return first.endsWith(":") ? `${first} ${second.trim()}` : first;
}

/** A line without what is another one each time. */
function plain(line: string, names: ReadonlyMap<string, string>): string {
  let text = line;
  for (const [release, name] of names) {
    if (release !== "") text = text.replaceAll(release, name);
  }
  return text
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "VERSION")
    .replaceAll("0123456789abcdef0123456789abcdef", "ACCOUNT")
    .replaceAll(/[0-9a-f]{32}/g, "NAMESPACE");
}
