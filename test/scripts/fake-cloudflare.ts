import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

/*
 * Cloudflare's API as far as wrangler and `npm run deploy` use it, without a network. It refuses what the real one refuses,
 * and keeps what it is given, so that a test can serve exactly what was deployed.
 */

/** What happens to a request instead of its answer, or before it. */
export type Fault =
  | { readonly kind: "status"; readonly status: number; readonly headers?: Record<string, string> }
  /** The connection ends; `isDone` says whether what was asked for was done first. */
  | { readonly kind: "reset"; readonly isDone: boolean }
  | { readonly kind: "slow"; readonly milliseconds: number };

export interface StoredValue {
  readonly bytes: Buffer;
  readonly metadata: unknown;
  /** When lists and reads begin to show it, in milliseconds since 1970. */
  readonly visibleAt: number;
}

export interface UploadedModule {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface Version {
  readonly id: string;
  readonly number: number;
  readonly createdOn: string;
  readonly annotations: Readonly<Record<string, string>>;
  readonly mainModule: string;
  readonly compatibilityDate: string;
  readonly compatibilityFlags: readonly string[];
  readonly modules: readonly UploadedModule[];
  /** As wrangler sends them. */
  readonly bindings: readonly Readonly<Record<string, unknown>>[];
}

export interface StoredDeployment {
  readonly id: string;
  readonly createdOn: string;
  readonly annotations: Readonly<Record<string, string>>;
  readonly versions: readonly { readonly version_id: string; readonly percentage: number }[];
}

/** A domain of the account. */
export interface StoredZone {
  readonly id: string;
  readonly name: string;
  /** The Worker that each pattern leads to. */
  readonly routes: Map<string, string>;
}

/** What has been asked of KV. */
export interface Counts {
  writes: number;
  bytesWritten: number;
  deletes: number;
  lists: number;
  reads: number;
}

const TOKEN = "token-of-the-test";
const ACCOUNT = "0123456789abcdef0123456789abcdef";
const BASE_URL = "https://api.cloudflare.test/client/v4";

const MOST_PAIRS = 10_000;
const MOST_BODY_BYTES = 100 * 1024 * 1024;
const MOST_KEY_BYTES = 512;
const MOST_VALUE_BYTES = 25 * 1024 * 1024;
const MOST_METADATA_BYTES = 1024;
const MOST_MESSAGE_CHARACTERS = 50;
const MOST_TAG_CHARACTERS = 25;
const LIST_LIMIT = 1000;
const DEPLOYMENTS_LISTED = 10;

/** Answers of the API that are errors. */
class Refusal extends Error {
  readonly status: number;
  readonly code: number;

