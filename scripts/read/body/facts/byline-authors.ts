import { isListedAuthor } from "../../../../src/domain/listed-authors.ts";
import type { TextBlock } from "../html/text-blocks.ts";

/** Ranks that may stand before or within a role, such as the 首席 of `厦门日报首席记者`. */
const RANKS = "(?:全媒体|融媒体|首席|高级|资深|见习|实习|特约|特派|特約|資深)*";
const ROLES =
  "(?:记者|記者|通讯员|通訊員|实习生|實習生|评论员|評論員|撰稿人|撰稿|作者|기자|특파원)";
const ROLE = new RegExp(
  String.raw`(?:\p{Script=Han}{0,8}?(?:本报|本報|本刊|本网|本台|报|報|网|社|台|刊|客户端))?\s*${RANKS}(?:驻\p{Script=Han}{1,4}${RANKS})?${ROLES}`,
  "gu",
);
const STARTS_WITH_ROLE = new RegExp(`^${ROLE.source}`, "u");
/** The mark before a writer's name: `文/`, `文｜`, `文：`, `撰文/`, `作者：`; of one who took the pictures too, `图文/`, `文、图/`. */
const WRITER_MARK =
  /^[（(【[〔]?\s*(?:文[、&+]?[图圖]|[图圖][、&+]?文|文|撰文|撰稿|撰写|采写|作者|文字|文案|供稿)\s*[/／|｜:：]\s*/u;
/** From this mark to its end, a line names other people: photographers, editors. */
const OTHER_MARK =
  /(?:图片|圖片|图|圖|摄影|攝影|摄|攝|视频|制图|供图|海报|编辑|編輯|责编|责任编辑|校对|审核|统筹|策划|编审|监制|来源)\s*[/／|｜:：].*$|\s+(?:编辑|責編|责编|校对|摄影|攝影)\s.*$|[\s、，/／]+(?:摄影|攝影|视频|图片)(?:记者|記者).*$/u;
/** Who wrote is told from who took the pictures behind the names: `张三 文 李四 图`. */
const WRITTEN_BY_BEFORE = /(?:\s|[/／])(?:文|撰文|文字)\s+\S.*(?:图|圖|摄|攝|摄影|攝影|供图)\s*$/u;
/** Words and brackets that may follow the last name. */
const AFTER_NAMES =
  /\s*(?:文并摄|摄影报道|综合报道|整理报道|文\/图|图\/文|文并图|[/／]\s*\p{Script=Han}{0,6}?(?:报道|報導|報道)|报道|報導|報道|整理|摄影|攝影|摄|攝|(?<=[\s/／])文)?\s*[）)】\]〕]?\s*$/u;
