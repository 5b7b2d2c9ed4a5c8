import { isLoginRefused } from "../cloudflare/wrangler-errors.ts";
import type { PublishFailure } from "./failure-messages.ts";
import { CODE_NO_NAMESPACE, CODE_NO_ROUTE } from "./failure-messages.ts";

/** The part of a usage text that explains the exit codes of `npm run deploy` and `npm run release`. */
export const EXIT_CODES_HELP = `Exit codes
  0  done, or nothing to do
  1  failed; the message says what readers see
  2  errors in options or settings; no login, or one that is refused
  3  done, but articles with an error were left out
  4  the write budget is spent: run the same again, on the free plan tomorrow
  5  links of articles that are live would break, withdrawn articles would be read again, or entries of
     feeds would have another id
  6  held after a rollback: npm run release -- resume
  7  the release is live, but not at every address: the message says what is missing; run the same again
  130, 143  told to end by a signal`;

export const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

const EXIT_OF: Partial<Record<PublishFailure["reason"], number>> = {
  "api-login-malformed": EXIT_USAGE,
  "api-unauthorized": EXIT_USAGE,
  "api-token-expired": EXIT_USAGE,
  "not-signed-in": EXIT_USAGE,
  "secret-unusable": EXIT_USAGE,
  "base-address-unusable": EXIT_USAGE,
  "account-unclear": EXIT_USAGE,
  "settings-wrong": EXIT_USAGE,
  "worker-config-wrong": EXIT_USAGE,
  "sample-address": EXIT_USAGE,
  "namespace-shared": EXIT_USAGE,
  "no-subdomain": EXIT_USAGE,
  "address-of-others": EXIT_USAGE,
  "source-missing": EXIT_USAGE,
  "removed-unreadable": EXIT_USAGE,
  "theme-wrong": EXIT_USAGE,
  "verb-unknown": EXIT_USAGE,
  "verb-takes-less": EXIT_USAGE,
  "followers-uncounted": EXIT_USAGE,
  "followers-refused": EXIT_USAGE,
  "picture-unwritten": EXIT_USAGE,
  "articles-skipped": 3,
  "api-quota": 4,
  "budget-spent": 4,
  "links-break": 5,
  "removals-unconfirmed": 5,
  "articles-return": 5,
  held: 6,
  "triggers-missing": 7,
  "site-unseen": 7,
};

/** The exit code for a failure. */
export function exitCodeOf(failure: PublishFailure): number {
  const isUsage =
    (failure.reason === "api-refused" &&
      (failure.codes.includes(CODE_NO_NAMESPACE) || failure.codes.includes(CODE_NO_ROUTE))) ||
    (failure.reason === "wrangler-failed" && isLoginRefused(failure.output));
  return isUsage ? EXIT_USAGE : (EXIT_OF[failure.reason] ?? EXIT_FAILED);
}
