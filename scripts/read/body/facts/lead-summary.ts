import { isByline } from "./byline-authors.ts";
import { cutSummary, isLongEnough } from "./cut-summary.ts";
import type { TextBlock } from "../html/text-blocks.ts";

const SENTENCE_MARK = /[。！？!?؟।…；]|\.(?:\s|$)/u;
/** A line without a sentence mark is prose only from this length on; shorter ones are subheadings. */
const PROSE_CHARACTERS = 50;
/** `图为……`, `图1……`, `▲……`, `张三 摄`, `图片来源：……`, but not 图书馆, which begins a sentence. */
const CAPTION =
  /^(?:[▲△↑↓◆]|[上下左右本]图(?!书)|图(?:为|片|中|[：:/／|｜\s\d])|资料图|图片来源|图源|数据来源)|(?:摄|供图|制图|配图|资料图片?|资料照片)\s*[）)】]?[。.]?$/u;
const LONGEST_CAPTION = 80;
/** Whether a paragraph only says what a picture shows, or who took it. */
export function isCaption(text: string): boolean {
  return text.length <= LONGEST_CAPTION && CAPTION.test(text);
}

/** A paragraph that begins with the same characters as the one before repeats it. */
const REPEATED_CHARACTERS = 15;
/** An address that stands in the text as it is, up to its last character that can end one. */
const ADDRESS =
  /(?:https?:\/\/|www\.)[^\s\u3000-\u303F\uFF00-\uFFEF\p{Script=Han}<>"]*[\w/#&=%~-]/gu;
const EMPTY_BRACKETS = /\(\s*\)|（\s*）|<\s*>|\[\s*\]/g;
/** A byline after more blocks than this belongs to the end of the article. */
const FIRST_BLOCKS = 10;

/**
 * The lead: the first real paragraphs, cut for previews, without captions, bylines, headings, bare addresses, the source
 * line and the source's name in brackets. It begins after an early byline, since newspapers put captions before the byline.
 */
export function leadSummary(written: readonly TextBlock[], source: string | null): string {
  const blocks = written.some(mayHoldAddress) ? written.flatMap(withoutAddresses) : written;
  const start = leadStart(blocks);
  const fromLead = blocks.slice(start);
  const hasProse = fromLead.some(isProse);
  let summary = "";
  for (const block of hasProse ? fromLead : anyText(blocks)) {
    if (summary !== "" && isLongEnough(summary)) break;
    if (hasProse && !isProse(block)) continue;
    summary = join(summary, readable(block.text, source));
  }
  return cutSummary(summary);
}

function mayHoldAddress({ text }: TextBlock): boolean {
  return text.includes("://") || text.includes("www.");
}

/** The block without bare addresses; nothing if it holds nothing else. */
function withoutAddresses(block: TextBlock): readonly TextBlock[] {
  if (!mayHoldAddress(block)) return [block];
  const text = block.text
    .replaceAll(ADDRESS, "")
    .replaceAll(EMPTY_BRACKETS, "")
    .replaceAll(/[^\S\n]+/g, " ")
    .trim();
  return text === "" ? [] : [{ ...block, text }];
}

function leadStart(blocks: readonly TextBlock[]): number {
  const last = blocks.slice(0, FIRST_BLOCKS).findLastIndex(({ text }) => isBylineBlock(text));
  return blocks.slice(last + 1).some(isProse) ? last + 1 : 0;
}

function isProse({ kind, text, isSource, isAfterImage }: TextBlock): boolean {
  if (kind !== "paragraph" || isSource || isBylineBlock(text)) return false;
  if (isCaption(text)) return false;
  const isSentence = SENTENCE_MARK.test(text);
  if (isAfterImage && !isSentence && text.length <= LONGEST_CAPTION) return false;
  return isSentence || text.length >= PROSE_CHARACTERS;
}

function isBylineBlock(text: string): boolean {
  return text.split("\n").every((line) => isByline(line.trim()));
}

/** The blocks to take where none looks like prose: paragraphs, else any text. */
function anyText(blocks: readonly TextBlock[]): readonly TextBlock[] {
  const texts = blocks.filter(({ text, isSource }) => !isSource && !isBylineBlock(text));
  const paragraphs = texts.filter(({ kind }) => kind === "paragraph");
  return paragraphs.length > 0 ? paragraphs : texts;
}

/** The text on one line, without footnote marks and the source's name in brackets at its end. */
function readable(text: string, source: string | null): string {
  const line = text
    .replaceAll(/\[\d+\](?=\s|\p{P}|$)/gu, "")
    .replaceAll(/\s+/g, " ")
    .trim();
  const credit = `（${source ?? ""}）`;
  return line.endsWith(credit) ? line.slice(0, -credit.length) : line;
}

/** Joins two paragraphs, with a blank unless the first is Chinese; a second that repeats the first replaces it. */
function join(before: string, after: string): string {
  if (after.startsWith(before.slice(0, REPEATED_CHARACTERS))) return after;
  return /[\p{Script=Han}。！？”」』）…：；，、]$/u.test(before)
    ? before + after
    : `${before} ${after}`;
}
