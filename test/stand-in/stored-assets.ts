import { randomUUID } from "node:crypto";
import { MOST_ASSETS, MOST_ASSET_BYTES } from "./limits.ts";
import { Refusal } from "./refusal.ts";

/** The files that are to be served, by path. */
export type AssetManifest = Readonly<
  Record<string, { readonly hash: string; readonly size: number }>
>;

interface Session {
  readonly script: string;
  readonly manifest: AssetManifest;
  /** The hashes that were asked for and have not come yet. */
  readonly missing: Set<string>;
}

/** Files of one bucket, which is what one request sends. */
const BUCKET_SIZE = 50;
const TOKEN_MILLISECONDS = 3_600_000;

/** The static files of Workers, and the sessions in which they are uploaded. */
export class StoredAssets {
  /** By Worker and hash. */
  readonly files = new Map<string, Buffer>();
  readonly #sessions = new Map<string, Session>();
  /** Tokens for a version that is made of a whole set of files, and until when they are good. */
  readonly #completions = new Map<
    string,
    Pick<Session, "script" | "manifest"> & { readonly until: number }
  >();

  /** Begins a session: says which files are missing, or that all are there. */
  begin(
    script: string,
    manifest: AssetManifest,
    now: number,
  ): { readonly jwt: string; readonly buckets: readonly (readonly string[])[] } {
    const entries = Object.entries(manifest);
    if (entries.length > MOST_ASSETS) throw new Refusal(400, 100_306, "too many files");
    for (const [path, { hash, size }] of entries) {
      if (!path.startsWith("/")) throw new Refusal(400, 100_300, `bad path "${path}"`);
      if (!/^[0-9a-f]{32}$/.test(hash)) throw new Refusal(400, 100_301, `bad hash "${hash}"`);
      if (size > MOST_ASSET_BYTES) throw new Refusal(413, 100_302, `"${path}" is too large`);
    }
    const hashes = [...new Set(entries.map(([, { hash }]) => hash))];
    const missing = hashes.filter((hash) => !this.files.has(`${script}/${hash}`));
    if (missing.length === 0) {
      return { jwt: this.#complete({ script, manifest }, now), buckets: [] };
    }
    const jwt = `upload-${randomUUID()}`;
    this.#sessions.set(jwt, { script, manifest, missing: new Set(missing) });
    const buckets = Array.from({ length: Math.ceil(missing.length / BUCKET_SIZE) }, (_, index) =>
      missing.slice(index * BUCKET_SIZE, (index + 1) * BUCKET_SIZE),
    );
    return { jwt, buckets };
  }

  /** Takes files of a session, in base64 by their hashes; gives the token for a version once all are there. */
  upload(jwt: string, parts: ReadonlyMap<string, string>, now: number): string | null {
    const session = this.#sessions.get(jwt);
    if (session === undefined) throw new Refusal(401, 100_310, "no such upload session");
    for (const [hash, base64] of parts) {
      if (!session.missing.delete(hash) && !this.files.has(`${session.script}/${hash}`)) {
        throw new Refusal(400, 100_311, `nobody asked for "${hash}"`);
      }
      this.files.set(`${session.script}/${hash}`, Buffer.from(base64, "base64"));
    }
    return session.missing.size === 0 ? this.#complete(session, now) : null;
  }

  /** The files of a version, by path. Refuses one whose files are not all there. */
  redeem(script: string, jwt: string, now: number): ReadonlyMap<string, Buffer> {
    const completion = this.#completions.get(jwt);
    if (completion?.script !== script || completion.until < now) {
      throw new Refusal(
        400,
        100_312,
        "the token of the assets is not one that completes an upload",
      );
    }
    const { manifest } = completion;
    return new Map(
      Object.entries(manifest).map(([path, { hash }]) => [
        path,
        this.files.get(`${script}/${hash}`) ?? Buffer.alloc(0),
      ]),
    );
  }

  #complete({ script, manifest }: Pick<Session, "script" | "manifest">, now: number): string {
    const jwt = `completion-${randomUUID()}`;
    this.#completions.set(jwt, { script, manifest, until: now + TOKEN_MILLISECONDS });
    return jwt;
  }
}
