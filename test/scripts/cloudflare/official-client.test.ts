import { Accounts } from "cloudflare/resources/accounts/accounts";
import { Namespaces } from "cloudflare/resources/kv/namespaces/namespaces";
import { Tokens } from "cloudflare/resources/user/tokens/tokens";
import { Upload } from "cloudflare/resources/workers/assets/upload";
import { Workers as BetaWorkers } from "cloudflare/resources/workers/beta/workers/workers";
import { Domains } from "cloudflare/resources/workers/domains";
import { Routes } from "cloudflare/resources/workers/routes";
import type { DeploymentListResponse } from "cloudflare/resources/workers/scripts/deployments";
import { Scripts } from "cloudflare/resources/workers/scripts/scripts";
import type { VersionGetResponse } from "cloudflare/resources/workers/scripts/versions";
import { Subdomains } from "cloudflare/resources/workers/subdomains";
import { Zones } from "cloudflare/resources/zones/zones";
import { createClient } from "cloudflare/tree-shakable";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ApiFailure } from "../../../scripts/cloudflare/cloudflare-api.ts";
import { createCloudflareApi } from "../../../scripts/cloudflare/cloudflare-api.ts";
import {
  createNamespace,
  encodePair,
  findNamespace,
  openNamespace,
} from "../../../scripts/cloudflare/kv-namespace.ts";
import type { Account } from "../../../scripts/cloudflare/sign-in.ts";
import { signIn } from "../../../scripts/cloudflare/sign-in.ts";
import {
  findZone,
  isEnabledOnWorkersDev,
  listCrons,
  listDomains,
  listRoutes,
  readAccountSubdomain,
} from "../../../scripts/cloudflare/worker-addresses.ts";
import {
  listDeployments,
  listSecrets,
  listVersions,
  readBoundNamespace,
  readCode,
} from "../../../scripts/cloudflare/worker-versions.ts";
import type { Result } from "../../../src/domain/result.ts";
import { FakeCloudflare } from "../fake-cloudflare.ts";
import { fakeIO } from "../fake-io.ts";
import { PublishedFolder } from "../published-folder.ts";

/*
 * Cloudflare's own package for its API (`cloudflare`, made from the API's description) asks the stand-in for the same things
 * as we do: the same requests have to come, and what we make of the answers has to be what the package's types say is in them.
 * Where a field stands in no type, a comment says so; docs/stand-in.md lists these.
 */

/** A request as it came. */
interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Of JSON its value, of a form the names of its parts. */
  readonly body: unknown;
}

const WORKER = "offprint";
const NO_ACCOUNT = { accountId: null, complianceRegion: null };
const { authorization, baseUrl } = new FakeCloudflare();

let site: PublishedFolder;
let cloudflare: FakeCloudflare;
/** What wrangler and our deploys have asked for before. */
let asked: readonly Call[];
let calls: Call[] = [];

beforeAll(async () => {
  site = PublishedFolder.open();
  ({ cloudflare } = site);
  cloudflare.record = async (request) => {
    calls.push(await toCall(request));
  };
  for (const name of ["finews.test", "other.test"]) cloudflare.addZone(name);
  site.configure(
    /^name = .*$/m,
    '$&\nworkers_dev = true\nroutes = ["other.test/*", { pattern = "finews.test", custom_domain = true }]',
  );
  site.configure("cards = 0", 'cards = 0\npublish_hook = "url"');
  site.write("articles/x.csv", "a,b\n");
  site.write(
    "articles/2026-11-20-picture.md",
    "---\ntitle: 图\ndate: 2026-11-20\n---\n\n[表](x.csv)\n",
  );
  await site.deployed();
  site.write("articles/2026-11-21-second.md", "---\ntitle: 二\ndate: 2026-11-21\n---\n\n二\n");
  cloudflare.mayEditZones = false;
  await site.deploy();
  cloudflare.mayEditZones = true;
  await site.deploy();
  cloudflare.mayEditAllZones = false;
  site.write("articles/2026-11-22-third.md", "---\ntitle: 三\ndate: 2026-11-22\n---\n\n三\n");
  await site.deploy({ kind: "preview" });
  await site.deployed();
  await site.release("rollback");
  await site.release("resume");
  await site.release("list");
  site.pass(10 * 86_400);
  await site.release("prune", [], { yes: true });
  asked = calls;
});

afterAll(() => {
  site.close();
});

const client = createClient({
  apiToken: authorization.replace("Bearer ", ""),
  baseURL: baseUrl,
  maxRetries: 0,
  fetch: async (url, init) => cloudflare.fetch(new Request(url, init)),
  resources: [
    Accounts,
    Namespaces,
    Tokens,
    Upload,
    BetaWorkers,
    Domains,
    Routes,
    Scripts,
    Subdomains,
    Zones,
  ],
});