/** The beginning of a lead: `本报讯（记者 张三 通讯员 李四）`, `新华社北京1月10日电（记者张三）`. */
const DATELINE = /^.{0,30}?[讯訊电電][】\]]?\s*[（(]([^（()）]{3,40})[）)]/u;
const REPORTERS = /记者|記者|通讯员|通訊員/;
/** A writer in the last words of an article: `（本报记者 张三）`. */
const LAST_WORDS = /[（(]([^（()）]{3,30})[）)]$/u;
const PHOTOGRAPHER_MARK = /^[（(【[]?\s*(?:图|图片|摄影|摄|供图|制图|视频)\s*[/／|｜:：]/u;

const LONGEST_LINE = 60;
const CHINESE_NAME = /^(?:[\p{Script=Han}]{2,3}|[\p{Script=Han}]+·[\p{Script=Han}·]+)$/u;
const COMPOUND_SURNAME =
  /^(?:欧阳|歐陽|司马|司馬|上官|诸葛|諸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|端木|夏侯|轩辕|宇文|长孙|南宫|独孤|呼延|申屠|西门)[\p{Script=Han}]{1,2}$/u;
/** Dots that stand for the one within a Chinese name, such as `买买提·艾山`. */
const OTHER_DOTS = /(?<=\p{Script=Han})\s*[•・‧∙⋅･．]\s*(?=\p{Script=Han})/gu;
const KOREAN_NAME = /^\p{Script=Hangul}{2,4}$/u;
const LATIN_NAME = /^\p{Lu}[\p{L}.'’-]*$/u;
const CAPITALIZED = String.raw`\p{Lu}[\p{L}.'’-]*`;
const PARTICLE = "(?:al|bin|da|de|del|della|der|di|dos|du|el|la|le|ten|van|von|y)";
/** Two to five words, of which the first and the last have a capital: `Ludwig van Beethoven`. */
const FULL_NAME = `${CAPITALIZED}(?:\\s(?:${PARTICLE}|${CAPITALIZED})){0,3}\\s${CAPITALIZED}`;
const BETWEEN_NAMES = String.raw`(?:,\s*(?:and\s|&\s)?|;\s*|\s(?:and|&)\s)`;
const LATIN_NAMES = new RegExp(`^${FULL_NAME}(?:${BETWEEN_NAMES}${FULL_NAME})*$`, "u");
const NO_NAMES =
  /\b(?:Staff|Writers?|Reporters?|Correspondents?|Editors?|Desk|Press|News|Agency)\b/u;

/** Whether a line only says who wrote an article or took its pictures. */
export function isByline(line: string): boolean {
  if (line.length > LONGEST_LINE || /[。！？；]/u.test(line)) return false;
  if (WRITER_MARK.test(line) || PHOTOGRAPHER_MARK.test(line)) return true;
  return namesAfterBy(line).length > 0 || writersOfRoleLine(line).length > 0;
}

/** The writers that an article names, in order; empty if any name is in doubt. */
export function bylineAuthors(blocks: readonly TextBlock[]): readonly string[] {
  for (const { text, kind } of blocks) {
    if (kind === "other") continue;
    for (const line of text.split("\n")) {
      const authors = writersOfLine(line);
      if (authors.length > 0) return authors;
    }
  }
  const last = blocks.findLast(({ isSource }) => !isSource)?.text ?? "";
  const words = LAST_WORDS.exec(last)?.[1] ?? "";
  return STARTS_WITH_ROLE.test(words) ? names(words) : [];
}

/** The writers in a line that says who wrote; none if any name is in doubt. */
export function writersOfLine(written: string): readonly string[] {
  // Few lines name a reporter anywhere, and finding that takes a quarter of the time.
  const namesReporter = REPORTERS.test(written);
  if (!namesReporter && written.trim().length > LONGEST_LINE) return [];
  // A stroke that is a Han character to Unicode stands for a bar.
  const line = written.replaceAll("丨", "｜").trim();
  const dateline = namesReporter ? (DATELINE.exec(line)?.[1] ?? "") : "";
  if (REPORTERS.test(dateline)) return names(dateline);
  if (line.length > LONGEST_LINE || /[。！？；]/u.test(line)) return [];
  if (WRITER_MARK.test(line)) return names(line.replace(WRITER_MARK, ""));
  const english = namesAfterBy(line);
  return english.length > 0 ? english : writersOfRoleLine(line);
}

function namesAfterBy(line: string): readonly string[] {
  return line.startsWith("By ") ? latinNames(line.slice("By ".length).trim()) : [];
}

/** A name in its one spelling: full-width letters, blanks and the dots within Chinese names are written in many ways. */
export function personName(written: string): string {
  return written
    .normalize("NFC")
    .replaceAll(/[Ａ-Ｚａ-ｚ０-９]/g, (wide) => wide.normalize("NFKC"))
    .replaceAll(/\s+/g, " ")
    .replaceAll(OTHER_DOTS, "·")
    .trim();
}

/** Full names in Latin letters, `Jane Doe, Li Lei and Ludwig van Beethoven`; none if anything else is there. */
export function latinNames(written: string): readonly string[] {
  return LATIN_NAMES.test(written) && !NO_NAMES.test(written)
    ? written.split(new RegExp(BETWEEN_NAMES, "u")).map(personName)
    : [];
}

/** The writers in a whole line such as `记者 张三 李四` or `（本报记者 张三）`. */
function writersOfRoleLine(line: string): readonly string[] {
  const words = line.replace(/^[（(【[〔□■◎●]?\s*/u, "");
  return STARTS_WITH_ROLE.test(words) ? names(words) : [];
}

/** A byline is read for the writers, for the lead and for the look of its line, and the same stands in many articles. */
const known = new Map<string, readonly string[]>();
/** More are not kept, since each holds on to the text that it was cut from. */
const MOST_KNOWN = 100;

/** The names in the rest of a byline; none at all if any of its words may not be a name. */
export function names(written: string): readonly string[] {
  const before = known.get(written);
  if (before !== undefined) return before;
  const found = readNames(written);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(written, found);
  return found;
}

function readNames(written: string): readonly string[] {
  const text = written
    .replaceAll(OTHER_DOTS, "·")
    .replace(/^(?:图|图片|摄影)\s*[/／|｜:：]?\s*/u, "")
    .replace(OTHER_MARK, "")
    .replace(WRITTEN_BY_BEFORE, "")
    .replace(AFTER_NAMES, "")
    .replaceAll(ROLE, "、");
  const words = text.split(/[、，,/／;；&|｜:：\s]+/u).filter((word) => word !== "");
  const found = [...new Set(joinSingleCharacters(words))];
  const latin = found.every((word) => LATIN_NAME.test(word));
  if (latin) return found.length < 2 || found.length > 3 ? [] : [personName(found.join(" "))];
  return found.every(isName) ? found.map(personName) : [];
}

function isName(word: string): boolean {
  if (!isListedAuthor(word, {})) return false;
  return CHINESE_NAME.test(word) || COMPOUND_SURNAME.test(word) || KOREAN_NAME.test(word);
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
