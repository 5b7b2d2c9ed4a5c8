import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { FakeCloudflare } from "../scripts/fake-cloudflare.ts";
import { RULES } from "./limits.ts";

const PAGE = join(import.meta.dirname, "../../docs/stand-in.md");
/** The table behind its marker. */
const TABLE = /(?<=<!-- rules: .* -->\n\n)\|[^]*?(?=\n\n)/;

const rows = RULES.map(({ what, document }) => `| ${what} | <${document}> |`);
const table = ["| rule | document |", "| --- | --- |", ...rows].join("\n");

/** Without the blanks and dashes by which `npm run format` makes columns even. */
function unaligned(text: string): string {
  return text.replaceAll(/ +/g, " ").replaceAll(/-{3,}/g, "---");
}

it("docs/stand-in.md names every rule of the stand-in with its document", async () => {
  const text = await readFile(PAGE, "utf8");
  if (process.env["UPDATE_EXPECTED"] === "1") {
    await writeFile(PAGE, text.replace(TABLE, table));
  } else {
    expect(unaligned(TABLE.exec(text)?.[0] ?? "")).toBe(table);
  }
});

it("docs/stand-in.md names every request that no document describes", async () => {
  const text = await readFile(PAGE, "utf8");
  const undocumented = new FakeCloudflare().routes.filter(({ document }) => document === null);
  const ends = undocumented.map(({ method, path }) => `${method} …${endOf(path)}`);
  expect(ends).toHaveLength(4);
  expect(ends.filter((end) => !text.includes(`\`${end}\``))).toEqual([]);
});

/** What is behind the account or the Worker. */
function endOf(path: string): string {
  return path
    .replace(/^\/accounts\/:account/, "")
    .replace("/workers/scripts/:script", "")
    .replace(":script", "NAME");
}
