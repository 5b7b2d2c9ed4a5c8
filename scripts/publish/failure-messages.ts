import { FOLLOWERS_BINDING } from "../../src/domain/feed-poll.ts";
import type { ApiFailure } from "../cloudflare/cloudflare-api.ts";
import type { SignInFailure } from "../cloudflare/sign-in.ts";
import { isLoginRefused, wranglerErrors } from "../cloudflare/wrangler-errors.ts";
import type { ProjectFailure } from "../config/read-project.ts";
import { formatDiagnostic } from "../diagnostics/diagnostic.ts";
import { THEME_FILE } from "../look/read-theme.ts";
import { REMOVED_FILE } from "../removed/read-removed.ts";
import type { AwaitFailure } from "./missing-keys.ts";
import type { NamedArticle, PackReadFailure } from "./compare-releases.ts";
import { counted } from "../terminal/counted.ts";
import { joinLines } from "../terminal/join-lines.ts";
import type { BrokenLinks } from "./broken-links.ts";
import type { AboutLostArticles } from "./broken-links.ts";
import { describeArticle, describeBrokenLinks } from "./broken-links.ts";
import type { NamespaceShared, RecordFailure } from "./release-record.ts";
import type { MissingTrigger } from "./site-triggers.ts";
import { isOnWorkersDev, nameTrigger } from "./site-triggers.ts";
import type { UploadFailure } from "./put-in-batches.ts";

export type PublishFailure =
  | ApiFailure
  | SignInFailure
  | RecordFailure
  | NamespaceShared
  | PackReadFailure
  | UploadFailure
  | AwaitFailure
  | ProjectFailure
  | LinksBreak
  /** These links cannot be confirmed by `--confirm-removals`. */
  | ({ readonly reason: "removals-unconfirmed" } & Omit<LinksBreak, "reason" | "errors">)
  /** The settings still have the sample's address; `advised` is one that the account has, or null. */
  | {
      readonly reason: "sample-address";
      readonly url: string;
      readonly advised: string | null;
      readonly isSignedIn: boolean;
    }
  /** The Worker is to be on workers.dev, where the account has no name yet. */
  | { readonly reason: "no-subdomain"; readonly account: string }
  /** The site's address is on workers.dev, but not where the account's Workers are; `own` is where this one is. */
  | { readonly reason: "address-of-others"; readonly url: string; readonly own: string }
  | { readonly reason: "source-missing" }
  /** Git did not put files on disk that a sparse checkout had left away. */
  | { readonly reason: "checkout-failed"; readonly detail: string }
  /** Everything is done, but articles with an error were left out. */
  | { readonly reason: "articles-skipped"; readonly errors: number }
  | { readonly reason: "removed-unreadable" }
  | { readonly reason: "theme-wrong" }
  /** Deploys are held, because the live release was rolled back to. */
  | { readonly reason: "held" }
  /** Nothing is live yet, and Cloudflare shows previews only of a Worker that has been deployed. */
  | { readonly reason: "nothing-live" }
  /** Offprint did not deploy the Worker (`release` is null), or its release is no longer in KV. */
  | { readonly reason: "live-unknown"; readonly worker: string; readonly release: string | null }
  /** There were more values than one run may write; the next run goes on. */
  | { readonly reason: "budget-spent"; readonly written: number; readonly left: number }
  /** Other deploys went live meanwhile. */
  | { readonly reason: "overtaken"; readonly times: number }
  /** It was told to end, and another deploy is live by now. */
  | { readonly reason: "broken-off" }
  | { readonly reason: "namespace-missing"; readonly title: string }
  | { readonly reason: "verb-unknown"; readonly verb: string; readonly verbs: readonly string[] }
  | {
      readonly reason: "verb-takes-less";
      readonly verb: string;
      /** The releases and options that are too many. */
      readonly superfluous: readonly string[];
    }
  | {
      readonly reason: "namespace-differs";
      readonly version: string;
      /** The namespace of the settings. */
      readonly namespace: string;
      /** The namespace that the version reads. */
      readonly bound: string;
    }
  | { readonly reason: "nothing-to-compare" }
  | { readonly reason: "nothing-to-verify" }
  /** The Worker has no binding that counts who follows. */
  | { readonly reason: "followers-uncounted"; readonly environment: string | null }
  /** The token may not ask what was counted. */
  | { readonly reason: "followers-refused"; readonly request: string; readonly detail: string }
  | { readonly reason: "picture-unwritten"; readonly path: string; readonly detail: string }
  | NoTarget
  | { readonly reason: "values-lost"; readonly release: string; readonly keys: readonly string[] }
  /** It is unknown which withdrawn articles a rollback would bring back. */
  | { readonly reason: "returns-unknown"; readonly cause: PublishFailure }
  | {
      readonly reason: "articles-return";
      readonly release: string;
      readonly articles: readonly NamedArticle[];
    }
  | {
      readonly reason: "wrangler-failed";
      readonly command: string;
      readonly output: string;
      readonly state: SwitchState;
    }
  /** The release is live, but these addresses of the settings do not lead to it; `output` is what wrangler said. */
  | {
      readonly reason: "triggers-missing";
      readonly release: string;
      readonly account: string;
      readonly missing: readonly MissingTrigger[];
      readonly output: string;
    }
  /** The release is live, but the site's own address does not show it; `isNamed` says whether the settings name that. */
  | {
      readonly reason: "site-unseen";
      readonly release: string;
      readonly url: string;
      /** The status of its answer; 0 if there was none. */
      readonly status: number;
      readonly said: string;
      readonly isNamed: boolean;
      /** Where the Worker is on workers.dev, if the site's address is another one there; else null. */
      readonly own: string | null;
    };

