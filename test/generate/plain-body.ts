import type { Prose } from "./prose.ts";
import type { ArticleFacts } from "./written-article.ts";

type Writers = Pick<ArticleFacts, "reporter" | "hasCorrespondent">;

const MINIMUM_BODY_BYTES = 3800;
const MAXIMUM_BODY_BYTES = 6200;
const HEADING_SHARE = 0.12;
/** In a paragraph. */
const MAXIMUM_SENTENCES = 4;

/** Some 5 KB of HTML that is nothing but paragraphs, each on a line of its own, as a newspaper's job writes most of them. */
export function plainBody(prose: Prose, writers: Writers): string {
  const length = prose.random.integer(MINIMUM_BODY_BYTES, MAXIMUM_BODY_BYTES);
  const body: string[] = [];
  let bytes = 0;
  for (const paragraph of plainParagraphs(prose, writers)) {
    body.push(`<p>${paragraph}</p>`);
    bytes += Buffer.byteLength(paragraph) + " <p></p>\n".length;
    if (bytes >= length) break;
  }
  return body.join("\n ");
}

/** Captions, a byline, then paragraphs and headings without end. */
function* plainParagraphs(
  prose: Prose,
  { reporter, hasCorrespondent = true }: Writers,
): Generator<string, never> {
  const { random } = prose;
  for (let captions = random.integer(0, 2); captions > 0; captions -= 1) yield prose.caption();
  // Both are drawn whoever is named, so that the rest is the same.
  const [drawn, correspondent] = [prose.person(), prose.person()];
  yield `文/本报记者${reporter ?? drawn}${hasCorrespondent ? `通讯员${correspondent}` : ""}`;
  if (random.fraction() < 0.5) yield `图/通讯员${prose.person()}`;
  while (true) {
    if (random.fraction() < HEADING_SHARE) yield prose.heading();
    yield Array.from({ length: random.integer(1, MAXIMUM_SENTENCES) }, () => prose.sentence()).join(
      "",
    );
  }
}