  constructor(status: number, code: number, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** What an answer of the API holds, unless it is bytes. */
interface Envelope {
  readonly result: unknown;
  readonly result_info?: unknown;
}

export class FakeCloudflare {
  /** Asked for every request; null lets it pass. What it does takes place before the answer. */
  fault: (method: string, path: string) => Fault | null | Promise<Fault | null> = () => null;
  /** How long a written value is not seen. */
  lagMilliseconds = 0;
  /** Milliseconds since 1970. */
  now: () => number = Date.now;
  wait: (milliseconds: number) => Promise<unknown> = sleep;
  /** KV writes that the plan allows; then 429 with code 10048. */
  mostWrites = Number.POSITIVE_INFINITY;
  /** Of the next bulk writes, these keys are not kept, once each. */
  readonly unsuccessfulOnce = new Set<string>();
  readonly counts: Counts = { writes: 0, bytesWritten: 0, deletes: 0, lists: 0, reads: 0 };
  /** Every request, as `GET /accounts/…`. */
  readonly requests: string[] = [];
  /** Keys in the order in which they were written. */
  readonly written: string[] = [];
  readonly namespaces = new Map<
    string,
    { readonly title: string; readonly values: Map<string, StoredValue> }
  >();
  readonly versions: Version[] = [];
  /** The latest first. */
  readonly deployments: StoredDeployment[] = [];

  /** The account's name on workers.dev; null before its owner has chosen one. */
  subdomain: string | null = "stand-in";
  /** Whether the Worker answers on workers.dev: a new one does not, until wrangler asks for it. */
  isOnWorkersDev = false;
  /** Whether the token may do what "Zone: Read" and "Workers Routes: Edit" allow. */
  mayEditZones = true;
  /** Host names that have DNS records which Cloudflare did not make for a Worker. */
  readonly namesInDns = new Set<string>();
  readonly zones: StoredZone[] = [];
  /** The custom domains, with the Worker that each belongs to. */
  readonly domains = new Map<string, string>();

  get baseUrl(): string {
    return BASE_URL;
  }

  /** The environment in which wrangler and our commands take this for Cloudflare. */
  get environment(): Readonly<Record<string, string>> {
    return {
      CLOUDFLARE_API_BASE_URL: this.baseUrl,
      CLOUDFLARE_API_TOKEN: TOKEN,
      CLOUDFLARE_ACCOUNT_ID: ACCOUNT,
    };
  }

  /** With which a request is let in. */
  get authorization(): string {
    return `Bearer ${TOKEN}`;
  }

  /** The values of the only namespace. */
  get values(): ReadonlyMap<string, StoredValue> {
    const [namespace] = this.namespaces.values();
    return namespace?.values ?? new Map<string, StoredValue>();
  }

  /** Takes a value away, as a mishap would. */
  lose(key: string): void {
    const [namespace] = this.namespaces.values();
    namespace?.values.delete(key);
  }

  /** A release that somebody else begins to deploy. */
  claim(release: string): void {
    const [namespace] = this.namespaces.values();
    const metadata = { at: Math.floor(this.now() / 1000), kind: "deploy", articles: 1 };
    namespace?.values.set(`r/${release}`, { bytes: Buffer.from(""), metadata, visibleAt: 0 });
  }

  /** A domain that the account's owner adds. */
  addZone(name: string): void {
    this.zones.push({ id: randomUUID().replaceAll("-", ""), name, routes: new Map() });
  }

  /** Whether requests for a host come to the Worker. */
  leadsToWorker(host: string): boolean {
    return (
      (this.isOnWorkersDev && host.endsWith(`.${this.subdomain ?? ""}.workers.dev`)) ||
      this.domains.has(host) ||
      this.zones.some(({ routes }) =>
        [...routes.keys()].some((pattern) => hostOf(pattern) === host),
      )
    );
  }

  /** A version that serves at once, as `wrangler deploy` makes one; without annotations it is none of ours. */
  async addLiveVersion(
    annotations: Readonly<Record<string, string>>,
    rest: Partial<Version> = {},
  ): Promise<void> {
    const version: Version = {
      id: randomUUID(),
      number: this.versions.length + 1,
      createdOn: this.#timestamp(),
      annotations,
      mainModule: "worker.js",
      compatibilityDate: "2026-01-01",
      compatibilityFlags: [],
      modules: [],
      bindings: [],
      ...rest,
    };
    this.versions.push(version);
    await this.deployVersion(version.id, {});
  }

  /** Makes a version that was uploaded serve. */
  async deployVersion(id: string, annotations: Record<string, string>): Promise<void> {
    await this.#addDeployment([{ version_id: id, percentage: 100 }], annotations);
  }

  /** The Worker that the dashboard makes where a repository is connected to Workers Builds, before the first build. */
  async addPlaceholder(): Promise<void> {
    const bytes = new TextEncoder().encode(
      'export default { async fetch() { return new Response("Hello World!"); } };',
    );
    const module = { name: "worker.js", type: "application/javascript+module", bytes };
    await this.addLiveVersion({}, { modules: [module] });
    this.isOnWorkersDev = true;
  }

  /**
   * `wrangler secret put`, which makes a version like the latest and deploys it, without tag and message
   * (https://developers.cloudflare.com/workers/configuration/secrets/).
   */
  async putSecret(): Promise<void> {
    const { modules = [], bindings = [] } = this.liveVersion ?? {};
    const secret = { type: "secret_text", name: "SECRET" };
    const annotations = { "workers/triggered_by": "secret" };
    await this.addLiveVersion(annotations, { modules, bindings: [...bindings, secret] });
  }

  get liveVersion(): Version | null {
    const id = this.deployments[0]?.versions[0]?.version_id;
    return this.versions.find((version) => version.id === id) ?? null;
  }

  /** Is told of each version that is deployed; whoever shows the site does so here. */
  async serve(_version: Version): Promise<void> {
    await Promise.resolve();
  }

  /** Answers a request, or breaks the connection as `fetch` tells of it. */
  async fetch(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const path = url.pathname.replace(/^\/client\/v4/, "");
    const { method } = request;
    this.requests.push(`${method} ${path}`);
    const fault = await this.fault(method, path);
    if (fault?.kind === "slow") await this.wait(fault.milliseconds);
    if (fault?.kind === "status") {
      const { status, headers = {} } = fault;
      const isRefused = status === 401 || status === 403;
      const errors = isRefused ? [{ code: 10_000, message: "Authentication error" }] : [];
      return failure(status, errors, headers);
    }
    if (fault?.kind === "reset" && !fault.isDone) throw brokenConnection();
    const answer = await this.#answer(path, url.searchParams, request);
    if (fault?.kind === "reset") throw brokenConnection();
    return answer;
  }

  async #answer(path: string, query: URLSearchParams, request: Request): Promise<Response> {
    try {
      if (request.headers.get("Authorization") !== this.authorization) {
        throw new Refusal(401, 10_000, "Authentication error");
      }
      const answer = await this.#route(path, query, request);
      if (answer instanceof Uint8Array) return new Response(answer);
      return Response.json({ success: true, errors: [], messages: [], ...answer });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { status, code, message } = error;
      return failure(status, [{ code, message }]);
    }
  }

  async #route(
    path: string,
    query: URLSearchParams,
    request: Request,
  ): Promise<Uint8Array<ArrayBuffer> | Envelope> {
    const account = `/accounts/${ACCOUNT}`;
    if (path === "/accounts") return { result: [{ id: ACCOUNT, name: "Test" }] };
    if (path === "/user/tokens/verify") return { result: { status: "active" } };
    if (path.startsWith("/zones")) {
      return this.#routeZones(path.slice("/zones".length), query, request);
    }
    const rest = path.startsWith(account) ? path.slice(account.length) : "";
    if (rest === "/workers/subdomain") {
      if (this.subdomain !== null) return { result: { subdomain: this.subdomain } };
      // wrangler's `getWorkersDevSubdomain` takes this code for an account that has none.
      throw new Refusal(404, 10_007, "workers.api.error.subdomain_not_found");
    }
    // https://developers.cloudflare.com/api/resources/workers/subresources/domains/methods/list/
    if (rest === "/workers/domains") {
      const service = query.get("service");
      const all = [...this.domains].map(([hostname, owner]) => ({ hostname, service: owner }));
      return { result: all.filter((domain) => service === null || domain.service === service) };
    }
    if (rest.startsWith("/storage/kv/namespaces")) {
      return this.#routeKv(rest.slice("/storage/kv/namespaces".length), query, request);
    }
    if (rest.startsWith("/workers/")) {
      return this.#routeWorkers(rest.slice("/workers".length), request);
    }
    throw new Refusal(404, 7003, `No route for ${request.method} ${path}`);
  }