export interface LinksBreak extends AboutLostArticles {
  readonly reason: "links-break";
  readonly links: BrokenLinks;
  /** How many errors all articles have. */
  readonly errors: number;
}

/** Why there is nothing to roll back to. */
export type NoTarget =
  /** Cloudflare knows of no earlier deployment. */
  | { readonly reason: "nothing-before" }
  | { readonly reason: "live-already"; readonly name: string }
  /** Only previews carry it, which were never live. */
  | { readonly reason: "only-previewed"; readonly name: string }
  | { readonly reason: "no-version"; readonly name: string };

/** What readers see after a failed switch; Cloudflare was asked before the failure is reported. */
export type SwitchState = "unchanged" | "unknown" | "not-put-back";

const STATES: Readonly<Record<SwitchState, string>> = {
  unchanged: "the live site is as it was",
  unknown:
    "nobody can say whether it took effect, because Cloudflare cannot be asked: npm run release -- list says what is live; then run the same again, which goes on from there",
  "not-put-back":
    "it was to put back what somebody else deployed in the same second; npm run release -- list says what is live, deploy again",
};

const IF_IT_STAYS =
  "; if it stays so, https://www.cloudflarestatus.com says whether Cloudflare is well";

/** For whoever was refused. */
const ABOUT_TOKENS =
  ": add them (https://dash.cloudflare.com/profile/api-tokens), or run npx wrangler login as somebody who may";

const SEE_RELEASE_HELP = "\n\nSee npm run release -- --help";

const ADVICE_ON_NEW_IDS = `Write those lines; or put back what decided the ids (guid: or feed_id: in front matter, former_feed_ids in the settings and what it counts on: dates, categories, names of files; guid = false in it passes over guid: in front matter). If readers may see the articles once more, run npm run deploy -- --confirm-new-ids.`;
const ADVICE_ON_RETURNS = `Put the lines back into ${REMOVED_FILE} (git pull, if somebody else publishes too); or, if the articles are meant to be read again, run npm run deploy -- --confirm-returns.`;

/** Cloudflare's message is: "Could not route to …, perhaps your object identifier is invalid?" */
export const CODE_NO_ROUTE = 7003;

