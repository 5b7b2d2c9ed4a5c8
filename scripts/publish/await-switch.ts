import { failed, ok } from "../../src/domain/result.ts";
import type { WranglerRun } from "../cloudflare/run-wrangler.ts";
import { runWrangler } from "../cloudflare/run-wrangler.ts";
import type { DeployInput, Step } from "./deploy-input.ts";
import type { SwitchState } from "./describe-failure.ts";
import type { LiveSite } from "./live-site.ts";
import { readLiveSite } from "./live-site.ts";

/** Cloudflare may still be at it when the answer gets lost. */
const WAITS_MILLISECONDS = [0, 2000, 4000];

/** Who switches, and what. */
export type Switching = Pick<DeployInput, "account" | "config" | "io" | "interruption">;

/** Has wrangler do what must not be left alone half done. */
export async function runSwitch(
  { account, io, interruption }: Switching,
  args: readonly string[],
  cwd: string,
): Promise<WranglerRun> {
  const { environment } = account;
  return interruption.hold(async () => runWrangler({ args, cwd, environment }, io));
}

/**
 * Makes another version live, which is there already. wrangler's exit code is also 0 where a signal ended it: what is live
 * says whether it did what it was asked.
 *
 * @param command of wrangler's, up to the version
 * @param message that the deployment gets
 */
export async function switchVersion(
  switching: Switching,
  command: readonly string[],
  message: string,
  cwd: string,
  isSwitched: (live: LiveSite) => boolean,
): Step<LiveSite> {
  const options = ["--yes", "--name", switching.config.name, "--message", message];
  const run = await runSwitch(switching, [...command, ...options], cwd);
  return awaitSwitch(switching, command.slice(0, -1).join(" "), run, isSwitched);
}

/**
 * Looks whether a switch took place though wrangler failed: the answer may have been lost, or wrangler broken off, after
 * Cloudflare did what it was asked.
 *
 * @param isSwitched whether what is live is what was asked for
 * @param canSwitch whether it may yet become so
 * @returns what is live then
 */
export async function awaitSwitch(
  { account, config, io }: Switching,
  command: string,
  { output }: WranglerRun,
  isSwitched: (live: LiveSite) => boolean,
  canSwitch: (live: LiveSite) => boolean = () => true,
): Step<LiveSite> {
  let state: SwitchState = "unchanged";
  for (const milliseconds of WAITS_MILLISECONDS) {
    await io.wait(milliseconds);
    const live = await readLiveSite(account, config.name);
    if (!live.ok) {
      state = "unknown";
      break;
    }
    if (isSwitched(live.value)) return ok(live.value);
    if (!canSwitch(live.value)) break;
  }
  return failed({ reason: "wrangler-failed", command, output, state });
}
