import type { Result } from "../../src/domain/result.ts";
import { mapped } from "../../src/domain/result.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { isTable } from "./config-file.ts";
import { readConfigFile } from "./read-config-file.ts";
import type { Settings, SettingsEnvironment } from "./settings.ts";
import { settingsOf } from "./settings.ts";
import { KV_BINDING } from "./worker-config.ts";
import { findWorkerFaults } from "./worker-faults.ts";
import { environmentName, readWorkerEnvironment } from "./worker-environment.ts";

/** What is needed to show a site on this machine. */
export interface LocalSite {
  readonly settings: Settings;
  /** What is wrong with what only wrangler reads, and what the environment may have been meant to have. */
  readonly workerDiagnostics: readonly Diagnostic[];
  /** The name that `wrangler dev` gives the KV namespace on disk: its `preview_id`, else its `id`, else its binding. */
  readonly localNamespace: string;
}

/**
 * Reads the settings of a site from wrangler's file, without asking whether it could be deployed. A file that cannot be read is
 * a diagnostic, too.
 *
 * @param file on disk
 * @param path of the file, as diagnostics name it
 */
export function readSettingsFile(
  file: string,
  path: string,
  environment: SettingsEnvironment,
): Result<LocalSite, readonly Diagnostic[]> {
  const config = readConfigFile(file, path);
  if (!config.ok) return config;
  const worker = readWorkerEnvironment(config.value, environmentName(environment.CLOUDFLARE_ENV));
  if (!worker.ok) return worker;
  return mapped(settingsOf(config.value, worker.value, environment), (settings) => ({
    settings,
    workerDiagnostics: [...worker.value.warnings, ...findWorkerFaults(config.value, worker.value)],
    localNamespace: localNamespaceIn(worker.value.table["kv_namespaces"]),
  }));
}

function localNamespaceIn(namespaces: unknown): string {
  const list: readonly unknown[] = Array.isArray(namespaces) ? namespaces : [];
  const own = list.filter(isTable).find(({ binding }) => binding === KV_BINDING) ?? {};
  const id = own["preview_id"] ?? own["id"];
  return typeof id === "string" ? id : KV_BINDING;
}
