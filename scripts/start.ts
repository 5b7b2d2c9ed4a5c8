/**
 * `npm start`: `wrangler dev` with the two things it does not know: the address under which the pages will be seen, which
 * they name, and source folders outside the checkout, which it does not watch. Options go to wrangler.
 */
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, watch, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join, relative, resolve, sep } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { formatDiagnostic } from "./diagnostics/diagnostic.ts";
import { REMOVED_FILE } from "./removed/read-removed.ts";
import { text } from "./terminal/options.ts";
import { runCommand } from "./terminal/run-command.ts";
import { readSettings } from "./config/settings.ts";
import type { FolderWatch } from "./dev/watch-folder.ts";
import { watchFolder } from "./dev/watch-folder.ts";

const ROOT = join(import.meta.dirname, "..");
const CONFIG = "wrangler.toml";
const FIRST_PORT = 8787;
const PORTS_TRIED = 100;
const EXIT_USAGE = 2;
/** In `watch_dir` of wrangler.toml: a change here makes `wrangler dev` bundle again. */
const WATCHED = join(ROOT, "build/watched");
const READY_MILLISECONDS = 200;
const READY_TRIES = 600;

const USAGE = `Usage: npm start -- [options]

Serves the articles on this machine, and shows what changes in them. Options that are not named here go to wrangler dev.

  --port n   (default: the first one from ${FIRST_PORT} on that is free)
  --ip a     the address to listen at (default: localhost)
  --help     this text

Environment
  OFFPRINT_SOURCES   source folders, with commas between, instead of those in wrangler.toml
  OFFPRINT_URL       the origin that documents name, instead of the one where they are served`;

await runCommand({
  name: "npm start --",
  usage: USAGE,
  options: { port: text, ip: text },
  strict: false,
  allowPositionals: true,
  run: start,
});

async function start(values: {
  readonly port: string | null;
  readonly ip: string | null;
}): Promise<number> {
  const args = process.argv.slice(2);
  const settings = readSettings(readFileSync(join(ROOT, CONFIG), "utf8"), CONFIG, {
    OFFPRINT_SOURCES: process.env["OFFPRINT_SOURCES"],
  });
  if (!settings.ok) {
    console.error(settings.failure.map(formatDiagnostic).join("\n"));
    return EXIT_USAGE;
  }
  mkdirSync(WATCHED, { recursive: true });
  mkdirSync(join(ROOT, "build/assets"), { recursive: true });
  let isChanged = false;
  const change = (): void => {
    isChanged = true;
    tellWrangler();
  };
  const folders = settings.value.sources.map((source) => resolve(ROOT, source));
  const watchers = [
    watchSettings(change),
    ...folders.filter(isOutside).flatMap((folder) => watchSource(folder, change)),
  ];
  const early = folders
    .filter((folder) => !isOutside(folder))
    .flatMap((folder) =>
      watchSource(folder, () => {
        isChanged = true;
      }),
    );
  const port = values.port ?? String(await freePort());
  const origin = process.env["OFFPRINT_URL"] ?? `http://localhost:${port}`;
  const environment = {
    ...process.env,
    OFFPRINT_URL: origin,
    WRANGLER_SEND_METRICS: "false",
    // wrangler's code is kept as bundling keeps its own.
    NODE_COMPILE_CACHE: join(ROOT, "build/compile-cache"),
  };
  const running = runWrangler(["--port", port, ...withoutPort(args)], environment);
  const host = values.ip ?? "localhost";
  const catchUp = async (): Promise<void> => {
    await awaitAnswer(`http://${host}:${port}/healthz`);
    for (const watcher of early) watcher.close();
    // What changed while wrangler bundled, and did not watch yet, would show with the next change only.
    if (isChanged) tellWrangler();
  };
  void catchUp();
  const exitCode = await running;
  for (const watcher of watchers) watcher.close();
  return exitCode;
}

/** Gives up after two minutes: wrangler may have been told to speak TLS. */
async function awaitAnswer(address: string): Promise<void> {
  for (let attempt = 0; attempt < READY_TRIES; attempt += 1) {
    const response = await fetch(address).catch(() => null);
    if (response !== null) return;
    await sleep(READY_MILLISECONDS, undefined, { ref: false });
  }
}

function tellWrangler(): void {
  writeFileSync(join(WATCHED, "changed"), String(performance.now()));
}

/** Editors replace files, and a watch on the file itself then watches nothing: the folder is watched. */
function watchSettings(onChange: () => void): FolderWatch {
  return watch(ROOT, (_event, name) => {
    if (name === CONFIG || name === REMOVED_FILE) onChange();
  });
}

/** Whether a folder is one that wrangler's own `watch_dir` does not reach. */
function isOutside(folder: string): boolean {
  return relative(ROOT, folder).split(sep)[0] !== "articles";
}

function watchSource(folder: string, onChange: () => void): readonly FolderWatch[] {
  try {
    return [watchFolder(folder, onChange)];
  } catch (error) {
    console.error(`Cannot watch "${folder}": ${String(error)}; changes in it show after a restart`);
    return [];
  }
}

async function freePort(): Promise<number> {
  for (let port = FIRST_PORT; port < FIRST_PORT + PORTS_TRIED; port += 1) {
    if (await isFree(port)) return port;
  }
  return FIRST_PORT;
}

async function isFree(port: number): Promise<boolean> {
  return new Promise((settle) => {
    const server = createServer();
    server.once("error", () => {
      settle(false);
    });
    server.listen(port, "localhost", () => {
      server.close(() => {
        settle(true);
      });
    });
  });
}

function withoutPort(args: readonly string[]): string[] {
  return args.filter(
    (arg, index) => arg !== "--port" && args[index - 1] !== "--port" && !arg.startsWith("--port="),
  );
}

async function runWrangler(args: string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const wrangler = spawn("wrangler", ["dev", "--var", "OFFPRINT_PREVIEWS:1", ...args], {
    cwd: ROOT,
    stdio: "inherit",
    shell: process.platform === "win32",
    env: environment,
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      wrangler.kill(signal);
    });
  }
  return new Promise((settle) => {
    wrangler.once("error", (error) => {
      console.error(`Cannot start wrangler: ${error.message}; run npm ci first`);
      settle(1);
    });
    wrangler.once("close", (code) => {
      settle(code ?? 0);
    });
  });
}
