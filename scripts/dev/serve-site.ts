import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { platform } from "node:os";
import { join } from "node:path";
import { execPath } from "node:process";
import { errorDetail } from "../terminal/error-detail.ts";
import type { IO } from "../terminal/io.ts";
import { passesSignalsOn } from "../terminal/run-program.ts";
import { wranglerScript } from "../terminal/wrangler-script.ts";
import { MAY_DRAW_LATER, createFollowUp } from "./follow-up.ts";
import { watchSite } from "./watch-site.ts";
import { readWord, watchWord } from "./word-from-bundle.ts";

interface ServedSite {
  /** The folder of `wrangler.toml`. */
  readonly root: string;
  /** Source folders, folders and files with pages, and the icon, relative to `root`. */
  readonly sources: readonly string[];
  /** Host and port where wrangler serves. */
  readonly host: string;
  readonly port: string;
  /** Options for `wrangler dev`, including the port. */
  readonly args: readonly string[];
  /** The environment of wrangler, and so of the bundling that it runs. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

type ServingIO = Pick<IO, "fetch" | "wait" | "say" | "warn" | "onSignal">;

const READY_MILLISECONDS = 200;
/** After a failed bundling wrangler reloads what there is, and says last that all is ready. */
const RELOAD_MILLISECONDS = 2000;
/** Two minutes; it may never answer over HTTP, if wrangler was told to serve HTTPS. */
const READY_TRIES = 600;

/**
 * Runs `wrangler dev` to its end, and has it bundle after every change of the site. Why that failed is said once more after
 * wrangler's own lines. What takes long to draw is drawn when the site answers. Returns wrangler's exit code.
 */
export async function serveSite(
  { root, sources, host, port, args, environment }: ServedSite,
  io: ServingIO,
): Promise<number> {
  // wrangler refuses to start without its folder of assets, and it starts before anything is bundled.
  mkdirSync(join(root, "build/assets"), { recursive: true });
  const end = new AbortController();
  const health = `http://${host}:${port}/healthz`;
  const followUp = createFollowUp(
    {
      root,
      environment,
      answers: async (signal) => {
        await firstAnswer;
        await answers(health, AbortSignal.any([signal, end.signal]), io);
      },
      onDrawn: () => {
        watching.bundleAgain();
      },
    },
    io,
  );
  const watching = watchSite(root, sources, io.warn, followUp.interrupt);
  const command = [wranglerScript(), "dev", "--var", "OFFPRINT_PREVIEWS:1", ...args];
  const wrangler = spawn(execPath, command, {
    cwd: root,
    stdio: "inherit",
    env: { ...environment, [MAY_DRAW_LATER]: "1" },
  });
  io.onSignal((signal) => {
    if (passesSignalsOn(platform())) wrangler.kill(signal);
  });
  const catchUp = async (): Promise<void> => {
    if (await answers(health, end.signal, io)) watching.catchUp();
  };
  const firstAnswer = catchUp();
  let isRepeating = false;
  const repeat = async (): Promise<void> => {
    if (isRepeating) return;
    isRepeating = true;
    await io.wait(RELOAD_MILLISECONDS, "wrangler to load anew");
    // While it reloads, wrangler lets requests wait.
    await answers(health, end.signal, io);
    isRepeating = false;
    const why = end.signal.aborted ? null : readWord(root, "failed");
    if (why !== null) io.warn(`Not bundled, so the site is as it was:\n${why}`);
  };
  const failures = watchWord(root, "failed", () => void repeat());
  const unfinished = watchWord(root, "unfinished", () => void followUp.begin());
  try {
    const [code] = (await once(wrangler, "close")) as [number | null];
    return code ?? 0;
  } catch (error) {
    io.warn(`Cannot start wrangler: ${errorDetail(error)}; run npm ci first`);
    return 1;
  } finally {
    end.abort();
    watching.close();
    failures.close();
    unfinished.close();
    followUp.interrupt();
  }
}

async function answers(address: string, signal: AbortSignal, io: ServingIO): Promise<boolean> {
  for (let attempt = 0; attempt < READY_TRIES && !signal.aborted; attempt += 1) {
    const response = await io.fetch(address, { signal }).catch(() => null);
    if (response !== null) return true;
    await io.wait(READY_MILLISECONDS, `${address} to answer`);
  }
  return false;
}
