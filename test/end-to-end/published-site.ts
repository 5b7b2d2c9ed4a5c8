import { spawn } from "node:child_process";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CloudflareStandIn } from "./cloudflare-stand-in.ts";
import { makeCheckout, unusedPort } from "./running-site.ts";

/** What a command said. */
export interface Run {
  readonly exitCode: number | null;
  readonly output: string;
}

/** A command, and ways to end it. */
export interface RunningCommand {
  readonly ended: Promise<Run>;
  /** As a power cut would, with all that it started. */
  readonly kill: () => void;
  /** As somebody would who tells it alone to end. */
  readonly signal: (signal: NodeJS.Signals) => void;
}

/** A site whose owner has an account, which is the stand-in. */
export interface PublishedSite {
  readonly folder: string;
  readonly origin: string;
  readonly cloudflare: CloudflareStandIn;
  deploy(...args: readonly string[]): Promise<Run>;
  release(...args: readonly string[]): Promise<Run>;
  /** wrangler itself, as somebody who knows nothing of Offprint would use it. */
  wrangler(...args: readonly string[]): Promise<Run>;
  startDeploy(): RunningCommand;
  /** A file of the first source folder. */
  write(name: string, text: string): void;
  close(): Promise<void>;
}

const FIXTURES = join(import.meta.dirname, "../fixtures/articles");

/** Makes a checkout with the test's articles, and an account without anything in it. */
export async function openPublishedSite(): Promise<PublishedSite> {
  const folder = makeCheckout();
  rmSync(join(folder, "articles"), { recursive: true });
  cpSync(FIXTURES, join(folder, "articles"), { recursive: true });
  const site = await openAccount(folder, join(folder, "scripts/offprint.ts"));
  const file = join(folder, "wrangler.toml");
  writeFileSync(
    file,
    readFileSync(file, "utf8").replace(
      /^url = .*$/m,
      `url = "${site.origin}"\nprerendered_feeds = 1\npublish_hook = "url"`,
    ),
  );
  return site;
}

/**
 * Opens an account without anything in it, for a site.
 *
 * @param folder of the site, which goes when it is closed
 * @param program the file that is `offprint`
 */
export async function openAccount(folder: string, program: string): Promise<PublishedSite> {
  const cloudflare = new CloudflareStandIn();
  await cloudflare.listen();
  cloudflare.sitePort = await unusedPort();
  const start = (command: string, args: readonly string[]): RunningCommand => {
    const child = spawn(command, args, {
      cwd: folder,
      env: { ...process.env, ...cloudflare.environment },
      stdio: ["ignore", "pipe", "pipe"],
      // A group of its own, so that wrangler ends with it.
      detached: true,
    });
    let output = "";
    const collect = (text: string): void => {
      output += text;
    };
    child.stdout.setEncoding("utf8").on("data", collect);
    child.stderr.setEncoding("utf8").on("data", collect);
    const ended = new Promise<Run>((settle) => {
      child.once("close", (exitCode) => {
        settle({ exitCode, output });
      });
    });
    return {
      ended,
      signal: (signal) => {
        child.kill(signal);
      },
      kill: () => {
        if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGKILL");
      },
    };
  };
  const offprint = (...args: readonly string[]): ReturnType<typeof start> =>
    start(process.execPath, [program, ...args]);
  return {
    folder,
    origin: `http://localhost:${cloudflare.sitePort}`,
    cloudflare,
    deploy: async (...args) => offprint("deploy", ...args).ended,
    release: async (...args) => offprint("release", ...args).ended,
    wrangler: async (...args) => start("wrangler", args).ended,
    startDeploy: () => offprint("deploy"),
    write: (name, text) => {
      writeFileSync(join(folder, "articles", name), text);
    },
    close: async () => {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
      await cloudflare.close();
    },
  };
}
