import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Result } from "../../src/domain/result.ts";
import { failed, ok } from "../../src/domain/result.ts";
import { formatDiagnostic } from "../diagnostics/diagnostic.ts";
import type { Settings, SettingsEnvironment } from "./settings.ts";
import { readSettings } from "./settings.ts";
import type { WorkerConfig } from "./worker-config.ts";
import { readWorkerConfig } from "./worker-config.ts";

export interface Project {
  readonly settings: Settings;
  readonly config: WorkerConfig;
}

const CONFIG = "wrangler.toml";

/** What the `wrangler.toml` of a project says, or what is wrong with it, for people. */
export function readProject(
  root: string,
  environment: SettingsEnvironment,
): Result<Project, string> {
  let toml: string;
  try {
    toml = readFileSync(join(root, CONFIG), "utf8");
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return failed(`Cannot read "${CONFIG}": ${why}; it is committed beside package.json`);
  }
  const settings = readSettings(toml, CONFIG, environment);
  if (!settings.ok) return failed(settings.failure.map(formatDiagnostic).join("\n"));
  const config = readWorkerConfig(toml);
  return config.ok ? ok({ settings: settings.value, config: config.value }) : config;
}
