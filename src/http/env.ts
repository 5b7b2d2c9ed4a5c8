import type { Context } from "hono";
import type { ReleaseStore } from "../store/release-store.ts";
import type { ValueCache } from "../store/value-cache.ts";

/** What `wrangler.toml` binds to the Worker. */
export interface Env {
  /** Packs and prerendered feeds of every release, under keys that are hashes. */
  readonly RELEASES: KVNamespace;
  /** The files of articles. A file of settings from before there was sound may not bind them, which `npm start` takes as it is. */
  readonly ASSETS?: Fetcher;
  /** Set by `npm start`, so that pages for the editor are served. */
  readonly OFFPRINT_PREVIEWS?: string;
  /** Set by a deploy whose settings keep the site out of search engines, as those of a staging site do. */
  readonly OFFPRINT_NOINDEX?: string;
  /** A secret: GitHub's token, or the address of the hook that publishes. */
  readonly PUBLISH_HOOK?: string;
  /** Where polls of feeds are counted, if the site wants that: the name is `FOLLOWERS_BINDING`. */
  readonly FOLLOWERS?: AnalyticsEngineDataset;
}

/** Whether search engines may show the site. */
export function isIndexed({ OFFPRINT_NOINDEX }: Env): boolean {
  return OFFPRINT_NOINDEX === undefined;
}

/** Hono's types: the bindings, and the variables that are set for every request. */
export interface AppTypes {
  readonly Bindings: Env;
  readonly Variables: {
    /** The release, read for this request. */
    readonly store: ReleaseStore;
    /**
     * Documents that this isolate has made, by path: pages uncompressed, feeds gzipped. They never become outdated,
     * because an isolate serves only one release.
     */
    readonly documents: ValueCache<Uint8Array<ArrayBuffer>>;
    /** The address of the document, where that is not the canonical path. */
    readonly address?: string;
    /** Milliseconds since 1970. */
    readonly now: () => number;
  };
}

export type AppContext = Context<AppTypes>;
