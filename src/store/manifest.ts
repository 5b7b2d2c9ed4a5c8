import type { ArticleRef } from "../domain/article.ts";
import type { Result } from "../domain/result.ts";
import { mapped } from "../domain/result.ts";
import type { NamedScope, Scope } from "../domain/scope.ts";
import { SITE_SCOPE, parseScopeKey, scopeKey } from "../domain/scope.ts";
import type { ShareId } from "../domain/share-id.ts";
import type { Site } from "../domain/site.ts";
import { plainPath } from "../domain/plain-path.ts";
import { remembered } from "../domain/remembered.ts";
import { readRef } from "./collection-entry.ts";
import type { ContentHash } from "./content-hash.ts";
import type { ManifestHistory } from "./manifest-history.ts";
import { NO_HISTORY, readHistory } from "./manifest-history.ts";
import type { ManifestFailure, ManifestParts } from "./manifest-parts.ts";
import { readManifestParts } from "./manifest-parts.ts";
import type {
  DigestArrivals,
  FormatRecords,
  LateScope,
  MapName,
  OnTime,
  PackRef,
  PageRecord,
  ScopeRecord,
  SearchEngines,
} from "./release-contents.ts";
import type { SearchRecord } from "./search-layout.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();
/** Most sites have fewer categories. */
const MOST_TITLES = 5000;
const LANGUAGE_KEYS = encoder.encode(scopeKey({ kind: "language", name: "" }));

/** The manifest of a release, read in place: opening it parses only the settings. */
export class Manifest {
  readonly release: ContentHash;
  /** Changes with everything except moments and the code that makes feeds. */
  readonly content: ContentHash;
  readonly site: Site;
  readonly articleCount: number;
  readonly cardsSince: number | null;
  readonly pageBasis: ContentHash;
  readonly formats: FormatRecords;
  /** The site's own pages, in the order of their addresses. */
  readonly pages: readonly PageRecord[];
  /** What is known of the index; null where the site cannot be searched. */
  readonly search: SearchRecord | null;
  /** What is to be called when an article becomes due; null where the site has no hook. */
  readonly onTime: OnTime | null;
  readonly searchEngines: SearchEngines;
  readonly #parts: ManifestParts;
  #history: ManifestHistory | null = null;
  /** Records that were read already, by key. */
  readonly #openedScopes = new Map<string, ScopeRecord>();
  #namesByLowerCase: ReadonlyMap<string, string> | null = null;
  #addresses: ReadonlyMap<string, string> | null = null;

  private constructor(parts: ManifestParts) {
    this.release = parts.release;
    this.content = parts.meta.content;
    this.site = parts.meta.site;
    this.articleCount = parts.meta.articleCount;
    this.cardsSince = parts.meta.cardsSince;
    this.pageBasis = parts.meta.pageBasis;
    this.formats = parts.meta.formats;
    this.pages = parts.meta.pages ?? [];
    this.search = parts.meta.search ?? null;
    this.onTime = parts.meta.onTime ?? null;
    this.searchEngines = parts.meta.searchEngines ?? {};
    this.#parts = parts;
  }

  /** Opens a manifest, or says why it cannot be used. */
  static open(bytes: Uint8Array): Result<Manifest, ManifestFailure> {
    return mapped(readManifestParts(bytes), (parts) => new Manifest(parts));
  }

  /** The only pack that can hold `key`; null where no pack can. */
  packOf(map: MapName, key: Uint8Array): ContentHash | null {
    return this.#parts.maps.get(map)?.at(key) ?? null;
  }

  /** The packs that can hold keys which begin with `prefix`, in key order. */
  packsOf(map: MapName, prefix: Uint8Array): readonly ContentHash[] {
    return this.#parts.maps.get(map)?.withPrefix(prefix) ?? [];
  }

  /** All packs of a map, in key order. */
  packs(map: MapName): readonly PackRef[] {
    return this.#parts.maps.get(map)?.all() ?? [];
  }

