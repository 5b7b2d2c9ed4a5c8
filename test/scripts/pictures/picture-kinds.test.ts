import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { expect, it } from "vitest";
import { temporaryFolder } from "../../temporary-folder.ts";
import { PICTURES } from "./generated-pictures.ts";
import { pictureSite } from "./picture-site.ts";

const DOCUMENT = join(import.meta.dirname, "../../../docs/pictures.md");
/** The table behind its marker. */
const TABLE = /(?<=<!-- kinds: .* -->\n\n)\|[^]*?(?=\n\n)/;

/** Encoding is slow where the machine is busy. */
const TIMEOUT_MILLISECONDS = 120_000;

const folder = temporaryFolder();

/** What readers get of each kind of picture: the large form, and the widths of the others. */
async function kindsTable(): Promise<string> {
  const site = pictureSite(folder);
  for (const [name, make] of Object.entries(PICTURES)) {
    site.put(`_posts/${name}`, await make());
    site.show(`2022-01-10-${name}`, [name]);
  }
  const { site: bundled, articles, served } = await site.bundle();
  const rows = Object.keys(PICTURES).map(async (name) => {
    const path = `_posts/2022-01-10-${name}.md`;
    const article = articles.find((one) => one.path === path);
    const [file] = article?.localFiles ?? [];
    const said = bundled.diagnostics.filter((fault) => fault.path === path).map(({ code }) => code);
    const large = served.get(file?.publicPath ?? "");
    const forms = file?.picture?.widths.map((width) => `${width}`).join(", ") ?? "";
    return `| ${name} | ${large === undefined ? "none" : await describe(large)} | ${forms} | ${said.join(", ")} |`;
  });
  return [
    "| file | large form | WebP forms, pixels wide | reported as |",
    "| --- | --- | --- | --- |",
  ]
    .concat(await Promise.all(rows))
    .join("\n");
}

async function describe(bytes: Buffer): Promise<string> {
  const {
    format,
    width,
    height,
    pages = 1,
    hasAlpha,
    space,
    depth,
  } = await sharp(bytes).metadata();
  expect([space, depth]).toEqual(["srgb", "uchar"]);
  const images = pages > 1 ? `, ${pages} images` : "";
  return `${format.toUpperCase()}, ${width} × ${height}${images}${hasAlpha && pages === 1 ? ", transparent" : ""}`;
}

/** Without the blanks and dashes by which `npm run format` makes columns even. */
function unaligned(table: string): string {
  return table.replaceAll(/ +/g, " ").replaceAll(/-{3,}/g, "---");
}

/** Written anew by `UPDATE_EXPECTED=1 npx vitest run --project node picture-kinds && npm run format`. */
it(
  "docs/pictures.md says what becomes of each kind of picture",
  { timeout: TIMEOUT_MILLISECONDS },
  async () => {
    const table = await kindsTable();
    const text = await readFile(DOCUMENT, "utf8");
    if (process.env["UPDATE_EXPECTED"] === "1") {
      await writeFile(DOCUMENT, text.replace(TABLE, table));
    } else {
      expect(unaligned(TABLE.exec(text)?.[0] ?? "")).toBe(unaligned(table));
    }
  },
);
