import { failed, ok } from "../../src/domain/result.ts";
import type { Step } from "./deploy-input.ts";
import type { ReleaseDraft } from "./plan-deploy.ts";
import { findMissingTriggers, nameTrigger } from "./site-triggers.ts";
import { loadWorker } from "./stage-worker.ts";
import { deployTriggers } from "./switch-worker.ts";
import { wantedCrons } from "./wanted-crons.ts";

/**
 * Looks whether all addresses of the settings lead to the live Worker, after wrangler did not come to its end.
 *
 * @param output what wrangler said
 */
export async function checkTriggers(draft: ReleaseDraft, output: string): Step<null> {
  const { account, config, io, next, previous } = draft;
  const missing = await findMissingTriggers(account, config, wantedCrons(draft, previous));
  if (missing.length > 0) {
    const { release } = next;
    return failed({ reason: "triggers-missing", release, account: account.id, missing, output });
  }
  io.say("wrangler failed, but did all that it was asked");
  return ok(null);
}

/** Sets the addresses of the settings that do not lead to the live Worker, as after a deploy that was broken off. */
export async function completeTriggers(draft: ReleaseDraft): Step<null> {
  const { account, config, io, worker, namespace } = draft;
  const missing = await findMissingTriggers(account, config, wantedCrons(draft));
  if (missing.length === 0) return ok(null);
  const names = missing.map(nameTrigger).join(", ");
  if (draft.isDryRun) {
    io.say(`Not as ${config.path} wants it: ${names}; a deploy sets it`);
    return ok(null);
  }
  await loadWorker(worker, draft, namespace.id, draft.bytes);
  const { exitCode, output } = await deployTriggers(draft);
  if (exitCode === 0) {
    io.say(`Set what a deploy before did not: ${names}`);
    return ok(null);
  }
  return checkTriggers(draft, output);
}
