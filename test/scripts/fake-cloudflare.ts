import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { AnalyticsEngine, UnprocessableQuery } from "../stand-in/analytics-engine.ts";
import { EdgeCache } from "../stand-in/edge-cache.ts";
import { formOf } from "../stand-in/form-of.ts";
import {
  LEAST_LISTED_KEYS,
  MOST_BODY_BYTES,
  MOST_CRONS,
  MOST_DEPLOYABLE_VERSIONS,
  MOST_KEY_BYTES,
  MOST_LISTED_KEYS,
  MOST_MESSAGE_BYTES,
  MOST_METADATA_BYTES,
  MOST_PAIRS,
  MOST_TAG_BYTES,
  MOST_TITLE_BYTES,
  MOST_VALUE_BYTES,
  MOST_REQUESTS,
} from "../stand-in/limits.ts";
import { RateLimit } from "../stand-in/rate-limit.ts";
import { Refusal } from "../stand-in/refusal.ts";
import type { AssetManifest } from "../stand-in/stored-assets.ts";
import { StoredAssets } from "../stand-in/stored-assets.ts";
import type { StoredDeployment, UploadedModule, Version } from "../stand-in/stored-worker.ts";
import { StoredWorker } from "../stand-in/stored-worker.ts";

/*
 * Cloudflare's API as far as wrangler and `npm run deploy` use it, without a network. It refuses what the real one refuses,
 * and keeps what it is given, so that a test can serve exactly what was deployed. docs/stand-in.md says what of it is documented.
 */

/** What happens to a request instead of its answer, or before it. */
export type Fault =
  | { readonly kind: "status"; readonly status: number; readonly headers?: Record<string, string> }
  /** Something else answers, such as a proxy. */
  | { readonly kind: "answer"; readonly status: number; readonly body: string }
  /** What was asked for is done, and half of the answer comes. */
  | { readonly kind: "truncated" }
  /** No answer ever comes. */
  | { readonly kind: "hang" }
  /** The connection ends; `isDone` says whether what was asked for was done first. */
  | { readonly kind: "reset"; readonly isDone: boolean }
  | { readonly kind: "slow"; readonly milliseconds: number };

export interface StoredValue {
  readonly bytes: Buffer;
  readonly metadata: unknown;
  /** When reads begin to show it, in milliseconds since 1970. */
  readonly visibleAt: number;
  /** When lists begin to show it; lists may be later than reads. */
  readonly listedAt?: number;
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
/** The Worker of the test's settings, unless they are changed. */
const WORKER = "offprint";

const DEPLOYMENTS_LISTED = 100;
const VERSIONS_LISTED = 10;
const API = "https://developers.cloudflare.com/api/resources";
const SCRIPTS = `${API}/workers/subresources/scripts`;
const NAMESPACES = `${API}/kv/subresources/namespaces`;

/** What an answer of the API holds, unless it is bytes. */
interface Envelope {
  readonly result: unknown;
  readonly result_info?: unknown;
  readonly status?: number;
}

/** A request to one route. */
interface Asked {
  /** What stands in the place of `:name`. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly request: Request;
}

type Answer = Uint8Array<ArrayBuffer> | Envelope | Response;

/** Something that can be asked of the API. */
export interface ApiRoute {
  readonly method: string;
  /** Behind the base address, such as `/accounts/:account/workers/domains`. */
  readonly path: string;
  /** The page of Cloudflare's that describes it; null for what only wrangler knows of. */
  readonly document: string | null;
}

interface Route extends ApiRoute {
  readonly pattern: RegExp;
  readonly answer: (asked: Asked) => Answer | Promise<Answer>;
}

export class FakeCloudflare {
  /** Asked for every request; null lets it pass. What it does takes place before the answer. */
  fault: (method: string, path: string) => Fault | null | Promise<Fault | null> = () => null;
  /** Is told of every request and of its answer. */
  record: ((request: Request, answer: Response) => Promise<void>) | null = null;
  /** How long a written value is not seen. */
  lagMilliseconds = 0;
  /** How long after that lists do not show it. */
  listLagMilliseconds = 0;
  /** Milliseconds since 1970. */
  now: () => number = Date.now;
  wait: (milliseconds: number) => Promise<unknown> = sleep;
  /** KV writes that the plan allows; then 429 with code 10048. */
  mostWrites = Number.POSITIVE_INFINITY;
  /** Requests in five minutes. */
  mostRequests = MOST_REQUESTS;
  /** Whether the token's day is over. */
  isTokenExpired = false;
  /** The accounts that the token may list. */
  accounts: readonly { readonly id: string; readonly name: string }[] = [
    { id: ACCOUNT, name: "Test" },
  ];
  /** Of the next bulk writes, these keys are not kept, once each. */
  readonly unsuccessfulOnce = new Set<string>();
  /** Whether it never keeps a key's value. */
  isUnsuccessful: (key: string) => boolean = () => false;
  readonly counts: Counts = { writes: 0, bytesWritten: 0, deletes: 0, lists: 0, reads: 0 };
  /** Every request, as `GET /accounts/…`. */
  readonly requests: string[] = [];
  /** Keys in the order in which they were written. */
  readonly written: string[] = [];
  readonly namespaces = new Map<
    string,
    { readonly title: string; readonly values: Map<string, StoredValue> }
  >();
  readonly workers = new Map<string, StoredWorker>();
  /** The Worker to which a version was uploaded last: where a test has only one, that. */
  latestWorker = WORKER;
  readonly assets = new StoredAssets();
  readonly analytics = new AnalyticsEngine();
  /** Whether the token has "Account Analytics: Read". */
  mayReadAnalytics = true;

