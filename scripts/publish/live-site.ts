import type { Result } from "../../src/domain/result.ts";
import { mapped } from "../../src/domain/result.ts";
import type { ApiFailure } from "../cloudflare/cloudflare-api.ts";
import type { Account } from "../cloudflare/sign-in.ts";
import type { Deployment, WorkerVersion } from "../cloudflare/worker-versions.ts";
import { listDeployments, listVersions } from "../cloudflare/worker-versions.ts";

/** A version of the Worker, with what Offprint has written into its tag and message. */
export interface ReleaseVersion {
  readonly id: string;
  /** The release that it carries; null for a version that Offprint did not deploy. */
  readonly release: string | null;
  /** A hash of its code and settings; null for a version that Offprint did not deploy. */
  readonly code: string | null;
  /** Whether it was uploaded as a preview; somebody may have made it live since, with wrangler itself. */
  readonly isPreview: boolean;
}

export interface ReleaseDeployment extends Deployment {
  /** The version that got most of the requests; null if Cloudflare does not have it any more. */
  readonly version: ReleaseVersion | null;
}

/** What Cloudflare serves now. */
export interface LiveSite {
  /** The latest first, which is the one that serves; empty before the first deploy. */
  readonly deployments: readonly ReleaseDeployment[];
  /** Newest first. */
  readonly versions: readonly ReleaseVersion[];
  /** The version that serves; null before the first deploy. */
  readonly version: ReleaseVersion | null;
  /** The release that serves; null if there is no version, or if Offprint did not deploy it. */
  readonly release: string | null;
  /** Whether somebody rolled back to it, and nobody has resumed deploys since. */
  readonly isHeld: boolean;
}

// Messages that our commands give deployments, to hold and to resume deploys. Cloudflare takes at most 50 characters.
export const HELD_MESSAGE = "Offprint: rolled back, deploys held";
export const RESUMED_MESSAGE = "Offprint: deploys may go on";

const RELEASE_TAG = /^[\w-]{22}$/;
const VERSION_MESSAGE = /^(?:\d+ (in preview)|.*); code ([\w-]{22})$/;

/** The message of a version: `12345 articles; code 37WehLzUxiuUNa3tWNnQtw`, or `12345 in preview; code …`. */
export function versionMessage(
  articles: number,
  code: string,
  kind: "deploy" | "preview" = "deploy",
): string {
  return `${articles} ${kind === "preview" ? "in preview" : "articles"}; code ${code}`;
}

/** Asks Cloudflare what it serves. */
export async function readLiveSite(
  account: Account,
  worker: string,
): Promise<Result<LiveSite, ApiFailure>> {
  const deployments = await listDeployments(account, worker);
  if (!deployments.ok) return deployments;
  const versions = await listVersions(account, worker);
  return mapped(versions, (known) => toLiveSite(deployments.value, known));
}

/** What lists of deployments and versions, both newest first, say about a site. */
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
 * Whether deploys are held after a rollback. A version that is older than one that served before it was rolled back to,
 * be it by `npm run release -- rollback`, by wrangler itself or in the dashboard.
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
