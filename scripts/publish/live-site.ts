import type { Result } from "../../src/domain/result.ts";
import { mapped } from "../../src/domain/result.ts";
import type { ApiFailure } from "../cloudflare/cloudflare-api.ts";
import type { Account } from "../cloudflare/sign-in.ts";
import type { Deployment, WorkerVersion } from "../cloudflare/worker-versions.ts";
import { listDeployments, listVersions } from "../cloudflare/worker-versions.ts";

/** A version of the Worker, and what Offprint has written on it. */
export interface ReleaseVersion {
  readonly id: string;
  /** The release that it carries; null for a version that Offprint did not deploy. */
  readonly release: string | null;
  /** Its code and settings; null likewise. */
  readonly code: string | null;
  /** Whether it was uploaded to be looked at; it may have gone live since, by a command of wrangler's. */
  readonly isPreview: boolean;
}

export interface ReleaseDeployment extends Deployment {
  /** What most of the requests got; null where Cloudflare does not have the version any more. */
  readonly version: ReleaseVersion | null;
}

/** What Cloudflare serves now. */
export interface LiveSite {
  /** The latest first, the one that serves; empty before the first deploy. */
  readonly deployments: readonly ReleaseDeployment[];
  /** Newest first. */
  readonly versions: readonly ReleaseVersion[];
  /** The version that serves; null before the first deploy. */
  readonly version: ReleaseVersion | null;
  /** Its release; null where there is no version, or one that Offprint did not deploy. */
  readonly release: string | null;
  /** Whether it was rolled back to, and nobody has said since that deploys may go on. */
  readonly isHeld: boolean;
}

/** Messages of deployments that our own commands make; Cloudflare's own limit is 50 characters. */
export const HELD_MESSAGE = "Offprint: rolled back, deploys held";
export const RESUMED_MESSAGE = "Offprint: deploys may go on";

const RELEASE_TAG = /^[\w-]{22}$/;
const VERSION_MESSAGE = /^(?:\d+ (in preview)|.*); code ([\w-]{22})$/;

/** What a version says of itself: `12345 articles; code 37WehLzUxiuUNa3tWNnQtw`, or `12345 in preview; code …`. */
export function versionMessage(
  articles: number,
  code: string,
  kind: "deploy" | "preview" = "deploy",
): string {
  return `${articles} ${kind === "preview" ? "in preview" : "articles"}; code ${code}`;
}

/** Looks at what Cloudflare serves. */
export async function readLiveSite(
  account: Account,
  worker: string,
): Promise<Result<LiveSite, ApiFailure>> {
  const deployments = await listDeployments(account, worker);
  if (!deployments.ok) return deployments;
  const versions = await listVersions(account, worker);
  return mapped(versions, (known) => toLiveSite(deployments.value, known));
}

/** What lists of deployments and versions, the latest first, say of a site. */
export function toLiveSite(
  listed: readonly Deployment[],
  known: readonly WorkerVersion[],
): LiveSite {
  const versions = known.map(toReleaseVersion);
  const deployments = listed.map((deployment) => ({
    ...deployment,
    version: versions.find(({ id }) => id === deployment.versionIds[0]) ?? null,
  }));
  const version = deployments[0]?.version ?? null;
  const release = version?.release ?? null;
  return { deployments, versions, version, release, isHeld: isHeld(deployments, versions) };
}

function toReleaseVersion({ id, tag, message }: WorkerVersion): ReleaseVersion {
  const [, preview, code = null] = VERSION_MESSAGE.exec(message ?? "") ?? [];
  const release = code !== null && RELEASE_TAG.test(tag ?? "") ? tag : null;
  return { id, release, code, isPreview: preview !== undefined };
}

/**
 * A version that is older than one that served before it was rolled back to, whoever did so: by `release rollback`,
 * bare wrangler or the dashboard.
 */
export function isHeld(
  [serving, ...before]: readonly Deployment[],
  versions: readonly ReleaseVersion[],
): boolean {
  if (serving === undefined || serving.message === RESUMED_MESSAGE) return false;
  if (serving.message === HELD_MESSAGE) return true;
  const ageOf = ({ versionIds }: Deployment): number =>
    versions.findIndex(({ id }) => id === versionIds[0]);
  const age = ageOf(serving);
  return before.some((deployment) => {
    const other = ageOf(deployment);
    return other !== -1 && other < age;
  });
}