/** Cloudflare's message is: "Hostname 'x' already has externally managed DNS records (A, CNAME, etc)." */
const CODE_DOMAIN_TAKEN = 100_117;

/** Cloudflare's message is: "namespace not found". */
export const CODE_NO_NAMESPACE = 10_013;

/** Failures before anything is switched, whose descriptions do not say by themselves that nothing was. */
const UNCHANGED: ReadonlySet<PublishFailure["reason"]> = new Set([
  "not-signed-in",
  "secret-unusable",
  "base-address-unusable",
  "account-unclear",
  "api-login-malformed",
  "api-unauthorized",
  "api-token-expired",
  "api-refused",
  "namespace-shared",
  "record-missing",
  "record-damaged",
  "pack-unreadable",
  "packs-lost",
  "settings-wrong",
  "worker-config-wrong",
  "sample-address",
  "nothing-live",
]);

/**
 * The message for people: what could not be done, the state of the live site, and what to do.
 *
 * @param file the name of the project's file of settings, as `findConfigFile` finds it
 */
export function failureMessage(failure: PublishFailure, file: string): string {
  const text = describe(failure, file);
  if (!UNCHANGED.has(failure.reason)) return text;
  return text.includes("\n")
    ? `${text}\nThe live site is as it was`
    : `${text}; the live site is as it was`;
}

