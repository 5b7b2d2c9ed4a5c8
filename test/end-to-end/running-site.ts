import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const PROJECT = join(import.meta.dirname, "../..");
/** What a checkout has that `npm start` needs; `node_modules` is linked. */
const COPIED = [
  "articles",
  "package-lock.json",
  "package.json",
  "scripts",
  "src",
  "tsconfig.json",
  "wrangler.toml",
];
const START_TIMEOUT_MILLISECONDS = 90_000;
const POLL_MILLISECONDS = 50;

/** A checkout of its own in which `npm start` runs, so that nothing of the developer's is touched. */
export interface RunningSite {
  readonly folder: string;
  readonly origin: string;
  /** Fetches without following redirects. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Fetches until `accept` is true of the text, and returns the milliseconds that it took. */
  waitFor(
    path: string,
    accept: (text: string) => boolean,
    patienceMilliseconds: number,
  ): Promise<number>;
  /** What was printed so far. */
  output(): string;
  stop(): Promise<void>;
}

/** A checkout of its own, in a folder that the test removes. */
export function makeCheckout(): string {
  const folder = mkdtempSync(join(tmpdir(), "offprint-"));
  for (const name of COPIED) cpSync(join(PROJECT, name), join(folder, name), { recursive: true });
  symlinkSync(join(PROJECT, "node_modules"), join(folder, "node_modules"), "junction");
  return folder;
}

/**
 * Starts the site as a user would, with `npm start`.
 *
 * @param folder of the site, which goes when it is stopped
 */
export async function startSite(
  environment: Readonly<Record<string, string>> = {},
  folder = makeCheckout(),
): Promise<RunningSite> {
  const port = await unusedPort();
  const npm = spawn("npm", ["start", "--", "--port", String(port)], {
    cwd: folder,
    env: { ...process.env, ...environment },
    // A group of its own, so that wrangler and workerd end with npm.
    detached: true,
  });
  let output = "";
  const collect = (text: string): void => {
    output += text;
  };
  npm.stdout.setEncoding("utf8").on("data", collect);
  npm.stderr.setEncoding("utf8").on("data", collect);
  const origin = `http://localhost:${port}`;
  const ended = new Promise<void>((settle) => {
    npm.once("close", () => {
      settle();
    });
  });
  const site: RunningSite = {
    folder,
    origin,
    output: () => output,
    fetch: async (path, init = {}) => fetch(new URL(path, origin), { redirect: "manual", ...init }),
    async waitFor(path, accept, patienceMilliseconds) {
      const startedAt = performance.now();
      while (performance.now() - startedAt < patienceMilliseconds) {
        const text = await site.fetch(path).then(
          async (response) => response.text(),
          () => "",
        );
        if (accept(text)) return performance.now() - startedAt;
        await sleep(POLL_MILLISECONDS);
      }
      throw new Error(
        `${path} did not become as expected in ${patienceMilliseconds} ms:\n${output}`,
      );
    },
    async stop() {
      if (npm.pid !== undefined && npm.exitCode === null) process.kill(-npm.pid, "SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  await site.waitFor("/healthz", (text) => text.includes('"release"'), START_TIMEOUT_MILLISECONDS);
  return site;
}

/** A port that nobody listens on. */
export async function unusedPort(): Promise<number> {
  return new Promise((settle, refuse) => {
    const server = createServer();
    server.once("error", refuse);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      server.close(() => {
        settle(port);
      });
    });
  });
}
