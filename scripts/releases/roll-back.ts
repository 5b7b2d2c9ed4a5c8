import { sharePath } from "../../src/domain/links.ts";
import { failed, mapped } from "../../src/domain/result.ts";
import type { Manifest } from "../../src/store/manifest.ts";
import type { KvNamespace } from "../cloudflare/kv-namespace.ts";
import { readBoundNamespace } from "../cloudflare/worker-versions.ts";
import { KV_BINDING } from "../config/worker-config.ts";
import { switchVersion } from "../publish/switch-worker.ts";
import type { NamedArticle } from "../publish/compare-releases.ts";
import { compareReleases } from "../publish/compare-releases.ts";
import type { Step } from "../publish/deploy-input.ts";
import { EXIT_FAILED } from "../publish/exit-codes.ts";
import type { LiveSite } from "../publish/live-site.ts";
import { HELD_MESSAGE, RESUMED_MESSAGE, readLiveSite } from "../publish/live-site.ts";
import { missingKeys, neededKeys } from "../publish/missing-keys.ts";
import { readManifest } from "../publish/release-record.ts";
import { counted } from "../terminal/counted.ts";
import { findRollbackTarget } from "./rollback-target.ts";
import type { ReleasedSite, VerbResult } from "./verb-answer.ts";
import { done } from "./verb-answer.ts";

/** A deploy gives way when its wrangler has ended, which takes some seconds, and another wrangler after it. */
const GIVING_WAY_MILLISECONDS = [5000, 10_000, 15_000] as const;

/** `rollback`: makes an earlier version live again, if KV still has its values and no withdrawn article returns. */
export async function rollBack(site: ReleasedSite): VerbResult {
  const { account, config, namespace, live, options, root } = site;
  const target = findRollbackTarget(live, options.names[0] ?? null);
  if (!target.ok) return target;
  const { id: versionId, release } = target.value;
  const bound = await readBoundNamespace(account, config.name, versionId, KV_BINDING);
  if (!bound.ok) return bound;
  // What KV has of the release would be looked for where the version does not read it.
  if (bound.value !== null && bound.value !== namespace.id) {
    const where = { namespace: namespace.id, bound: bound.value };
    return failed({ reason: "namespace-differs", version: versionId, ...where });
  }
  const manifest = await readManifest(namespace, release);
  if (!manifest.ok) return manifest;
  const missing = await missingKeys(namespace, neededKeys(manifest.value));
  if (!missing.ok) return missing;
  if (missing.value.length > 0) {
    return failed({ reason: "values-lost", release, keys: missing.value });
  }
  if (live.release !== null && live.release !== release && !options.mayReturn) {
    const returning = await returningSince(live.release, manifest.value, namespace);
    if (!returning.ok) return failed({ reason: "returns-unknown", cause: returning.failure });
    if (returning.value.length > 0) {
      return failed({ reason: "articles-return", release, articles: returning.value });
    }
  }
  // A deploy at the same moment may lie on top of it, until that gives way.
  const [before] = live.deployments;
  const hasTakenPlace = ({ deployments }: LiveSite): boolean =>
    deployments
      .slice(
        0,
        Math.max(
          0,
          deployments.findIndex(({ id }) => id === before?.id),
        ),
      )
      .some(({ versionIds, message }) => versionIds[0] === versionId && message === HELD_MESSAGE);
  const command = ["rollback", versionId];
  const switched = await switchVersion(site, command, HELD_MESSAGE, root, hasTakenPlace);
  if (!switched.ok) return switched;
  if (!(await isOnTop(site, versionId, switched.value))) {
    const why = "a deploy that ran at the same moment lies on top of it";
    return done(
      { release, version: versionId, before: live.release, isHeld: false },
      `Rolled back to release ${release}, but ${why}: npm run release -- list says what is live`,
      EXIT_FAILED,
    );
  }
  const what =
    release === live.release
      ? `The code before is live (version ${versionId}), with the same release ${release}`
      : `Release ${release} is live, with ${counted(manifest.value.articleCount, "article")} (npm run release -- diff says what it changed)`;
  return done(
    { release, version: versionId, before: live.release, isHeld: true },
    `${what}. Deploys are held, so that the next one does not undo this; when all is well: npm run release -- resume`,
  );
}

/** Waits for a deploy that lies on top of a rollback to give way. */
async function isOnTop(
  { account, config, io }: ReleasedSite,
  versionId: string,
  first: LiveSite,
): Promise<boolean> {
  let live = first;
  for (const milliseconds of GIVING_WAY_MILLISECONDS) {
    if (live.version?.id === versionId && live.isHeld) return true;
    await io.wait(milliseconds, "a deploy in the same second to give way");
    const next = await readLiveSite(account, config.name);
    if (next.ok) live = next.value;
  }
  return live.version?.id === versionId && live.isHeld;
}

/** `resume`: lets deploys go on after a rollback. */
export async function resumeDeploys(site: ReleasedSite): VerbResult {
  const [serving] = site.live.deployments;
  if (!site.live.isHeld || serving === undefined) {
    return done({ isHeld: false }, "Deploys are not held");
  }
  const command = ["versions", "deploy", `${serving.versionIds[0] ?? ""}@100%`];
  const isResumed = ({ isHeld }: { readonly isHeld: boolean }): boolean => !isHeld;
  const switched = await switchVersion(site, command, RESUMED_MESSAGE, site.root, isResumed);
  if (!switched.ok) return switched;
  return done({ isHeld: false }, "Deploys may go on; the live release is as it was");
}

/** The articles that answer 410 in the live release and could be read again in the target. */
async function returningSince(
  liveRelease: string,
  target: Manifest,
  namespace: KvNamespace,
): Step<readonly NamedArticle[]> {
  const now = await readManifest(namespace, liveRelease);
  if (!now.ok) return now;
  const changes = await compareReleases(
    { manifest: now.value, read: namespace.get },
    { manifest: target, read: namespace.get },
  );
  return mapped(changes, ({ added, noLongerWithdrawn }) => {
    const withdrawn = new Set(noLongerWithdrawn);
    return added.filter(({ id }) => withdrawn.has(sharePath(id)));
  });
}
