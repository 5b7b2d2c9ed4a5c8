import { spawn } from "node:child_process";
import { once } from "node:events";
import { setPriority } from "node:os";
import { argv, execPath } from "node:process";
import type { IO } from "../terminal/io.ts";
import { readWord } from "./word-from-bundle.ts";

/** Where bundling finds that it may leave for later what takes long to draw; only `npm start` sees to it that it is drawn then. */
export const MAY_DRAW_LATER = "OFFPRINT_MAY_DRAW_LATER";

/** Half as much of a processor as others; less, and on a busy machine it would never end. */
const LOWER_PRIORITY = 4;

interface FollowUpInput {
  /** The folder of `wrangler.toml`. */
  readonly root: string;
  /** The environment of wrangler. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Waits until the site answers. */
  readonly answers: (end: AbortSignal) => Promise<unknown>;
  /** Is called when all is drawn. */
  readonly onDrawn: () => void;
}

/** Draws what a bundling has left for later, while the site is served without it. */
export interface FollowUp {
  /** Begins, if bundling left word that there is something to draw; whatever was being drawn is begun again. */
  readonly begin: () => Promise<void>;
  /** Ends it, so that an edit does not wait for it. What was drawn of pictures stays drawn. */
  readonly interrupt: () => void;
}

/** A bundling of its own draws it, since wrangler lets all requests wait while it bundles by itself. */
export function createFollowUp(
  { root, environment, answers, onDrawn }: FollowUpInput,
  io: Pick<IO, "say">,
): FollowUp {
  let running: AbortController | null = null;
  const interrupt = (): void => {
    running?.abort();
    running = null;
  };
  const begin = async (): Promise<void> => {
    const what = readWord(root, "unfinished");
    // It is taken back when all is drawn.
    if (what === null) return;
    interrupt();
    const { signal } = (running = new AbortController());
    await answers(signal);
    if (signal.aborted) return;
    io.say(what);
    const isDrawn = await bundleWhole(root, environment, signal);
    if (signal.aborted) return;
    running = null;
    if (isDrawn) onDrawn();
  };
  return { begin, interrupt };
}

/** Bundles with everything; whether that succeeded. Why not, it says itself. */
async function bundleWhole(
  root: string,
  environment: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
): Promise<boolean> {
  const bundling = spawn(execPath, [argv[1] ?? "", "bundle", "--root", root], {
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...environment, [MAY_DRAW_LATER]: undefined },
    signal,
  });
  try {
    // Whoever looks at the site meanwhile goes first.
    if (bundling.pid !== undefined) {
      setPriority(bundling.pid, LOWER_PRIORITY);
    }
    const [code] = (await once(bundling, "close")) as [number | null];
    return code === 0;
  } catch {
    // It was interrupted, or could not be started.
    return false;
  }
}