function describe(failure: PublishFailure, file: string): string {
  switch (failure.reason) {
    case "not-signed-in":
      return `Cannot sign in to Cloudflare: ${failure.detail}; run npx wrangler login, or (in CI) set CLOUDFLARE_API_TOKEN and CLOUDFLARE_ACCOUNT_ID`;
    case "secret-unusable":
      return `${failure.source} holds a line break, a blank or another character that no token has; set it anew`;
    case "base-address-unusable":
      return `CLOUDFLARE_API_BASE_URL is "${failure.address}", which is no address; correct it, or unset it`;
    case "account-unclear":
      return failure.accounts.length === 0
        ? `The login shows no Cloudflare account, as a token does that may not list them: set CLOUDFLARE_ACCOUNT_ID, or account_id in ${file}, to the id in the address of https://dash.cloudflare.com (npx wrangler whoami says it too)`
        : `The login belongs to several accounts: ${failure.accounts.join(", ")}; set CLOUDFLARE_ACCOUNT_ID, or account_id in ${file}, to the id of one`;
    case "api-late":
    case "api-unreachable":
      return `Cannot reach Cloudflare (${failure.request}): ${failure.detail}; the live site is as it was, run the same again${IF_IT_STAYS}`;
    case "api-garbled":
      return `What answers is not Cloudflare's API, or only half of it (${failure.request}): ${failure.detail}; a proxy may stand between; the live site is as it was, run the same again, or from another network${IF_IT_STAYS}`;
    case "api-token-expired":
      return `The token of the login has expired (${failure.request}): ${failure.detail}; make a new one (https://dash.cloudflare.com/profile/api-tokens) and set it as CLOUDFLARE_API_TOKEN`;
    case "api-login-malformed":
      return `What is sent to Cloudflare as a login is none (${failure.request}): ${failure.detail}; copy the token anew, whole and without quotation marks, and set it as CLOUDFLARE_API_TOKEN (a global key goes into CLOUDFLARE_API_KEY, with CLOUDFLARE_EMAIL)`;
    case "api-unauthorized":
      return `Cloudflare refuses the login (${failure.request}): ${failure.detail}; the token needs "Workers Scripts: Edit" and "Workers KV Storage: Edit"${ABOUT_TOKENS}; one that has both may be copied wrongly, or be for another account than CLOUDFLARE_ACCOUNT_ID`;
    case "api-quota":
      return `What Cloudflare's plan allows in a day is used up (${failure.request}): ${failure.detail}; the live site is as it was, run the same again after 00:00 UTC, and it goes on from here`;
    case "api-refused":
      return `Cloudflare refuses "${failure.request}": ${failure.detail}${adviceOn(failure.codes, file)}`;
    case "namespace-missing":
      return `There is no KV namespace "${failure.title}", which is where the articles are stored: nothing has been deployed yet; npm run deploy does`;
    case "namespace-shared":
      return `The KV namespace "${failure.namespace}" holds releases of the Worker "${failure.other}", and "${failure.worker}" would delete their values when it prunes; nothing was written. Take "id" out of kv_namespaces in ${file}, so that a deploy finds or makes a namespace of "${failure.worker}"'s own, also where "${failure.other}" was only its name before`;
    case "record-missing":
      return `KV does not have the release "${failure.release}": it was pruned, or never uploaded; npm run release -- list shows those that are there`;
    case "record-damaged":
      return `Cannot read the release "${failure.release}" in KV, where the articles are stored: ${failure.detail}; run the same again. If it stays so, take the folder as it was when that was deployed (git) and run npm run deploy, which writes it anew`;
    case "pack-unreadable":
      return `Cannot read "${failure.key}" in KV, where the articles are stored: ${failure.detail}; run the same again${IF_IT_STAYS}`;
    case "packs-lost":
      return `Cannot compare with release "${failure.release}": KV has lost ${listed(failure.keys)} of it, and nothing else says which ${failure.what} it had; take the folder as it was when that was deployed (git) and run npm run deploy, which uploads what is missing, then deploy again; or run npm run deploy -- --replace, which does not ask what gets lost`;
    case "values-refused":
      return `KV, where the articles are stored, does not keep ${listed(failure.keys)}; the live site is as it was, run the same again${IF_IT_STAYS}`;
    case "values-missing":
      return `KV, where the articles are stored, does not show ${listed(failure.keys)} minutes after the upload; the live site is as it was, run the same again${IF_IT_STAYS}`;
    case "overtaken":
      return `Not deployed: others deployed ${counted(failure.times, "time")} while this ran, and theirs is live; run the same again`;
    case "broken-off":
      return "Broken off: what somebody else deployed meanwhile is live; the same command plans again";
    case "wrangler-failed":
      return isLoginRefused(failure.output)
        ? `Cloudflare refuses the login (wrangler ${failure.command}); ${STATES[failure.state]}; the token needs "Workers Scripts: Edit"${ABOUT_TOKENS}`
        : describeWrangler(failure);
    case "triggers-missing":
      return describeMissingTriggers(failure, file);
    case "site-unseen":
      return `Release "${failure.release}" is live, but ${failure.url} does not show it: ${failure.said}. ${adviceOnSight(failure, file)}; then run npm run deploy again, which looks again`;
    case "settings-wrong":
      return failure.diagnostics.map(formatDiagnostic).join("\n");
    case "worker-config-wrong":
      return `${failure.path}: error: ${failure.detail}`;
    case "sample-address":
      return `${file}: error: The setting "url" is still the sample's "${failure.url}"; write the address of your site; ${adviceOnAddress(failure)}`;
    case "no-subdomain":
      return `Not deployed, and nothing was written: the account has no name on workers.dev yet, and ${file} has the Worker there. Its owner chooses one at ${onboarding(failure.account)} (the site is then https://name-of-the-worker.your-name.workers.dev); or give ${file} a route or a custom domain of yours`;
    case "address-of-others":
      return `${file}: error: The setting "url" is "${failure.url}", which is the address of another account; nothing was written. Without a domain of your own write "${failure.own}"`;
    case "articles-skipped":
      return `${counted(failure.errors, "error")} in articles: those are skipped, all others are published. Mend what is named above, and run the same again`;
    case "source-missing":
      return "Not deployed: a folder of articles is missing or cannot be listed; put it back, or correct sources in the settings; the live site is as it was";
    case "checkout-failed":
      return `Not deployed: git did not check out files that the sparse checkout had left away (${failure.detail}); see that git can fetch here (persist-credentials of actions/checkout), or check out everything; the live site is as it was`;
    case "removed-unreadable":
      return `Not deployed: mend ${REMOVED_FILE} first, as said above; the live site is as it was`;
    case "theme-wrong":
      return `Not deployed: mend ${THEME_FILE} first, as said above; the live site is as it was`;
    case "held":
      return "Not deployed: the live release was rolled back to, and stays live. When what was wrong is mended, run npm run release -- resume, and deploy again";
    case "nothing-live":
      return "Cannot make a preview before the first deploy: run npm run deploy";
    case "live-unknown":
      return `Not deployed: there is a Worker "${failure.worker}" already, and ${
        failure.release === null
          ? `Offprint did not deploy what it serves. If that is another project's, choose another name in ${file}`
          : `its release "${failure.release}" is not in KV any more, so nobody can say which links would break. Take the folder as it was when that was deployed (git) and run npm run deploy, which brings it back, then deploy again`
      }; or replace it with npm run deploy -- --replace, which does not ask what gets lost`;
    case "budget-spent":
      return `Stopped by the write budget (writes_per_deploy, or --max-writes): ${counted(failure.written, "write")}, ${counted(failure.left, "value")} to go; the live site is as it was, run the same again (on the free plan after 00:00 UTC)`;
    case "links-break":
      return describeLinksBreak(failure);
    case "verb-unknown": {
      const what = failure.verb === "" ? "No verb is given" : `There is no verb "${failure.verb}"`;
      return `${what}; write one of ${failure.verbs.join(", ")}${SEE_RELEASE_HELP}`;
    }
    case "verb-takes-less":
      return `npm run release -- ${failure.verb} takes no ${failure.superfluous.map((word) => `"${word}"`).join(", ")}${SEE_RELEASE_HELP}`;
    case "namespace-differs":
      return `Not rolled back: the version "${failure.version}" reads the KV namespace "${failure.bound}", and not "${failure.namespace}", which is that of ${file}: so nobody can say whether its values are still there; the live site is as it was. Write id = "${failure.bound}" beside binding = "RELEASES" for the time of the rollback, or put the folder back as it was then (git) and deploy that`;
    case "nothing-to-compare":
      return "There are no two releases to compare: the second deploy of a site can be compared with the first";
    case "nothing-to-verify":
      return "Offprint has deployed nothing that could be verified; npm run deploy does";
    case "followers-uncounted": {
      const [prefix, within] =
        failure.environment === null
          ? ["", ""]
          : [`env.${failure.environment}.`, ` in "${failure.environment}"`];
      const lines = file.endsWith(".toml")
        ? `[[${prefix}analytics_engine_datasets]]\n    binding = "${FOLLOWERS_BINDING}"\n    dataset = "followers"`
        : `"analytics_engine_datasets": [{ "binding": "${FOLLOWERS_BINDING}", "dataset": "followers" }]${within}`;
      return `Nobody counts who follows: ${file} has no Analytics Engine with the binding "${FOLLOWERS_BINDING}"; add these lines and run npm run deploy, and look again in a day or two (docs/followers.md):\n    ${lines}`;
    }
    case "followers-refused":
      return `Cloudflare does not tell this login who follows (${failure.request}): ${failure.detail}; the token needs "Account Analytics: Read", which a deploy does not: add it, or make a token that has it besides "Workers Scripts: Edit" and "Workers KV Storage: Edit" (https://dash.cloudflare.com/profile/api-tokens), and set that as CLOUDFLARE_API_TOKEN. npx wrangler login cannot give it`;
    case "picture-unwritten":
      return `Cannot write the picture "${failure.path}": ${failure.detail}; name a file in a folder that is there, with --svg`;
    case "nothing-before":
      return "There is no deployment before the live one, so there is none to go back to; mend what is wrong in the folder, and run npm run deploy";
    case "live-already":
      return `"${failure.name}" is live already; npm run release -- list shows what was live before`;
    case "only-previewed":
      return `Cannot roll back to "${failure.name}": it was a preview, and never live; npm run deploy brings out what is in the folder`;
    case "no-version":
      return `Cannot roll back to "${failure.name}": no version of the Worker carries it (its deploy never ended, or it is older than the 100 versions that Cloudflare keeps, or there is no such release); npm run release -- list shows what there is`;
    case "values-lost":
      return `Not rolled back: KV has lost ${counted(failure.keys.length, "value")} of release "${failure.release}", such as "${failure.keys[0] ?? ""}"; the live site is as it was. Roll back to another (npm run release -- list), or put the folder back as it was then (git) and deploy that`;
    case "returns-unknown":
      return `Not rolled back: ${failureMessage(failure.cause, file)}. So nobody can say whether articles that were withdrawn would be read again; --confirm-returns rolls back all the same`;
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
    case "removals-unconfirmed": {
      const { links } = failure;
      return joinLines(
        "Not deployed: --confirm-removals is not about these, and nothing was written.",
        describeBrokenLinks(links, failure),
        links.articles.length > 0 &&
          `Mend the errors, or delete the files; ${REMOVED_FILE} by hand names articles that are meant to go though their file is there.`,
        links.returning.length > 0 && ADVICE_ON_RETURNS,
        links.entries.length > 0 && ADVICE_ON_NEW_IDS,
      );
    }
  }
}