  async #routeKv(
    path: string,
    query: URLSearchParams,
    request: Request,
  ): Promise<Uint8Array<ArrayBuffer> | Envelope> {
    const { method } = request;
    if (path === "" && method === "GET") {
      const all = [...this.namespaces].map(([id, { title }]) => ({ id, title }));
      return { result: Number(query.get("page") ?? "1") > 1 ? [] : all };
    }
    if (path === "" && method === "POST") {
      const { title } = (await request.json()) as { title: string };
      const isTaken = [...this.namespaces.values()].some((namespace) => namespace.title === title);
      if (isTaken) {
        throw new Refusal(400, 10_014, "a namespace with this account ID and title already exists");
      }
      const id = randomUUID().replaceAll("-", "");
      this.namespaces.set(id, { title, values: new Map() });
      return { result: { id, title } };
    }
    const [, id = "", verb = ""] = /^\/([0-9a-f]+)\/(.+)$/.exec(path) ?? [];
    const values = this.namespaces.get(id)?.values;
    if (values === undefined) throw new Refusal(404, 10_013, "namespace not found");
    if (verb === "keys") return this.#list(values, query);
    if (verb === "bulk" && method === "PUT") return this.#put(values, await request.text());
    if (verb === "bulk/delete" && method === "POST") {
      return this.#delete(values, (await request.json()) as string[]);
    }
    if (verb.startsWith("values/") && method === "GET") {
      this.counts.reads += 1;
      const value = values.get(decodeURIComponent(verb.slice("values/".length)));
      if (value === undefined || value.visibleAt > this.now()) {
        throw new Refusal(404, 10_009, "get: 'key not found'");
      }
      return new Uint8Array(value.bytes);
    }
    throw new Refusal(404, 7003, `No route for ${method} ${path}`);
  }

