import { sharePath } from "../../src/domain/links.ts";
import { plainPath } from "../../src/domain/plain-path.ts";
import type { SourceArticle } from "../read/article/read-article.ts";
import { slipBetween } from "../terminal/slip-between.ts";

/** Finds what a mistyped line was most likely meant to name, as advice: `did you mean "/s/f5v4k2q9xa" (articles/a.md)?` */
export interface NearestKnown {
  /** For a text that may be a share id. */
  readonly id: (written: string) => string | null;
  /** For a percent-decoded path of an old address. */
  readonly address: (path: string) => string | null;
  /** For the path of a file, or the end of one. */
  readonly file: (path: string) => string | null;
}

/** The first characters of a share id, which stand for the day: a slip in the others hits no other id by chance. */
const DAY_CHARACTERS = 3;

/**
 * Creates a finder among articles. Only such slips count as hardly ever lead to another article that was withdrawn long
 * ago: in addresses no other character for one (`part-a`, `part-b`), and never a digit.
 */
export function createNearestKnown(articles: readonly SourceArticle[]): NearestKnown {
  const day = (id: string): string => id.slice(0, DAY_CHARACTERS);
  const digits = (path: string): string => path.replaceAll(/\D/g, "");
  let byDay: ReadonlyMap<string, readonly SourceArticle[]> | null = null;
  let byDigits: ReadonlyMap<string, readonly Address[]> | null = null;
  return {
    id(written) {
      byDay ??= Map.groupBy(articles, (article) => day(article.id));
      const meant = byDay.get(day(written))?.find(({ id }) => slipBetween(written, id) !== null);
      return meant === undefined ? null : didYouMean(sharePath(meant.id), meant);
    },
    address(path) {
      byDigits ??= Map.groupBy(articles.flatMap(addressesOf), (known) => digits(known.address));
      const near = byDigits.get(digits(path)) ?? [];
      const meant = near.find(
        ({ address }) =>
          isNearAddress(path, address) || isNearAddress(plainPath(path), plainPath(address)),
      );
      return meant === undefined ? null : didYouMean(meant.address, meant.article);
    },
    file(path) {
      const depth = path.split("/").length;
      const endOf = (article: SourceArticle): string =>
        article.path.normalize("NFC").split("/").slice(-depth).join("/");
      const meant = articles.find((article) => slipBetween(path, endOf(article)) !== null);
      return meant === undefined ? null : didYouMean(endOf(meant), meant);
    },
  };
}

interface Address {
  readonly address: string;
  readonly article: SourceArticle;
}

function addressesOf(article: SourceArticle): readonly Address[] {
  return article.redirects.map((address) => ({ address, article }));
}

function isNearAddress(written: string, known: string): boolean {
  if (written.toLowerCase() === known.toLowerCase()) return true;
  const slip = slipBetween(written, known);
  return slip !== null && slip.kind !== "other-character" && !/\d/.test(slip.characters);
}

function didYouMean(meant: string, { path }: SourceArticle): string {
  return `did you mean "${meant}"${path.endsWith(meant) ? "" : ` (${path})`}?`;
}