function describeLinksBreak(failure: LinksBreak): string {
  const { links, errors } = failure;
  return joinLines(
    links.articles.length + links.addresses.length > 0
      ? "Not deployed: links would break."
      : links.returning.length > 0
        ? "Not deployed: what was withdrawn would be read again."
        : "Not deployed: readers would show articles once more.",
    describeBrokenLinks(links, failure),
    errors > 0 &&
      `${counted(errors, "error")} in articles (npm run check:content names them): mending may bring some back.`,
    links.articles.length + links.addresses.length > 0 &&
      `Put back what is missing (git pull, if somebody else publishes too); or let another article lead there with redirect_from; or, if all this is meant to go, run npm run deploy -- --confirm-removals, which writes it into ${REMOVED_FILE}.`,
    links.returning.length > 0 && ADVICE_ON_RETURNS,
    links.entries.length > 0 && ADVICE_ON_NEW_IDS,
  );
}

function adviceOnAddress({
  advised,
  isSignedIn,
}: Extract<PublishFailure, { reason: "sample-address" }>): string {
  if (advised !== null) return `without a domain of your own it is ${advised}`;
  return isSignedIn
    ? "without a domain of your own choose a name on workers.dev first: https://dash.cloudflare.com/?to=/:account/workers/onboarding"
    : "without a domain of your own run npx wrangler login, and the same again says what it is";
}

