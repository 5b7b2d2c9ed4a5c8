import type { ArticleHeader } from "../../src/domain/article.ts";
import type { Result } from "../../src/domain/result.ts";
import { ok } from "../../src/domain/result.ts";
import type { Manifest } from "../../src/store/manifest.ts";
import type { KvNamespace } from "../cloudflare/kv-namespace.ts";
import { compareReleases } from "../publish/compare-releases.ts";
import { packsOf } from "../publish/read-pack.ts";
import { counted } from "../terminal/counted.ts";
import type { PublishFailure } from "../publish/describe-failure.ts";
import { describeFailure } from "../publish/describe-failure.ts";
import { EXIT } from "../publish/exit-codes.ts";
import { describeArticle } from "../publish/link-guard.ts";
import { HELD_MESSAGE, releaseOf } from "../publish/live-site.ts";
import { readRecord } from "../publish/release-record.ts";
import { returningArticles } from "./returning-articles.ts";
import type { NoTarget } from "./rollback-target.ts";
import { findRollbackTarget } from "./rollback-target.ts";
import { missingValues } from "./missing-values.ts";
import type { Answer, ReleasedSite, VerbResult } from "./release-verb.ts";
import { declined, done } from "./release-verb.ts";
import { runSwitch } from "./run-switch.ts";

/** `rollback`: makes an earlier deployment live again, if KV has all of it and nothing withdrawn returns by it. */
export async function rollBack(site: ReleasedSite): VerbResult {
  const { namespace, live, options, config } = site;
  const target = findRollbackTarget(live, options.names[0] ?? null);
  if (!target.ok) return declined(describeNoTarget(target.failure));
  const { id: versionId } = target.value;
  const release = releaseOf(target.value) ?? "";
  const manifest = await readRecord(namespace, release);
  if (!manifest.ok) return manifest;
  const missing = await missingValues(namespace, manifest.value);
  if (!missing.ok) return missing;
  if (missing.value.length > 0) {
    return declined(
      `Not rolled back: KV has lost ${counted(missing.value.length, "value")} of release "${release}", such as "${missing.value[0] ?? ""}"; the live site is as it was. Roll back to another (npm run release -- list), or put the folder back as it was then (git) and deploy that`,
    );
  }
  if (live.release !== null && live.release !== release && !options.mayReturn) {
    const returning = await returningSince(live.release, manifest.value, namespace);
    if (!returning.ok) {
      return declined(
        `Not rolled back: ${describeFailure(returning.failure)}. So nobody can say whether articles that were withdrawn would be read again; --confirm-returns rolls back all the same`,
      );
    }
    if (returning.value.length > 0) return declinedReturn(release, returning.value);
  }
  const command = [
    "rollback",
    versionId,
    "--yes",
    "--name",
    config.name,
    "--message",
    HELD_MESSAGE,
  ];
  const switched = await runSwitch(site, "rollback", command, ({ version, isHeld }) => {
    return version?.id === versionId && isHeld;
  });
  if (!switched.ok) return switched;
  const isSame = release === live.release;
  const what = isSame
    ? `The code before is live (version ${versionId}), with the same release ${release}`
    : `Release ${release} is live, with ${counted(manifest.value.articleCount, "article")} (npm run release -- diff says what it changed)`;
  return done(
    { release, version: versionId, before: live.release, isHeld: true },
    `${what}. Deploys are held, so that the next one does not undo this; when all is well: npm run release -- resume`,
  );
}

async function returningSince(
  liveRelease: string,
  target: Manifest,
  namespace: KvNamespace,
): Promise<Result<readonly ArticleHeader[], PublishFailure>> {
  const now = await readRecord(namespace, liveRelease);
  if (!now.ok) return now;
  const read = packsOf(namespace);
  const changes = await compareReleases(now.value, target, read, read);
  return changes.ok ? ok(returningArticles(changes.value)) : changes;
}

function declinedReturn(
  release: string,
  returning: readonly ArticleHeader[],
): Result<Answer, never> {
  const why = [
    `Not rolled back: release "${release}" is from before ${returning.length === 1 ? "this article was" : "these articles were"} withdrawn, and shows ${returning.length === 1 ? "it" : "them"} again:`,
    ...returning.map((article) => `  ${describeArticle(article)}`),
    "Roll back to a release since then (npm run release -- list), or mend what is live and deploy; if they may be read again: --confirm-returns",
  ].join("\n");
  return done({ error: why }, why, EXIT.linksBreak);
}

function describeNoTarget(failure: NoTarget): string {
  switch (failure.reason) {
    case "nothing-before":
      return "There is no deployment before the live one";
    case "live-already":
      return `"${failure.name}" is live already; npm run release -- list shows what was live before`;
    case "only-previewed":
      return `Cannot roll back to "${failure.name}": it was a preview, and never live; npm run deploy brings out what is in the folder`;
    case "no-version":
      return `Cannot roll back to "${failure.name}": no version of the Worker carries it (its deploy never ended, or it is older than the 100 versions that Cloudflare keeps, or there is no such release); npm run release -- list shows what there is`;
  }
}
