#!/usr/bin/env node
/**
 * `offprint`, the program of all commands. It looks at the version of Node before a command is loaded, because an older one
 * could not read the rest, and would say so in words of its own. What is loaded until then is as old ones have it too.
 */
import { dispatch } from "./dispatch.ts";
import { complaintAboutNode } from "./terminal/node-version.ts";

const complaint = complaintAboutNode(process.versions.node);
if (complaint === null) {
  await dispatch(process.argv.slice(2));
} else {
  console.error(complaint);
  process.exitCode = 1;
}
