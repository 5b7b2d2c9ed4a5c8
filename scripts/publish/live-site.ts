import type { Result } from "../../src/domain/result.ts";
import { ok } from "../../src/domain/result.ts";
import type { ApiFailure } from "../cloudflare/cloudflare-api.ts";
import type { Account } from "../cloudflare/sign-in.ts";
import type { Deployment, WorkerVersion } from "../cloudflare/worker-versions.ts";
import { listDeployments, listVersions } from "../cloudflare/worker-versions.ts";

/** What Cloudflare serves now. */
export interface LiveSite {
  /** The latest first, the one that serves; empty before the first deploy. */
  readonly deployments: readonly Deployment[];
  /** Newest first. */
  readonly versions: readonly WorkerVersion[];
  /** The version that gets most of the requests; null before the first deploy. */
  readonly version: WorkerVersion | null;
  /** Its release; null where there is no version, or one that Offprint did not deploy. */
  readonly release: string | null;
  /** Its code and settings; null likewise. */
  readonly code: string | null;
  /** Whether it was rolled back to, and nobody has said since that deploys may go on. */
  readonly isHeld: boolean;
}

/** Messages of deployments that our own commands make; Cloudflare's own limit is 50 characters. */
export const HELD_MESSAGE = "Offprint: rolled back, deploys held";
export const RESUMED_MESSAGE = "Offprint: deploys may go on";

const RELEASE_TAG = /^[\w-]{22}$/;
const CODE_IN_MESSAGE = /; code ([\w-]{22})$/;

const PREVIEW_MESSAGE = /^\d+ in preview; /;

/** What a version says of itself: `12345 articles; code 37WehLzUxiuUNa3tWNnQtw`, or `12345 in preview; code …`. */
export function versionMessage(
  articles: number,
  code: string,
  kind: "deploy" | "preview" = "deploy",
): string {
  return `${articles} ${kind === "preview" ? "in preview" : "articles"}; code ${code}`;
}

/** Whether a version was uploaded to be looked at; it may have gone live since, by a command of wrangler's. */
export function isPreview({ message }: WorkerVersion): boolean {
  return PREVIEW_MESSAGE.test(message ?? "");
}

/** What each deployment served, the latest first; null where Cloudflare does not have the version any more. */
export function deployedVersions({
  deployments,
  versions,
}: Pick<LiveSite, "deployments" | "versions">): readonly (WorkerVersion | null)[] {
  return deployments.map(
    ({ versionIds }) => versions.find(({ id }) => id === versionIds[0]) ?? null,
  );
}

/** The release that a version carries; null for one that Offprint did not deploy. */
export function releaseOf(version: WorkerVersion): string | null {
  const { tag } = version;
  return tag !== null && RELEASE_TAG.test(tag) && codeOf(version) !== null ? tag : null;
}

/** Its code and settings; null likewise. */
export function codeOf({ message }: WorkerVersion): string | null {
  return CODE_IN_MESSAGE.exec(message ?? "")?.[1] ?? null;
}

/** Looks at what Cloudflare serves. */
export async function readLiveSite(
  account: Account,
  worker: string,
): Promise<Result<LiveSite, ApiFailure>> {
  const listed = await listDeployments(account, worker);
  if (!listed.ok) return listed;
  const known = await listVersions(account, worker);
  if (!known.ok) return known;
  const { value: deployments } = listed;
  const { value: versions } = known;
  const [version = null] = deployedVersions({ deployments, versions });
  return ok({
    deployments,
    versions,
    version,
    release: version === null ? null : releaseOf(version),
    code: version === null ? null : codeOf(version),
    isHeld: isHeld(deployments, versions),
  });
}

/**
 * A version that is older than one that served before it was rolled back to, whoever did so: by `release rollback`,
 * bare wrangler or the dashboard.
 */
export function isHeld(
  deployments: readonly Deployment[],
  versions: readonly WorkerVersion[],
): boolean {
  const [serving, ...before] = deployments;
  if (serving === undefined || serving.message === RESUMED_MESSAGE) return false;
  if (serving.message === HELD_MESSAGE) return true;
  const ageOf = (versionId: string | undefined): number =>
    versions.findIndex(({ id }) => id === versionId);
  const age = ageOf(serving.versionIds[0]);
  return before.some(({ versionIds }) => {
    const other = ageOf(versionIds[0]);
    return other !== -1 && other < age;
  });
}
