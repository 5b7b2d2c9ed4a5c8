import { readPart } from "./read-part.ts";

/** A page may begin with blank lines. */
const BEGINNING_BYTES = 1024;

/**
 * What lies in the place of a recording, and what to do: nothing, or the page of a server that had no such file. Null where it
 * may be one, and where it cannot be read, which is said when it is copied.
 */
export function standsForRecording(file: string): readonly [what: string, advice: string] | null {
  const text = readBeginning(file)?.toString("latin1").trimStart() ?? null;
  if (text === "") return ["empty", "put the whole file there again"];
  return text?.startsWith("<") === true
    ? ["a page in HTML", "put the recording itself there"]
    : null;
}

function readBeginning(file: string): Buffer | null {
  try {
    return readPart(file, 0, BEGINNING_BYTES);
  } catch {
    return null;
  }
}
