import type { IncomingMessage, ServerResponse } from "node:http";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { FakeCloudflare } from "../scripts/fake-cloudflare.ts";
import type { Version } from "../stand-in/stored-worker.ts";

/** Cloudflare on loopback: its API for processes, and the site in workerd. */
export class CloudflareStandIn extends FakeCloudflare {
  /** Where the live version is served, from its deployment on; null where it is not. */
  sitePort: number | null = null;
  readonly #server = createServer((request, response) => {
    this.#answer(request, response).catch((error: unknown) => {
      // Whoever asked was killed meanwhile, which is what tests of resuming do.
      if (!request.errored) throw error;
    });
  });
  #site: Miniflare | null = null;
  readonly #assets = mkdtempSync(join(tmpdir(), "offprint-assets-"));

  override get baseUrl(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/client/v4`;
  }

  override get environment(): Readonly<Record<string, string>> {
    return {
      ...super.environment,
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
    rmSync(this.#assets, { recursive: true, force: true });
  }

  /**
   * Serves a version as Cloudflare would: the modules that wrangler uploaded, in workerd, over the values that are here at
   * the moment of each request.
   */
  override async serve(version: Version): Promise<void> {
    if (this.sitePort === null) return;
    const options = convertV4MiniflareOptions({
      port: this.sitePort,
      compatibilityDate: version.compatibilityDate,
      compatibilityFlags: [...version.compatibilityFlags],
      bindings: {
        ...Object.fromEntries(
          version.bindings
            .filter(({ type }) => type === "plain_text")
            .map(({ name, text }) => [String(name), String(text)]),
        ),
        ...Object.fromEntries(this.worker(this.latestWorker).secrets),
      },
      unsafeTriggerHandlers: true,
      modules: [
        { type: "ESModule", path: "stand-in.mjs", contents: this.#entry(version.mainModule) },
        ...version.modules.map(({ name, type, bytes }) =>
          type.startsWith("application/javascript")
            ? ({ type: "ESModule", path: name, contents: Buffer.from(bytes).toString() } as const)
            : ({ type: "Data", path: name, contents: bytes } as const),
        ),
      ],
      assets: {
        directory: this.#layOut(version),
        assetConfig: { html_handling: "none" },
        routerConfig: { has_user_worker: true },
      },
      cf: false,
    });
    if (this.#site === null) this.#site = new Miniflare(options);
    else await this.#site.setOptions(options);
    await this.#site.ready;
  }

  /**
   * Has workerd run the Worker as a cron does.
   *
   * @param scheduledAt for when the run was planned, in milliseconds since 1970
   */
  async runCron(scheduledAt: number): Promise<void> {
    const [cron = ""] = this.worker(this.latestWorker).crons;
    const query = new URLSearchParams({ cron, time: String(scheduledAt) });
    const ran = await fetch(
      `http://localhost:${this.sitePort}/cdn-cgi/local/scheduled?${query.toString()}`,
    );
    if (!ran.ok) throw new Error(`The cron ended with ${ran.status}`);
  }

  /** Writes the files of a version where Miniflare serves them from. */
  #layOut({ id, assets: { files, headers } }: Version): string {
    const folder = join(this.#assets, id);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "_headers"), headers);
    for (const [path, bytes] of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), bytes);
    }
    return folder;
  }

  /** The uploaded Worker with its KV answered by this stand-in. */
  #entry(mainModule: string): string {
    const values = `${this.baseUrl}/values-of-the-site/`;
    return `
      import worker from "./${mainModule}";
      const RELEASES = {
        async get(key, { cacheTtl, type }) {
          const response = await fetch(${JSON.stringify(values)} + encodeURIComponent(key) + "?cacheTtl=" + cacheTtl);
          if (response.status === 404) return null;
          return type === "text" ? response.text() : response.arrayBuffer();
        },
        async put(key, body) {
          await fetch(${JSON.stringify(values)} + encodeURIComponent(key) + "?cacheTtl=0", { method: "PUT", body });
        },
      };
      export default {
        fetch: (request, env, context) => worker.fetch(request, { ...env, RELEASES }, context),
        scheduled: (controller, env, context) => worker.scheduled(controller, { ...env, RELEASES }, context),
      };
    `;
  }

  async #answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const { url = "/", method = "GET", headers } = incoming;
    const [, key, cacheTtl] = /\/values-of-the-site\/(.*)\?cacheTtl=(\d+)$/.exec(url) ?? [];
    if (key !== undefined) {
      const { liveVersion } = this;
      if (method === "PUT" && liveVersion !== null) {
        this.writeAs(liveVersion, decodeURIComponent(key), Buffer.concat(chunks));
        response.writeHead(204).end();
        return;
      }
      const value =
        liveVersion === null
          ? null
          : this.readAs(liveVersion, decodeURIComponent(key), Number(cacheTtl));
      response.writeHead(value === null ? 404 : 200).end(value ?? undefined);
      return;
    }
    const request = new Request(new URL(url, "http://localhost"), {
      method,
      headers: {
        Authorization: headers.authorization ?? "",
        "Content-Type": headers["content-type"] ?? "",
      },
      ...(chunks.length === 0 ? {} : { body: Buffer.concat(chunks) }),
    });
    let answer: Response;
    try {
      answer = await this.fetch(request);
    } catch {
      incoming.socket.destroy();
      return;
    }
    response
      .writeHead(answer.status, Object.fromEntries(answer.headers))
      .end(Buffer.from(await answer.arrayBuffer()));
  }
}
