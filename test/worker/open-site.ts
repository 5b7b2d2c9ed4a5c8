import { env } from "cloudflare:workers";
import { createApp } from "../../src/http/app.ts";
import type { Env } from "../../src/http/env.ts";
import { Manifest } from "../../src/store/manifest.ts";
import type { SerializedRelease } from "./serialized-release.ts";

/** How a value is read; tests put failures here. */
export type ReadValue = (key: string) => Promise<ArrayBuffer | null>;

/** A site as a visitor meets it, in an isolate that has served nobody yet. */
export interface OpenedSite {
  readonly manifest: Manifest;
  /** Fetches from a new isolate: nothing is cached. Redirects are not followed. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Fetches from one isolate, again and again. */
  openIsolate(): OpenedSite["fetch"];
  /** What the last `fetch` read from KV. */
  lastReads(): Reads;
}

export interface Reads {
  readonly keys: readonly string[];
  /** Reads that were under way together count as one round. */
  readonly rounds: number;
}

const ORIGIN = "https://finews.example";
/** Two days after the first release of the fixtures, whatever the clock of this machine says. */
const SEEN_AT = Date.UTC(2026, 10, 25);

/**
 * Puts a release into KV and opens it.
 *
 * @param now the visitors' clock, in milliseconds since 1970
 * @param bindings what the Worker is bound to besides
 */
export async function openSite(
  release: SerializedRelease,
  replaceReading: (read: ReadValue) => ReadValue = (read) => read,
  now: () => number = () => SEEN_AT,
  bindings: Omit<Env, "RELEASES"> = {},
): Promise<OpenedSite> {
  const namespace = (env as unknown as Env).RELEASES;
  for (const [key, value] of Object.entries(release.values)) {
    await namespace.put(key, fromBase64(value));
  }
  const manifest = Manifest.open(fromBase64(release.manifest));
  if (!manifest.ok) throw new Error(manifest.failure.detail);
  const read = replaceReading(async (key) => namespace.get(key, { type: "arrayBuffer" }));
  let reads: Reads = { keys: [], rounds: 0 };

  const openIsolate = (): OpenedSite["fetch"] => {
    const app = createApp(manifest.value, now);
    return async (path, init = {}) => {
      const counter = countReads(read);
      const request = new Request(new URL(path, ORIGIN), { redirect: "manual", ...init });
      const response = await app.fetch(request, { ...bindings, RELEASES: counter.namespace });
      reads = counter.reads();
      return response;
    };
  };
  return {
    manifest: manifest.value,
    lastReads: () => reads,
    openIsolate,
    fetch: async (path, init) => openIsolate()(path, init),
  };
}

function countReads(read: ReadValue): {
  readonly namespace: KVNamespace;
  readonly reads: () => Reads;
} {
  const keys: string[] = [];
  let rounds = 0;
  let pending = 0;
  const get = async (key: string): Promise<ArrayBuffer | null> => {
    keys.push(key);
    if (pending === 0) rounds += 1;
    pending += 1;
    try {
      return await read(key);
    } finally {
      pending -= 1;
    }
  };
  return { namespace: { get } as unknown as KVNamespace, reads: () => ({ keys, rounds }) };
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.codePointAt(0) ?? 0);
}
