import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { errorAt } from "../../diagnostics/diagnostic.ts";
import type { FoundFile } from "../files/find-articles.ts";
import { errorDetail } from "../../terminal/error-detail.ts";
import type { FileOutcome } from "./file-outcome.ts";

/** The path inside the folder of `wrangler.toml`. */
const FAULTS_FOLDER = "build/faults";
/** In UTF-16 units, since names and messages may be as long as an article. */
const LONGEST_NAME = 60;
const LONGEST_MESSAGE = 200;
const BYTES_PER_MEGABYTE = 1_000_000;

/** The outcome of a file whose reading threw. The stack of a fault in Offprint is written to the folder of faults. */
export function outcomeOfFault(error: unknown, found: FoundFile, root: string): FileOutcome {
  const { path } = found;
  if (error instanceof Error && "syscall" in error) {
    const what = `The file cannot be read: ${error.message}`;
    return unreadFile(found, "file-unreadable", what, "correct its rights, or the link");
  }
  const name = path.replaceAll(/[^\p{L}\p{N}._-]+/gu, "-").slice(-LONGEST_NAME);
  const file = `${FAULTS_FOLDER}/${name}.txt`;
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const message = String(error).slice(0, LONGEST_MESSAGE);
  const place = keepStack(join(root, file), `${path}\n${stack}\n`) ?? `the stack is in ${file}`;
  const what = `The article could not be read because of a fault in Offprint (${message}); ${place}, which an issue report should have`;
  return unreadFile(found, "reading-failed", what, "the file was skipped");
}

/** The outcome of a file that takes too long to read. */
export function outcomeOfSlowFile(found: FoundFile, cpuSeconds: number): FileOutcome {
  const what = `The article takes more than ${cpuSeconds} s of CPU time to read, which is a fault in Offprint`;
  const advice = "cut it into several, and send it with an issue report; the file was skipped";
  return unreadFile(found, "too-slow", what, advice);
}

/** The outcome of a file that is too large to be read. */
export function outcomeOfLargeFile(found: FoundFile, bytes: number, most: number): FileOutcome {
  const [has, may] = [bytes, most].map((size) => (size / BYTES_PER_MEGABYTE).toFixed(0));
  const what = `The file has ${has} MB, and an article may have ${may} MB with all that is embedded in it`;
  const advice = "cut it into several, or put its pictures beside it; the file was skipped";
  return unreadFile(found, "too-long", what, advice);
}

/** A skipped file with an error, which is read again the next time even if it has not changed. */
function unreadFile(
  { path, pathInSource }: FoundFile,
  code: string,
  what: string,
  advice: string,
): FileOutcome {
  return {
    path,
    pathInSource,
    stamp: { blob: "", status: null },
    lookups: [],
    diagnostics: [errorAt(path, 1, code, what, advice)],
    result: { kind: "skipped", why: { reason: "error" } },
  };
}

/** Writes the stack of a fault; if the disk is full or read-only, says so. */
function keepStack(file: string, text: string): string | null {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return null;
  } catch (error) {
    return `the stack could not be written (${errorDetail(error)})`;
  }
}
