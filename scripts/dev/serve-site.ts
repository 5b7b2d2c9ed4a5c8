import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { platform } from "node:os";
import { join } from "node:path";
import type { IO } from "../terminal/io.ts";
import { passSignalsTo } from "../terminal/pass-signals.ts";
import { watchSite } from "./watch-site.ts";

export interface ServedSite {
  /** The folder of `wrangler.toml`. */
  readonly root: string;
  /** Source folders, relative to it. */
  readonly sources: readonly string[];
  readonly host: string;
  readonly port: string;
  /** For `wrangler dev`, besides the port. */
  readonly args: readonly string[];
  /** wrangler's, and by it the bundling's. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const READY_MILLISECONDS = 200;
/** Two minutes: it may never answer, where wrangler was told to speak TLS. */
const READY_TRIES = 600;

/** Runs `wrangler dev` to its end, with a bundling for every change of the site. Gives wrangler's exit code. */
export async function serveSite(
  { root, sources, host, port, args, environment }: ServedSite,
  io: Pick<IO, "fetch" | "wait" | "warn">,
): Promise<number> {
  // wrangler wants it to be there before anything is bundled.
  mkdirSync(join(root, "build/assets"), { recursive: true });
  const watching = watchSite(root, sources, io.warn);
  const wrangler = spawn(
    "wrangler",
    ["dev", "--var", "OFFPRINT_PREVIEWS:1", "--port", port, ...args],
    { cwd: root, stdio: "inherit", shell: platform() === "win32", env: environment },
  );
  passSignalsTo(wrangler);
  const ended = new Promise<number>((settle) => {
    wrangler.once("error", (error) => {
      io.warn(`Cannot start wrangler: ${error.message}; run npm ci first`);
      settle(1);
    });
    wrangler.once("close", (code) => {
      settle(code ?? 0);
    });
  });
  const end = new AbortController();
  const catchUp = async (): Promise<void> => {
    if (await answers(`http://${host}:${port}/healthz`, end.signal, io)) watching.catchUp();
  };
  void catchUp();
  const exitCode = await ended;
  end.abort();
  watching.close();
  return exitCode;
}

async function answers(
  address: string,
  signal: AbortSignal,
  { fetch, wait }: Pick<IO, "fetch" | "wait">,
): Promise<boolean> {
  for (let attempt = 0; attempt < READY_TRIES && !signal.aborted; attempt += 1) {
    const response = await fetch(address, { signal }).catch(() => null);
    if (response !== null) return true;
    await wait(READY_MILLISECONDS);
  }
  return false;
}
