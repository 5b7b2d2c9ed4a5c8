import type { Result } from "../../src/domain/result.ts";
import type { BundledSite } from "../bundle/bundle-site.ts";
import type { Account } from "../cloudflare/sign-in.ts";
import type { Settings } from "../config/settings.ts";
import type { WorkerConfig } from "../config/worker-config.ts";
import type { Interruption } from "../terminal/interruption.ts";
import type { IO } from "../terminal/io.ts";
import type { PublishFailure } from "./failure-messages.ts";
import type { ReleaseRecord } from "./release-record.ts";
import type { StagedWorker } from "./stage-worker.ts";

/** What a deploy is to do, and with what. */
export interface DeployInput {
  readonly kind: ReleaseRecord["kind"];
  /** Says what would be done, and does nothing. */
  readonly isDryRun: boolean;
  /** Whether a Worker may be replaced of which nobody knows what it serves. */
  readonly mayReplace: boolean;
  /** Whether somebody has said that withdrawn articles may be read again. */
  readonly mayReturn: boolean;
  /** Values that this run may write. */
  readonly mostWrites: number;
  /** The project's folder. */
  readonly root: string;
  readonly account: Account;
  readonly config: WorkerConfig;
  readonly settings: Settings;
  readonly site: Omit<BundledSite, "read">;
  readonly worker: StagedWorker;
  readonly io: IO;
  /** Where somebody has told it to end, what has begun is finished, and nothing begun anew. */
  readonly interruption: Interruption;
}

/** What a step of a deploy comes to. */
export type Step<Value> = Promise<Result<Value, PublishFailure>>;
