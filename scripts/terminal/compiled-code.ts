import { enableCompileCache } from "node:module";

/** Keeps compiled code in a folder for later runs, of this process and of the threads that it starts. */
export function keepCompiledCode(folder: string): void {
  process.env["NODE_COMPILE_CACHE"] ??= folder;
  enableCompileCache(process.env["NODE_COMPILE_CACHE"]);
}
