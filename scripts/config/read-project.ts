import { join } from "node:path";
import type { Result } from "../../src/domain/result.ts";
import { failed, ok } from "../../src/domain/result.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { warningAt } from "../diagnostics/diagnostic.ts";
import { findConfigFile } from "./config-file.ts";
import { findEnvironmentConflict } from "./environment-conflict.ts";
import { readConfigFile } from "./read-config-file.ts";
import type { Settings, SettingsEnvironment } from "./settings.ts";
import { settingsOf } from "./settings.ts";
import type { WorkerConfig, WorkerConfigFailure } from "./worker-config.ts";
import { readWorkerConfig } from "./worker-config.ts";
import type { WorkerEnvironment } from "./worker-environment.ts";
import { environmentName, readWorkerEnvironment } from "./worker-environment.ts";

export interface Project {
  readonly settings: Settings;
  readonly config: WorkerConfig;
  /** What the environment may have been meant to have. */
  readonly warnings: readonly Diagnostic[];
}

export type ProjectFailure =
  | { readonly reason: "settings-wrong"; readonly diagnostics: readonly Diagnostic[] }
  | WorkerConfigFailure;

/** Environment variables that say which site of a project is meant. */
export interface ProjectEnvironment extends SettingsEnvironment {
  readonly WRANGLER_CI_OVERRIDE_NAME?: string | undefined;
  readonly CLOUDFLARE_COMPLIANCE_REGION?: string | undefined;
}

/** Reads wrangler's file of a project, for the environment that is chosen. */
export function readProject(
  root: string,
  environment: ProjectEnvironment,
): Result<Project, ProjectFailure> {
  const path = findConfigFile(root);
  const file = readConfigFile(join(root, path), path);
  if (!file.ok) return failed({ reason: "settings-wrong", diagnostics: file.failure });
  const worker = readWorkerEnvironment(file.value, environmentName(environment.CLOUDFLARE_ENV));
  if (!worker.ok) return failed({ reason: "settings-wrong", diagnostics: worker.failure });
  const settings = settingsOf(file.value, worker.value, environment);
  if (!settings.ok) return failed({ reason: "settings-wrong", diagnostics: settings.failure });
  const overrideName = environment.WRANGLER_CI_OVERRIDE_NAME;
  const config = readWorkerConfig(file.value, worker.value, overrideName);
  if (!config.ok) return config;
  const detail =
    findEnvironmentConflict(file.value, config.value, overrideName) ??
    findRegionConflict(config.value, environment.CLOUDFLARE_COMPLIANCE_REGION);
  if (detail !== null) return failed({ reason: "worker-config-wrong", path, detail });
  const warnings = [
    ...worker.value.warnings,
    ...overrideWarnings(path, worker.value, overrideName),
  ];
  return ok({ settings: settings.value, config: config.value, warnings });
}

/** wrangler's own (`getCloudflareComplianceRegion`): which of Cloudflare's APIs is meant. */
const REGIONS: readonly string[] = ["public", "fedramp_high"];

/**
 * Why wrangler would refuse the compliance region, which it does only after all values are uploaded.
 *
 * @param variable `CLOUDFLARE_COMPLIANCE_REGION`
 * @returns what is wrong and what to do; null if nothing is
 */
function findRegionConflict(
  { complianceRegion: setting }: WorkerConfig,
  variable: string | undefined,
): string | null {
  const either = "it is public or fedramp_high";
  if (variable !== undefined && !REGIONS.includes(variable)) {
    return `CLOUDFLARE_COMPLIANCE_REGION is "${variable}"; ${either}: correct it, or unset it`;
  }
  if (setting !== null && !REGIONS.includes(setting)) {
    return `compliance_region is "${setting}"; ${either}: correct it, or take it out`;
  }
  return variable !== undefined && setting !== null && variable !== setting
    ? `compliance_region is "${setting}", and CLOUDFLARE_COMPLIANCE_REGION is "${variable}"; take one out, or write the same`
    : null;
}

/** A warning where the Worker has another name than the file gives it, as wrangler has one. */
function overrideWarnings(
  path: string,
  { table }: WorkerEnvironment,
  overrideName: string | undefined,
): readonly Diagnostic[] {
  const name = table["name"];
  if (overrideName === undefined || name === overrideName) return [];
  const what = `The Worker is "${overrideName}", which WRANGLER_CI_OVERRIDE_NAME says, and not "${String(name)}"`;
  const advice = "write that name, or connect Workers Builds to the other Worker";
  return [warningAt(path, null, "name-overridden", what, advice)];
}
