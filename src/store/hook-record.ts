import type { HookCalls } from "../domain/hook-calls.ts";
import { NO_CALLS } from "../domain/hook-calls.ts";

/** The one key in KV that is written over: what is known of the calls of the hook that publishes. */
export const HOOK_KEY = "hook";

/** Writes what `readHookCalls` reads. */
export function encodeHookCalls(calls: HookCalls): string {
  return JSON.stringify(calls);
}

/** Reads what is known of the calls; nothing is known where there is no value, or one that is damaged. */
export function readHookCalls(value: string | null): HookCalls {
  if (value === null) return NO_CALLS;
  try {
    return JSON.parse(value) as HookCalls;
  } catch {
    return NO_CALLS;
  }
}
