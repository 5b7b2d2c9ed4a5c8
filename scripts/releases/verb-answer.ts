import type { Result } from "../../src/domain/result.ts";
import { ok } from "../../src/domain/result.ts";
import type { KvNamespace } from "../cloudflare/kv-namespace.ts";
import type { DeployInput, Step } from "../publish/deploy-input.ts";
import type { LiveSite } from "../publish/live-site.ts";

/** The names and options that follow a verb of `npm run release`. */
export interface ReleaseOptions {
  /** Releases, or versions of the Worker. */
  readonly names: readonly string[];
  /** The options that were written, without their hyphens. */
  readonly given: readonly string[];
  readonly yes: boolean;
  readonly mayReturn: boolean;
  readonly mostDeletes: number;
  readonly pages: number;
  readonly feeds: number;
  readonly days: number;
  /** The file for the picture of who follows; null for none. */
  readonly svg: string | null;
}

/** A deployed site, and everything else that a verb needs. */
export interface ReleasedSite extends Pick<
  DeployInput,
  "root" | "account" | "config" | "settings" | "io" | "interruption"
> {
  readonly namespace: KvNamespace;
  readonly live: LiveSite;
  readonly options: ReleaseOptions;
  /** Seconds since 1970. */
  readonly now: number;
}

/** What a verb answers: `json` for programs, `text` for people. */
export interface VerbAnswer {
  readonly json: unknown;
  readonly text: string;
  readonly exitCode: number;
}

export type VerbResult = Step<VerbAnswer>;

export function done(json: unknown, text: string, exitCode = 0): Result<VerbAnswer, never> {
  return ok({ json, text, exitCode });
}