  /** The account's name on workers.dev; null before its owner has chosen one. */
  subdomain: string | null = "stand-in";
  /** Whether the token may do what "Zone: Read" and "Workers Routes: Edit" allow. */
  mayEditZones = true;
  /** Whether it may do that in all zones of the account at once, and not only zone by zone. */
  mayEditAllZones = true;
  /** Host names that have DNS records which Cloudflare did not make for a Worker. */
  readonly namesInDns = new Set<string>();
  readonly zones: StoredZone[] = [];
  /** The custom domains, with the Worker that each belongs to. */
  readonly domains = new Map<string, string>();

  readonly #edge = new EdgeCache();
  readonly #rateLimit = new RateLimit();
  readonly #routes: readonly Route[] = this.#makeRoutes();

  get baseUrl(): string {
    return BASE_URL;
  }

  /** All that can be asked. */
  get routes(): readonly ApiRoute[] {
    return this.#routes;
  }

  /** What a request asks for, with names in place of what differs: `GET /accounts/:account/workers/domains`. */
  kindOf(method: string, path: string): string {
    const route = this.#routes.find((one) => one.method === method && one.pattern.test(path));
    return `${method} ${route?.path ?? path}`;
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

  /** A Worker by its name; it is there once it has a version. */
  worker(name: string): StoredWorker {
    const worker = this.workers.get(name) ?? new StoredWorker();
    this.workers.set(name, worker);
    return worker;
  }

  /** The versions of the latest Worker. */
  get versions(): Version[] {
    return this.worker(this.latestWorker).versions;
  }

  /** Its deployments, the latest first. */
  get deployments(): StoredDeployment[] {
    return this.worker(this.latestWorker).deployments;
  }

  /** Whether it answers on workers.dev. */
  get isOnWorkersDev(): boolean {
    return this.worker(this.latestWorker).isOnWorkersDev;
  }

  set isOnWorkersDev(isOn: boolean) {
    this.worker(this.latestWorker).isOnWorkersDev = isOn;
  }

  get liveVersion(): Version | null {
    return this.worker(this.latestWorker).liveVersion;
  }

  /** The values of the first namespace. */
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

  /** The Worker to which requests for a host come; null if there is none. */
  workerAt(host: string): string | null {
    const onWorkersDev = [...this.workers].find(
      ([name, { isOnWorkersDev }]) =>
        isOnWorkersDev && host === `${name}.${this.subdomain ?? ""}.workers.dev`,
    );
    const routed = this.zones
      .flatMap(({ routes }) => [...routes])
      .find(([pattern]) => hostOf(pattern) === host);
    return onWorkersDev?.[0] ?? this.domains.get(host) ?? routed?.[1] ?? null;
  }

  /** Whether requests for a host come to the latest Worker. */
  leadsToWorker(host: string): boolean {
    return this.workerAt(host) === this.latestWorker;
  }

  /**
   * Reads a value as a version of a Worker does, from the namespace that it is bound to.
   *
   * @param cacheTtl seconds
   */
  readAs(version: Version, key: string, cacheTtl: number): Buffer | null {
    const bound = version.bindings.find(({ type }) => type === "kv_namespace");
    const named = bound?.["namespace_id"];
    const id = typeof named === "string" ? named : "";
    return this.#edge.get(`${id}/${key}`, this.now(), cacheTtl, () => {
      const value = this.namespaces.get(id)?.values.get(key);
      return value === undefined || value.visibleAt > this.now() ? null : value.bytes;
    });
  }

