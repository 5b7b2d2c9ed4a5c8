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
  /**
   * The latest deployments, of versions that Offprint did not make: `wrangler secret put`, the dashboard, a placeholder. They
   * are looked through to the newest of ours below.
   */
  readonly others: readonly ReleaseDeployment[];
  /** The version of ours that serves, or lies below the others; null if there is none. */
  readonly version: ReleaseVersion | null;
  /** The release of that version. */
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
  // A version that Cloudflare does not list any more may be one of ours, and nothing below it is what serves.
  const first = deployments.findIndex(({ version: one }) => one === null || one.release !== null);
  const others = first === -1 ? deployments : deployments.slice(0, first);
  const version = deployments[others.length]?.version ?? null;
  const release = version?.release ?? null;
  return { deployments, versions, others, version, release, isHeld: isHeld(deployments, versions) };
}

/** Says through which versions was looked; null where there is none on top of ours. */
export function describeOthers({ others, release }: LiveSite): string | null {
  const [latest] = others;
  if (latest === undefined || release === null) return null;
  return `The live version ${latest.versionIds[0] ?? ""} (${latest.createdOn}) is not by Offprint, but of wrangler secret put or the dashboard; below it lies release ${release}, which counts as live`;
}

function toReleaseVersion({ id, tag, message }: WorkerVersion): ReleaseVersion {
  const [, preview, code = null] = VERSION_MESSAGE.exec(message ?? "") ?? [];
  const release = code !== null && RELEASE_TAG.test(tag ?? "") ? tag : null;
  return { id, release, code, isPreview: preview !== undefined };
}

/**
 * Whether deploys are held after a rollback. A version that is older than one that served before it was rolled back to,
 * be it by `npm run release -- rollback`, by wrangler itself or in the dashboard. A new version that is not ours, as of
 * `wrangler secret put`, changes nothing of that.
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
  const isOlder = before.some((deployment) => {
    const other = ageOf(deployment);
    return other !== -1 && other < age;
  });
  return isOlder || (versions[age]?.release === null && isHeld(before, versions));
}
