import { readFile } from "node:fs/promises";
import type { Result } from "../../../src/domain/result.ts";
import { failed, ok } from "../../../src/domain/result.ts";
import { errorDetail } from "../../terminal/error-detail.ts";
import { unlessMissing } from "../../terminal/unless-missing.ts";

/** Why a file of the site's own cannot be read, and what to do. */
interface UnreadText {
  readonly what: string;
  readonly advice: string;
}

/**
 * Reads a text file of the site's own, such as `removed.txt`, which need not exist: then it is empty.
 *
 * @param file the path of the file on disk
 */
export async function readOwnText(file: string): Promise<Result<string, UnreadText>> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file).catch(unlessMissing(new Uint8Array()));
  } catch (error) {
    const what = `The file cannot be read: ${errorDetail(error)}`;
    return failed({ what, advice: "make it a file of text, and correct its rights" });
  }
  try {
    return ok(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return failed({ what: "The file is not UTF-8", advice: "save it as UTF-8" });
  }
}
