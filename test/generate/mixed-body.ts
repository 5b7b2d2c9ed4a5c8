import type { ArticleTraits } from "./article-traits.ts";
import type { Prose } from "./prose.ts";

/** How often a paragraph has one of what its article has at all; the first ones always have one. */
const AGAIN_SHARE = 0.2;
const HEADING_SHARE = 0.12;
const LIST_SHARE = 0.08;
/** In a paragraph. */
const MAXIMUM_SENTENCES = 4;

/** Markup of one kind for what bodies hold; `text` may hold inline markup already. */
interface BodyWriter {
  readonly paragraph: (text: string) => string;
  readonly heading: (text: string) => string;
  readonly list: (items: readonly string[]) => string;
  /** The first row is the head. */
  readonly table: (rows: readonly (readonly string[])[]) => string;
  readonly strong: (text: string) => string;
  readonly link: (text: string, url: string) => string;
  readonly picture: (caption: string, url: string) => string;
  readonly separator: string;
}

const MARKDOWN: BodyWriter = {
  paragraph: (text) => text,
  heading: (text) => `## ${text}`,
  list: (items) => items.map((item) => `- ${item}`).join("\n"),
  table: ([head = [], ...rows]) =>
    [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n"),
  strong: (text) => ` **${text}** `,
  link: (text, url) => `[${text}](${url})`,
  picture: (caption, url) => `![${caption}](${url})`,
  separator: "\n\n",
};

const HTML: BodyWriter = {
  paragraph: (text) => `<p>${text}</p>`,
  heading: (text) => `<p>${text}</p>`,
  list: (items) => items.map((item) => `<p>●${item}</p>`).join("\n "),
  table: (rows) => `<table border="0"><tbody>${rows.map(htmlRow).join("")}</tbody></table>`,
  strong: (text) => `<strong>${text}</strong>`,
  link: (text, url) => `<a href="${url.replaceAll("&", "&amp;")}" target="_blank">${text}</a>`,
  picture: (caption, url) =>
    `<center><img src="${url}" alt="Image" width="552" style="border:#d1d1d1 1px solid;padding:3px;margin:5px 0;" /></center>` +
    `<p style="text-align:center;">${caption}</p>`,
  separator: "\n ",
};

/** The fourth generation: all on one line. */
const DENSE_HTML: BodyWriter = {
  ...HTML,
  heading: (text) => `<p><strong>${text}</strong></p>`,
  list: (items) => `<ul>${items.map((item) => `<li>${item}</li>`).join("")}</ul>`,
  separator: "",
};

/** The body of a mixed article, without what stands below it. */
export function mixedBody(prose: Prose, traits: ArticleTraits): string {
  const { random } = prose;
  const write = traits.generation <= 3 ? MARKDOWN : traits.generation === 4 ? DENSE_HTML : HTML;
  const blocks: string[] = [];
  let bytes = 0;
  const add = (block: string): void => {
    blocks.push(block);
    bytes += Buffer.byteLength(block) + write.separator.length;
  };
  const due = { link: traits.hasLinks, picture: traits.hasPictures, stock: traits.hasStocks };
  /** Whether the next paragraph has one. */
  const takes = (what: keyof typeof due, isWanted: boolean): boolean => {
    const isTaken = isWanted && (due[what] || random.fraction() < AGAIN_SHARE);
    if (isTaken) due[what] = false;
    return isTaken;
  };

  if (traits.hasStocks && traits.hasPictures) add(stockChart(prose));
  if (traits.hasTable) add(write.table(tableRows(prose)));
  do {
    if (random.fraction() < HEADING_SHARE) add(write.heading(prose.heading()));
    if (takes("picture", traits.hasPictures)) {
      add(write.picture(prose.caption(), pictureUrl(prose)));
    }
    const sentences = Array.from({ length: random.integer(1, MAXIMUM_SENTENCES) }, () =>
      prose.sentence(),
    );
    if (takes("link", traits.hasLinks)) {
      sentences.push(
        `${prose.organisation()}已在${write.link(prose.noun(), pageUrl(prose))}中说明。`,
      );
    }
    if (takes("stock", traits.hasStocks)) sentences.push(stockSentence(prose));
    if (traits.generation <= 3 && random.fraction() < AGAIN_SHARE) {
      sentences.push(`要紧的是${write.strong(prose.heading())}这件事。`);
    }
    add(write.paragraph(sentences.join("")));
    if (random.fraction() < LIST_SHARE) {
      add(write.list(Array.from({ length: random.integer(2, 6) }, () => prose.heading())));
    }
  } while (bytes < traits.bytes);
  return blocks.join(write.separator);
}

/** An invisible line and a chart with a link between two comments, as financial news begins. */
function stockChart(prose: Prose): string {
  const code = stockCode(prose);
  return (
    `<p style="display:none;height:1px;overflow:hidden;"><br /></p><!-- EM_StockImg_Start -->` +
    `<p style="text-align:center;"><a href="http://quote.news.example/r/1.${code}" data-code="${code}|1|2" class="EmImageRemark" target="_blank">` +
    // The job does not escape what stands in its addresses.
    `<img src="https://pic.news.example/chart?nid=1.${code}&imageType=k&at=1" border="0" alt="K图 ${code}_0" data-code="K ${code}|1|2" style="border:#d1d1d1 1px solid;" width="578" height="276" /></a></p><!-- EM_StockImg_End -->`
  );
}

/** Two ways to mark a company: an anchor in a span with an empty one behind it, and a span with an address. */
function stockSentence(prose: Prose): string {
  const name = `${prose.noun()}股份`;
  const code = stockCode(prose);
  const url = `http://quote.news.example/r/1.${code}`;
  const marked =
    prose.random.fraction() < 0.5
      ? `<span id="stock_1.${code}"><a href="${url}" class="keytip" data-code="1,${code}">${name}</a></span><span id="quote_1.${code}"></span>`
      : `<span web="1" href="${url}" class="em_stock_key_common" data-code="1,${code}">${name}</span>`;
  return `${marked}公告，《&lt;${prose.noun()}&gt;修正案》已生效。`;
}

function tableRows(prose: Prose): readonly (readonly string[])[] {
  const { random } = prose;
  const rows = Array.from({ length: random.integer(2, 12) }, () => [
    stockCode(prose),
    prose.noun(),
    String(random.integer(1, 5000)),
  ]);
  return [["代码", "名称", "次数"], ...rows];
}

function htmlRow(cells: readonly string[], index: number): string {
  const tag = index === 0 ? "th" : "td";
  return `<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join("")}</tr>`;
}

const stockCode = ({ random }: Prose): string => String(random.integer(700_000, 799_999));

const pageUrl = ({ random }: Prose): string =>
  `https://www.news.example/a/${random.integer(1, 999_999)}?from=feed&page=${random.integer(1, 9)}`;

const pictureUrl = ({ random }: Prose): string =>
  `https://img.news.example/download/D${random.integer(1, 99_999_999)}_w800h555.jpg`;
