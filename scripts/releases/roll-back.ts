import { sharePath } from "../../src/domain/links.ts";
import { failed, mapped } from "../../src/domain/result.ts";
import type { Manifest } from "../../src/store/manifest.ts";
import type { KvNamespace } from "../cloudflare/kv-namespace.ts";
import { switchVersion } from "../publish/switch-worker.ts";
import type { NamedArticle } from "../publish/compare-releases.ts";
import { compareReleases } from "../publish/compare-releases.ts";
import type { Step } from "../publish/deploy-input.ts";
import { HELD_MESSAGE, RESUMED_MESSAGE } from "../publish/live-site.ts";
import { missingKeys, neededKeys } from "../publish/missing-keys.ts";
import { readRecord } from "../publish/release-record.ts";
import { counted } from "../terminal/counted.ts";
import { findRollbackTarget } from "./rollback-target.ts";
import type { ReleasedSite, VerbResult } from "./verb-answer.ts";
import { done } from "./verb-answer.ts";

/** `rollback`: makes an earlier version live again, if KV still has its values and no withdrawn article returns. */
export async function rollBack(site: ReleasedSite): VerbResult {
  const { namespace, live, options, root } = site;
  const target = findRollbackTarget(live, options.names[0] ?? null);
  if (!target.ok) return target;
  const { id: versionId, release } = target.value;
  const manifest = await readRecord(namespace, release);
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
  const switched = await switchVersion(
    site,
    ["rollback", versionId],
    HELD_MESSAGE,
    root,
    ({ version, isHeld }) => version?.id === versionId && isHeld,
  );
  if (!switched.ok) return switched;
  const what =
    release === live.release
      ? `The code before is live (version ${versionId}), with the same release ${release}`
      : `Release ${release} is live, with ${counted(manifest.value.articleCount, "article")} (npm run release -- diff says what it changed)`;
  return done(
    { release, version: versionId, before: live.release, isHeld: true },
    `${what}. Deploys are held, so that the next one does not undo this; when all is well: npm run release -- resume`,
  );
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
  const now = await readRecord(namespace, liveRelease);
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