  /** Writes a value as a version of a Worker does. */
  writeAs(version: Version, key: string, bytes: Buffer): void {
    const bound = version.bindings.find(({ type }) => type === "kv_namespace");
    const values = this.namespaces.get(String(bound?.["namespace_id"]))?.values;
    if (values === undefined) throw new Error("The Worker has no namespace");
    this.counts.writes += 1;
    values.set(key, { bytes, metadata: null, visibleAt: this.now() + this.lagMilliseconds });
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
      assets: { files: new Map(), headers: "" },
      bindings: [],
      ...rest,
    };
    this.versions.push(version);
    await this.deployVersion(version.id, {});
  }

  /** Makes a version that was uploaded serve. */
  async deployVersion(id: string, annotations: Record<string, string>): Promise<void> {
    await this.#addDeployment(
      this.worker(this.latestWorker),
      [{ version_id: id, percentage: 100 }],
      annotations,
    );
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

  /** Is told of each version that is deployed; whoever shows the site does so here. */
  async serve(_version: Version): Promise<void> {
    await Promise.resolve();
  }

  /** Answers a request, or breaks the connection as `fetch` tells of it. */
  async fetch(request: Request): Promise<Response> {
    const { record } = this;
    if (record === null) return this.#answerFaulty(request);
    const copy = request.clone();
    const answer = await this.#answerFaulty(request);
    await record(copy, answer.clone());
    return answer;
  }

