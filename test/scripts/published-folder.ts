import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Manifest } from "../../src/store/manifest.ts";
import type { OnTime } from "../../src/store/release-contents.ts";
import type { ValueSource } from "../../src/store/release-store.ts";
import { findConfigFile } from "../../scripts/config/config-file.ts";
import type { DeployOptions } from "../../scripts/publish/deploy-folder.ts";
import { deployFolder } from "../../scripts/publish/deploy-folder.ts";
import { LEAST_FILES_FOR_INDEX } from "../../scripts/publish/live-index.ts";
import { failureMessage } from "../../scripts/publish/failure-messages.ts";
import { exitCodeOf } from "../../scripts/publish/exit-codes.ts";
import type { ReleaseOptions } from "../../scripts/releases/verb-answer.ts";
import { runVerb } from "../../scripts/releases/run-verb.ts";
import { Interruption } from "../../scripts/terminal/interruption.ts";
import type { World } from "../../scripts/terminal/io.ts";
import type { ProgramRun } from "../../scripts/terminal/run-program.ts";
import type { DataPoint } from "../stand-in/analytics-engine.ts";
import { applyHeaderRules } from "../stand-in/header-rules.ts";
import type { Version } from "../stand-in/stored-worker.ts";
import { FakeCloudflare } from "./fake-cloudflare.ts";
import type { FakeIO } from "./fake-io.ts";
import { FakeClock, fakeIO } from "./fake-io.ts";
import { fakeWrangler } from "./fake-wrangler.ts";

/** What a command said; it has no exit code where it was killed. */
export interface Run {
  readonly exitCode: number | null;
  readonly output: string;
}

/** What a verb of `npm run release` said, and what it would say to programs. */
export interface VerbRun extends Run {
  readonly json: unknown;
}

/** A command, and ways to end it. */
export interface RunningDeploy {
  readonly ended: Promise<Run>;
  readonly io: FakeIO;
  /** As a power cut would: nothing that it asks of the world takes place any more. */
  readonly kill: () => void;
}

class Killed extends Error {}

const PROJECT = join(import.meta.dirname, "../..");
/** Where the Worker of the test's settings answers, in the stand-in's account. */
const ORIGIN = "https://offprint.stand-in.workers.dev";
/** 2026-11-30. */
const START_MILLISECONDS = 1_796_000_000_000;

/** A file as Static Assets answer, whatever the method is. */
function servedFile({ assets }: Version, file: Buffer, path: string, init: RequestInit): Response {
  const tag = `"${createHash("sha256").update(file).digest("hex").slice(0, 32)}"`;
  const headers = new Headers({
    ETag: tag,
    "Cache-Control": "public, max-age=0, must-revalidate",
    "CF-Cache-Status": "MISS",
  });
  applyHeaderRules(assets.headers, new URL(path, ORIGIN), headers);
  const known = new Headers(init.headers).get("If-None-Match");
  return known === tag || known === `W/${tag}`
    ? new Response(null, { status: 304, headers })
    : new Response(new Uint8Array(file), { headers });
}

/** Deploys and releases of a folder whose owner has an account, in this process: its network, wrangler and clock are fakes. */
export class PublishedFolder {
  readonly folder = mkdtempSync(join(tmpdir(), "offprint-"));
  readonly origin = ORIGIN;
  readonly cloudflare: FakeCloudflare;
  /** What the environment says besides. */
  readonly environment: Record<string, string> = {};
  /** What becomes of a run of wrangler's, which `run` would do. */
  wranglerFault: (run: () => Promise<ProgramRun>, end: AbortSignal) => Promise<ProgramRun> = async (
    run,
  ) => run();
  /** What Cloudflare makes of the Worker's answers before anybody has them. */
  inFront: (url: string, answer: Response) => Response | Promise<Response> = (_, answer) => answer;
  /** What answers at hosts that are not Cloudflare's; null where nobody does. */
  elsewhere: (url: string, init: RequestInit) => Promise<Response | null> = async () => null;
  /** The arguments of each run of wrangler's. */
  readonly wranglerCommands: (readonly string[])[] = [];
  readonly #clock: FakeClock;

