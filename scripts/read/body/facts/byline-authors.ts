import type { TextBlock } from "../html/text-blocks.ts";

/** Ranks that may stand before or within a role, such as the 首席 of `厦门日报首席记者`. */
const RANKS = "(?:全媒体|融媒体|首席|高级|资深|见习|实习|特约|特派)*";
const ROLE = new RegExp(
  String.raw`(?:\p{Script=Han}{0,8}?(?:本报|本刊|本网|本台|报|网|社|台|刊|客户端))?\s*${RANKS}(?:驻\p{Script=Han}{1,4}${RANKS})?(?:记者|通讯员|实习生|评论员|撰稿人|撰稿|作者)`,
  "gu",
);
const STARTS_WITH_ROLE = new RegExp(`^${ROLE.source}`, "u");
/** The mark before a writer's name: `文/`, `文｜`, `文：`, `撰文/`, `作者：`. */
const WRITER_MARK = /^[（(【[]?\s*(?:文|撰文|撰稿|作者|文字)\s*[/／|｜:：]\s*/u;
/** From this mark to its end, a line names other people: photographers, editors. */
const OTHER_MARK =
  /(?:图片|图|摄影|摄|视频|制图|供图|海报|编辑|责编|责任编辑|校对|审核|统筹|策划|编审|监制|来源)\s*[/／|｜:：].*$|\s+(?:编辑|责编|校对|摄影)\s.*$/u;
/** Words and brackets that may follow the last name. */
const AFTER_NAMES =
  /\s*(?:文并摄|摄影报道|综合报道|整理报道|文\/图|报道|整理|摄影|摄|文)?\s*[）)】\]]?\s*$/u;
/** The beginning of a lead: `本报讯（记者 张三 通讯员 李四）`, `新华社北京1月10日电（记者张三）`. */
const DATELINE = /^.{0,30}?[讯电]\s*[（(]([^（()）]{3,40})[）)]/u;
/** A writer in the last words of an article: `（本报记者 张三）`. */
const LAST_WORDS = /[（(]([^（()）]{3,30})[）)]$/u;
const ENGLISH =
  /^By\s+(\p{Lu}[\p{L}.'’-]*(?:\s\p{Lu}[\p{L}.'’-]*){1,3}(?:(?:,\s|\sand\s)\p{Lu}[\p{L}.'’-]*(?:\s\p{Lu}[\p{L}.'’-]*){1,3})*)$/u;
const PHOTOGRAPHER_MARK = /^[（(【[]?\s*(?:图|图片|摄影|摄|供图|制图|视频)\s*[/／|｜:：]/u;

const LONGEST_LINE = 60;
const CHINESE_NAME = /^(?:[\p{Script=Han}]{2,3}|[\p{Script=Han}]+·[\p{Script=Han}·]+)$/u;
const COMPOUND_SURNAME =
  /^(?:欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|端木|夏侯|轩辕|宇文|长孙|南宫|独孤|呼延|申屠|西门)[\p{Script=Han}]{1,2}$/u;
const LATIN_NAME = /^\p{Lu}[\p{L}.'’-]*$/u;

/** Whether a line only says who wrote an article or took its pictures. */
export function isByline(line: string): boolean {
  if (line.length > LONGEST_LINE || /[。！？；]/u.test(line)) return false;
  if (WRITER_MARK.test(line) || PHOTOGRAPHER_MARK.test(line) || ENGLISH.test(line)) return true;
  return writersOfRoleLine(line).length > 0;
}

/** The writers that an article names, in order; empty if any name is in doubt. */
export function bylineAuthors(blocks: readonly TextBlock[]): readonly string[] {
  for (const { text, kind } of blocks) {
    if (kind === "other") continue;
    for (const line of text.split("\n")) {
      const authors = writersOfLine(line.trim());
      if (authors.length > 0) return authors;
    }
  }
  const last = blocks.findLast(({ isSource }) => !isSource)?.text ?? "";
  const words = LAST_WORDS.exec(last)?.[1] ?? "";
  return STARTS_WITH_ROLE.test(words) ? names(words) : [];
}

function writersOfLine(line: string): readonly string[] {
  const dateline = DATELINE.exec(line)?.[1] ?? "";
  if (/记者|通讯员/u.test(dateline)) return names(dateline);
  if (line.length > LONGEST_LINE || /[。！？；]/u.test(line)) return [];
  if (WRITER_MARK.test(line)) return names(line.replace(WRITER_MARK, ""));
  const english = ENGLISH.exec(line)?.[1];
  if (english !== undefined) return english.split(/,\s|\sand\s/);
  return writersOfRoleLine(line);
}

/** The writers in a whole line such as `记者 张三 李四` or `（本报记者 张三）`. */
function writersOfRoleLine(line: string): readonly string[] {
  const words = line.replace(/^[（(【[□■◎●]?\s*/u, "");
  return STARTS_WITH_ROLE.test(words) ? names(words) : [];
}

/** The names in the rest of a byline; none at all if any of its words may not be a name. */
function names(written: string): readonly string[] {
  const text = written
    .replace(/^(?:图|图片|摄影)\s*[/／|｜:：]?\s*/u, "")
    .replace(OTHER_MARK, "")
    .replace(AFTER_NAMES, "")
    .replaceAll(ROLE, "、");
  const words = text.split(/[、，,/／;；&|｜:：\s]+/u).filter((word) => word !== "");
  const found = joinSingleCharacters(words);
  const latin = found.every((word) => LATIN_NAME.test(word));
  if (latin) return found.length < 2 || found.length > 3 ? [] : [found.join(" ")];
  return found.every((word) => CHINESE_NAME.test(word) || COMPOUND_SURNAME.test(word)) ? found : [];
}

/** Joins names of two characters, which newspapers write with a blank between them: `张 三`. */
function joinSingleCharacters(words: readonly string[]): readonly string[] {
  const joined: string[] = [];
  let isOpen = false;
  for (const word of words) {
    const isSingle = word.length === 1;
    if (isSingle && isOpen) joined.push((joined.pop() ?? "") + word);
    else joined.push(word);
    isOpen = isSingle && !isOpen;
  }
  return joined;
}