const io = fakeIO({
  fetch: async (url, init) => cloudflare.fetch(new Request(url, init)),
});

const account = (): Account => ({
  id: accountId(),
  api: createCloudflareApi(baseUrl, async () => ({ Authorization: authorization }), io),
});

const accountId = (): string => cloudflare.environment["CLOUDFLARE_ACCOUNT_ID"] ?? "";
const namespaceId = (): string => [...cloudflare.namespaces.keys()][0] ?? "";
const versionId = (): string => cloudflare.liveVersion?.id ?? "";
const zoneId = (): string => cloudflare.zones.find(({ name }) => name === "other.test")?.id ?? "";
const here = (): { readonly account_id: string } => ({ account_id: accountId() });

/** A request of ours, and the package's method that makes the same; both give what we make of the answer. */
interface Row {
  readonly what: string;
  readonly ours: () => Promise<Result<unknown, unknown>>;
  readonly official: () => Promise<unknown>;
}

const OURS: readonly Row[] = [
  {
    what: "accounts.list",
    ours: async () => {
      const { CLOUDFLARE_ACCOUNT_ID: _, ...environment } = cloudflare.environment;
      const signed = await signIn(site.folder, NO_ACCOUNT, { ...io, environment });
      return signed.ok ? { ok: true, value: signed.value.id } : signed;
    },
    official: async () => (await client.accounts.list()).result[0]?.id,
  },
  {
    what: "kv.namespaces.list",
    ours: async () => idOf(await findNamespace(account(), "offprint-releases")),
    official: async () => {
      const page = await client.kv.namespaces.list({ ...here(), per_page: 100, page: 1 });
      return page.result.find(({ title }) => title === "offprint-releases")?.id;
    },
  },
  {
    what: "kv.namespaces.create",
    ours: async () => {
      const created = await createNamespace(account(), "another");
      forget("another");
      return created.ok ? { ok: true, value: created.value.id.length } : created;
    },
    official: async () => {
      const { id } = await client.kv.namespaces.create({ ...here(), title: "another" });
      forget("another");
      return id.length;
    },
  },
  {
    what: "kv.namespaces.keys.list",
    ours: async () => openNamespace(account(), namespaceId()).list(""),
    official: async () => {
      const params = { ...here(), limit: 1000, prefix: "", cursor: "" };
      const page = await client.kv.namespaces.keys.list(namespaceId(), params);
      return page.result.map(({ name, metadata = null }) => ({ name, metadata }));
    },
  },
  {
    what: "kv.namespaces.values.get",
    ours: async () => openNamespace(account(), namespaceId()).get(`r/${site.live}`),
    official: async () => {
      const params = { ...here(), namespace_id: namespaceId() };
      const response = await client.kv.namespaces.values.get(`r/${site.live}`, params);
      return new Uint8Array(await response.arrayBuffer());
    },
  },
  {
    what: "kv.namespaces.bulkUpdate",
    ours: async () => {
      const value = encodePair("a", new TextEncoder().encode("b"), { at: 1 });
      return openNamespace(account(), namespaceId()).put([value]);
    },
    official: async () => {
      const body = [{ key: "a", value: "Yg==", base64: true, metadata: { at: 1 } }];
      const done = await client.kv.namespaces.bulkUpdate(namespaceId(), { ...here(), body });
      return done?.unsuccessful_keys;
    },
  },
  {
    what: "kv.namespaces.bulkDelete",
    ours: async () => openNamespace(account(), namespaceId()).delete(["a"]),
    official: async () => {
      const body = ["a"];
      const done = await client.kv.namespaces.bulkDelete(namespaceId(), { ...here(), body });
      return done?.unsuccessful_keys;
    },
  },
  {
    what: "workers.scripts.deployments.list",
    ours: async () => listDeployments(account(), WORKER),
    official: async () => {
      const page = await client.workers.scripts.deployments.list(WORKER, here());
      // The package says by mistake that lists of deployments stand in `items`; it has the type of what they stand in.
      const { deployments } = page.result as unknown as DeploymentListResponse;
      return deployments.map(({ id, created_on: createdOn, annotations, versions }) => ({
        id,
        createdOn,
        message: annotations?.["workers/message"] ?? null,
        versionIds: versions.map(({ version_id }) => version_id),
      }));
    },
  },
  {
    what: "workers.scripts.versions.list",
    ours: async () => listVersions(account(), WORKER),
    official: async () => {
      const params = { ...here(), deployable: true };
      const { items = [] } = (await client.workers.scripts.versions.list(WORKER, params)).result;
      return items.map(({ id, metadata, ...rest }) => {
        // The package's type has no annotations here, which wrangler reads as we do.
        const { annotations } = rest as VersionGetResponse & Annotated;
        return {
          id,
          createdOn: metadata?.created_on,
          tag: annotations?.["workers/tag"] ?? null,
          message: annotations?.["workers/message"] ?? null,
        };
      });
    },
  },
  {
    what: "workers.scripts.versions.get",
    ours: async () => readBoundNamespace(account(), WORKER, versionId(), "RELEASES"),
    official: async () => {
      const params = { ...here(), script_name: WORKER };
      const version = await client.workers.scripts.versions.get(versionId(), params);
      // The package says nothing of what is in bindings.
      const bindings = version.resources.bindings as readonly Record<string, unknown>[] | undefined;
      return bindings?.find(({ name }) => name === "RELEASES")?.["namespace_id"];
    },
  },
  {
    what: "workers.scripts.content.get",
    ours: async () => readCode(account(), WORKER),
    official: async () => (await client.workers.scripts.content.get(WORKER, here())).text(),
  },
  {
    what: "workers.scripts.subdomain.get",
    ours: async () => isEnabledOnWorkersDev(account(), WORKER),
    official: async () => (await client.workers.scripts.subdomain.get(WORKER, here())).enabled,
  },
  {
    what: "workers.scripts.schedules.get",
    ours: async () => listCrons(account(), WORKER),
    official: async () => {
      const { schedules } = await client.workers.scripts.schedules.get(WORKER, here());
      return schedules.map(({ cron }) => cron);
    },
  },
  {
    what: "workers.scripts.secrets.list",
    ours: async () => listSecrets(account(), WORKER),
    official: async () => {
      const page = await client.workers.scripts.secrets.list(WORKER, here());
      return page.result.map(({ name }) => name);
    },
  },
  {
    what: "workers.subdomains.get",
    ours: async () => readAccountSubdomain(account()),
    official: async () => (await client.workers.subdomains.get(here())).subdomain,
  },
  {
    what: "workers.domains.list",
    ours: async () => listDomains(account(), WORKER),
    official: async () => {
      const page = await client.workers.domains.list({ ...here(), service: WORKER });
      return page.result.map(({ hostname }) => hostname);
    },
  },
  {
    what: "zones.list",
    ours: async () => findZone(account(), "other.test"),
    official: async () => {
      const params = { name: "other.test", account: { id: accountId() } };
      return (await client.zones.list(params)).result[0]?.id;
    },
  },
  {
    what: "workers.routes.list",
    ours: async () => listRoutes(account(), zoneId()),
    official: async () => {
      const page = await client.workers.routes.list({ zone_id: zoneId() });
      return page.result.map(({ id, pattern, script = null }) => ({ id, pattern, script }));
    },
  },
];