  private constructor(cloudflare: FakeCloudflare, clock: FakeClock) {
    this.cloudflare = cloudflare;
    this.#clock = clock;
  }

  /** Makes a folder with the test's articles, and an account without anything in it. */
  static open(): PublishedFolder {
    const cloudflare = new FakeCloudflare();
    const clock = new FakeClock(START_MILLISECONDS);
    cloudflare.now = () => clock.now;
    cloudflare.wait = async (milliseconds) => {
      clock.pass(milliseconds);
    };
    const site = new PublishedFolder(cloudflare, clock);
    site.#copy(PROJECT, ["wrangler.toml"]);
    cpSync(join(PROJECT, "test/fixtures/articles"), join(site.folder, "articles"), {
      recursive: true,
    });
    site.configure(/^url = .*$/m, `url = "${ORIGIN}"\nprerendered_feeds = 1\ncards = 0`);
    return site;
  }

  /** Another folder with the same, for the same account. */
  clone(): PublishedFolder {
    const other = new PublishedFolder(this.cloudflare, this.#clock);
    other.#copy(this.folder, ["wrangler.toml", "articles"]);
    return other;
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Lets time go by. */
  pass(seconds: number): void {
    this.#clock.pass(seconds * 1000);
  }

  async deploy(options: Partial<DeployOptions> = {}): Promise<Run> {
    return this.startDeploy(options).ended;
  }

  /** Deploys what has to go live for the test to begin. */
  async deployed(): Promise<void> {
    const { exitCode, output } = await this.deploy();
    if (exitCode !== 0 || !output.includes(" is live")) throw new Error(output);
  }

  startDeploy(options: Partial<DeployOptions> = {}): RunningDeploy {
    let isKilled = false;
    const untilKilled =
      <Args extends readonly unknown[], Value>(
        work: (...args: Args) => Promise<Value>,
      ): ((...args: Args) => Promise<Value>) =>
      async (...args) => {
        if (isKilled) throw new Killed();
        const value = await work(...args);
        if (isKilled) throw new Killed();
        return value;
      };
    const world = this.#world();
    const io = fakeIO(
      {
        ...world,
        fetch: untilKilled(world.fetch),
        wait: untilKilled(world.wait),
        run: untilKilled(world.run),
      },
      this.#clock,
    );
    const interruption = new Interruption(io, "Broken off before the switch");
    const deploying = async (): Promise<Run> => {
      try {
        const result = await deployFolder(
          this.folder,
          {
            kind: "deploy",
            isDryRun: false,
            mayReplace: false,
            mayReturn: false,
            mayRename: false,
            confirmsRemovals: false,
            mostWrites: null,
            leastIndexed: LEAST_FILES_FOR_INDEX,
            ...options,
          },
          io,
          interruption,
        );
        if (!result.ok) io.warn(failureMessage(result.failure, findConfigFile(this.folder)));
        const exitCode = interruption.exitCode ?? (result.ok ? 0 : exitCodeOf(result.failure));
        return { exitCode, output: io.lines.join("\n") };
      } catch (error) {
        if (!(error instanceof Killed)) throw error;
        return { exitCode: null, output: io.lines.join("\n") };
      }
    };
    return {
      io,
      ended: deploying(),
      kill: () => {
        isKilled = true;
      },
    };
  }

  async release(
    verb: string,
    names: readonly string[] = [],
    options: Partial<ReleaseOptions> = {},
  ): Promise<VerbRun> {
    const io = this.openWorld();
    const interruption = new Interruption(io, "Broken off");
    const answer = await runVerb(
      this.folder,
      verb,
      {
        names,
        given: [],
        yes: false,
        mayReturn: false,
        mostDeletes: 900,
        pages: 20,
        feeds: 20,
        days: 7,
        svg: null,
        ...options,
      },
      io,
      interruption,
    );
    if (answer.ok) {
      const { json, text, exitCode } = answer.value;
      return { exitCode, json, output: [...io.lines, text].join("\n") };
    }
    const why = failureMessage(answer.failure, findConfigFile(this.folder));
    const exitCode = interruption.exitCode ?? exitCodeOf(answer.failure);
    return { exitCode, json: { error: why }, output: [...io.lines, why].join("\n") };
  }

  /** The world for a command that is run as a whole. */
  openWorld(): FakeIO {
    return fakeIO(this.#world(), this.#clock);
  }

  /** Fetches a path of the public site, or another address, from an isolate that has served nobody yet. */
  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const { cloudflare } = this;
    const { hostname } = new URL(path, ORIGIN);
    const version = cloudflare.worker(
      cloudflare.workerAt(hostname) ?? cloudflare.latestWorker,
    ).liveVersion;
    const file = version?.assets.files.get(new URL(path, ORIGIN).pathname);
    if (version !== null && file !== undefined) return servedFile(version, file, path, init);
    const module = version?.modules.find(({ name }) => name === "release.bin");
    if (version === null || module === undefined) return new Response(null, { status: 404 });
    const manifest = Manifest.open(module.bytes);
    if (!manifest.ok) throw new Error(manifest.failure.detail);
    const { createApp } = await workerApp();
    const values: ValueSource = {
      get: async (key, { cacheTtl }) => {
        const bytes = cloudflare.readAs(version, key, cacheTtl);
        return bytes === null ? null : new Uint8Array(bytes).buffer;
      },
    };
    const request = new Request(new URL(path, ORIGIN), { redirect: "manual", ...init });
    const vars = version.bindings.filter(({ type }) => type === "plain_text");
    const bound = Object.fromEntries(vars.map(({ name, text }) => [String(name), text]));
    const app = createApp(manifest.value, () => this.#clock.now);
    return app.fetch(request, { ...bound, ...this.#datasetsOf(version), RELEASES: values });
  }

  /** The Analytics Engine as a version of the Worker is bound to it. */
  #datasetsOf({ bindings }: Version): Readonly<Record<string, object>> {
    const bound = bindings.filter(({ type }) => type === "analytics_engine");
    return Object.fromEntries(
      bound.map(({ name, dataset }) => [
        String(name),
        {
          writeDataPoint: (point: DataPoint) => {
            this.cloudflare.analytics.write(String(dataset ?? name), point, this.#clock.now);
          },
        },
      ]),
    );
  }

  /**
   * Runs the Worker's cron, if it has one, at the moment that it is.
   *
   * @param hook answers what the Worker asks
   */
  async runCron(hook: (url: string, init: RequestInit) => Response): Promise<void> {
    const { cloudflare } = this;
    const version = cloudflare.liveVersion;
    const worker = cloudflare.worker(cloudflare.latestWorker);
    if (version === null || worker.crons.length === 0) return;
    const { callWhenDue } = await cronOfWorker();
    const secret = worker.secrets.get("PUBLISH_HOOK");
    const RELEASES = {
      get: async (key: string, { cacheTtl }: { readonly cacheTtl: number }) =>
        cloudflare.readAs(version, key, cacheTtl)?.toString() ?? null,
      put: async (key: string, text: string) => {
        cloudflare.writeAs(version, key, Buffer.from(text));
      },
    };
    await callWhenDue(
      this.manifest.onTime,
      { RELEASES, ...(secret === undefined ? {} : { PUBLISH_HOOK: secret }) },
      {
        now: this.#clock.now,
        fetch: async (url, init) => hook(url, init),
        wait: async (milliseconds) => {
          this.#clock.pass(milliseconds);
        },
      },
    );
  }

  /** Whether a path is answered by Static Assets, without the Worker. */
  isFile(path: string): boolean {
    return this.cloudflare.liveVersion?.assets.files.has(path) === true;
  }

  async text(path: string): Promise<string> {
    return (await this.fetch(path)).text();
  }

  async status(path: string): Promise<number> {
    return (await this.fetch(path)).status;
  }

  /** A file of the folder, by its path. */
  read(path: string): string {
    return readFileSync(join(this.folder, path), "utf8");
  }

  write(path: string, content: string | Uint8Array): void {
    writeFileSync(join(this.folder, path), content);
  }

  remove(path: string): void {
    rmSync(join(this.folder, path));
  }

  /** Changes the settings. */
  configure(pattern: RegExp | string, replacement: string): void {
    this.write("wrangler.toml", this.read("wrangler.toml").replace(pattern, replacement));
  }

  /** The keys of all values. */
  get keys(): readonly string[] {
    return [...this.cloudflare.values.keys()].toSorted();
  }

  /** The live release. */
  get live(): string {
    return this.cloudflare.liveVersion?.annotations["workers/tag"] ?? "";
  }

  /** The manifest of the live release. */
  get manifest(): Manifest {
    const module = this.cloudflare.liveVersion?.modules.find(({ name }) => name === "release.bin");
    const manifest = module === undefined ? null : Manifest.open(module.bytes);
    if (manifest?.ok !== true) throw new Error("Nothing readable is live");
    return manifest.value;
  }

  #copy(from: string, names: readonly string[]): void {
    for (const name of names) {
      cpSync(join(from, name), join(this.folder, name), { recursive: true });
    }
  }

  #world(): Pick<World, "fetch" | "wait" | "now" | "environment" | "run"> {
    const { cloudflare } = this;
    // Whoever starts a command has waited for the one before.
    this.pass(1);
    return {
      fetch: async (url, init) => {
        if (url.startsWith(cloudflare.baseUrl)) return cloudflare.fetch(new Request(url, init));
        const { hostname } = new URL(url);
        if (cloudflare.workerAt(hostname) !== null) {
          return this.inFront(url, await this.fetch(url, init));
        }
        const other = await this.elsewhere(url, init);
        if (other !== null) return other;
        const cause = new Error(`getaddrinfo ENOTFOUND ${hostname}`);
        throw new TypeError("fetch failed", { cause });
      },
      wait: async (milliseconds) => {
        this.#clock.pass(milliseconds);
      },
      now: () => this.#clock.now,
      environment: { ...cloudflare.environment, ...this.environment },
      run: async (program, end) => {
        this.wranglerCommands.push(program.args);
        return this.wranglerFault(async () => fakeWrangler(cloudflare)(program, end), end);
      },
    };
  }
}

interface WorkerApp {
  readonly createApp: (
    manifest: Manifest,
    now: () => number,
  ) => {
    fetch(request: Request, env: { readonly RELEASES: ValueSource }): Promise<Response>;
  };
}

/** The Worker is typed for workerd: imported by a name that the compiler does not follow. */
async function workerApp(): Promise<WorkerApp> {
  const path: string = join(PROJECT, "src/http/app.ts");
  return (await import(path)) as WorkerApp;
}

interface WorkerCron {
  readonly callWhenDue: (
    onTime: OnTime | null,
    env: {
      readonly RELEASES: {
        readonly get: (
          key: string,
          options: { readonly cacheTtl: number },
        ) => Promise<string | null>;
        readonly put: (key: string, text: string) => Promise<void>;
      };
      readonly PUBLISH_HOOK?: string;
    },
    world: {
      readonly now: number;
      readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
      readonly wait: (milliseconds: number) => Promise<void>;
    },
  ) => Promise<void>;
}

/** Typed for workerd, as `workerApp` is. */
async function cronOfWorker(): Promise<WorkerCron> {
  const path: string = join(PROJECT, "src/http/call-when-due.ts");
  return (await import(path)) as WorkerCron;
}

/** An article of the test, in the category `city`. */
export function article(title: string, day: string): string {
  return `---\ntitle: ${title}\ndate: ${day} 08:00:00 +0800\ncategories: city\n---\n\n${title}。江上起雾，渡船停了一个钟头，岸上的人说着旧事。\n`;
}
