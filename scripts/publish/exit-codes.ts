import { isLoginRefused } from "../cloudflare/wrangler-errors.ts";
import type { PublishFailure } from "./describe-failure.ts";
import { CODE_NO_NAMESPACE } from "./describe-failure.ts";

/** What a command of publishing says to the one that started it; 0 is success. */
export const EXIT = {
  failed: 1,
  usage: 2,
  /** Published, but for articles with an error. */
  articleErrors: 3,
  /** The day's writes are used up: the same command goes on tomorrow. */
  budgetSpent: 4,
  /** Links would break, or what was withdrawn would be read again. */
  linksBreak: 5,
  /** Deploys are held after a rollback. */
  held: 6,
} as const;

const EXIT_OF: Partial<Record<PublishFailure["reason"], number>> = {
  "api-unauthorized": EXIT.usage,
  "not-signed-in": EXIT.usage,
  "secret-unusable": EXIT.usage,
  "base-address-unusable": EXIT.usage,
  "account-unclear": EXIT.usage,
  "config-unreadable": EXIT.usage,
  "settings-wrong": EXIT.usage,
  "worker-config-wrong": EXIT.usage,
  "sample-address": EXIT.usage,
  "source-missing": EXIT.usage,
  "removed-unreadable": EXIT.usage,
  "verb-unknown": EXIT.usage,
  "names-superfluous": EXIT.usage,
  "articles-skipped": EXIT.articleErrors,
  "api-quota": EXIT.budgetSpent,
  "budget-spent": EXIT.budgetSpent,
  "links-break": EXIT.linksBreak,
  "removals-unconfirmed": EXIT.linksBreak,
  "articles-return": EXIT.linksBreak,
  held: EXIT.held,
};

/** What a command that failed exits with. */
export function exitCodeOf(failure: PublishFailure): number {
  const isUsage =
    (failure.reason === "api-refused" && failure.codes.includes(CODE_NO_NAMESPACE)) ||
    (failure.reason === "wrangler-failed" && isLoginRefused(failure.output));
  return isUsage ? EXIT.usage : (EXIT_OF[failure.reason] ?? EXIT.failed);
}

export const EXIT_CODES_HELP = `Exit codes
  0  done, or nothing to do
  1  failed; the message says what readers see
  2  errors in options or settings; no login, or one that is refused
  3  done, but articles with an error were left out
  4  the write budget is spent: run the same again, on the free plan tomorrow
  5  links of articles that are live would break, or withdrawn articles would be read again
  6  held after a rollback: npm run release -- resume
  130, 143  told to end by a signal`;
