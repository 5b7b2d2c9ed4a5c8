import { parseLegacyCode } from "../../../../src/domain/legacy-code.ts";

/** `[返回厦门日报新闻](//host/category/shamenribao.html)`; addresses may hold blanks and one pair of brackets. */
const BACK_LINK = String.raw`\[返回[^\]\n]*\]\((?:[^()\n]|\([^()\n]*\))*\)`;
/** Every generation of the tail leads here. */
const HOME_LABEL = "[返回首页]";
/** Lines that hold nothing but such links, as the last thing in the file. */
const BACK_LINKS = new RegExp(String.raw`(?:^|\n)[ \t]*${BACK_LINK}(?:[\s｜|]*${BACK_LINK})*\s*$`);
/** The autolink before them on a line of its own; the generator writes `<>` where it knew no address. */
const LAST_AUTOLINK = /(?:^|\n)[ \t]*<(https?:\/\/[^\s<>]+)?>\s*$/iu;
/** `NewsShare.html?infoCode=NW…`, `/11060,202112080000000001.html`, `/a/202205260000000005.html`. */
const CODE_IN_ADDRESS = /(?:[?&]infoCode=|[/,])((?:NW)?\d{18})(?=$|[&#]|\.html)/iu;

/** A body and what the generator of the family put under it. */
export interface SplitBody {
  readonly body: string;
  readonly legacyCode: string | null;
}

/**
 * Takes the share link and the links back to the lists off the end of a body. Only the end counts, and only lines that
 * hold nothing else: links in prose stay, and so does a last autolink that leads somewhere else.
 */
export function splitNavigationTail(source: string): SplitBody {
  const found = source.includes(HOME_LABEL) ? BACK_LINKS.exec(source) : null;
  const links = found?.[0].includes(HOME_LABEL) === true ? found.index : undefined;
  const body = links === undefined ? source : source.slice(0, links);
  const autolink = LAST_AUTOLINK.exec(body);
  if (autolink === null) return { body, legacyCode: null };
  const [, address] = autolink;
  const code = CODE_IN_ADDRESS.exec(address ?? "")?.[1];
  const isTail = address === undefined ? links !== undefined : code !== undefined;
  return {
    body: isTail ? body.slice(0, autolink.index) : body,
    legacyCode: code === undefined ? null : parseLegacyCode(code),
  };
}
