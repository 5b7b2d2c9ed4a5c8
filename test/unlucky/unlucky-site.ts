import { spawn } from "node:child_process";
import {
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join, relative } from "node:path";
import { contentHash } from "../../src/store/content-hash.ts";
import { Manifest } from "../../src/store/manifest.ts";
import { makeCheckout } from "../end-to-end/running-site.ts";

/** What a command did. */
export interface Run {
  /** Null if a signal ended it. */
  readonly exitCode: number | null;
  readonly output: string;
  /** Whether it had to be stopped, because it took minutes. */
  readonly isHung: boolean;
}

/** A command that may be stopped. */
export interface RunningCommand {
  readonly ended: Promise<Run>;
  /** As a power cut would, with all that it started. */
  readonly kill: () => void;
}

export interface CommandOptions {
  readonly environment?: Readonly<Record<string, string>>;
  /** The user that it runs as; only root may choose. */
  readonly user?: number;
}

const HUNG_MILLISECONDS = 180_000;
const ARTICLES = 300;
const PICTURES = 20;
/** 900 by 600 white pixels. */
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAA4QAAAJYAQMAAAAAC7qYAAAAA1BMVEX///+nxBvIAAAAWUlEQVR42u3BgQAAAADDoPlT3+AEVQEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAPAMCz8AAaFYBVwAAAAASUVORK5CYII=",
  "base64",
);

/** A site with a few hundred articles and pictures, in a checkout of its own. */
export class UnluckySite {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** The absolute path of a file of the site. */
  at(path: string): string {
    return join(this.folder, path);
  }

  /** Starts `npm run bundle` without npm, which would hide its exit code. */
  startBundle(options: CommandOptions = {}): RunningCommand {
    return startCommand(process.execPath, ["scripts/offprint.ts", "bundle"], this.folder, options);
  }

  async bundle(options: CommandOptions = {}): Promise<Run> {
    return this.startBundle(options).ended;
  }

  /** A hash of the release's id, and of all values and assets; null if there is no release. */
  fingerprint(): string | null {
    const build = this.at("build");
    const bytes = readFileOrNull(join(build, "release.bin"));
    const manifest = bytes && Manifest.open(bytes);
    if (manifest?.ok !== true) return null;
    const files = globSync("{values,assets}/**/*", { cwd: build, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .toSorted();
    const parts = files.flatMap((file) => [
      relative(build, file),
      Uint8Array.from(readFileSync(file)),
    ]);
    return contentHash([manifest.value.release, ...parts]);
  }

  /** Whether an undisturbed run makes the same as one in a new checkout that was never disturbed. */
  async isAsIfNothingHappened(): Promise<boolean> {
    const fresh = new UnluckySite(`${this.folder}-fresh`);
    try {
      cpSync(this.folder, fresh.folder, {
        recursive: true,
        verbatimSymlinks: true,
        filter: (path) => !["build", ".wrangler"].includes(relative(this.folder, path)),
      });
      const runs = [await this.bundle(), await fresh.bundle()];
      const made = this.fingerprint();
      return (
        runs.every((run) => run.exitCode === 0) && made !== null && made === fresh.fingerprint()
      );
    } finally {
      fresh.remove();
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Makes a site; nothing is bundled yet. */
export function makeUnluckySite(): UnluckySite {
  const site = new UnluckySite(makeCheckout());
  const config = site.at("wrangler.toml");
  const quick = "cards = 0\nprerendered_feeds = 1\n";
  writeFileSync(config, readFileSync(config, "utf8").replace(/^sources = /m, `${quick}sources = `));
  rmSync(site.at("articles"), { recursive: true });
  mkdirSync(site.at("articles/deep"), { recursive: true });
  for (let number = 0; number < PICTURES; number += 1) {
    writeFileSync(site.at(`articles/${number}.png`), PNG);
  }
  for (let number = 0; number < ARTICLES; number += 1) {
    writeFileSync(site.at(articlePath(number)), articleText(number));
  }
  return site;
}

/** The path of an article in the site; half of them are in a folder of their own. */
export function articlePath(number: number): string {
  const day = String((number % 28) + 1).padStart(2, "0");
  return `articles/${number % 2 === 0 ? "" : "deep/"}2024-01-${day}-article-${number}.md`;
}

export function articleText(number: number, text = "正文。"): string {
  const picture = number % 2 === 0 ? `![](${number % PICTURES}.png)\n\n` : "";
  return `---\ntitle: 第${number}篇\ncategories: [news${number % 5}]\n---\n\n${picture}${text}\n`;
}

/** Starts a command in a process group of its own. */
export function startCommand(
  command: string,
  args: readonly string[],
  folder: string,
  { environment = {}, user }: CommandOptions = {},
): RunningCommand {
  const child = spawn(command, args, {
    cwd: folder,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
    ...(user === undefined ? {} : { uid: user, gid: user }),
  });
  let output = "";
  const collect = (text: string): void => {
    output += text;
  };
  child.stderr.setEncoding("utf8").on("data", collect);
  child.stdout.setEncoding("utf8").on("data", collect);
  let isHung = false;
  const kill = (): void => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGKILL");
  };
  const patience = setTimeout(() => {
    isHung = true;
    kill();
  }, HUNG_MILLISECONDS);
  const ended = new Promise<Run>((settle) => {
    child.once("close", (exitCode) => {
      clearTimeout(patience);
      settle({ exitCode, output: output.replaceAll(folder, "."), isHung });
    });
  });
  return { ended, kill };
}

/** Makes a temporary folder for what lies outside of every site. */
export function makeOutsideFolder(): string {
  return mkdtempSync("/tmp/offprint-outside-");
}

function readFileOrNull(file: string): Uint8Array | null {
  try {
    return Uint8Array.from(readFileSync(file));
  } catch {
    return null;
  }
}
