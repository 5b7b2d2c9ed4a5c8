import type { Context } from "hono";
import type { ReleaseStore } from "../store/release-store.ts";
import type { ValueCache } from "../store/value-cache.ts";

/** What `wrangler.toml` binds to the Worker. */
export interface Env {
  /** Packs and prerendered feeds of every release, by the hash of their content. */
  readonly RELEASES: KVNamespace;
  /** Set by `npm start`: pages for the editor are served. */
  readonly OFFPRINT_PREVIEWS?: string;
}

/** Hono's types: the bindings, and what is there for every request. */
export interface AppTypes {
  readonly Bindings: Env;
  readonly Variables: {
    /** The release, read for this request. */
    readonly store: ReleaseStore;
    /**
     * Documents that this isolate has made, by path: pages as they are, feeds gzipped. A Worker never sees another release
     * than its own, so that a path keeps its document.
     */
    readonly documents: ValueCache<Uint8Array<ArrayBuffer>>;
  };
}

export type AppContext = Context<AppTypes>;