const TRIGGER_STATES: Readonly<Record<MissingTrigger["state"], string>> = {
  absent: "does not lead to it",
  superfluous: "leads to it, and should not",
  "no-zone": "does not lead to it: the login sees no zone of that name",
  unseen: "nobody can say whether it leads to it: Cloudflare does not tell this login",
};

/** What is missing, and who can give it. */
function describeMissingTriggers(
  { release, account, missing, output }: Extract<PublishFailure, { reason: "triggers-missing" }>,
  file: string,
): string {
  const hasNoZone =
    missing.some(({ state }) => state === "no-zone") || output.includes("Could not find zone");
  return joinLines(
    missing.every(({ kind }) => kind === "cron")
      ? `Release "${release}" is live, but the Worker's crons are not as ${file} wants them:`
      : `Release "${release}" is live, but not at every address of ${file}:`,
    missing.map((trigger) => `  ${nameTrigger(trigger)}: ${TRIGGER_STATES[trigger.state]}`),
    "wrangler says:",
    wranglerErrors(output)
      .split("\n")
      .map((line) => `  ${line}`),
    hasNoZone &&
      `Is the domain in the account ${account}? Whoever owns it can add it there (https://dash.cloudflare.com).`,
    (hasNoZone || isLoginRefused(output)) &&
      'The token needs "Zone / Zone: Read" and "Zone / Workers Routes: Edit" for the domain; whoever made it can add them (https://dash.cloudflare.com/profile/api-tokens).',
    output.includes(`[code: ${CODE_DOMAIN_TAKEN}]`) &&
      "The name has DNS records of its own; whoever looks after the domain has to delete them first (https://dash.cloudflare.com, the domain, DNS).",
    output.includes("/workers/onboarding") &&
      `The account has no name on workers.dev; its owner chooses one at ${onboarding(account)}`,
    "Then run npm run deploy again: it sets what is missing, also where no article is new.",
  );
}

