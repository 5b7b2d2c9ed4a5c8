/** The thread that `read-in-threads.ts` starts with a `ReadingContext`: it answers each list of files with a chunk. */
import { parentPort, workerData } from "node:worker_threads";
import { encodeChunk } from "./outcome-chunk.ts";
import type { FileToRead, ReadingContext } from "./article-reader.ts";
import { createArticleReader } from "./article-reader.ts";

const read = createArticleReader(workerData as ReadingContext);

parentPort?.on("message", (files: readonly FileToRead[]) => {
  const { index, bodies } = encodeChunk(read(files));
  parentPort?.postMessage({ index, bodies }, [index.buffer, bodies.buffer]);
});
