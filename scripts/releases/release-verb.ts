import type { Result } from "../../src/domain/result.ts";
import { ok } from "../../src/domain/result.ts";
import type { KvNamespace } from "../cloudflare/kv-namespace.ts";
import type { RunWrangler } from "../cloudflare/run-wrangler.ts";
import type { Account } from "../cloudflare/sign-in.ts";
import type { PublishFailure } from "../publish/describe-failure.ts";
import { EXIT } from "../publish/exit-codes.ts";
import type { LiveSite } from "../publish/live-site.ts";
import type { WorkerConfig } from "../config/worker-config.ts";
import type { Settings } from "../config/settings.ts";

/** What is said behind a verb of `npm run release`. */
export interface ReleaseOptions {
  /** Releases, or versions of the Worker. */
  readonly names: readonly string[];
  readonly yes: boolean;
  readonly mayReturn: boolean;
  readonly mostDeletes: number;
  readonly pages: number;
  readonly feeds: number;
}

/** Everything that a verb needs. */
export interface ReleasedSite {
  /** The project's folder. */
  readonly root: string;
  readonly account: Account;
  readonly config: WorkerConfig;
  readonly settings: Settings;
  readonly namespace: KvNamespace;
  readonly live: LiveSite;
  readonly options: ReleaseOptions;
  readonly wrangler: RunWrangler;
  /** Seconds since 1970. */
  readonly now: number;
}

/** What a verb answers: for programs, for people, and whether it is well. */
export interface Answer {
  readonly json: unknown;
  readonly text: string;
  readonly exitCode: number;
}

export type VerbResult = Promise<Result<Answer, PublishFailure>>;

export function done(json: unknown, text: string, exitCode = 0): Result<Answer, never> {
  return ok({ json, text, exitCode });
}

/** Nothing was done, and why. */
export function declined(why: string): Result<Answer, never> {
  return done({ error: why }, why, EXIT.failed);
}
