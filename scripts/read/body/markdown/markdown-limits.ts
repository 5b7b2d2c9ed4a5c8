import type { MarkdownIt, StateBlock, StateCore, Token } from "markdown-it";

/** Further references stay text: each becomes thirty times as long, and the plugin copies the article for each. */
const MOST_REFERENCES = 1000;
/** The length of names is limited, since the plugin searches for their end up to the end of the paragraph. */
const FOOTNOTE_REFERENCE = /\[\^[^\][\s]{1,200}\]/y;
/** Of one table: rows that are too short are filled up, so that a cell may cost a character or none. */
const MOST_CELLS = 20_000;
/** Nothing that is written out is shorter; together with a few more, there may be so many cells, and so many containers. */
const LEAST_PART = 4;
const MORE_PARTS = 5000;
/** Blocks that hold blocks, where a character opens one: of how many elements each is, and the blocks that they end. */
const CONTAINERS = [
  { name: "blockquote", elements: 1, alt: ["paragraph", "reference", "blockquote", "list"] },
  { name: "list", elements: 2, alt: ["paragraph", "reference", "blockquote"] },
];
/** Attributes may be so many times as long as the text, and a little: what is defined once can be named ever so often. */
const MOST_TIMES = 2;
const MORE_CHARACTERS = 50_000;

/** Keeps the output of Markdown in proportion to its source: further notes and tables stay text. */
export function limitOutput(markdown: MarkdownIt): void {
  limitFootnotes(markdown);
  limitTables(markdown);
  limitContainers(markdown);
  markdown.core.ruler.push("limit_attributes", limitAttributes);
}

function limitFootnotes({ inline: { ruler } }: MarkdownIt): void {
  const reference = ruleNamed("footnote_ref", ruler.getRules(""));
  const counts = new WeakMap<object, number>();
  ruler.at("footnote_ref", (state, silent) => {
    FOOTNOTE_REFERENCE.lastIndex = state.pos;
    const count = counts.get(state.env) ?? 0;
    if (count >= MOST_REFERENCES || !FOOTNOTE_REFERENCE.test(state.src)) return false;
    const isReference = reference(state, silent);
    if (isReference && !silent) counts.set(state.env, count + 1);
    return isReference;
  });
}

function limitTables({ block: { ruler } }: MarkdownIt): void {
  const table = ruleNamed("table", ruler.getRules(""));
  const cells = new WeakMap<object, number>();
  const limited: typeof table = (state, startLine, endLine, silent) => {
    const count = cells.get(state.env) ?? 0;
    if (count > mostParts(state)) return false;
    const before = state.tokens.length;
    const header = state.src.slice(state.bMarks[startLine], state.eMarks[startLine]);
    const mostRows = Math.ceil(MOST_CELLS / header.split("|").length);
    const isTable = table(state, startLine, Math.min(endLine, startLine + mostRows), silent);
    const added = state.tokens.slice(before).filter(({ type }) => type === "inline").length;
    cells.set(state.env, count + added);
    return isTable;
  };
  ruler.at("table", limited, { alt: ["paragraph", "reference"] });
}

function limitContainers({ block: { ruler } }: MarkdownIt): void {
  const counts = new WeakMap<object, number>();
  for (const { name, elements, alt } of CONTAINERS) {
    const container = ruleNamed(name, ruler.getRules(""));
    const limited: typeof container = (state, startLine, endLine, silent) => {
      if ((counts.get(state.env) ?? 0) > mostParts(state)) return false;
      const isContainer = container(state, startLine, endLine, silent);
      if (isContainer && !silent) counts.set(state.env, (counts.get(state.env) ?? 0) + elements);
      return isContainer;
    };
    ruler.at(name, limited, { alt });
  }
}

function mostParts({ src }: StateBlock): number {
  return src.length / LEAST_PART + MORE_PARTS;
}

function limitAttributes({ src, tokens }: StateCore): void {
  let room = MOST_TIMES * src.length + MORE_CHARACTERS;
  const limit = (token: Token): void => {
    for (const [, value] of token.attrs ?? []) room -= String(value).length;
    if (room < 0) token.attrs = null;
    token.children?.forEach(limit);
  };
  tokens.forEach(limit);
}

function ruleNamed<Rule extends { readonly name: string }>(
  name: string,
  rules: readonly Rule[],
): Rule {
  const rule = rules.find((each) => each.name === name);
  if (rule === undefined) throw new Error(`markdown-it has no rule "${name}"`);
  return rule;
}
