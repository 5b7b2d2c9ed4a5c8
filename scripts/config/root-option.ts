import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { cwd } from "node:process";
import * as v from "valibot";
import type { Option } from "../terminal/option-kinds.ts";
import { CONFIG_FILES } from "./config-file.ts";

/** What `--root` means, for the usage of a command. */
export const ROOT_MEANING =
  "the folder of the site (default: the nearest one from here upwards with wrangler's file)";

/** `--root dir`: the folder of a site, made absolute. Without it, it is the one that is found. */
export const rootOption: Option<string> = {
  type: "string",
  schema: v.pipe(
    v.optional(v.string()),
    v.transform((given) => (given === undefined ? findSiteRoot(cwd()) : resolve(given))),
  ),
};

/** The nearest folder from `folder` upwards that has wrangler's file; `folder` itself where none has, which its reader will say. */
export function findSiteRoot(folder: string): string {
  for (let root = folder; ; root = dirname(root)) {
    if (CONFIG_FILES.some((name) => existsSync(join(root, name)))) return root;
    if (root === dirname(root)) return folder;
  }
}
