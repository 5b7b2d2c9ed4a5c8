import {
  addBlock,
  interruptsAsTable,
  isAfterBoundary,
  isBeforeBoundary,
  lineEnd,
} from "./block-reader.ts";
import type { BlockReader } from "./block-reader.ts";
import { createNode, elementNode } from "./markdown-node.ts";
import type { MarkdownNode } from "./markdown-node.ts";

/** A line between head and body, if it holds a `-`; one before the foot, if it holds a `=`. */
const HEAD_RULE = /^[+|: \t-]+$/;
const FOOT_RULE = /^[+|: \t=]+$/;
/** A `|` that no backslash escapes. */
const PIPE = /(?<!\\)\|/;
const CODE = /(?<!`)(`+)(?!`)([^]*?[^`])\1(?!`)|<code(?:\s[^>]{0,200})?>[^]{0,1000}?<\/code>/g;
const ALIGNMENT = /(:?)-+(:?)/g;
const LIST_CELL = /^\{:([^}]*)\}$/;
const HAN = /\p{scx=Han}/u;
/** Of one text: rows that are too short are filled up, so that a cell may cost a character or none. */
const MOST_CELLS = 20_000;

interface Section {
  readonly name: "thead" | "tbody" | "tfoot";
  readonly rows: string[][];
}

/** Reads a table: lines that each hold a `|` outside of code; whether there was one. */
export function readTable(reader: BlockReader): boolean {
  const { text, position } = reader;
  const first = lineAt(text, position);
  if (!PIPE.test(first) || /^ {4}|^ {0,3}\t/.test(first)) return false;
  const hasHead = interruptsAsTable(text, position);
  if (!isAfterBoundary(reader) && !hasHead) return false;
  if (reader.tableRoom < 0) return false;
  const lines: string[] = [];
  let end = position;
  while (end < text.length) {
    const line = lineAt(text, end);
    if (!isRow(line)) break;
    lines.push(line.trimEnd());
    end = lineEnd(text, end);
  }
  // Unless it is a table.
  reader.tableRoom -= end - position;
  if (!isBeforeBoundary(reader, end) && !hasHead) return false;
  if (!hasPipeOutsideCode(lines) || isByline(lines)) return false;
  const { sections, alignments } = readRows(lines);
  if (!sections.some(({ name }) => name === "tbody")) return false;
  reader.tableRoom += end - position;
  reader.position = end;
  const list = takeList(sections);
  const table = tableOf(sections, alignments);
  if (list !== null) table.lists.push(list);
  addBlock(reader, table);
  return true;
}

function lineAt(text: string, index: number): string {
  return text.slice(index, lineEnd(text, index) - 1);
}

function isRow(line: string): boolean {
  return PIPE.test(line);
}

/** Whether a table is one line of Chinese such as `文 | 张三`, which newspapers write without meaning a table. */
function isByline(lines: readonly string[]): boolean {
  const [line = ""] = lines;
  return lines.length === 1 && HAN.test(line) && !line.trimStart().startsWith("|");
}

/** Whether each line holds a `|` outside of code, even code that goes on over lines. */
function hasPipeOutsideCode(lines: readonly string[]): boolean {
  const outside = lines.join("\n").replaceAll(CODE, (code) => code.replaceAll(/[^\n]/g, " "));
  return outside.split("\n").every((line) => PIPE.test(line));
}

function readRows(lines: readonly string[]): {
  readonly sections: readonly Section[];
  readonly alignments: readonly string[];
} {
  const sections: Section[] = [];
  let rows: string[][] = [];
  let alignments: readonly string[] = [];
  let hasFoot = false;
  const hasPipeFirst = (lines[0] ?? "").trimStart().startsWith("|");
  const endSection = (name: Section["name"]): void => {
    if (rows.length > 0) sections.push({ name, rows });
    rows = [];
  };
  for (const [index, line] of lines.entries()) {
    if (HEAD_RULE.test(line) && line.includes("-")) {
      if (index === 0 || rows.length === 0) continue;
      if (alignments.length === 0 && !hasFoot) {
        endSection("thead");
        alignments = Array.from(line.matchAll(ALIGNMENT), ([, left, right]) =>
          alignmentOf(left, right),
        );
      } else if (!hasFoot) {
        endSection("tbody");
      }
    } else if (FOOT_RULE.test(line) && line.includes("=")) {
      endSection("tbody");
      hasFoot = true;
    } else {
      rows.push(cellsOf(line, hasPipeFirst));
    }
  }
  endSection(hasFoot ? "tfoot" : "tbody");
  return { sections, alignments };
}

/** Takes away a last row with nothing but an attribute list, which formatters make of one under a table. */
function takeList(sections: readonly Section[]): string | null {
  const rows = sections.at(-1)?.rows ?? [];
  const cells = rows.at(-1)?.filter((cell) => cell !== "") ?? [];
  const list = cells.length === 1 ? LIST_CELL.exec(cells[0] ?? "")?.[1] : undefined;
  if (list === undefined || rows.length < 2) return null;
  rows.pop();
  return list;
}

function alignmentOf(left = "", right = ""): string {
  if (left === "") return right === "" ? "" : "right";
  return right === "" ? "left" : "center";
}

/** Splits a row at each `|` that is neither escaped nor in code. */
function cellsOf(line: string, hasPipeFirst: boolean): string[] {
  const cells = [""];
  const add = (text: string): void => {
    const [first = "", ...others] = text.split(PIPE).map((part) => part.replaceAll("\\|", "|"));
    cells[cells.length - 1] += first;
    cells.push(...others);
  };
  let copied = 0;
  for (const { 0: code, index } of line.matchAll(CODE)) {
    add(line.slice(copied, index));
    cells[cells.length - 1] += code;
    copied = index + code.length;
  }
  add(line.slice(copied));
  if (hasPipeFirst && cells[0]?.trim() === "") cells.shift();
  if (cells.at(-1)?.trim() === "") cells.pop();
  return cells.map((cell) => cell.trim());
}

function tableOf(sections: readonly Section[], alignments: readonly string[]): MarkdownNode {
  const rowCount = sections.reduce((sum, { rows }) => sum + rows.length, 0);
  const widest = sections
    .flatMap(({ rows }) => rows)
    .reduce((most, cells) => Math.max(most, cells.length), 0);
  const columns = widest * rowCount > MOST_CELLS ? 0 : widest;
  return elementNode(
    "table",
    sections.map(({ name, rows }) =>
      elementNode(
        name,
        rows.map((cells) => {
          const filled = [
            ...cells,
            ...Array.from({ length: Math.max(columns - cells.length, 0) }, () => ""),
          ];
          const cell = name === "thead" ? "th" : "td";
          return elementNode(
            "tr",
            filled.map((text, column) => cellOf(cell, text, alignments[column])),
          );
        }),
      ),
    ),
  );
}

function cellOf(name: string, text: string, alignment = ""): MarkdownNode {
  const cell = elementNode(name, [createNode("source", "", text)]);
  if (alignment !== "") cell.attributes["style"] = `text-align: ${alignment}`;
  return cell;
}
