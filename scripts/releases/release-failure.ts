import type { ArticleHeader } from "../../src/domain/article.ts";
import type { PublishFailure } from "../publish/describe-failure.ts";
import { describeFailure } from "../publish/describe-failure.ts";
import { EXIT, exitCodeOf } from "../publish/exit-codes.ts";
import { describeArticle } from "../publish/link-guard.ts";
import { counted } from "../terminal/counted.ts";
import type { NoTarget } from "./rollback-target.ts";

/** Why a verb of `npm run release` did nothing. */
export type ReleaseFailure =
  | PublishFailure
  | NoTarget
  | { readonly reason: "verb-unknown"; readonly verb: string; readonly verbs: readonly string[] }
  | {
      readonly reason: "names-superfluous";
      readonly verb: string;
      readonly names: readonly string[];
    }
  | { readonly reason: "nothing-to-compare" }
  | { readonly reason: "nothing-to-verify" }
  | { readonly reason: "values-lost"; readonly release: string; readonly keys: readonly string[] }
  /** Nobody can say what would return. */
  | { readonly reason: "returns-unknown"; readonly cause: PublishFailure }
  | {
      readonly reason: "articles-return";
      readonly release: string;
      readonly articles: readonly ArticleHeader[];
    };

/** What went wrong, the state, and what to do: for people. */
export function describeReleaseFailure(failure: ReleaseFailure): string {
  switch (failure.reason) {
    case "verb-unknown": {
      const what = failure.verb === "" ? "No verb is given" : `There is no verb "${failure.verb}"`;
      return `${what}; write one of ${failure.verbs.join(", ")}`;
    }
    case "names-superfluous":
      return `release ${failure.verb} takes no ${failure.names.map((name) => `"${name}"`).join(", ")}`;
    case "nothing-to-compare":
      return "There are no two releases to compare";
    case "nothing-to-verify":
      return "Offprint has deployed nothing that could be verified";
    case "nothing-before":
      return "There is no deployment before the live one";
    case "live-already":
      return `"${failure.name}" is live already; npm run release -- list shows what was live before`;
    case "only-previewed":
      return `Cannot roll back to "${failure.name}": it was a preview, and never live; npm run deploy brings out what is in the folder`;
    case "no-version":
      return `Cannot roll back to "${failure.name}": no version of the Worker carries it (its deploy never ended, or it is older than the 100 versions that Cloudflare keeps, or there is no such release); npm run release -- list shows what there is`;
    case "values-lost":
      return `Not rolled back: KV has lost ${counted(failure.keys.length, "value")} of release "${failure.release}", such as "${failure.keys[0] ?? ""}"; the live site is as it was. Roll back to another (npm run release -- list), or put the folder back as it was then (git) and deploy that`;
    case "returns-unknown":
      return `Not rolled back: ${describeFailure(failure.cause)}. So nobody can say whether articles that were withdrawn would be read again; --confirm-returns rolls back all the same`;
    case "articles-return": {
      const [were, them] =
        failure.articles.length === 1
          ? ["this article was", "it"]
          : ["these articles were", "them"];
      return [
        `Not rolled back: release "${failure.release}" is from before ${were} withdrawn, and shows ${them} again:`,
        ...failure.articles.map((article) => `  ${describeArticle(article)}`),
        "Roll back to a release since then (npm run release -- list), or mend what is live and deploy; if they may be read again: --confirm-returns",
      ].join("\n");
    }
    default:
      return describeFailure(failure);
  }
}

/** What `npm run release` exits with that failed. */
export function exitCodeOfRelease(failure: ReleaseFailure): number {
  switch (failure.reason) {
    case "verb-unknown":
    case "names-superfluous":
      return EXIT.usage;
    case "articles-return":
      return EXIT.linksBreak;
    case "nothing-before":
    case "live-already":
    case "only-previewed":
    case "no-version":
    case "nothing-to-compare":
    case "nothing-to-verify":
    case "values-lost":
    case "returns-unknown":
      return EXIT.failed;
    default:
      return exitCodeOf(failure);
  }
}
