/**
 * `npm start`: runs `wrangler dev`, tells it the address that the pages will have and that documents name, and watches the
 * source folders that it does not watch, such as those outside the checkout. Other options go to wrangler.
 */
import { join } from "node:path";
import { readSettingsFile } from "./config/read-settings-file.ts";
import { freePort } from "./dev/free-port.ts";
import { serveSite } from "./dev/serve-site.ts";
import { formatDiagnostic } from "./diagnostics/diagnostic.ts";
import { REAL_IO } from "./terminal/io.ts";
import { text } from "./terminal/option-kinds.ts";
import { EXIT_USAGE, runCommand } from "./terminal/run-command.ts";

const ROOT = join(import.meta.dirname, "..");
const CONFIG = "wrangler.toml";
const FIRST_PORT = 8787;

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

async function start(options: {
  readonly port: string | null;
  readonly ip: string | null;
}): Promise<number> {
  const settings = readSettingsFile(join(ROOT, CONFIG), CONFIG, {
    OFFPRINT_SOURCES: process.env["OFFPRINT_SOURCES"],
  });
  if (!settings.ok) {
    console.error(settings.failure.map(formatDiagnostic).join("\n"));
    return EXIT_USAGE;
  }
  const args = process.argv.slice(2);
  const port = options.port ?? String(await freePort(FIRST_PORT));
  const site = {
    root: ROOT,
    sources: settings.value.sources,
    host: options.ip ?? "localhost",
    port,
    args: options.port === null ? ["--port", port, ...args] : args,
    environment: {
      ...process.env,
      OFFPRINT_URL: process.env["OFFPRINT_URL"] ?? `http://localhost:${port}`,
      WRANGLER_SEND_METRICS: "false",
      // wrangler loads faster when its compiled code is kept, as `npm run bundle` keeps its own.
      NODE_COMPILE_CACHE: join(ROOT, "build/compile-cache"),
    },
  };
  return serveSite(site, REAL_IO);
}
