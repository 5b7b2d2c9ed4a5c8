import { parseLegacyCode } from "../../../../src/domain/legacy-code.ts";

/** `[返回厦门日报新闻](//host/category/shamenribao.html)`; the address may hold blanks and pairs of brackets. */
const BACK_LINK = String.raw`\[返回[^\]\n]*\]\((?:[^()\n]|\([^()\n]*\))*\)`;
/** The label of the link that every generation of the tail has. */
const HOME_LABEL = "[返回首页]";
/** A line that holds only such links and the separators between them. */
const BACK_LINKS = new RegExp(String.raw`^[\s｜|]*(?:${BACK_LINK}[\s｜|]*)*$`);
const BEGINS_WITH_LINK = /^[ \t]*\[/;
/** The share link on its own line before them; the generator wrote `<>` where it knew no address. */
const LAST_AUTOLINK = /(?:^|\n)[ \t]*<(https?:\/\/[^\s<>]+)?>\s*$/iu;
/** The code in `NewsShare.html?infoCode=NW…`, `/11060,202112080000000001.html` or `/a/202205260000000005.html`. */
const CODE_IN_ADDRESS = /(?:[?&]infoCode=|[/,])((?:NW)?\d{18})(?=$|[&#]|\.html)/iu;

/** A body without its navigation tail, and what the tail's share link says. */
export interface SplitBody {
  readonly body: string;
  readonly legacyCode: string | null;
  /** The original's address as written, which the share link was before the site had pages of its own; null if there is none. */
  readonly sourceAddress: string | null;
}

/** The page that showed an article by its code, on the site itself: a link there names no source. */
const OWN_PAGE = /[?&]infoCode=/iu;

/**
 * Removes the share link and the links back to the lists from the end of a body. Only lines that hold nothing else are
 * removed: links in prose stay, and so does a last autolink that leads somewhere else.
 */
export function splitNavigationTail(source: string): SplitBody {
  const links = backLinksStart(source);
  const body = links === undefined ? source : source.slice(0, links);
  const autolink = LAST_AUTOLINK.exec(body);
  if (autolink === null) return { body, legacyCode: null, sourceAddress: null };
  const [, address] = autolink;
  const code = CODE_IN_ADDRESS.exec(address ?? "")?.[1];
  const isTail = address === undefined ? links !== undefined : code !== undefined;
  return {
    body: isTail ? body.slice(0, autolink.index) : body,
    legacyCode: code === undefined ? null : parseLegacyCode(code),
    sourceAddress: isTail && address !== undefined && !OWN_PAGE.test(address) ? address : null,
  };
}

/** The index of the line end before the lines of links at the end; undefined if none of them leads home. */
function backLinksStart(source: string): number | undefined {
  const text = source.trimEnd();
  if (!text.endsWith(")") || !text.includes(HOME_LABEL)) return undefined;
  let start: number | undefined;
  for (let end = text.length; end > 0;) {
    const lineEnd = text.lastIndexOf("\n", end - 1);
    const line = text.slice(lineEnd + 1, end);
    if (!BACK_LINKS.test(line)) break;
    end = Math.max(lineEnd, 0);
    if (BEGINS_WITH_LINK.test(line)) start = end;
  }
  return start !== undefined && text.includes(HOME_LABEL, start) ? start : undefined;
}
