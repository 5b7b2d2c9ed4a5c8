import { MILLISECONDS_PER_SECOND } from "../../src/domain/moment.ts";
import { counted } from "../terminal/counted.ts";
import { joinLines } from "../terminal/join-lines.ts";
import { HELD_MESSAGE, RESUMED_MESSAGE } from "../publish/live-site.ts";
import { keptReleases } from "../publish/prune-namespace.ts";
import type { ReleaseRecord } from "../publish/release-record.ts";
import { recordsAmong } from "../publish/release-record.ts";
import { describeHook } from "./describe-hook.ts";
import { findRollbackTarget } from "./rollback-target.ts";
import type { ReleasedSite, VerbResult } from "./verb-answer.ts";
import { done } from "./verb-answer.ts";

const RELEASE_LENGTH = 22;
/** So many characters of a code's hash are enough to tell codes apart. */
const CODE_SHOWN = 7;

/** `list`: the releases that are in KV, and what was live when. */
export async function listReleases(site: ReleasedSite): VerbResult {
  const { namespace, live, settings, now } = site;
  const keys = await namespace.list("r/");
  if (!keys.ok) return keys;
  const records = recordsAmong(keys.value, now);
  const kept = keptReleases({ live, now, keptReleases: settings.keptReleases }, records);
  const rows = records.map((record) => ({
    ...record,
    claimedAt: new Date(record.claimedAt * MILLISECONDS_PER_SECOND).toISOString(),
    isLive: record.release === live.release,
    canBeRolledBackTo: findRollbackTarget(live, record.release).ok,
    stays: kept.get(record.release) ?? null,
  }));
  const lines = rows.map((row) =>
    line(
      row.isLive,
      row.release,
      row.claimedAt,
      row.kind.padEnd("preview".length),
      counted(row.articles, "article"),
      row.isLive || row.canBeRolledBackTo ? "" : whyNoTarget(row.kind),
      row.stays === null ? "can be pruned" : "",
    ),
  );
  const deployments = live.deployments.map(
    ({ version, versionIds, createdOn, message }, index) => ({
      version: versionIds[0] ?? null,
      release: version?.release ?? null,
      code: version?.code ?? null,
      createdOn,
      message,
      isLive: index === 0,
    }),
  );
  const deploymentLines = deployments.map(
    ({ isLive, release, createdOn, code, version, message }) =>
      line(
        isLive,
        (release ?? "not by Offprint").padEnd(RELEASE_LENGTH),
        createdOn,
        `code ${code?.slice(0, CODE_SHOWN) ?? "unknown"}`,
        `version ${version ?? "unknown"}`,
        message === HELD_MESSAGE || message === RESUMED_MESSAGE ? message : "",
      ),
  );
  const hook = await describeHook(site);
  if (!hook.ok) return hook;
  const text = joinLines(
    rows.length === 0 ? "KV has no release yet" : ["Releases in KV, newest first:", ...lines],
    deployments.length > 0 &&
      "Deployments, the latest first; rollback takes a release or a version:",
    deploymentLines,
    live.isHeld && "Deploys are held after a rollback: npm run release -- resume",
    hook.value?.lines ?? [],
  );
  const onTime = hook.value === null ? {} : { onTime: hook.value.json };
  return done({ releases: rows, deployments, isHeld: live.isHeld, ...onTime }, text);
}

function line(isLive: boolean, ...cells: readonly string[]): string {
  return [isLive ? "*" : " ", ...cells].join("  ").trimEnd();
}

function whyNoTarget(kind: ReleaseRecord["kind"]): string {
  return kind === "preview" ? "never live" : "no Worker version (unfinished, or too old)";
}
