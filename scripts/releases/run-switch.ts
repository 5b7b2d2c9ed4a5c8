import type { Result } from "../../src/domain/result.ts";
import { failed, ok } from "../../src/domain/result.ts";
import { REAL_IO } from "../terminal/io.ts";
import { awaitSwitch } from "../publish/await-switch.ts";
import type { PublishFailure } from "../publish/describe-failure.ts";
import { UNCHANGED, UNKNOWN } from "../publish/describe-failure.ts";
import type { LiveSite } from "../publish/live-site.ts";
import type { ReleasedSite } from "./release-verb.ts";

/** Runs wrangler, whose exit code is also 0 where a signal ended it: what is live says whether it did what it was asked. */
export async function runSwitch(
  { root, account, config, wrangler }: ReleasedSite,
  name: string,
  command: readonly string[],
  isSwitched: (live: LiveSite) => boolean,
): Promise<Result<null, PublishFailure>> {
  const run = await wrangler(command, root, account.environment);
  const live = await awaitSwitch({ account, worker: config.name }, isSwitched, REAL_IO);
  if (live !== null && live !== "unknown") return ok(null);
  const state = live === null ? UNCHANGED : UNKNOWN;
  return failed({ reason: "wrangler-failed", command: name, output: run.output, state });
}
