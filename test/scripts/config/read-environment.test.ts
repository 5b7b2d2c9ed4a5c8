import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readEnvironment } from "../../../scripts/config/read-environment.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

const folder = temporaryFolder();

/** In each file a value of its own for its key and for all later files' keys. */
function writeFiles(): void {
  const files = [".env", ".env.local", ".env.staging", ".env.staging.local", ".dev.vars"];
  for (const [index, name] of files.entries()) {
    const keys = Array.from({ length: 5 - index }, (_, later) => `KEY_${index + later}=${index}`);
    writeFileSync(join(folder.path, name), keys.toReversed().join("\n"));
  }
}

it.each([
  ["no --env", null, {}, ["0", "1", "1", "1", "1", undefined]],
  ["--env staging", "staging", {}, ["0", "1", "2", "3", "3", "staging"]],
  ["an empty --env", "", {}, ["0", "1", "1", "1", "1", ""]],
  [
    "only CLOUDFLARE_ENV",
    null,
    { CLOUDFLARE_ENV: "staging" },
    ["0", "1", "1", "1", "1", "staging"],
  ],
  [
    "both",
    "staging",
    { CLOUDFLARE_ENV: "trial", KEY_0: "own", KEY_4: "own" },
    ["own", "1", "2", "3", "own", "staging"],
  ],
])("reads the files that wrangler reads with %s", (_, chosen, environment, expected) => {
  writeFiles();
  const read = readEnvironment(folder.path, environment, chosen);
  const keys = ["KEY_0", "KEY_1", "KEY_2", "KEY_3", "KEY_4", "CLOUDFLARE_ENV"];
  expect(keys.map((key) => read[key])).toEqual(expected);
});

it("reads them as wrangler does: quotes, exports, comments, and values of other variables", () => {
  const text = `export A='a b' # why
B="\${A}-\${OUTSIDE}"
CLOUDFLARE_ENV=staging
`;
  writeFileSync(join(folder.path, ".env"), text);
  expect(readEnvironment(folder.path, { OUTSIDE: "o", UNSET: undefined }, null)).toEqual({
    A: "a b",
    B: "a b-o",
    CLOUDFLARE_ENV: "staging",
    OUTSIDE: "o",
  });
});

it("does without files", () => {
  expect(readEnvironment(folder.path, { A: "a" }, null)).toEqual({ A: "a" });
});