/** What wrangler asks for; its answers are for wrangler to read. */
const WRANGLERS: readonly Omit<Row, "ours">[] = [
  {
    what: "workers.scripts.scriptAndVersionSettings.get",
    official: async () => client.workers.scripts.scriptAndVersionSettings.get(WORKER, here()),
  },
  {
    what: "workers.scripts.settings.edit",
    official: async () => client.workers.scripts.settings.edit(WORKER, { ...here(), tags: [] }),
  },
  {
    what: "workers.beta.workers.get",
    official: async () => client.workers.beta.workers.get(WORKER, here()),
  },
  {
    what: "workers.scripts.subdomain.create",
    official: async () =>
      client.workers.scripts.subdomain.create(WORKER, { ...here(), enabled: true }),
  },
  {
    what: "workers.scripts.schedules.update",
    official: async () =>
      client.workers.scripts.schedules.update(WORKER, {
        ...here(),
        body: [{ cron: "*/5 * * * *" }],
      }),
  },
  {
    what: "workers.scripts.deployments.create",
    official: async () =>
      client.workers.scripts.deployments.create(WORKER, {
        ...here(),
        strategy: "percentage",
        versions: [{ version_id: versionId(), percentage: 100 }],
        annotations: { "workers/message": "" },
      }),
  },
  {
    what: "workers.scripts.versions.create",
    official: async () =>
      client.workers.scripts.versions.create(
        WORKER,
        { ...here(), metadata: { main_module: "worker.js" }, files: [new File([""], "worker.js")] },
        { query: { bindings_inherit: "strict" } },
      ),
  },
  {
    what: "workers.scripts.update",
    official: async () =>
      client.workers.scripts.update(
        WORKER,
        { ...here(), metadata: { main_module: "worker.js" }, files: [new File([""], "worker.js")] },
        {
          query: { excludeScript: "true", bindings_inherit: "strict" },
          // The package sets that of a Worker of one file.
          headers: { "Content-Type": null },
        },
      ),
  },
  {
    what: "workers.scripts.assets.upload.create",
    official: async () =>
      client.workers.scripts.assets.upload.create(WORKER, {
        ...here(),
        manifest: { "/x.png": { hash: "0".repeat(32), size: 1 } },
      }),
  },
  {
    what: "workers.assets.upload.create",
    official: async () => {
      const manifest = { "/x.png": { hash: "0".repeat(32), size: 1 } };
      const { jwt } = cloudflare.assets.begin(WORKER, manifest, cloudflare.now());
      const headers = { Authorization: `Bearer ${jwt}` };
      const body = { ["0".repeat(32)]: "eA==" };
      return client.workers.assets.upload.create({ ...here(), base64: true, body }, { headers });
    },
  },
  {
    what: "workers.routes.create",
    official: async () =>
      client.workers.routes.create({
        zone_id: zoneId(),
        pattern: "other.test/*",
        script: WORKER,
      }),
  },
];

