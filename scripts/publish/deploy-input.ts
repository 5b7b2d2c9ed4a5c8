import type { Result } from "../../src/domain/result.ts";
import type { BundledSite } from "../bundle/bundled-site.ts";
import type { Account } from "../cloudflare/sign-in.ts";
import type { Settings } from "../config/settings.ts";
import type { WorkerConfig } from "../config/worker-config.ts";
import type { Interruption } from "../terminal/interruption.ts";
import type { IO } from "../terminal/io.ts";
import type { PublishFailure } from "./failure-messages.ts";
import type { LiveIndex } from "./kept-index.ts";
import type { ReleaseRecord } from "./release-record.ts";
import type { StagedWorker } from "./stage-worker.ts";

/** What a deploy has to do, and everything that it needs for it. */
export interface DeployInput {
  readonly kind: ReleaseRecord["kind"];
  /** Whether it only says what would be done. */
  readonly isDryRun: boolean;
  /** Whether it may replace a Worker although nobody knows what that serves. */
  readonly mayReplace: boolean;
  /** Whether withdrawn articles may be read again. */
  readonly mayReturn: boolean;
  /** Whether entries may have other ids in feeds, so that readers show those articles once more. */
  readonly mayRename: boolean;
  /** How many values this run may write to KV. */
  readonly mostWrites: number;
  /** The project's folder. */
  readonly root: string;
  readonly account: Account;
  readonly config: WorkerConfig;
  readonly settings: Settings;
  readonly site: BundledSite;
  readonly liveIndex: LiveIndex;
  readonly worker: StagedWorker;
  readonly io: IO;
  /** After a signal to end, a deploy finishes the step that it is in, and begins no other. */
  readonly interruption: Interruption;
}

/** The outcome of a step of a deploy. */
export type Step<Value> = Promise<Result<Value, PublishFailure>>;
