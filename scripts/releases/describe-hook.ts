import type { MomentState } from "../../src/domain/hook-calls.ts";
import { NO_CALLS, stateOfMoment } from "../../src/domain/hook-calls.ts";
import { formatRfc3339 } from "../../src/domain/moment.ts";
import { offsetMinutesAt } from "../../src/domain/time-zone.ts";
import { HOOK_KEY, readHookCalls } from "../../src/store/hook-record.ts";
import { failed, ok } from "../../src/domain/result.ts";
import type { Step } from "../publish/deploy-input.ts";
import { describeMissingSecret } from "../publish/hook-secret.ts";
import { readManifest } from "../publish/release-record.ts";
import { counted } from "../terminal/counted.ts";
import { printableLine } from "../terminal/printable.ts";
import type { ReleasedSite } from "./verb-answer.ts";

/** What `list` says of articles that are dated ahead, and of the hook that publishes them. */
interface DescribedHook {
  readonly json: {
    readonly hook: string;
    readonly due: readonly { readonly at: string; readonly state: MomentState }[];
    readonly lastCall: { readonly at: string; readonly answer: string | null } | null;
  };
  readonly lines: readonly string[];
}

const MOMENTS_SHOWN = 5;

const STATES: Readonly<Record<MomentState, string>> = {
  ahead: "ahead",
  "to be called": "over; the hook is called the next time that the cron runs",
  called: "over; the hook took the call, and its deploy has to come",
  refused: "over; the hook did not take the call, and is called again",
  "given up": "over, and no deploy has come: look what the hook began, or run npm run deploy",
};

/** Says what is due and whether the hook answered; null where the site has no hook, or its live release knows of none. */
export async function describeHook(site: ReleasedSite): Step<DescribedHook | null> {
  const { settings, live, namespace, now } = site;
  if (settings.publishHook === null || live.release === null) return ok(null);
  const record = await readManifest(namespace, live.release);
  if (!record.ok) return record.failure.reason === "record-missing" ? ok(null) : record;
  const { onTime } = record.value;
  if (onTime === null) return ok(null);
  const stored = await namespace.get(HOOK_KEY);
  if (!stored.ok) return failed(stored.failure);
  const calls =
    stored.value === null ? NO_CALLS : readHookCalls(new TextDecoder().decode(stored.value));
  const shown = (epochSeconds: number): string => {
    const offsetMinutes = offsetMinutesAt(settings.site.timeZone, epochSeconds);
    return formatRfc3339({ epochSeconds, offsetMinutes });
  };
  const due = onTime.due.map((moment) => ({
    at: shown(moment),
    state: stateOfMoment(moment, calls, now),
  }));
  const { last } = calls;
  const lastCall = last === null ? null : { at: shown(last.at), answer: last.answer };
  const missing = await describeMissingSecret(site.account, site);
  const more = due.length - MOMENTS_SHOWN;
  return ok({
    json: { hook: onTime.hook, due, lastCall },
    lines: [
      due.length === 0
        ? `Nothing is due; the Worker calls ${onTime.hook} when an article is`
        : `Due, and the Worker calls ${onTime.hook}:`,
      ...due.slice(0, MOMENTS_SHOWN).map(({ at, state }) => `   ${at}  ${STATES[state]}`),
      ...(more > 0 ? [`   and ${counted(more, "moment")} more`] : []),
      `The hook ${describeLast(lastCall)}`,
      ...(missing === null ? [] : [missing]),
    ],
  });
}

function describeLast(last: DescribedHook["json"]["lastCall"]): string {
  if (last === null) return "has not been called yet";
  const { at, answer } = last;
  const said = answer === null ? "nobody has recorded an answer" : printableLine(answer);
  return `was called last at ${at}: ${said}`;
}
