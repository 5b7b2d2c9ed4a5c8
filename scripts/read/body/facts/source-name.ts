import type { TextBlock } from "../html/text-blocks.ts";

/** A whole line: `（文章来源：厦门日报）`, `来源：新华社`, `Source: Reuters`, but not the source of a picture or of figures. */
const SOURCE_LINE =
  /^[（(【[]?\s*(?:(?:文章|本文|稿件|稿源|信息|新闻|消息|内容|资讯)?\s*(?:来源|來源)|Source)\s*[:：]\s*(.+)$/iu;
/** The rest of such a line: the editor, the date. */
const REST = /\s+(?:作者|编辑|責編|责编|责任编辑|记者|时间|日期|发布|\d{4}[-年]).*$/u;
/** The source at the end of a digest: `……。（示例证券报）`. */
const AFTER_DIGEST = /[。！？”]\s*（([^（）\s]{2,14}(?:报|网|社|刊|台|周刊|日报|新闻|在线))）$/u;
const CLOSING: Readonly<Record<string, string>> = { "（": "）", "(": ")", "【": "】", "[": "]" };
const MAXIMUM_CHARACTERS = 40;
/** How far from the end an unmarked source line may be. */
const LAST_BLOCKS = 4;

/** The newspaper that an article names as its source; null if it names none for certain. */
export function sourceName(blocks: readonly TextBlock[]): string | null {
  const marked = blocks.filter(({ isSource }) => isSource);
  const last = blocks.slice(-LAST_BLOCKS).toReversed();
  for (const { text } of [...marked, ...last]) {
    for (const line of text.split("\n").toReversed()) {
      const name = nameInLine(line.trim());
      if (name !== null) return name;
    }
  }
  return AFTER_DIGEST.exec(blocks.at(-1)?.text ?? "")?.[1] ?? null;
}

function nameInLine(line: string): string | null {
  const written = SOURCE_LINE.exec(line)?.[1]?.replace(REST, "").trim() ?? "";
  const closing = CLOSING[line.charAt(0)];
  const isWrapped = closing !== undefined && written.endsWith(closing);
  const name = (isWrapped ? written.slice(0, -1) : written).trim();
  return name === "" || name.length > MAXIMUM_CHARACTERS || /[。；!?！？]/u.test(name)
    ? null
    : name;
}
