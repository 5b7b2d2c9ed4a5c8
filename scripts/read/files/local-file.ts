/** An address in an article that may stand for a file of ours. */
export interface LocalReference {
  /** Whether `path` begins at the root of the site or in the article's folder. */
  readonly base: "site" | "article";
  /** Percent-decoded, with `/`, without one in front; may begin with `../`. */
  readonly path: string;
}

/** A file on disk that an article refers to. */
export interface LocalFile {
  /** Where it is on disk. */
  readonly file: string;
  /** The path at which it is served, percent-encoded. */
  readonly publicPath: string;
  readonly bytes: number;
  /** CSS pixels; null where the file does not tell. */
  readonly width: number | null;
  readonly height: number | null;
}

/** Null where there is no such file. */
export type FindLocalFile = (reference: LocalReference) => LocalFile | null;