  /**
   * The record of a scope; null for a category that does not exist, and for a tag or an author that does not exist or is too rare. The record
   * of a category may say that it has no articles: then no map knows it.
   */
  scope(scope: Scope): ScopeRecord | null {
    const key = scopeKey(scope);
    const opened = this.#openedScopes.get(key);
    if (opened !== undefined) return opened;
    const index = this.#parts.scopeKeys.indexOf(encoder.encode(key));
    return index < 0 ? this.#emptiedUnder(key) : this.#scopeAt(index);
  }

  /** The articles of a scope's feeds that came late; null where there are none. */
  late(scope: Scope): LateScope | null {
    return this.#openedHistory().late.get(scopeKey(scope)) ?? null;
  }

  /** All scopes whose feeds show late articles. */
  lateScopes(): readonly LateScope[] {
    return [...this.#openedHistory().late.values()];
  }

  /** Articles by the old addresses that they had in earlier releases, and that nothing in their files says any more. */
  movedAddresses(): ReadonlyMap<string, ShareId> {
    return this.#openedHistory().moved;
  }

  /** The newest articles and the busiest categories, which a page that is not there names in its place. */
  get waysOn(): {
    readonly newest: readonly ArticleRef[];
    readonly categories: readonly { readonly topic: Scope; readonly title: string }[];
  } {
    const { newest = [], busiest = [] } = this.#parts.meta.waysOn ?? {};
    return {
      newest: newest.map(readRef),
      categories: busiest.map((slug) => ({
        topic: { kind: "category", name: slug },
        title: this.categoryTitle(slug),
      })),
    };
  }

  /** What digests know of articles that came when the day of their date was over. */
  get digestArrivals(): DigestArrivals {
    return this.#openedHistory().digestArrivals;
  }

  /** Whether a scope certainly does not exist. Of a tag this cannot always be told, and never of an author. */
  lacks(scope: Scope): boolean {
    const hasAll = scope.kind === "tag" ? this.#parts.meta.hasAllTags : scope.kind !== "author";
    return hasAll && this.scope(scope) === null;
  }

  /** The title of a scope; its name where the manifest has no title, as for rare tags and authors. */
  titleOf(scope: Scope): string {
    return this.scope(scope)?.title ?? (scope.kind === "site" ? this.site.title : scope.name);
  }

  /** The title of a category, by its slug. */
  readonly categoryTitle = remembered(MOST_TITLES, (slug) =>
    this.titleOf({ kind: "category", name: slug }),
  );

  /**
   * The site, every category and language, and as many tags and authors as have room, in the order of their keys; behind them emptied
   * categories.
   */
  scopes(): readonly ScopeRecord[] {
    const emptied = [...this.#openedHistory().emptied.keys()];
    return [
      ...Array.from({ length: this.#parts.scopeKeys.count }, (_, index) => this.#scopeAt(index)),
      ...emptied.flatMap((key) => this.#emptiedUnder(key) ?? []),
    ];
  }

  /** The scopes in whose titles most of some texts stand, those first that have more; none without. */
  scopesLike(texts: readonly string[], most: number): readonly ScopeRecord[] {
    const shared = new Map<number, number>();
    for (const text of texts) {
      for (const index of this.#parts.scopeTitles.indexesWith(encoder.encode(text))) {
        shared.set(index, (shared.get(index) ?? 0) + 1);
      }
    }
    return [...shared]
      .toSorted(([a, inA], [b, inB]) => inB - inA || a - b)
      .slice(0, most)
      .map(([index]) => this.#scopeAt(index));
  }

  /** The languages that have feeds, as BCP 47 tags; empty where the site has only one. */
  languages(): readonly string[] {
    const keys = [...this.#parts.scopeKeys.indexesOf(LANGUAGE_KEYS)];
    return keys.flatMap((index) => {
      const { scope } = this.#scopeAt(index);
      return scope.kind === "language" ? [scope.name] : [];
    });
  }

  /**
   * The address of the site's own page that a path means, in whatever spelling; null where it means none. Of two pages
   * that differ in the spelling only, each has its own.
   *
   * @param path percent-decoded and NFC
   */
  pageAt(path: string): string | null {
    if (this.pages.length === 0) return null;
    this.#addresses ??= addressesByPath(this.pages);
    return this.#addresses.get(path) ?? this.#addresses.get(plainPath(path)) ?? null;
  }

  /**
   * The name of a category or known tag that equals another except for capitals, or that the category has now which had the other
   * name; null where there is none.
   */
  knownName(scope: NamedScope): string | null {
    if (this.scope(scope) !== null) return scope.name;
    const { renamed = {} } = this.#parts.meta;
    const current = Object.hasOwn(renamed, scope.name) ? renamed[scope.name] : undefined;
    if (scope.kind === "category" && current !== undefined) return current;
    const itself = (key: string): readonly [string, string] => [key.toLowerCase(), key];
    this.#namesByLowerCase ??= new Map([
      ...Object.entries(renamed).map(([former, name]): readonly [string, string] => [
        categoryKey(former).toLowerCase(),
        categoryKey(name),
      ]),
      ...Array.from(this.#openedHistory().emptied.keys(), itself),
      ...Array.from({ length: this.#parts.scopeKeys.count }, (_, index) =>
        itself(decoder.decode(this.#parts.scopeKeys.key(index))),
      ),
    ]);
    const found = this.#namesByLowerCase.get(scopeKey(scope).toLowerCase());
    const known = found === undefined ? SITE_SCOPE : parseScopeKey(found);
    return known.kind === "site" ? null : known.name;
  }

  #scopeAt(index: number): ScopeRecord {
    const key = decoder.decode(this.#parts.scopeKeys.key(index));
    const record = this.#openedScopes.get(key) ?? {
      scope: parseScopeKey(key),
      title: decoder.decode(this.#parts.scopeTitles.key(index)),
      newestPage: decoder.decode(this.#parts.scopePages.key(index)),
      ...this.#stateOf(key, index),
    };
    this.#openedScopes.set(key, record);
    return record;
  }

  #stateOf(key: string, index: number): Omit<ScopeRecord, "scope" | "title" | "newestPage"> {
    const dated = this.#parts.scopeStates(index);
    const late = this.#openedHistory().late.get(key);
    if (late === undefined) return { ...dated, digest: dated.datedDigest };
    const { digest, isPrerendered } = late;
    return {
      ...dated,
      digest,
      prerendered: isPrerendered ? this.#parts.prerenderedKey(digest) : null,
    };
  }

  #emptiedUnder(key: string): ScopeRecord | null {
    const emptied = this.#openedHistory().emptied.get(key);
    if (emptied === undefined) return null;
    const { title, digest, changedAt } = emptied;
    const record: ScopeRecord = {
      scope: parseScopeKey(key),
      title,
      count: 0,
      newestPage: "",
      digest,
      datedDigest: digest,
      changedAt,
      prerendered: null,
    };
    this.#openedScopes.set(key, record);
    return record;
  }

  /** What is known from the releases before, which is parsed only when it is asked for. */
  #openedHistory(): ManifestHistory {
    const { historyBytes } = this.#parts;
    this.#history ??= historyBytes === null ? NO_HISTORY : readHistory(historyBytes);
    return this.#history;
  }
}

function categoryKey(slug: string): string {
  return scopeKey({ kind: "category", name: slug });
}

/** The addresses of pages by all paths that lead there, the surest last, since it counts. */
function addressesByPath(pages: readonly PageRecord[]): ReadonlyMap<string, string> {
  const paths = (of: (page: PageRecord) => readonly string[]): (readonly [string, string])[] =>
    pages.flatMap((page) => of(page).map((path) => [path, page.address] as const));
  return new Map([
    ...paths(({ aliases }) => aliases.map(plainPath)),
    ...paths(({ aliases }) => aliases),
    ...paths(({ address }) => [plainPath(address)]).toReversed(),
    ...paths(({ address }) => [address]),
  ]);
}
