import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runWrangler } from "../../scripts/cloudflare/run-wrangler.ts";
import { readProject } from "../../scripts/config/read-project.ts";
import { REAL_IO } from "../../scripts/terminal/real-io.ts";
import { loadWorker, stageWorker } from "../../scripts/publish/stage-worker.ts";

const ROOT = join(import.meta.dirname, "../..");
const NAMESPACE_ID = "0".repeat(32);
const COMPATIBILITY = `compatibilityDate = "2026-10-01"`;

/** A Worker to run in workerd: its modules by name, the entry first, and the port to answer on. */
export interface Service {
  readonly name: string;
  readonly port: number;
  /** Files in the configuration's folder; `.bin` ones are data. */
  readonly modules: readonly string[];
  /** Where the binding `VALUES` leads, a server on this machine; none by default. */
  readonly valuesPort?: number;
}

/**
 * Bundles the site's Worker with a release as a deploy does, and the constant that it is compared with, into the folders
 * `site` and `floor`.
 *
 * @param manifest of the release
 */
export async function bundleWorkers(folder: string, manifest: Uint8Array): Promise<void> {
  // Inside the checkout, where packages are found.
  const stage = join(ROOT, "build/bench");
  rmSync(stage, { recursive: true, force: true });
  const project = readProject(ROOT, {});
  if (!project.ok) throw new Error(JSON.stringify(project.failure));
  const worker = await stageWorker(stage, project.value);
  await loadWorker(worker, project.value, NAMESPACE_ID, manifest);
  await bundle(worker.configFile, join(folder, "site"));
  const floor = join(stage, "floor.json");
  writeFileSync(floor, floorConfig());
  await bundle(floor, join(folder, "floor"));
  rmSync(stage, { recursive: true, force: true });
}

/** What wrangler needs to know of the constant. */
export function floorConfig(): string {
  const main = join(ROOT, "test/bench/floor-worker.ts");
  return JSON.stringify({ name: "floor", main, compatibility_date: "2026-11-01" });
}

/** The modules of the site's Worker, as `bundleWorkers` left them. */
export function siteModules(folder: string): readonly string[] {
  return readdirSync(join(folder, "site"))
    .filter((name) => name === "worker.js" || name.endsWith(".bin"))
    .map((name) => `site/${name}`);
}

/** A configuration for `workerd serve`. */
export function workerdConfig(services: readonly Service[]): string {
  const module = (name: string): string =>
    name.endsWith(".bin")
      ? `(name = "${name}", data = embed "${name}")`
      : `(name = "${name}", esModule = embed "${name}")`;
  const servers = services.flatMap(({ name, valuesPort }) =>
    valuesPort === undefined
      ? []
      : [`(name = "${name}-values", external = (address = "127.0.0.1:${valuesPort}", http = ()))`],
  );
  const workers = services.map(({ name }) => `(name = "${name}", worker = .${name})`);
  const bindings = ({ name, valuesPort }: Service): string =>
    valuesPort === undefined ? "" : `bindings = [ (name = "VALUES", service = "${name}-values") ],`;
  return `
    using Workerd = import "/workerd/workerd.capnp";
    const config :Workerd.Config = (
      services = [ ${[...workers, ...servers].join(", ")} ],
      sockets = [ ${services
        .map(
          ({ name, port }) =>
            `(name = "${name}", address = "127.0.0.1:${port}", http = (), service = "${name}")`,
        )
        .join(", ")} ],
    );
    ${services
      .map(
        (service) =>
          `const ${service.name} :Workerd.Worker = ( modules = [ ${service.modules.map(module).join(", ")} ], ${bindings(service)} ${COMPATIBILITY} );`,
      )
      .join("\n")}
  `;
}

async function bundle(configFile: string, outdir: string): Promise<void> {
  const args = ["deploy", "--dry-run", "--outdir", outdir];
  const run = await runWrangler({ args, cwd: ROOT, configFile, environment: {} }, REAL_IO);
  if (run.exitCode !== 0) throw new Error(run.output);
}