  async #answerFaulty(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const path = url.pathname.replace(/^\/client\/v4/, "");
    const { method } = request;
    this.requests.push(`${method} ${path}`);
    const fault = await this.fault(method, path);
    if (fault?.kind === "slow") await this.wait(fault.milliseconds);
    if (fault?.kind === "hang") {
      while (!request.signal.aborted) await this.wait(1000);
      throw new TypeError("fetch failed", { cause: new Error("aborted") });
    }
    if (fault?.kind === "answer") {
      const { body, status } = fault;
      const type = body.startsWith("<") ? "text/html" : "application/json";
      return new Response(body, { status, headers: { "Content-Type": type } });
    }
    if (fault?.kind === "status") {
      const { status, headers = {} } = fault;
      const isRefused = status === 401 || status === 403;
      const errors = isRefused ? [{ code: 10_000, message: "Authentication error" }] : [];
      return failure(status, errors, headers);
    }
    if (fault?.kind === "reset" && !fault.isDone) throw brokenConnection();
    const answer = await this.#answer(path, url.searchParams, request);
    if (fault?.kind === "reset") throw brokenConnection();
    if (fault?.kind === "truncated") {
      const bytes = new Uint8Array(await answer.arrayBuffer());
      return new Response(bytes.subarray(0, bytes.length / 2), answer);
    }
    return answer;
  }

  async #answer(path: string, query: URLSearchParams, request: Request): Promise<Response> {
    try {
      this.#rateLimit.admit(this.now(), this.mostRequests);
      const route = this.#routes.find(
        ({ method, pattern }) => method === request.method && pattern.test(path),
      );
      const params = route?.pattern.exec(path)?.groups ?? {};
      this.#signIn(path, request);
      if (route === undefined || (params["account"] ?? ACCOUNT) !== ACCOUNT) {
        const message = `Could not route to ${path}, perhaps your object identifier is invalid?`;
        throw new Refusal(404, 7003, message);
      }
      const decoded = Object.fromEntries(
        Object.entries(params).map(([name, value]) => [name, decodeURIComponent(value)]),
      );
      const answer = await route.answer({ params: decoded, query, request });
      if (answer instanceof Response) return answer;
      if (answer instanceof Uint8Array) return new Response(answer);
      const { status = 200, ...envelope } = answer;
      return Response.json({ success: true, errors: [], messages: [], ...envelope }, { status });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { status, code, message, headers } = error;
      return failure(status, [{ code, message }], headers);
    }
  }

  /** Lets in the token, and for files the token of their session. */
  #signIn(path: string, request: Request): void {
    if (path.endsWith("/workers/assets/upload")) return;
    if (request.headers.get("Authorization") === this.authorization && !this.isTokenExpired) return;
    if (path === "/user/tokens/verify" && this.isTokenExpired) return;
    throw new Refusal(401, 10_000, "Authentication error");
  }

  #makeRoutes(): readonly Route[] {
    const routes: Route[] = [];
    const add = (
      line: `${"GET" | "POST" | "PUT" | "PATCH"} /${string}`,
      document: string | null,
      answer: Route["answer"],
    ): void => {
      const [method = "", path = ""] = line.split(" ");
      const source = path.replaceAll(/:(\w+)/g, "(?<$1>[^/]+)");
      routes.push({ method, path, document, pattern: new RegExp(`^${source}$`), answer });
    };
    const account = "/accounts/:account" as const;
    const namespaces = `${account}/storage/kv/namespaces` as const;
    const namespace = `${namespaces}/:namespace` as const;
    const script = `${account}/workers/scripts/:script` as const;
    const valuesOf = ({ params }: Asked): Map<string, StoredValue> => {
      const found = this.namespaces.get(params["namespace"] ?? "");
      if (found === undefined) throw new Refusal(404, 10_013, "namespace not found");
      return found.values;
    };
    const existing = ({ params }: Asked, code = 10_007): StoredWorker => {
      const worker = this.workers.get(params["script"] ?? "");
      if (worker !== undefined && worker.versions.length > 0) return worker;
      throw new Refusal(404, code, "This Worker does not exist on your account.");
    };
    const nameOf = ({ params }: Asked): string => params["script"] ?? "";

    add("GET /accounts", `${API}/accounts/methods/list/`, () => ({ result: this.accounts }));
    add("GET /user/tokens/verify", `${API}/user/subresources/tokens/methods/verify/`, () => ({
      result: { id: "token", status: this.isTokenExpired ? "expired" : "active" },
    }));

    add(`GET ${namespaces}`, `${NAMESPACES}/methods/list/`, ({ query }) => {
      const [page, size] = [
        Number(query.get("page") ?? "1"),
        Number(query.get("per_page") ?? "20"),
      ];
      const all = [...this.namespaces].map(([id, { title }]) => ({ id, title }));
      const result = all.slice((page - 1) * size, page * size);
      return { result, result_info: { page, per_page: size, count: result.length } };
    });
    add(`POST ${namespaces}`, `${NAMESPACES}/methods/create/`, async ({ request }) =>
      this.#createNamespace(request),
    );
    add(`GET ${namespace}/keys`, `${NAMESPACES}/subresources/keys/methods/list/`, (asked) =>
      this.#list(valuesOf(asked), asked.query),
    );
    add(`PUT ${namespace}/bulk`, `${NAMESPACES}/methods/bulk_update/`, async (asked) =>
      this.#put(valuesOf(asked), await asked.request.text()),
    );
    add(`POST ${namespace}/bulk/delete`, `${NAMESPACES}/methods/bulk_delete/`, async (asked) =>
      this.#delete(valuesOf(asked), (await asked.request.json()) as string[]),
    );
    add(
      `GET ${namespace}/values/:key`,
      `${NAMESPACES}/subresources/values/methods/get/`,
      (asked) => {
        this.counts.reads += 1;
        const value = valuesOf(asked).get(asked.params["key"] ?? "");
        if (value === undefined || value.visibleAt > this.now()) {
          throw new Refusal(404, 10_009, "get: 'key not found'");
        }
        return new Uint8Array(value.bytes);
      },
    );

    add(
      `GET ${account}/workers/subdomain`,
      `${API}/workers/subresources/subdomains/methods/get/`,
      () => {
        if (this.subdomain !== null) return { result: { subdomain: this.subdomain } };
        // wrangler's `getWorkersDevSubdomain` takes this code for an account that has none.
        throw new Refusal(404, 10_007, "workers.api.error.subdomain_not_found");
      },
    );
    add(
      `GET ${account}/workers/domains`,
      `${API}/workers/subresources/domains/methods/list/`,
      ({ query }) => ({ result: this.#listDomains(query.get("service")) }),
    );
    add(
      `POST ${account}/analytics_engine/sql`,
      "https://developers.cloudflare.com/analytics/analytics-engine/sql-api/",
      async ({ request }) => this.#askAnalytics(request),
    );
    add("GET /zones", `${API}/zones/methods/list/`, ({ query }) => {
      const seen = this.mayEditZones ? this.zones : [];
      const found = seen.filter(({ name }) => name === query.get("name"));
      return { result: found.map(({ id, name }) => ({ id, name })) };
    });
    const routesDocument = `${API}/workers/subresources/routes/methods`;
    add("GET /zones/:zone/workers/routes", `${routesDocument}/list/`, (asked) => ({
      result: this.#describeRoutes(asked),
    }));
    add("POST /zones/:zone/workers/routes", `${routesDocument}/create/`, async (asked) => {
      const { pattern, script: worker } = (await asked.request.json()) as Record<string, string>;
      this.#setRoute(this.#zone(asked), pattern ?? "", worker ?? "");
      return { result: { id: pattern, pattern, script: worker } };
    });

    add(
      `POST ${script}/assets-upload-session`,
      `${SCRIPTS}/subresources/assets/`,
      async (asked) => {
        const { manifest } = (await asked.request.json()) as { manifest: AssetManifest };
        return { result: this.assets.begin(nameOf(asked), manifest, this.now()) };
      },
    );
    add(
      `POST ${account}/workers/assets/upload`,
      `${API}/workers/subresources/assets/subresources/upload/methods/create/`,
      async (asked) => this.#uploadAssets(asked),
    );
    add(`PUT ${script}`, `${SCRIPTS}/methods/update/`, async (asked) => {
      const worker = this.worker(nameOf(asked));
      const version = await this.#addVersion(nameOf(asked), asked.request);
      await this.#addDeployment(worker, [{ version_id: version.id, percentage: 100 }], {});
      return { result: this.#describe(version) };
    });
    add(`GET ${account}/workers/services/:script`, null, (asked) => {
      existing(asked, 10_090);
      const from = { last_deployed_from: "wrangler", tag: "t", tags: [] };
      return { result: { default_environment: { environment: "production", script: from } } };
    });
    add(
      `GET ${account}/workers/workers/:script`,
      `${API}/workers/subresources/beta/subresources/workers/methods/get/`,
      (asked) => {
        const name = nameOf(asked);
        // wrangler's `subdomainDeploy` reads the Worker's address of it, where there is one, and that of previews.
        const suffix = { preview_url_suffix: `-${name}.${this.subdomain ?? ""}.workers.dev` };
        const url =
          this.subdomain === null ? {} : { url: `https://${name}.${this.subdomain}.workers.dev` };
        const subdomain = { ...describeWorkersDev(existing(asked)), ...suffix, ...url };
        return { result: { id: name, name, subdomain } };
      },
    );
    add(`GET ${script}/secrets`, `${SCRIPTS}/subresources/secrets/methods/list/`, (asked) => {
      const names = [...existing(asked).secrets.keys()];
      return { result: names.map((name) => ({ name, type: "secret_text" })) };
    });
    const schedulesDocument = `${SCRIPTS}/subresources/schedules/methods`;
    add(`GET ${script}/schedules`, `${schedulesDocument}/get/`, (asked) => ({
      result: { schedules: existing(asked).crons.map((cron) => ({ cron })) },
    }));
    add(`PUT ${script}/schedules`, `${schedulesDocument}/update/`, async (asked) => {
      const worker = existing(asked);
      const wanted = (await asked.request.json()) as readonly { readonly cron: string }[];
      const others = [...this.workers.values()].filter((other) => other !== worker);
      const count = others.reduce((sum, { crons }) => sum + crons.length, wanted.length);
      if (count > MOST_CRONS) {
        throw new Refusal(400, 10_072, "This account has too many cron triggers.");
      }
      worker.crons = wanted.map(({ cron }) => cron);
      return { result: { schedules: wanted } };
    });
    add(
      `GET ${script}/settings`,
      `${SCRIPTS}/subresources/script_and_version_settings/methods/get/`,
      (asked) => ({
        result: {
          bindings: existing(asked).liveVersion?.bindings ?? [],
          compatibility_date: "2026-01-01",
        },
      }),
    );
    add(
      `PATCH ${script}/script-settings`,
      `${SCRIPTS}/subresources/settings/methods/edit/`,
      (asked) => {
        existing(asked);
        return { result: {} };
      },
    );
    // The code, with what surrounds its modules.
    add(
      `GET ${script}/content/v2`,
      `${SCRIPTS}/subresources/content/methods/get/`,
      (asked) => existing(asked).liveVersion?.modules[0]?.bytes ?? new Uint8Array(),
    );
    const subdomainDocument = `${SCRIPTS}/subresources/subdomain/methods`;
    add(`GET ${script}/subdomain`, `${subdomainDocument}/get/`, (asked) => ({
      result: describeWorkersDev(existing(asked)),
    }));
    add(`POST ${script}/subdomain`, `${subdomainDocument}/create/`, async (asked) => {
      const worker = existing(asked);
      const { enabled } = (await asked.request.json()) as { enabled: boolean };
      worker.isOnWorkersDev = enabled;
      return { result: describeWorkersDev(worker) };
    });
    add(`PUT ${script}/routes`, null, async (asked) => {
      existing(asked);
      return this.#putRoutes(nameOf(asked), asked.request);
    });
    add(`POST ${script}/domains/changeset`, null, async (asked) => {
      existing(asked);
      return this.#compareDomains(nameOf(asked), asked.request);
    });
    add(`PUT ${script}/domains/records`, null, async (asked) => {
      existing(asked);
      return this.#putDomains(nameOf(asked), asked.request);
    });
    const deploymentsDocument = `${SCRIPTS}/subresources/deployments/methods`;
    add(`GET ${script}/deployments`, `${deploymentsDocument}/list/`, (asked) => ({
      result: {
        deployments: existing(asked)
          .deployments.slice(0, DEPLOYMENTS_LISTED)
          .map(describeDeployment),
      },
    }));
    add(`POST ${script}/deployments`, `${deploymentsDocument}/create/`, async (asked) =>
      this.#deploy(existing(asked), asked.request),
    );
    const versionsDocument = `${SCRIPTS}/subresources/versions/methods`;
    add(`POST ${script}/versions`, `${versionsDocument}/create/`, async (asked) => {
      existing(asked);
      return { result: this.#describe(await this.#addVersion(nameOf(asked), asked.request)) };
    });
    add(`GET ${script}/versions`, `${versionsDocument}/list/`, (asked) => {
      const items = existing(asked)
        .versions.map((version) => this.#describe(version))
        .toReversed();
      const count =
        asked.query.get("deployable") === "true"
          ? MOST_DEPLOYABLE_VERSIONS
          : Number(asked.query.get("per_page") ?? VERSIONS_LISTED);
      return { result: { items: items.slice(0, count) } };
    });
    add(`GET ${script}/versions/:version`, `${versionsDocument}/get/`, (asked) => ({
      result: this.#describe(versionOf(existing(asked), asked.params["version"] ?? "")),
    }));
    return routes;
  }

  /** The only answers that nothing is wrapped around. */
  async #askAnalytics(request: Request): Promise<Response> {
    if (!this.mayReadAnalytics) return new Response("Authorization error", { status: 403 });
    if (request.headers.get("Content-Type") !== "text/plain") {
      return new Response("Content type error", { status: 400 });
    }
    try {
      return Response.json(this.analytics.query(await request.text(), this.now()));
    } catch (error) {
      if (!(error instanceof UnprocessableQuery)) throw error;
      return new Response(error.message, { status: 422 });
    }
  }

  async #createNamespace(request: Request): Promise<Envelope> {
    const { title } = (await request.json()) as { title: string };
    if (Buffer.byteLength(title) > MOST_TITLE_BYTES) throw new Refusal(400, 10_019, "long title");
    const isTaken = [...this.namespaces.values()].some((namespace) => namespace.title === title);
    if (isTaken) {
      throw new Refusal(400, 10_014, "a namespace with this account ID and title already exists");
    }
    const id = randomUUID().replaceAll("-", "");
    this.namespaces.set(id, { title, values: new Map() });
    return { result: { id, title } };
  }

  #list(values: ReadonlyMap<string, StoredValue>, query: URLSearchParams): Envelope {
    this.counts.lists += 1;
    const prefix = query.get("prefix") ?? "";
    const after = query.get("cursor") ?? "";
    const limit = Number(query.get("limit") ?? MOST_LISTED_KEYS);
    if (!(limit >= LEAST_LISTED_KEYS && limit <= MOST_LISTED_KEYS)) {
      throw new Refusal(400, 10_012, `bad limit ${limit}`);
    }
    const names = [...values]
      .filter(([, { visibleAt, listedAt = visibleAt }]) => listedAt <= this.now())
      .map(([name]) => name)
      .filter((name) => name.startsWith(prefix) && name > after)
      .toSorted();
    const page = names.slice(0, limit);
    const cursor = names.length > limit ? (page.at(-1) ?? "") : "";
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
      if (bytes === 0 || bytes > MOST_KEY_BYTES || key === "." || key === "..") {
        throw new Refusal(414, 10_047, `bad key "${key}"`);
      }
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
      if (this.unsuccessfulOnce.delete(key) || this.isUnsuccessful(key)) {
        unsuccessful.push(key);
        continue;
      }
      const bytes = Buffer.from(value, base64 === true ? "base64" : "utf8");
      this.counts.bytesWritten += bytes.byteLength;
      this.written.push(key);
      // A key that is overwritten is seen as it was until then.
      const visibleAt = values.has(key) ? 0 : this.now() + this.lagMilliseconds;
      const listedAt = values.has(key) ? 0 : visibleAt + this.listLagMilliseconds;
      values.set(key, { bytes, metadata: metadata ?? null, visibleAt, listedAt });
    }
    const result = {
      successful_key_count: pairs.length - unsuccessful.length,
      unsuccessful_keys: unsuccessful,
    };
    return { result };
  }

  #delete(values: Map<string, StoredValue>, keys: readonly string[]): Envelope {
    if (keys.length > MOST_PAIRS) throw new Refusal(400, 10_029, "too many keys");
    for (const key of keys) {
      this.counts.deletes += 1;
      values.delete(key);
    }
    return { result: { successful_key_count: keys.length, unsuccessful_keys: [] } };
  }

  #allowZones(): void {
    if (!this.mayEditZones) throw new Refusal(403, 10_000, "Authentication error");
  }

  #zone({ params }: Asked): StoredZone {
    this.#allowZones();
    const zone = this.zones.find(({ id }) => id === params["zone"]);
    if (zone === undefined) throw new Refusal(404, 7003, "Could not route to the zone");
    return zone;
  }

  #describeRoutes(asked: Asked): readonly object[] {
    return [...this.#zone(asked).routes].map(([pattern, script]) => ({
      id: pattern,
      pattern,
      script,
    }));
  }

  /** The zone of a host name, as wrangler and Cloudflare look for it. */
  #zoneOf(host: string): StoredZone {
    const zone = this.zones.find(({ name }) => host === name || host.endsWith(`.${name}`));
    if (zone === undefined) throw new Refusal(404, 100_114, `Could not find zone for ${host}`);
    return zone;
  }

  #setRoute({ routes }: StoredZone, pattern: string, worker: string): void {
    const owner = routes.get(pattern);
    if (owner !== undefined && owner !== worker) {
      throw new Refusal(409, 10_020, "A route with the same pattern already exists.");
    }
    routes.set(pattern, worker);
  }

  /** Sets all routes of the Worker; wrangler's `publishRoutes` says that this deletes those before. */
  async #putRoutes(worker: string, request: Request): Promise<Envelope> {
    this.#allowZones();
    if (!this.mayEditAllZones) throw new Refusal(403, 10_000, "Authentication error");
    const wanted = (await request.json()) as { pattern: string }[];
    const zones = wanted.map(({ pattern }) => this.#zoneOf(hostOf(pattern)));
    for (const { routes } of this.zones) {
      for (const [pattern, owner] of routes) if (owner === worker) routes.delete(pattern);
    }
    for (const [index, { pattern }] of wanted.entries()) {
      const zone = zones[index];
      if (zone !== undefined) this.#setRoute(zone, pattern, worker);
    }
    return { result: wanted };
  }

  #listDomains(service: string | null): readonly object[] {
    return [...this.domains]
      .filter(([, owner]) => service === null || owner === service)
      .map(([hostname, owner]) => {
        const zone = this.zones.find(
          ({ name }) => hostname === name || hostname.endsWith(`.${name}`),
        );
        const place = { zone_id: zone?.id ?? "", zone_name: zone?.name ?? "" };
        return { id: hostname, hostname, service: owner, environment: "production", ...place };
      });
  }

  /** Says what setting domains would change, and which belong to another Worker. */
  async #compareDomains(worker: string, request: Request): Promise<Envelope> {
    const wanted = (await request.json()) as { hostname: string }[];
    const describe = (hostname: string): object => ({
      hostname,
      external_dns_record_id: this.namesInDns.has(hostname) ? "record" : undefined,
      external_cert_id: undefined,
    });
    const names = wanted.map(({ hostname }) => hostname);
    const mine = [...this.domains].filter(([, owner]) => owner === worker).map(([name]) => name);
    const isTaken = (name: string): boolean => (this.domains.get(name) ?? worker) !== worker;
    return {
      result: {
        added: names.filter((name) => !this.domains.has(name)).map(describe),
        removed: mine.filter((name) => !names.includes(name)).map(describe),
        updated: names.filter(isTaken).map(describe),
        conflicting: [],
      },
    };
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
    for (const [hostname, owner] of this.domains) {
      if (owner === worker) this.domains.delete(hostname);
    }
    for (const { hostname } of origins) this.domains.set(hostname, worker);
    return { result: [] };
  }

  async #uploadAssets({ query, request }: Asked): Promise<Envelope> {
    if (query.get("base64") !== "true") throw new Refusal(400, 100_313, "base64 must be true");
    const jwt = (request.headers.get("Authorization") ?? "").replace("Bearer ", "");
    const form = await formOf(request);
    const parts = new Map<string, string>();
    for (const [hash, part] of form) {
      parts.set(hash, typeof part === "string" ? part : await part.text());
    }
    const completion = this.assets.upload(jwt, parts, this.now());
    return completion === null
      ? { result: {}, status: 202 }
      : { result: { jwt: completion }, status: 201 };
  }

  async #deploy(worker: StoredWorker, request: Request): Promise<Envelope> {
    const { versions, annotations = {} } = (await request.json()) as {
      versions: StoredDeployment["versions"];
      annotations?: Record<string, string>;
    };
    const deployable = worker.versions.slice(-MOST_DEPLOYABLE_VERSIONS).map(({ id }) => id);
    for (const { version_id: id } of versions) {
      versionOf(worker, id);
      if (!deployable.includes(id)) throw new Refusal(400, 10_182, `"${id}" is too old`);
    }
    const share = versions.reduce((sum, { percentage }) => sum + percentage, 0);
    if (versions.length > 2 || share !== 100) throw new Refusal(400, 10_183, "bad percentages");
    const deployment = await this.#addDeployment(worker, versions, cutOff(annotations));
    return { result: describeDeployment(deployment) };
  }

  async #addVersion(name: string, request: Request): Promise<Version> {
    const form = await formOf(request);
    const described = form.get("metadata");
    const metadata = JSON.parse(typeof described === "string" ? described : "{}") as {
      main_module: string;
      bindings: Version["bindings"];
      compatibility_date: string;
      compatibility_flags?: string[];
      annotations?: Record<string, string>;
      assets?: { jwt: string; config?: Readonly<Record<string, string>> };
    };
    const annotations = metadata.annotations ?? {};
    if (Buffer.byteLength(annotations["workers/tag"] ?? "") > MOST_TAG_BYTES) {
      throw new Refusal(400, 10_021, "the tag is too long");
    }
    const { assets } = metadata;
    const files =
      assets === undefined
        ? new Map<string, Buffer>()
        : this.assets.redeem(name, assets.jwt, this.now());
    const modules: UploadedModule[] = [];
    for (const [partName, part] of form) {
      if (partName === "metadata" || typeof part === "string") continue;
      if (part.type === "application/source-map") continue;
      modules.push({
        name: part.name,
        type: part.type,
        bytes: new Uint8Array(await part.arrayBuffer()),
      });
    }
    const worker = this.worker(name);
    this.latestWorker = name;
    const version: Version = {
      id: randomUUID(),
      number: worker.versions.length + 1,
      createdOn: this.#timestamp(),
      annotations: cutOff(annotations),
      mainModule: metadata.main_module,
      compatibilityDate: metadata.compatibility_date,
      compatibilityFlags: metadata.compatibility_flags ?? [],
      modules,
      assets: { files, headers: assets?.config?.["_headers"] ?? "" },
      bindings: metadata.bindings,
    };
    worker.versions.push(version);
    return version;
  }

  async #addDeployment(
    worker: StoredWorker,
    versions: StoredDeployment["versions"],
    annotations: Readonly<Record<string, string>>,
  ): Promise<StoredDeployment> {
    const deployment = { id: randomUUID(), createdOn: this.#timestamp(), annotations, versions };
    worker.deployments.unshift(deployment);
    const { liveVersion } = worker;
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

/** Annotations whose message is cut off where it is too long. */
function cutOff(annotations: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const message = annotations["workers/message"];
  if (message === undefined) return annotations;
  const bytes = Buffer.from(message).subarray(0, MOST_MESSAGE_BYTES);
  return { ...annotations, "workers/message": bytes.toString() };
}

function versionOf(worker: StoredWorker, id: string): Version {
  const version = worker.versions.find((one) => one.id === id);
  if (version === undefined) throw new Refusal(404, 10_180, `no version "${id}"`);
  return version;
}

function describeWorkersDev({ isOnWorkersDev }: StoredWorker): object {
  return { enabled: isOnWorkersDev, previews_enabled: isOnWorkersDev };
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
