import { appendFile, readFile } from "node:fs/promises";
import { unlessMissing } from "../terminal/unless-missing.ts";

/** An article or an old address that was taken away on purpose. */
export interface Removal {
  /** The percent-decoded path that is to answer 410. */
  readonly path: string;
  /** What it was, for people who read `removed.txt`. */
  readonly remark: string;
}

/** The line of `removed.txt` for a removal, which `readRemoved` reads back: `/s/f5v4k2q9xa  # 2022-01-10 送服务送政策`. */
export function removedLine({ path, remark }: Removal): string {
  // Encoded so that it is read back whole: ` #` begins a remark, `?` and `#` end an address's path, and `%` is decoded.
  const word = path.replaceAll(/[\s#?%]/g, encodeURIComponent);
  return `${word}  # ${remark.replaceAll("  ", " ").replaceAll("#", "＃")}`;
}

/** Appends removals to `removed.txt`, which need not be there yet. */
export async function appendRemoved(file: string, removals: readonly Removal[]): Promise<void> {
  const lines = removals.map((removal) => `${removedLine(removal)}\n`);
  const before = await readFile(file).catch(unlessMissing(Buffer.alloc(0)));
  // If the last line has no line break, the first new line would become a part of it.
  const isOpen = before.length > 0 && !/[\r\n]$/.test(before.toString("latin1"));
  await appendFile(file, (isOpen ? "\n" : "") + lines.join(""));
}