/** Where the owner of an account chooses its name on workers.dev; wrangler names the same address. */
function onboarding(account: string): string {
  return `https://dash.cloudflare.com/${account}/workers/onboarding`;
}

function adviceOn(codes: readonly number[], file: string): string {
  if (codes.includes(CODE_NO_ROUTE)) {
    return `; correct CLOUDFLARE_ACCOUNT_ID, or account_id in ${file}: npx wrangler whoami says which accounts the login has`;
  }
  return codes.includes(CODE_NO_NAMESPACE)
    ? `; the account has no such KV namespace: take "id" out of kv_namespaces in ${file}, so that a deploy finds or makes one, or correct it`
    : `; run the same again${IF_IT_STAYS}`;
}

/** Why an address may not show what is live, and what to do. */
function adviceOnSight(
  { url, status, isNamed, own }: Extract<PublishFailure, { reason: "site-unseen" }>,
  file: string,
): string {
  if (own !== null && isNamed) return `The Worker is at ${own}: write that as url into ${file}`;
  if (!isNamed && isOnWorkersDev(new URL(url).hostname)) {
    return `${file} takes the Worker off workers.dev, as routes do by themselves: write the address of your domain as url, or workers_dev = true beside name`;
  }
  if (!isNamed) {
    const { hostname } = new URL(url);
    const lines = file.endsWith(".toml")
      ? `[[routes]] with pattern = "${hostname}" and custom_domain = true`
      : `"routes": [{ "pattern": "${hostname}", "custom_domain": true }]`;
    return `No address in ${file} leads from there to the Worker: add ${lines}, or add it in the dashboard (Workers, the Worker, Settings, Domains), or correct url`;
  }
  if (status === 0) {
    return "A new address takes some minutes until its name and certificate are known everywhere: wait for them";
  }
  return status === FORBIDDEN || status === TOO_MANY || status === UNAVAILABLE
    ? "Something in front of the site refuses programs, and so feed readers too: switch it off for this domain (https://dash.cloudflare.com, the domain, Security: Bot Fight Mode, rules; or Zero Trust, Access)"
    : "Something else answers there, or an older version still does in the nearest data centre: wait some minutes, or look where the domain leads (https://dash.cloudflare.com, the domain, DNS and Workers Routes)";
}

/** What wrangler said, and what to do. */
function describeWrangler({
  command,
  output,
  state,
}: Extract<PublishFailure, { reason: "wrangler-failed" }>): string {
  const said = wranglerErrors(output);
  return joinLines(
    `wrangler ${command} failed; ${STATES[state]}${said === "" ? ", and it said nothing" : `:\n${said}`}`,
    state === "unchanged" &&
      `Mend what it names, if it names something; else run the same again${IF_IT_STAYS}`,
  );
}

const FORBIDDEN = 403;
const TOO_MANY = 429;
const UNAVAILABLE = 503;

const KEYS_SHOWN = 3;

function listed(keys: readonly string[]): string {
  const shown = keys.slice(0, KEYS_SHOWN).map((key) => `"${key}"`);
  return `${counted(keys.length, "value")} (${shown.join(", ")}${keys.length > KEYS_SHOWN ? ", …" : ""})`;
}
