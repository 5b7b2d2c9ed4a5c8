import { enableCompileCache } from "node:module";

/** Keeps compiled code in a folder from one run to the next; the threads that this process starts use it too. */
export function keepCompiledCode(folder: string): void {
  process.env["NODE_COMPILE_CACHE"] ??= folder;
  enableCompileCache(process.env["NODE_COMPILE_CACHE"]);
}