  #list(values: ReadonlyMap<string, StoredValue>, query: URLSearchParams): Envelope {
    this.counts.lists += 1;
    const prefix = query.get("prefix") ?? "";
    const after = query.get("cursor") ?? "";
    const names = [...values]
      .filter(([name, { visibleAt }]) => name.startsWith(prefix) && visibleAt <= this.now())
      .map(([name]) => name)
      .filter((name) => name > after)
      .toSorted();
    const page = names.slice(0, LIST_LIMIT);
    const cursor = names.length > LIST_LIMIT ? (page.at(-1) ?? "") : "";
    return {
      result: page.map((name) => ({ name, metadata: values.get(name)?.metadata ?? undefined })),
      result_info: { count: page.length, cursor },
    };
  }

  #put(values: Map<string, StoredValue>, body: string): Envelope {
    if (Buffer.byteLength(body) >= MOST_BODY_BYTES) {
      throw new Refusal(413, 10_011, "request too large");
    }
    const pairs = JSON.parse(body) as {
      key: string;
      value: string;
      base64?: boolean;
      metadata?: unknown;
    }[];
    if (pairs.length > MOST_PAIRS) throw new Refusal(400, 10_029, "too many pairs");
    for (const { key, value, metadata } of pairs) {
      const bytes = Buffer.byteLength(key);
      if (bytes === 0 || bytes > MOST_KEY_BYTES) throw new Refusal(414, 10_047, `bad key "${key}"`);
      if (value.length * 0.75 > MOST_VALUE_BYTES) throw new Refusal(413, 10_011, "value too large");
      if (Buffer.byteLength(JSON.stringify(metadata ?? null)) > MOST_METADATA_BYTES) {
        throw new Refusal(413, 10_011, "metadata too large");
      }
    }
    if (this.counts.writes + pairs.length > this.mostWrites) {
      throw new Refusal(429, 10_048, "KV write() limit exceeded for the day");
    }
    const unsuccessful: string[] = [];
    for (const { key, value, base64, metadata } of pairs) {
      this.counts.writes += 1;
      if (this.unsuccessfulOnce.delete(key)) {
        unsuccessful.push(key);
        continue;
      }
      const bytes = Buffer.from(value, base64 === true ? "base64" : "utf8");
      this.counts.bytesWritten += bytes.byteLength;
      this.written.push(key);
      // A key that is overwritten is seen as it was until then.
      const visibleAt = values.has(key) ? 0 : this.now() + this.lagMilliseconds;
      values.set(key, { bytes, metadata: metadata ?? null, visibleAt });
    }
    return {
      result: {
        successful_key_count: pairs.length - unsuccessful.length,
        unsuccessful_keys: unsuccessful,
      },
    };
  }

  #delete(values: Map<string, StoredValue>, keys: readonly string[]): Envelope {
    if (keys.length > MOST_PAIRS) throw new Refusal(400, 10_029, "too many keys");
    for (const key of keys) {
      this.counts.deletes += 1;
      values.delete(key);
    }
    return { result: { successful_key_count: keys.length, unsuccessful_keys: [] } };
  }

  /**
   * Zones and their routes. A token without "Zone: Read" is shown an empty list of zones
   * (https://developers.cloudflare.com/api/resources/zones/methods/list/), and is refused anything of one zone.
   */
  async #routeZones(path: string, query: URLSearchParams, request: Request): Promise<Envelope> {
    if (path === "") {
      const seen = this.mayEditZones ? this.zones : [];
      const found = seen.filter(({ name }) => name === query.get("name"));
      return { result: found.map(({ id, name }) => ({ id, name })) };
    }
    this.#allowZones();
    const [, id = ""] = /^\/([0-9a-f]+)\/workers\/routes$/.exec(path) ?? [];
    const zone = this.zones.find((one) => one.id === id);
    if (zone === undefined) throw new Refusal(404, 7003, `No route for ${request.method} ${path}`);
    if (request.method === "POST") {
      const { pattern, script } = (await request.json()) as { pattern: string; script: string };
      zone.routes.set(pattern, script);
    }
    const routes = [...zone.routes].map(([pattern, script]) => ({ pattern, script }));
    return { result: routes };
  }

  #allowZones(): void {
    if (!this.mayEditZones) throw new Refusal(403, 10_000, "Authentication error");
  }

  /** The zone of a host name, as wrangler and Cloudflare look for it. */
  #zoneOf(host: string): StoredZone {
    const zone = this.zones.find(({ name }) => host === name || host.endsWith(`.${name}`));
    if (zone === undefined) throw new Refusal(404, 100_114, `Could not find zone for ${host}`);
    return zone;
  }

  /** Sets all routes of the Worker; wrangler's `publishRoutes` says that this deletes those before. */
  async #putRoutes(worker: string, request: Request): Promise<Envelope> {
    this.#allowZones();
    const wanted = (await request.json()) as { pattern: string }[];
    const zones = wanted.map(({ pattern }) => this.#zoneOf(hostOf(pattern)));
    for (const { routes } of this.zones) routes.clear();
    for (const [index, { pattern }] of wanted.entries()) zones[index]?.routes.set(pattern, worker);
    return { result: wanted };
  }

  /** Sets all custom domains of the Worker; wrangler's `publishCustomDomains` sends them. */
  async #putDomains(worker: string, request: Request): Promise<Envelope> {
    this.#allowZones();
    const { origins } = (await request.json()) as { origins: { hostname: string }[] };
    for (const { hostname } of origins) {
      this.#zoneOf(hostname);
      if (this.namesInDns.has(hostname)) {
        // As CI runs of wrangler show it: `override_existing_dns_record` does not help against every record.
        throw new Refusal(
          409,
          100_117,
          `Hostname '${hostname}' already has externally managed DNS records (A, CNAME, etc). Delete them first or try a different hostname.`,
        );
      }
    }
    this.domains.clear();
    for (const { hostname } of origins) this.domains.set(hostname, worker);
    return { result: [] };
  }

  async #routeWorkers(path: string, request: Request): Promise<Uint8Array<ArrayBuffer> | Envelope> {
    const { method } = request;
    if (path.startsWith("/assets/upload")) return { result: { jwt: "assets-done" } };
    const [, kind = "", name = "", verb = ""] =
      /^\/(services|scripts|workers)\/([^/]+)\/?(.*)$/.exec(path) ?? [];
    const isThere = this.versions.length > 0;
    if (kind === "scripts" && verb === "assets-upload-session") {
      return { result: { jwt: "assets", buckets: [] } };
    }
    if (kind === "scripts" && verb === "" && method === "PUT") {
      const version = await this.#addVersion(request);
      await this.#addDeployment([{ version_id: version.id, percentage: 100 }], {});
      return { result: this.#describe(version) };
    }
    if (!isThere) {
      const code = kind === "services" ? 10_090 : 10_007;
      throw new Refusal(404, code, "This Worker does not exist on your account.");
    }
    if (kind === "services") {
      return {
        result: {
          default_environment: {
            environment: "production",
            script: { last_deployed_from: "wrangler", tag: "t", tags: [] },
          },
        },
      };
    }
    if (kind === "workers") {
      const { subdomain } = this;
      // wrangler's `subdomainDeploy` reads the Worker's address of it, where there is one.
      const url = subdomain === null ? {} : { url: `https://${name}.${subdomain}.workers.dev` };
      return { result: { id: name, name, subdomain: { ...this.#workersDev(), ...url } } };
    }
    // https://developers.cloudflare.com/api/resources/workers/subresources/scripts/subresources/content/methods/get/
    if (verb === "content/v2") return this.liveVersion?.modules[0]?.bytes ?? new Uint8Array();
    return this.#routeScript(name, verb, request);
  }

  #workersDev(): Readonly<Record<string, unknown>> {
    const enabled = this.isOnWorkersDev;
    return {
      enabled,
      previews_enabled: enabled,
      preview_url_suffix: `-offprint.${this.subdomain ?? ""}.workers.dev`,
    };
  }

  async #routeScript(name: string, verb: string, request: Request): Promise<Envelope> {
    const { method } = request;
    if (verb === "subdomain" && method === "POST") {
      const { enabled } = (await request.json()) as { enabled: boolean };
      this.isOnWorkersDev = enabled;
    }
    if (verb === "subdomain") return { result: this.#workersDev() };
    if (verb === "routes" && method === "PUT") return this.#putRoutes(name, request);
    if (verb === "domains/changeset") {
      return { result: { added: [], removed: [], updated: [], conflicting: [] } };
    }
    if (verb === "domains/records" && method === "PUT") return this.#putDomains(name, request);
    if (verb === "secrets") return { result: [] };
    if (verb === "settings") {
      return {
        result: { bindings: this.liveVersion?.bindings ?? [], compatibility_date: "2026-01-01" },
      };
    }
    if (verb === "script-settings") return { result: {} };
    if (verb === "schedules") return { result: { schedules: [] } };
    if (verb === "deployments" && method === "GET") {
      return {
        result: {
          deployments: this.deployments.slice(0, DEPLOYMENTS_LISTED).map(describeDeployment),
        },
      };
    }
    if (verb === "deployments" && method === "POST") {
      const { versions, annotations = {} } = (await request.json()) as {
        versions: StoredDeployment["versions"];
        annotations?: Record<string, string>;
      };
      for (const { version_id } of versions) this.#version(version_id);
      return { result: describeDeployment(await this.#addDeployment(versions, annotations)) };
    }
    if (verb === "versions" && method === "POST") {
      return { result: this.#describe(await this.#addVersion(request)) };
    }
    if (verb === "versions") {
      const items = this.versions.map((version) => this.#describe(version)).toReversed();
      return { result: { items } };
    }
    const [, versionId] = /^versions\/(.+)$/.exec(verb) ?? [];
    if (versionId !== undefined) return { result: this.#describe(this.#version(versionId)) };
    throw new Refusal(404, 7003, `No route for ${method} scripts/…/${verb}`);
  }

  #version(id: string): Version {
    const version = this.versions.find((one) => one.id === id);
    if (version === undefined) throw new Refusal(404, 10_180, `no version "${id}"`);
    return version;
  }

  async #addVersion(request: Request): Promise<Version> {
    // oxlint-disable-next-line typescript/no-deprecated -- Deprecated since it holds the whole body, which here is small.
    const form = await request.formData();
    const described = form.get("metadata");
    const metadata = JSON.parse(typeof described === "string" ? described : "{}") as {
      main_module: string;
      bindings: Version["bindings"];
      compatibility_date: string;
      compatibility_flags?: string[];
      annotations?: Record<string, string>;
    };
    const annotations = metadata.annotations ?? {};
    if ((annotations["workers/tag"] ?? "").length > MOST_TAG_CHARACTERS) {
      throw new Refusal(400, 10_021, "the tag is too long");
    }
    if ((annotations["workers/message"] ?? "").length > MOST_MESSAGE_CHARACTERS) {
      throw new Refusal(400, 10_021, "the message is too long");
    }
    const modules: UploadedModule[] = [];
    for (const [name, part] of form) {
      if (name === "metadata" || typeof part === "string") continue;
      if (part.type === "application/source-map") continue;
      modules.push({
        name: part.name,
        type: part.type,
        bytes: new Uint8Array(await part.arrayBuffer()),
      });
    }
    const version: Version = {
      id: randomUUID(),
      number: this.versions.length + 1,
      createdOn: this.#timestamp(),
      annotations,
      mainModule: metadata.main_module,
      compatibilityDate: metadata.compatibility_date,
      compatibilityFlags: metadata.compatibility_flags ?? [],
      modules,
      bindings: metadata.bindings,
    };
    this.versions.push(version);
    return version;
  }

  async #addDeployment(
    versions: StoredDeployment["versions"],
    annotations: Record<string, string>,
  ): Promise<StoredDeployment> {
    const deployment = { id: randomUUID(), createdOn: this.#timestamp(), annotations, versions };
    this.deployments.unshift(deployment);
    const { liveVersion } = this;
    if (liveVersion !== null) await this.serve(liveVersion);
    return deployment;
  }

  #lastTimestamp = 0;

  /** Each a little later than the one before. */
  #timestamp(): string {
    this.#lastTimestamp = Math.max(this.now(), this.#lastTimestamp + 1);
    return new Date(this.#lastTimestamp).toISOString();
  }

  #describe({ id, number, createdOn, annotations, bindings }: Version): unknown {
    return {
      id,
      number,
      etag: "etag",
      startup_time_ms: 5,
      deployment_id: id,
      metadata: {
        created_on: createdOn,
        modified_on: createdOn,
        source: "wrangler",
        author_email: "",
        has_preview: true,
      },
      annotations,
      resources: {
        bindings,
        script: { etag: "etag", handlers: ["fetch"], last_deployed_from: "wrangler" },
        script_runtime: {
          compatibility_date: "2026-01-01",
          compatibility_flags: [],
          usage_model: "standard",
        },
      },
    };
  }
}

/** The host of a route's pattern, which may begin with a scheme. */
function hostOf(pattern: string): string {
  return pattern.replace(/^\w+:\/\//, "").replace(/\/.*$/, "");
}

function describeDeployment({ id, createdOn, annotations, versions }: StoredDeployment): unknown {
  return {
    id,
    created_on: createdOn,
    annotations,
    versions,
    source: "wrangler",
    strategy: "percentage",
    author_email: "",
  };
}

function failure(
  status: number,
  errors: readonly { readonly code: number; readonly message: string }[],
  headers: Readonly<Record<string, string>> = {},
): Response {
  return Response.json({ success: false, errors, messages: [], result: null }, { status, headers });
}

/** As Node's `fetch` tells of it. */
function brokenConnection(): TypeError {
  return new TypeError("fetch failed", { cause: new Error("read ECONNRESET") });
}
