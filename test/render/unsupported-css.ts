import type { BrowserName, Identifier, SimpleSupportStatement } from "@mdn/browser-compat-data";
// Of its entries the one that the tests' bundler does not read: 20 MB.
import compatData from "@mdn/browser-compat-data/forLegacyNode";
import type { CssNode, Declaration } from "css-tree";
import { generate, parse, walk } from "css-tree";

/**
 * The oldest engines that must show every page. QQ's browser and UC's are builds of Chromium (by what caniuse says that they
 * lack, today's QQ is one before 79), so that Chromium 61 stands for them.
 */
const FLOOR: readonly (readonly [browser: BrowserName, version: string])[] = [
  ["chrome", "61"],
  ["chrome_android", "61"],
  ["webview_android", "61"],
  ["safari_ios", "11"],
  ["samsunginternet_android", "8.0"],
];

/** Units of the screen without the browser's bars, with them, and as it is: `lvh`, `svh`, `dvh`. */
const VIEWPORT_UNITS: Readonly<Record<string, string>> = {
  l: "viewport_percentage_units_large",
  s: "viewport_percentage_units_small",
  d: "viewport_percentage_units_dynamic",
};

/**
 * What of a stylesheet some engine of the floor does not understand, by MDN's data: selectors, whose whole rule is lost
 * there; at-rules and parts of their conditions; and declarations, unless there is one before it in its rule that says the
 * same in an older way.
 *
 * @returns each as it is written, once
 */
export function unsupportedCss(sheet: string): string[] {
  const unsupported = new Set<string>();
  walk(parse(sheet), (node) => {
    if (node.type === "Block") {
      for (const declaration of lostDeclarations(node.children.toArray())) {
        unsupported.add(generate(declaration));
      }
    } else if (!neededBy(node).every((feature) => isKnown(feature))) {
      unsupported.add(node.type === "Atrule" ? `@${node.name}` : generate(node));
    }
  });
  return [...unsupported];
}

/** The data about what a node needs, where it is a part of a selector, an at-rule or a part of its condition. */
function neededBy(node: CssNode): readonly (Identifier | undefined)[] {
  switch (node.type) {
    case "PseudoClassSelector": {
      const argument = node.children?.first;
      const isList = argument?.type === "SelectorList" && argument.children.size > 1;
      const itself = css("selectors", node.name);
      return isList ? [itself, css("selectors", node.name, "selector_list")] : [itself];
    }
    case "PseudoElementSelector":
      return [css("selectors", node.name)];
    case "NestingSelector":
      return [css("selectors", "nesting")];
    case "Atrule":
      return [css("at-rules", node.name)];
    case "Feature":
      return node.kind === "media"
        ? [css("at-rules", "media", node.name.replace(/^(?:min|max)-/, ""))]
        : [];
    case "FeatureRange":
      return [css("at-rules", "media", "range_syntax")];
    case "FeatureFunction":
      return [css("at-rules", "supports", node.feature)];
    default:
      return [];
  }
}

/** MDN's data about a feature by its path in `css`; undefined where it has none. */
function css(...path: readonly string[]): Identifier | undefined {
  return path.reduce<Identifier | undefined>((data, key) => data?.[key], compatData.css);
}

function lostDeclarations(nodes: readonly CssNode[]): readonly Declaration[] {
  const lost: Declaration[] = [];
  const said = new Set<string>();
  for (const node of nodes) {
    if (node.type !== "Declaration" || node.property.startsWith("--")) continue;
    const name = standardName(node.property);
    if (isDeclarationKnown(name, node)) said.add(name);
    else if (!said.has(name)) lost.push(node);
  }
  return lost;
}

function isDeclarationKnown(name: string, { property, value }: Declaration): boolean {
  // Gaps between the items of a grid are older than those in a flexible box, which is what our pages have.
  const needed = [css("properties", name, "flex_context")];
  walk(value, (node) => {
    if (node.type === "Identifier") needed.push(css("properties", name, node.name));
    if (node.type === "Function") needed.push(css("types", node.name));
    if (node.type === "Dimension") {
      const [, size = ""] = /^([lsd])v\w+$/.exec(node.unit) ?? [];
      needed.push(css("types", "length", VIEWPORT_UNITS[size] ?? ""));
    }
  });
  const isWhole = needed.every((part) => part === undefined || isKnown(part));
  return isWhole && isKnown(css("properties", name), name, property);
}

/** The name under which the data has a property that may be written with a prefix or as it was once called. */
function standardName(property: string): string {
  const standard = Object.keys(css("properties") ?? {}).find((name) =>
    FLOOR.some(([browser]) =>
      entriesOf(css("properties", name), browser).some(
        (entry) => spelling(name, entry) === property,
      ),
    ),
  );
  return standard ?? property;
}

/**
 * Whether every engine of the floor knows a feature.
 *
 * @param name what the data calls it
 * @param written how it is written; what has a prefix there is known by that only
 */
function isKnown(data: Identifier | undefined, name = "", written = name): boolean {
  return FLOOR.every(([browser, version]) =>
    entriesOf(data, browser).some(
      (entry) =>
        spelling(name, entry) === written &&
        entry.flags === undefined &&
        typeof entry.version_added === "string" &&
        isUpTo(entry.version_added, version),
    ),
  );
}

function entriesOf(
  data: Identifier | undefined,
  browser: BrowserName,
): readonly SimpleSupportStatement[] {
  // oxlint-disable-next-line no-underscore-dangle -- MDN's own name.
  return [data?.__compat?.support[browser] ?? []].flat();
}

function spelling(
  name: string,
  { prefix = "", alternative_name: other }: SimpleSupportStatement,
): string {
  return other ?? prefix + name;
}

/** Whether a version is at most another one: `≤37` and `61` are at most `61`. */
function isUpTo(version: string, most: string): boolean {
  return version === "preview"
    ? false
    : Number.parseFloat(version.replace("≤", "")) <= Number(most);
}
