import type { Account } from "../cloudflare/sign-in.ts";
import type { IO } from "../terminal/io.ts";
import type { LiveSite } from "./live-site.ts";
import { readLiveSite } from "./live-site.ts";

/** Cloudflare may still be at it when the answer gets lost. */
const WAITS_MILLISECONDS = [0, 2000, 4000];

/**
 * Looks whether a switch took place though wrangler failed: the answer may have been lost, or wrangler broken off, after
 * Cloudflare did what it was asked.
 *
 * @param isSwitched whether what is live is what was asked for
 * @param canSwitch whether it may yet become so
 * @returns what is live then, null where it is as it was, and "unknown" where nobody can say
 */
export async function awaitSwitch(
  { account, worker }: { readonly account: Account; readonly worker: string },
  isSwitched: (live: LiveSite) => boolean,
  io: IO,
  canSwitch: (live: LiveSite) => boolean = () => true,
): Promise<LiveSite | null | "unknown"> {
  for (const milliseconds of WAITS_MILLISECONDS) {
    await io.wait(milliseconds);
    const live = await readLiveSite(account, worker);
    if (!live.ok) return "unknown";
    if (isSwitched(live.value)) return live.value;
    if (!canSwitch(live.value)) return null;
  }
  return null;
}