/** An answer has these, though the package's types do not. */
interface Annotated {
  readonly annotations?: Readonly<Record<string, string>>;
}

describe("Cloudflare's own package", () => {
  it.each(OURS)("asks for $what as we do, and reads the same in the answer", async (row) => {
    const [said, ours] = await during(row.ours);
    const [official, theirs] = await during(row.official);
    expect(said).toEqual({ ok: true, value: official });
    expect(ours).toContainEqual(theirs[0]);
  });

  it("asks for user.tokens.verify as we do, and reads that the token has expired", async () => {
    cloudflare.isTokenExpired = true;
    const [said, ours] = await during(async () => listDeployments(account(), WORKER));
    const [{ status }, theirs] = await during(async () => client.user.tokens.verify());
    cloudflare.isTokenExpired = false;
    expect([said.ok ? null : said.failure.reason, status]).toEqual([
      "api-token-expired",
      "expired",
    ]);
    expect(ours).toContainEqual(theirs[0]);
  });

  it.each(WRANGLERS)("asks for $what as wrangler does", async ({ official }) => {
    const [, theirs] = await during(official);
    // The first request of a form may be one that tries out whether forms can be sent.
    const call = theirs.at(-1);
    if (call === undefined) throw new Error("It asked for nothing");
    const same = asked.filter((one) => kindOf(one) === kindOf(call));
    expect(same.map(({ query }) => query)).toContainEqual(call.query);
    const names = new Set(same.flatMap(({ body }) => namesIn(body)));
    expect(namesIn(call.body).filter((name) => !names.has(name))).toEqual([]);
  });

  it("knows of all that a site's deploys, verbs and wrangler ask for, but for requests of wrangler's", async () => {
    const known = new Set<string>();
    for (const { official } of [...OURS, ...WRANGLERS]) {
      // The site is no longer as it was: what matters here is only what is asked for.
      const [, theirs] = await during(async () => official().catch(() => null));
      for (const call of theirs) known.add(kindOf(call));
    }
    const unknown = new Set(asked.map(kindOf).filter((kind) => !known.has(kind)));
    expect([...unknown].toSorted()).toEqual([
      "GET /accounts/:account/workers/services/:script",
      "POST /accounts/:account/workers/scripts/:script/domains/changeset",
      "PUT /accounts/:account/workers/scripts/:script/domains/records",
      "PUT /accounts/:account/workers/scripts/:script/routes",
    ]);
  });
});

/** Does something, and says what was asked for meanwhile. */
async function during<Value>(
  work: () => Promise<Value>,
): Promise<readonly [Value, readonly Call[]]> {
  calls = [];
  const value = await work();
  return [value, calls];
}

function idOf(found: Result<{ readonly id: string } | null, ApiFailure>): Result<unknown, unknown> {
  return found.ok ? { ok: true, value: found.value?.id } : found;
}

function forget(title: string): void {
  for (const [id, namespace] of cloudflare.namespaces) {
    if (namespace.title === title) cloudflare.namespaces.delete(id);
  }
}

async function toCall(request: Request): Promise<Call> {
  const { pathname, searchParams } = new URL(request.url);
  const type = request.headers.get("Content-Type") ?? "";
  const body: unknown = type.includes("json") ? await request.json() : null;
  const path = pathname.replace("/client/v4", "");
  return { method: request.method, path, query: Object.fromEntries(searchParams), body };
}

function kindOf({ method, path }: Call): string {
  return cloudflare.kindOf(method, path);
}

/** The names in a value of JSON, at all depths. */
function namesIn(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(namesIn);
  return Object.entries(value).flatMap(([name, inner]) =>
    /^[0-9a-f]{32}$|^\//.test(name) ? namesIn(inner) : [name, ...namesIn(inner)],
  );
}
