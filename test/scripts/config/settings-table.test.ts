import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import { expect, it } from "vitest";
import { SETTING_FIELDS } from "../../../scripts/config/setting-fields.ts";

const ROOT = join(import.meta.dirname, "../../..");
const PAGE = join(ROOT, "docs/settings.md");
/** The table behind its marker. */
const TABLE = /(?<=<!-- settings: .* -->\n\n)\|[^]*?(?=\n\n)/;

const Explained = v.object({ meaning: v.string(), without: v.optional(v.string()) });

function settingsTable(): string {
  const rows = Object.entries(SETTING_FIELDS).map(([key, field]) => {
    const { meaning, without } = v.parse(Explained, v.getMetadata(field));
    return `| \`${key}\` | ${without ?? describeDefault(field)} | ${meaning} |`;
  });
  return ["| key | default | meaning |", "| --- | --- | --- |", ...rows].join("\n");
}

function describeDefault(field: v.GenericSchema): string {
  if (field.type !== "optional") return "required";
  const value = v.getDefault(field as v.OptionalSchema<v.GenericSchema, unknown>);
  const isEmpty = typeof value === "object" && Object.keys(value ?? {}).length === 0;
  return isEmpty ? "none" : `\`${JSON.stringify(value)}\``;
}

/** Without the blanks and dashes by which `npm run format` makes columns even. */
function unaligned(table: string): string {
  return table.replaceAll(/ +/g, " ").replaceAll(/-{3,}/g, "---");
}

/** Written anew by `UPDATE_EXPECTED=1 npx vitest run --project node settings-table && npm run format`. */
it("docs/settings.md says of every setting what the schema says", async () => {
  const text = await readFile(PAGE, "utf8");
  if (process.env["UPDATE_EXPECTED"] === "1") {
    await writeFile(PAGE, text.replace(TABLE, settingsTable));
  } else {
    expect(unaligned(TABLE.exec(text)?.[0] ?? "")).toBe(settingsTable());
  }
});

/** Its meanings are written by hand, since they are no part of the program. */
it("docs/zh/settings.md has the same settings with the same defaults", async () => {
  const text = await readFile(join(ROOT, "docs/zh/settings.md"), "utf8");
  const firstColumns = (table: string): readonly string[] =>
    [...unaligned(table).matchAll(/^(\| `\w+` \|)( `[^`|]*` \|)?/gm)].map((match) => match[0]);
  expect(firstColumns(TABLE.exec(text)?.[0] ?? "")).toEqual(firstColumns(settingsTable()));
});
