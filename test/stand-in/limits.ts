/*
 * What Cloudflare takes at most. `RULES` says where that is written; `docs/stand-in.md` has a table made of it.
 */

export const MOST_PAIRS = 10_000;
export const MOST_BODY_BYTES = 100 * 1024 * 1024;
export const MOST_KEY_BYTES = 512;
export const MOST_VALUE_BYTES = 25 * 1024 * 1024;
export const MOST_METADATA_BYTES = 1024;
export const MOST_LISTED_KEYS = 1000;
export const LEAST_LISTED_KEYS = 10;
export const MOST_TITLE_BYTES = 512;
export const MOST_TAG_BYTES = 100;
export const MOST_MESSAGE_BYTES = 1000;
export const MOST_DEPLOYABLE_VERSIONS = 100;
export const MOST_ASSETS = 20_000;
export const MOST_CRONS = 5;
export const MOST_ASSET_BYTES = 25 * 1024 * 1024;
export const MOST_REQUESTS = 1200;
export const REQUEST_WINDOW_SECONDS = 300;
export const LEAST_CACHE_TTL_SECONDS = 30;
export const MOST_ANALYTICS_COLUMNS = 20;
export const MOST_ANALYTICS_BLOB_BYTES = 16_384;
export const MOST_ANALYTICS_INDEX_BYTES = 96;

const DOCS = "https://developers.cloudflare.com";
const API = `${DOCS}/api/resources`;

/** A rule of Cloudflare's that the stand-in holds to, and the page that says it. */
export interface Rule {
  readonly what: string;
  readonly document: string;
}

export const RULES: readonly Rule[] = [
  {
    what: `At most ${MOST_REQUESTS} requests in five minutes, then 429 with \`Retry-After\` for five minutes`,
    document: `${DOCS}/fundamentals/api/reference/limits/`,
  },
  {
    what: `One request writes at most ${MOST_PAIRS} values and 100 MB, and names those that it did not keep`,
    document: `${API}/kv/subresources/namespaces/methods/bulk_update/`,
  },
  {
    what: "A key has 1 to 512 bytes, a value at most 25 MiB, metadata at most 1,024 bytes",
    document: `${DOCS}/kv/platform/limits/`,
  },
  {
    what: "The free plan's writes of a day: then 429 with code 10048",
    document: `${DOCS}/kv/platform/limits/`,
  },
  {
    what: "A list shows 10 to 1,000 keys a page, and the cursor of the next page",
    document: `${API}/kv/subresources/namespaces/subresources/keys/methods/list/`,
  },
  {
    what: "A new value is seen later than it is written, by reads and by lists, which may be later still",
    document: `${DOCS}/kv/concepts/how-kv-works/`,
  },
  {
    what: "A data centre remembers for `cacheTtl` seconds (30 at least) that a key was absent; a read with a smaller `cacheTtl` shortens that",
    document: `${DOCS}/kv/api/read-key-value-pairs/`,
  },
  {
    what: "The title of a namespace is taken once (code 10014)",
    document: `${API}/kv/subresources/namespaces/methods/create/`,
  },
  {
    what: `A version's tag has at most ${MOST_TAG_BYTES} bytes; a longer message than ${MOST_MESSAGE_BYTES} bytes is cut off`,
    document: `${API}/workers/subresources/scripts/subresources/versions/methods/create/`,
  },
  {
    what: `Only the ${MOST_DEPLOYABLE_VERSIONS} newest versions can be deployed; one or two at once, whose shares are 100 % together`,
    document: `${DOCS}/workers/versions-and-deployments/deployment-management/`,
  },
  {
    what: "The 100 newest deployments are listed, and as many versions that can be deployed",
    document: `${DOCS}/workers/versions-and-deployments/`,
  },
  {
    what: "A Worker's first upload serves at once, a later version when it is deployed",
    document: `${DOCS}/workers/versions-and-deployments/`,
  },
  {
    what: "A new Worker answers on workers.dev only once that is asked for",
    document: `${API}/workers/subresources/scripts/subresources/subdomain/methods/create/`,
  },
  {
    what: "`wrangler secret put` makes a version like the live one and deploys it",
    document: `${DOCS}/workers/configuration/secrets/`,
  },
  {
    what: "Files go up in a session: a manifest, buckets of the hashes that are missing, files in base64 with the session's token; the token of the last answer, good for an hour, goes with the version",
    document: `${DOCS}/workers/static-assets/direct-upload/`,
  },
  {
    what: "At most 20,000 files of 25 MiB each",
    document: `${DOCS}/workers/platform/limits/`,
  },
  {
    what: `An account of the free plan has at most ${MOST_CRONS} cron triggers; they belong to the Worker and not to a version`,
    document: `${DOCS}/workers/platform/limits/`,
  },
  {
    what: 'A token without "Zone: Read" is shown no zone, and without "Workers Routes: Edit" it sets neither routes nor custom domains',
    document: `${DOCS}/fundamentals/api/reference/permissions/`,
  },
  {
    what: "A custom domain needs a zone of the account, and a name without DNS records of its own (409, code 100117)",
    document: `${DOCS}/workers/configuration/routing/custom-domains/`,
  },
  {
    what: "A route leads to one Worker: the same pattern for a second one is refused (409, code 10020)",
    document: `${DOCS}/workers/configuration/routing/routes/`,
  },
  {
    what: "A data point has one index of 96 bytes at most, and 20 blobs of 16 KB together",
    document: `${DOCS}/analytics/analytics-engine/limits/`,
  },
  {
    what: 'SQL is asked with "Account Analytics: Read" (403 without); a table is there once something was written to it',
    document: `${DOCS}/analytics/analytics-engine/sql-api/`,
  },
];
