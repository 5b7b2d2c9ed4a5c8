import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";

/*
 * Cloudflare's API on loopback, as far as wrangler and `npm run deploy` use it. It refuses what the real one refuses, and
 * keeps what it is given, so that a test can serve exactly what was deployed.
 */

/** What happens to a request instead of its answer, or before it. */
export type Fault =
  | { readonly kind: "status"; readonly status: number; readonly headers?: Record<string, string> }
  /** The connection ends; `isDone` says whether what was asked for was done first. */
  | { readonly kind: "reset"; readonly isDone: boolean }
  | { readonly kind: "slow"; readonly milliseconds: number };

interface StoredValue {
  readonly bytes: Buffer;
  readonly metadata: unknown;
  /** When lists and reads begin to show it, in milliseconds since 1970. */
  readonly visibleAt: number;
}

interface UploadedModule {
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
}

interface Version {
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

interface StoredDeployment {
  readonly id: string;
  readonly createdOn: string;
  readonly annotations: Readonly<Record<string, string>>;
  readonly versions: readonly { readonly version_id: string; readonly percentage: number }[];
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

const SUBDOMAIN = {
  enabled: true,
  previews_enabled: true,
  preview_url_suffix: "-offprint.stand-in.workers.dev",
};

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

export class CloudflareStandIn {
  /** Asked for every request; null lets it pass. */
  fault: (method: string, path: string) => Fault | null = () => null;
  /** How long a written value is not seen. */
  lagMilliseconds = 0;
  /** Milliseconds since 1970. */
  now: () => number = Date.now;
  /** KV writes that the plan allows; then 429 with code 10048. */
  mostWrites = Number.POSITIVE_INFINITY;
  /** Where the live version is served, from its deployment on; null where it is not. */
  sitePort: number | null = null;
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
  readonly #server = createServer((request, response) => {
    this.#answer(request, response).catch((error: unknown) => {
      // Whoever asked was killed meanwhile, which is what tests of resuming do.
      if (!request.errored) throw error;
    });
  });
  #site: Miniflare | null = null;

  get baseUrl(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/client/v4`;
  }

  /** The environment in which wrangler and our commands take this for Cloudflare. */
  get environment(): Readonly<Record<string, string>> {
    return {
      CLOUDFLARE_API_BASE_URL: this.baseUrl,
      CLOUDFLARE_API_TOKEN: TOKEN,
      CLOUDFLARE_ACCOUNT_ID: ACCOUNT,
      WRANGLER_SEND_METRICS: "false",
      WRANGLER_SEND_ERROR_REPORTS: "false",
      WRANGLER_LOG_PATH: "/tmp/offprint-wrangler-logs",
    };
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.listen(0, "127.0.0.1", resolve);
    });
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await this.#site?.dispose();
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

  /** Makes every claim, version and deployment older. */
  age(seconds: number): void {
    const [namespace] = this.namespaces.values();
    for (const [key, value] of namespace?.values ?? []) {
      const metadata = value.metadata as { at?: number } | null;
      if (metadata?.at === undefined) continue;
      namespace?.values.set(key, {
        ...value,
        metadata: { ...metadata, at: metadata.at - seconds },
      });
    }
    const older = <Dated extends { readonly createdOn: string }>(dated: Dated): Dated => ({
      ...dated,
      createdOn: new Date(Date.parse(dated.createdOn) - seconds * 1000).toISOString(),
    });
    this.versions.splice(0, this.versions.length, ...this.versions.map(older));
    this.deployments.splice(0, this.deployments.length, ...this.deployments.map(older));
  }

  /** A release that somebody else begins to deploy. */
  claim(release: string): void {
    const [namespace] = this.namespaces.values();
    const metadata = { at: Math.floor(Date.now() / 1000), kind: "deploy", articles: 1 };
    namespace?.values.set(`r/${release}`, { bytes: Buffer.from(""), metadata, visibleAt: 0 });
  }

  /** A version that serves at once, as `wrangler deploy` makes one. */
  async addLiveVersion(tag: string, message: string): Promise<void> {
    const version = this.#emptyVersion({ "workers/tag": tag, "workers/message": message });
    this.versions.push(version);
    await this.#addDeployment([{ version_id: version.id, percentage: 100 }], {});
  }

  /** A Worker of that name that has nothing to do with us. */
  addForeignWorker(): void {
    const version = this.#emptyVersion({});
    this.versions.push(version);
    this.deployments.unshift({
      id: randomUUID(),
      createdOn: this.#timestamp(),
      annotations: {},
      versions: [{ version_id: version.id, percentage: 100 }],
    });
  }

  #emptyVersion(annotations: Readonly<Record<string, string>>): Version {
    return {
      id: randomUUID(),
      number: this.versions.length + 1,
      createdOn: this.#timestamp(),
      annotations,
      mainModule: "worker.js",
      compatibilityDate: "2026-01-01",
      compatibilityFlags: [],
      modules: [],
      bindings: [],
    };
  }

  get liveVersion(): Version | null {
    const id = this.deployments[0]?.versions[0]?.version_id;
    return this.versions.find((version) => version.id === id) ?? null;
  }

  /**
   * Serves a version as Cloudflare would: the modules that wrangler uploaded, in workerd, over the values that are here at
   * the moment of each request.
   */
  async serve(version: Version, port: number): Promise<void> {
    const options = convertV4MiniflareOptions({
      port,
      compatibilityDate: version.compatibilityDate,
      compatibilityFlags: [...version.compatibilityFlags],
      modules: [
        { type: "ESModule", path: "stand-in.mjs", contents: this.#entry(version.mainModule) },
        ...version.modules.map(({ name, type, bytes }) =>
          type.startsWith("application/javascript")
            ? ({ type: "ESModule", path: name, contents: bytes.toString("utf8") } as const)
            : ({ type: "Data", path: name, contents: new Uint8Array(bytes) } as const),
        ),
      ],
      cf: false,
    });
    if (this.#site === null) this.#site = new Miniflare(options);
    else await this.#site.setOptions(options);
    await this.#site.ready;
  }

  /** The uploaded Worker with its KV answered by this stand-in. */
  #entry(mainModule: string): string {
    const values = `${this.baseUrl}/values-of-the-site/`;
    return `
      import worker from "./${mainModule}";
      const RELEASES = {
        async get(key) {
          const response = await fetch(${JSON.stringify(values)} + encodeURIComponent(key));
          return response.status === 404 ? null : response.arrayBuffer();
        },
      };
      export default { fetch: (request, env, context) => worker.fetch(request, { ...env, RELEASES }, context) };
    `;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://localhost");
    const path = url.pathname.replace(/^\/client\/v4/, "");
    const method = request.method ?? "GET";
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    if (path.startsWith("/values-of-the-site/")) {
      this.#answerSite(decodeURIComponent(path.slice("/values-of-the-site/".length)), response);
      return;
    }
    this.requests.push(`${method} ${path}`);
    const fault = this.fault(method, path);
    if (fault?.kind === "slow") await sleep(fault.milliseconds);
    if (fault?.kind === "status") {
      const isRefused = fault.status === 401 || fault.status === 403;
      const errors = isRefused ? [{ code: 10_000, message: "Authentication error" }] : [];
      response
        .writeHead(fault.status, { "Content-Type": "application/json", ...fault.headers })
        .end(JSON.stringify({ success: false, errors, messages: [], result: null }));
      return;
    }
    if (fault?.kind === "reset" && !fault.isDone) {
      request.socket.destroy();
      return;
    }
    try {
      if (request.headers.authorization !== `Bearer ${TOKEN}`) {
        throw new Refusal(401, 10_000, "Authentication error");
      }
      const answer = await this.#route(
        method,
        path,
        url.searchParams,
        body,
        request.headers["content-type"] ?? "",
      );
      if (fault?.kind === "reset") {
        request.socket.destroy();
        return;
      }
      if (Buffer.isBuffer(answer)) {
        response.writeHead(200, { "Content-Type": "application/octet-stream" }).end(answer);
        return;
      }
      const { result, result_info } = answer;
      response
        .writeHead(200, { "Content-Type": "application/json" })
        .end(JSON.stringify({ success: true, errors: [], messages: [], result, result_info }));
    } catch (error) {
      const refusal = error instanceof Refusal ? error : new Refusal(500, 1, String(error));
      const { status, code, message } = refusal;
      response.writeHead(status, { "Content-Type": "application/json" }).end(
        JSON.stringify({
          success: false,
          errors: [{ code, message }],
          messages: [],
          result: null,
        }),
      );
    }
  }

  #answerSite(key: string, response: ServerResponse): void {
    const value = this.values.get(key);
    if (value === undefined) response.writeHead(404).end();
    else response.writeHead(200).end(value.bytes);
  }

  async #route(
    method: string,
    path: string,
    query: URLSearchParams,
    body: Buffer,
    contentType: string,
  ): Promise<Buffer | { readonly result: unknown; readonly result_info?: unknown }> {
    const account = `/accounts/${ACCOUNT}`;
    if (path === "/accounts") return { result: [{ id: ACCOUNT, name: "Test" }] };
    if (path === "/user/tokens/verify") return { result: { status: "active" } };
    if (!path.startsWith(account)) throw new Refusal(404, 7003, `No route for ${path}`);
    const rest = path.slice(account.length);
    if (rest === "/workers/subdomain") return { result: { subdomain: "stand-in" } };
    if (rest.startsWith("/storage/kv/namespaces")) {
      return this.#routeKv(method, rest.slice("/storage/kv/namespaces".length), query, body);
    }
    if (rest.startsWith("/workers/")) {
      return this.#routeWorkers(method, rest.slice("/workers".length), body, contentType);
    }
    throw new Refusal(404, 7003, `No route for ${method} ${path}`);
  }

  #routeKv(
    method: string,
    path: string,
    query: URLSearchParams,
    body: Buffer,
  ): Buffer | { readonly result: unknown; readonly result_info?: unknown } {
    if (path === "" && method === "GET") {
      const all = [...this.namespaces].map(([id, { title }]) => ({ id, title }));
      return { result: Number(query.get("page") ?? "1") > 1 ? [] : all };
    }
    if (path === "" && method === "POST") {
      const { title } = JSON.parse(body.toString()) as { title: string };
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
    if (verb === "bulk" && method === "PUT") return this.#put(values, body);
    if (verb === "bulk/delete" && method === "POST") return this.#delete(values, body);
    if (verb.startsWith("values/") && method === "GET") {
      this.counts.reads += 1;
      const value = values.get(decodeURIComponent(verb.slice("values/".length)));
      if (value === undefined || value.visibleAt > this.now()) {
        throw new Refusal(404, 10_009, "get: 'key not found'");
      }
      return value.bytes;
    }
    throw new Refusal(404, 7003, `No route for ${method} ${path}`);
  }

  #list(
    values: ReadonlyMap<string, StoredValue>,
    query: URLSearchParams,
  ): { readonly result: unknown; readonly result_info: unknown } {
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

  #put(values: Map<string, StoredValue>, body: Buffer): { readonly result: unknown } {
    if (body.byteLength >= MOST_BODY_BYTES) throw new Refusal(413, 10_011, "request too large");
    const pairs = JSON.parse(body.toString()) as {
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

  #delete(values: Map<string, StoredValue>, body: Buffer): { readonly result: unknown } {
    const keys = JSON.parse(body.toString()) as string[];
    if (keys.length > MOST_PAIRS) throw new Refusal(400, 10_029, "too many keys");
    for (const key of keys) {
      this.counts.deletes += 1;
      values.delete(key);
    }
    return { result: { successful_key_count: keys.length, unsuccessful_keys: [] } };
  }

  async #routeWorkers(
    method: string,
    path: string,
    body: Buffer,
    contentType: string,
  ): Promise<{ readonly result: unknown }> {
    if (path.startsWith("/assets/upload")) return { result: { jwt: "assets-done" } };
    const [, kind = "", name = "", verb = ""] =
      /^\/(services|scripts|workers)\/([^/]+)\/?(.*)$/.exec(path) ?? [];
    const isThere = this.versions.length > 0;
    if (kind === "scripts" && verb === "assets-upload-session") {
      return { result: { jwt: "assets", buckets: [] } };
    }
    if (kind === "scripts" && verb === "" && method === "PUT") {
      const version = this.#addVersion(body, contentType);
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
      return { result: { id: name, name, subdomain: SUBDOMAIN } };
    }
    return this.#routeScript(method, verb, body, contentType);
  }

  async #routeScript(
    method: string,
    verb: string,
    body: Buffer,
    contentType: string,
  ): Promise<{ readonly result: unknown }> {
    if (verb === "secrets") return { result: [] };
    if (verb === "settings") {
      return {
        result: { bindings: this.liveVersion?.bindings ?? [], compatibility_date: "2026-01-01" },
      };
    }
    if (verb === "script-settings") return { result: {} };
    if (verb === "subdomain") return { result: SUBDOMAIN };
    if (verb === "schedules") return { result: { schedules: [] } };
    if (verb === "deployments" && method === "GET") {
      return {
        result: {
          deployments: this.deployments.slice(0, DEPLOYMENTS_LISTED).map(describeDeployment),
        },
      };
    }
    if (verb === "deployments" && method === "POST") {
      const { versions, annotations = {} } = JSON.parse(body.toString()) as {
        versions: StoredDeployment["versions"];
        annotations?: Record<string, string>;
      };
      for (const { version_id } of versions) this.#version(version_id);
      return { result: describeDeployment(await this.#addDeployment(versions, annotations)) };
    }
    if (verb === "versions" && method === "POST") {
      return { result: this.#describe(this.#addVersion(body, contentType)) };
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

  #addVersion(body: Buffer, contentType: string): Version {
    const parts = parseParts(body, contentType);
    const metadata = JSON.parse(
      parts.find(({ name }) => name === "metadata")?.bytes.toString() ?? "{}",
    ) as {
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
    const version: Version = {
      id: randomUUID(),
      number: this.versions.length + 1,
      createdOn: this.#timestamp(),
      annotations,
      mainModule: metadata.main_module,
      compatibilityDate: metadata.compatibility_date,
      compatibilityFlags: metadata.compatibility_flags ?? [],
      modules: parts.filter(
        ({ name, type }) => name !== "metadata" && type !== "application/source-map",
      ),
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
    const { sitePort } = this;
    if (sitePort !== null && liveVersion !== null) await this.serve(liveVersion, sitePort);
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

/** The parts of a multipart body (RFC 7578), each under its file's name where it has one. */
function parseParts(body: Buffer, contentType: string): readonly UploadedModule[] {
  const boundary = /boundary=(?:"([^"]+)"|([^;]+))/.exec(contentType);
  const mark = `--${boundary?.[1] ?? boundary?.[2] ?? ""}`;
  // Every byte is one character in this encoding, so that places in the text are places in the body.
  const text = body.toString("latin1");
  const parts: UploadedModule[] = [];
  for (let start = text.indexOf(mark); start !== -1;) {
    const end = text.indexOf(`\r\n${mark}`, start + mark.length);
    if (end === -1) break;
    const headEnd = text.indexOf("\r\n\r\n", start);
    const head = text.slice(start, headEnd);
    const name = /filename="([^"]*)"/.exec(head)?.[1] ?? /name="([^"]*)"/.exec(head)?.[1] ?? "";
    const type = /content-type:\s*([^\r\n]+)/i.exec(head)?.[1] ?? "text/plain";
    parts.push({ name, type, bytes: body.subarray(headEnd + 4, end) });
    start = end + 2;
  }
  return parts;
}
