import type { ArticleHeader } from "../../../src/domain/article.ts";
import type { Moment } from "../../../src/domain/moment.ts";
import type { ShareId } from "../../../src/domain/share-id.ts";
import type { ContentHash } from "../../../src/store/content-hash.ts";
import type { DeflatedBody, PackEntry } from "../../../src/store/pack.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { ReadResult, SourceFacts } from "../article/read-article.ts";
import type { BundledArticle } from "../article/store-article.ts";
import type { FileStamp, FileStatus } from "../files/file-stamp.ts";
import type { Lookup } from "./lookups.ts";
import type { FileOutcome } from "./file-outcome.ts";
import type { OutcomeRows } from "./outcome-rows.ts";
import { TRAIT } from "./outcome-rows.ts";

const NONE: readonly never[] = [];
const NO_HOSTS: SourceFacts["mediaHosts"] = { secure: NONE, insecure: NONE, upgraded: NONE };

/**
 * The outcome of a row. It holds nothing but its number: what is asked is read from the row, and seldom from what lies elsewhere.
 * So it must not be spread: its properties are getters.
 */
export class FlatOutcome implements FileOutcome {
  private readonly rows: OutcomeRows;
  readonly row: number;
  private known: ReadResult<BundledArticle> | null = null;

  constructor(rows: OutcomeRows, row: number) {
    this.rows = rows;
    this.row = row;
  }

  get path(): string {
    return this.rows.path(this.row);
  }

  get pathInSource(): string {
    return this.rows.pathInSource(this.row);
  }

  get stamp(): FileStamp {
    return new FlatStamp(this.rows, this.row);
  }

  get lookups(): readonly Lookup[] {
    return this.rows.has(this.row, TRAIT.lookups) ? this.rows.details(this.row).lookups : NONE;
  }

  get diagnostics(): readonly Diagnostic[] {
    const { rows, row } = this;
    return rows.has(row, TRAIT.diagnostics) ? rows.details(row).diagnostics : NONE;
  }

  get result(): ReadResult<BundledArticle> {
    return (this.known ??= this.rows.has(this.row, TRAIT.article)
      ? { kind: "article", article: new FlatArticle(this.rows, this.row) }
      : { kind: "skipped", why: this.rows.details(this.row).why ?? { reason: "error" } });
  }
}

class FlatStamp implements FileStamp {
  private readonly rows: OutcomeRows;
  private readonly row: number;

  constructor(rows: OutcomeRows, row: number) {
    this.rows = rows;
    this.row = row;
  }

  get blob(): string {
    return this.rows.blob(this.row);
  }

  get status(): FileStatus | null {
    return this.rows.status(this.row);
  }
}

class FlatArticle implements BundledArticle {
  private readonly rows: OutcomeRows;
  private readonly row: number;
  readonly entry: PackEntry;

  constructor(rows: OutcomeRows, row: number) {
    this.rows = rows;
    this.row = row;
    this.entry = new FlatEntry(rows, row);
  }

  get id(): ShareId {
    return this.rows.id(this.row);
  }

  get published(): Moment {
    return this.rows.published(this.row);
  }

  get updated(): Moment | null {
    return this.rows.updated(this.row);
  }

  get categories(): readonly string[] {
    return this.rows.categories(this.row);
  }

  get tags(): readonly string[] {
    return this.rows.tags(this.row);
  }

  get language(): string | null {
    return this.rows.language(this.row);
  }

  get entryId(): string | null {
    return this.rows.has(this.row, TRAIT.entryId) ? this.head.entryId : null;
  }

  get recordings(): ArticleHeader["recordings"] {
    return this.rows.has(this.row, TRAIT.recordings) ? this.head.recordings : undefined;
  }

  get title(): string {
    return this.head.title;
  }

  get titleBreaks(): readonly number[] {
    return this.head.titleBreaks;
  }

  get authors(): readonly string[] {
    return this.rows.authors(this.row);
  }

  get source(): string | null {
    return this.head.source;
  }

  get sourceUrl(): string | null {
    return this.head.sourceUrl;
  }

  get summary(): string {
    return this.head.summary;
  }

  get image(): ArticleHeader["image"] {
    return this.head.image;
  }

  get characterCount(): number {
    return this.head.characterCount;
  }

  get isPlain(): boolean {
    return this.head.isPlain;
  }

  get path(): string {
    return this.rows.path(this.row);
  }

  get titleLine(): number {
    return this.facts?.titleLine ?? 1;
  }

  get identity(): SourceFacts["identity"] {
    return this.facts?.identity ?? { name: "", day: null };
  }

  get redirects(): readonly string[] {
    return this.factsWith(TRAIT.redirects)?.redirects ?? NONE;
  }

  get guessedRedirects(): readonly string[] {
    return this.factsWith(TRAIT.guessedRedirects)?.guessedRedirects ?? NONE;
  }

  get localFiles(): SourceFacts["localFiles"] {
    return this.factsWith(TRAIT.localFiles)?.localFiles ?? NONE;
  }

  get mediaHosts(): SourceFacts["mediaHosts"] {
    return this.factsWith(TRAIT.mediaHosts)?.mediaHosts ?? NO_HOSTS;
  }

  get links(): SourceFacts["links"] {
    return this.factsWith(TRAIT.links)?.links ?? NONE;
  }

  private get head(): ArticleHeader {
    return this.rows.head(this.row);
  }

  private get facts(): Omit<SourceFacts, "path"> | null {
    return this.rows.details(this.row).facts;
  }

  private factsWith(trait: number): Omit<SourceFacts, "path"> | null {
    return this.rows.has(this.row, trait) ? this.facts : null;
  }
}

class FlatEntry implements PackEntry {
  private readonly rows: OutcomeRows;
  private readonly row: number;

  constructor(rows: OutcomeRows, row: number) {
    this.rows = rows;
    this.row = row;
  }

  get key(): Uint8Array {
    return this.rows.key(this.row);
  }

  get head(): Uint8Array {
    return this.rows.headBytes(this.row);
  }

  get hash(): ContentHash {
    return this.rows.hash(this.row);
  }

  get size(): number {
    return this.rows.size(this.row);
  }

  get rank(): number {
    return this.rows.rank(this.row);
  }

  get bodyLength(): number {
    return this.rows.bodyLength(this.row);
  }

  /** A getter, since functions are taken out of entries. */
  get deflate(): () => DeflatedBody {
    return () => this.rows.body(this.row);
  }
}
