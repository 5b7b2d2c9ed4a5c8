import { decodeHTML } from "entities";
import type { Table } from "../config/config-file.ts";
import { isOn, tableOf, textOf, textsOf } from "./jekyll-config.ts";
import type { Setting } from "./setting.ts";

/** kramdown's names for straight quotation marks, in the order of its option. */
const STRAIGHT_QUOTES = "apos,apos,quot,quot";

/** kramdown's options that are settings here too; none where they say what is so anyway. */
export function carryMarkdown(config: Table): readonly Setting[] {
  const kramdown = tableOf(config["kramdown"]);
  const number = Number(kramdown["footnote_nr"] ?? 1);
  const backlink = textOf(kramdown["footnote_backlink"]);
  const quotes = textsOf(kramdown["smart_quotes"]).join(",").replaceAll(" ", "");
  const value = {
    ...(quotes === STRAIGHT_QUOTES ? { typographic: false } : {}),
    ...(isOn(kramdown["parse_block_html"]) ? { parse_block_html: true } : {}),
    ...(isOff(kramdown["auto_ids"]) ? { auto_ids: false } : {}),
    ...(Number.isInteger(number) && number >= 0 && number !== 1 ? { footnote_nr: number } : {}),
    ...(backlink === null ? {} : { footnote_backlink: decodeHTML(backlink) }),
  };
  return Object.keys(value).length === 0 ? [] : [{ key: "markdown", value }];
}

function isOff(value: unknown): boolean {
  return value === false || value === "false";
}
