import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Result } from "../../src/domain/result.ts";
import { failed, ok } from "../../src/domain/result.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Settings, SettingsEnvironment } from "./settings.ts";
import { readSettings } from "./settings.ts";
import type { WorkerConfig, WorkerConfigFailure } from "./worker-config.ts";
import { readWorkerConfig } from "./worker-config.ts";

export interface Project {
  readonly settings: Settings;
  readonly config: WorkerConfig;
}

export type ProjectFailure =
  | { readonly reason: "config-unreadable"; readonly detail: string }
  | { readonly reason: "settings-wrong"; readonly diagnostics: readonly Diagnostic[] }
  | WorkerConfigFailure;

export const CONFIG_FILE = "wrangler.toml";

/** Reads the `wrangler.toml` of a project. */
export function readProject(
  root: string,
  environment: SettingsEnvironment,
): Result<Project, ProjectFailure> {
  let toml: string;
  try {
    toml = readFileSync(join(root, CONFIG_FILE), "utf8");
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return failed({ reason: "config-unreadable", detail });
  }
  const settings = readSettings(toml, CONFIG_FILE, environment);
  if (!settings.ok) return failed({ reason: "settings-wrong", diagnostics: settings.failure });
  const config = readWorkerConfig(toml);
  return config.ok ? ok({ settings: settings.value, config: config.value }) : config;
}
