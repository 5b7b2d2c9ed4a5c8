import type { MarkdownIt, StateCore, Token } from "markdown-it";
import plugin from "markdown-it-abbr";

/** Characters that may stand beside an abbreviation, as in markdown-it-abbr. */
const BESIDE = String.raw`[\p{P}\p{Z}\r\n$+<=>^\x60|~]`;

/** The most tokens to add to one article; whoever has read so many knows the abbreviations. */
const MOST_TOKENS = 20_000;

/** The meanings of abbreviations, by name with a colon before it. */
type Definitions = Readonly<Record<string, string>>;

/**
 * Supports `*[HTML]: HyperText Markup Language`. The plugin finds the definitions, but its own replacement would copy a
 * whole paragraph for each name in it.
 */
export function abbreviations(markdown: MarkdownIt): void {
  markdown.use(plugin);
  markdown.core.ruler.at("abbr_replace", (state) => {
    const { abbreviations: definitions } = state.env as { readonly abbreviations?: Definitions };
    if (definitions === undefined) return;
    const names = Object.keys(definitions)
      .map((key) => key.slice(1))
      .toSorted((a, b) => b.length - a.length);
    const pattern = new RegExp(
      `(?<=^|${BESIDE})(?:${names.map((name) => RegExp.escape(name)).join("|")})(?=$|${BESIDE})`,
      "gu",
    );
    let added = 0;
    const mark = (token: Token): Token | Token[] => {
      if (token.type !== "text" || added > MOST_TOKENS) return token;
      const tokens = withAbbreviations(token, pattern, definitions, state);
      added += tokens.length - 1;
      return tokens;
    };
    for (const token of state.tokens) {
      if (token.type === "inline") token.children = (token.children ?? []).flatMap(mark);
    }
  });
}

function withAbbreviations(
  token: Token,
  pattern: RegExp,
  definitions: Definitions,
  { Token: NewToken }: StateCore,
): Token[] {
  const textToken = (content: string): Token =>
    Object.assign(new NewToken("text", "", 0), { content });
  const { content } = token;
  const tokens: Token[] = [];
  let copied = 0;
  for (const { 0: name, index } of content.matchAll(pattern)) {
    if (tokens.length > MOST_TOKENS) break;
    const opening = new NewToken("abbr_open", "abbr", 1);
    opening.attrSet("title", definitions[`:${name}`] ?? "");
    tokens.push(textToken(content.slice(copied, index)), opening);
    tokens.push(textToken(name), new NewToken("abbr_close", "abbr", -1));
    copied = index + name.length;
  }
  return copied === 0 ? [token] : [...tokens, textToken(content.slice(copied))];
}
