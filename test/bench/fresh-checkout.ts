import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { SHARE_PAGES_PATH } from "../../src/domain/links.ts";
import { CloudflareStandIn } from "../end-to-end/cloudflare-stand-in.ts";
import { makeCheckout, unusedPort } from "../end-to-end/running-site.ts";
import { generateArticles } from "../generate/generate-articles.ts";
import type { BenchRun } from "./bench-run.ts";
import { counted } from "./bench-run.ts";
import { besides } from "./bundling.ts";
import type { MeasuredRun } from "./measured-run.ts";
import { measureRun } from "./measured-run.ts";
import { packedProgram } from "./packed-program.ts";
import { isInstalled } from "./peers.ts";
import type { Row } from "./row.ts";
import { atMost, tryRow, measuredRow, skippedRow } from "./row.ts";
import { LAST_DAY_SECONDS, writeArticles } from "./written-articles.ts";

/*
 * What CI does at every push: a fresh checkout without a cache, in which a few articles are new, over a release with many
 * that is live already. Cloning is not measured, and the deploy is a dry run: what comes behind it is wrangler's part. What a sparse
 * checkout, as in docs/often.md, asks of the remote in the middle of a deploy is measured.
 */

const USUAL = 20_000;
const LARGE = 100_000;
const NEW_ARTICLES = 40;
const MOST_SECONDS = 10;
const MOST_FILES = 60;
const URL_LINE = /^url = .*$/m;
const IGNORED = ["node_modules", "build", ".wrangler"];

/** How a checkout is made. */
interface Checkout {
  readonly name: string;
  readonly make: (origin: string, clone: string) => void;
}

const CHECKOUTS: readonly Checkout[] = [
  { name: "checked out as a whole", make: checkOutWhole },
  { name: "articles left away", make: checkOutSparse },
];

/** Deploys many articles to the stand-in for Cloudflare, then measures a deploy of a few more from clones. */
export async function* measureFreshCheckout(run: BenchRun): AsyncGenerator<Row> {
  const count = Math.ceil((run.isFull ? LARGE : USUAL) / run.divisor);
  const name = `fresh checkout, ${NEW_ARTICLES} new over ${counted(count, "mixed")} live ones`;
  const cloudflare = new CloudflareStandIn();
  await cloudflare.listen();
  // A deploy looks whether the site shows its release.
  cloudflare.sitePort = await unusedPort();
  const origin = makeCheckout();
  const clone = `${origin}-clone`;
  const { environment } = cloudflare;
  const deploy = async (folder: string, ...options: readonly string[]): Promise<MeasuredRun> =>
    measureRun({
      command: process.execPath,
      args: [await packedProgram(), "deploy", ...options],
      folder,
      environment,
    });
  try {
    prepare(origin, count, `http://localhost:${cloudflare.sitePort}`);
    await deploy(origin, "--max-writes", "1000000");
    run.say(`${counted(count, "mixed")} articles are live at the stand-in`);
    yield await tryRow("a hot share page", async () => hotPageRow(origin));
    addArticles(origin, count);
    for (const checkout of CHECKOUTS) {
      const rowName = `${name}, ${checkout.name}`;
      const fresh = (): void => {
        rmSync(clone, { recursive: true, force: true, maxRetries: 5 });
        mkdirSync(clone);
        checkout.make(origin, clone);
        symlinkSync(join(origin, "node_modules"), join(clone, "node_modules"));
      };
      const runs: MeasuredRun[] = [];
      for (let turn = 0; turn < run.turns; turn += 1) {
        fresh();
        runs.push(await deploy(clone, "--dry-run"));
        run.say(`turn ${turn + 1} of ${run.turns}: ${besides(runs.slice(-1))}`);
      }
      const cpu = runs.map(({ cpuSeconds }) => cpuSeconds);
      yield measuredRow(rowName, cpu, {
        unit: "s CPU",
        bar: atMost(MOST_SECONDS),
        beside: `${besides(runs)}; npx offprint deploy --dry-run`,
      });
      yield await tryRow(`${rowName}, articles opened`, async () => {
        if (!isInstalled("strace", "--version")) {
          return skippedRow(`${rowName}, articles opened`, "strace is not installed");
        }
        fresh();
        const opened = await openedArticles(clone, environment);
        return measuredRow(`${rowName}, articles opened`, [opened], {
          unit: "files",
          bar: atMost(MOST_FILES),
        });
      });
    }
  } finally {
    for (const folder of [origin, clone]) {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    }
    await cloudflare.close();
  }
}

