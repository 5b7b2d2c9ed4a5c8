#!/usr/bin/env node
/**
 * `offprint`, the program of all commands. It looks at the version of Node before anything else is loaded, because an older one
 * could not read the rest, and would say so in words of its own.
 */
import { complaintAboutNode } from "./terminal/node-version.ts";

const complaint = complaintAboutNode(process.versions.node);
if (complaint === null) {
  const { dispatch } = await import("./dispatch.ts");
  await dispatch(process.argv.slice(2));
} else {
  console.error(complaint);
  process.exitCode = 1;
}
