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

/** What a command that failed exits with. */
export function exitCodeOf(failure: PublishFailure): number {
  switch (failure.reason) {
    case "api-quota":
    case "budget-spent":
      return EXIT.budgetSpent;
    case "links-break":
    case "removals-unconfirmed":
    case "articles-return":
      return EXIT.linksBreak;
    case "held":
      return EXIT.held;
    case "config-unreadable":
    case "settings-wrong":
    case "worker-config-wrong":
    case "sample-address":
    case "source-missing":
    case "removed-unreadable":
    case "verb-unknown":
    case "names-superfluous":
    case "api-unauthorized":
    case "not-signed-in":
    case "secret-unusable":
    case "base-address-unusable":
    case "account-unclear":
      return EXIT.usage;
    case "api-refused":
      return failure.codes.includes(CODE_NO_NAMESPACE) ? EXIT.usage : EXIT.failed;
    case "wrangler-failed":
      return isLoginRefused(failure.output) ? EXIT.usage : EXIT.failed;
    default:
      return EXIT.failed;
  }
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