function prepare(folder: string, count: number, url: string): void {
  rmSync(join(folder, "articles"), { recursive: true });
  writeArticles(folder, count, "mixed");
  const file = join(folder, "wrangler.toml");
  const settings = readFileSync(file, "utf8");
  writeFileSync(file, settings.replace(URL_LINE, `url = "${url}"\ncards = 0`));
  writeFileSync(join(folder, ".gitignore"), IGNORED.join("\n"));
  git(folder, "init", "--quiet", "--initial-branch", "main");
  git(folder, "config", "uploadpack.allowFilter", "true");
  git(folder, "config", "uploadpack.allowAnySHA1InWant", "true");
  commit(folder);
}

function addArticles(folder: string, first: number): void {
  const articles = generateArticles({
    seed: 1,
    texts: "mixed",
    first,
    count: NEW_ARTICLES,
    categories: 5,
    startSeconds: LAST_DAY_SECONDS,
    days: 1,
  });
  for (const { path, text } of articles) writeFileSync(join(folder, "articles", path), text);
  commit(folder);
}

/** The newest commit only, as actions/checkout has it. */
function checkOutWhole(origin: string, clone: string): void {
  git(clone, "clone", "--quiet", "--depth", "1", `file://${origin}`, ".");
}

/** As actions/checkout does it with `sparse-checkout` and without `sparse-checkout-cone-mode`. */
function checkOutSparse(origin: string, clone: string): void {
  git(clone, "init", "--quiet");
  git(clone, "remote", "add", "origin", `file://${origin}`);
  git(clone, "fetch", "--quiet", "--no-tags", "--filter=blob:none", "--depth=1", "origin", "main");
  git(clone, "sparse-checkout", "set", "--no-cone", "/*", "!/articles/**/*.md");
  git(clone, "checkout", "--quiet", "--force", "FETCH_HEAD");
}

function commit(folder: string): void {
  git(folder, "add", "--all");
  const who = ["-c", "user.name=bench", "-c", "user.email=bench@news.example"];
  git(folder, ...who, "commit", "--quiet", "--message", "Articles");
}

function git(folder: string, ...args: readonly string[]): void {
  execFileSync("git", args, { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
}

/** What a page costs that is a file of Static Assets; `deploy.test.ts` shows that the Worker is not asked for such a file. */
function hotPageRow(folder: string): Row {
  const pages = join(folder, "build/deploy/assets", SHARE_PAGES_PATH);
  const files = existsSync(pages) ? readdirSync(pages).length : 0;
  return measuredRow("a hot share page, Worker requests and KV reads", [files > 0 ? 0 : 2], {
    unit: "",
    bar: atMost(0),
    beside: `${files} pages are files`,
  });
}

/** How many articles a deploy opens, as strace counts them. */
async function openedArticles(
  folder: string,
  environment: Readonly<Record<string, string>>,
): Promise<number> {
  const trace = join(folder, "trace.txt");
  const tracing = ["-f", "-qq", "-e", "trace=open,openat", "-o", trace];
  const program = [process.execPath, await packedProgram(), "deploy", "--dry-run"];
  await measureRun({ command: "strace", args: [...tracing, ...program], folder, environment });
  const opened = readFileSync(trace, "utf8").matchAll(/articles\/([^"/]+\.md)", .*= \d+$/gm);
  return new Set(Array.from(opened, ([, file]) => file)).size;
}
