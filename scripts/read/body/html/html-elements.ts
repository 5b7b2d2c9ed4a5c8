/*
 * All lists of element names: first those that an article's body may hold, by kind, then other markup and what happens
 * to it.
 */

const HEADINGS = words("h2 h3 h4 h5 h6");
const LISTS = words("ul ol dl");
/** Inline elements that give text a meaning or a look. */
const PHRASES = words(`
  a abbr b bdi bdo cite code del dfn em i ins kbd mark q ruby s samp small strong sub sup u var`);

/** Block elements that may hold other blocks. */
export const CONTAINERS = words("blockquote div figure figcaption details li dd caption td th");

/** All block elements that may stand in a body. */
export const BODY_BLOCKS = words("p pre dt summary table thead tbody tfoot tr hr")
  .union(HEADINGS)
  .union(LISTS)
  .union(CONTAINERS);

/** All elements that may stand in a body. */
export const BODY_ELEMENTS = words("span rt rp br wbr img picture source video audio")
  .union(PHRASES)
  .union(BODY_BLOCKS);

/** Elements that are removed from a body if they are empty. */
export const EMPTIED_ELEMENTS = words("p div figure figcaption blockquote")
  .union(HEADINGS)
  .union(LISTS)
  .union(PHRASES);

/** Elements that people write in titles and excerpts; `<T>` in a headline about generics is text. */
export const TITLE_ELEMENTS = words(
  "a abbr b big cite code del em font i ins mark p s small span strong sub sup u",
);

/** Elements whose content is text up to their own end tag. */
export const RAW_TEXT_ELEMENTS = words("script style textarea title xmp iframe noembed noframes");

/** Elements that have no content and no end tag. */
export const VOID_ELEMENTS = words(`
  area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr`);

/** Elements whose content browsers never show, or show only as a fallback. */
export const INVISIBLE_ELEMENTS = words(`
  script style template title noembed noframes iframe audio video canvas datalist select option optgroup desc metadata
  defs annotation annotation-xml head`);

/** Elements that show nothing in a body and hold nothing to read. */
export const DROPPED_ELEMENTS = words(
  "col meta link base basefont bgsound param source track area input keygen",
);

/** Replacements, by name, of obsolete elements and of elements that only make sense in a page of their own. */
export const RENAMED_ELEMENTS: ReadonlyMap<string, string> = new Map(
  [
    ["abbr", "acronym"],
    ["code", "tt"],
    [
      "div",
      "section article header footer main aside nav hgroup address center form fieldset dialog legend",
    ],
    ["pre", "xmp listing textarea"],
    ["s", "strike"],
    ["ul", "dir menu"],
  ].flatMap(([name = "", obsolete = ""]) =>
    [...words(obsolete)].map((old) => [old, name] as const),
  ),
);

/** Elements that a browser may know: HTML, obsolete HTML, SVG and MathML. */
const KNOWN_ELEMENTS = words(`
  address article aside body center col colgroup dialog dir embed fieldset footer form frameset h1 head header hgroup
  html iframe legend link main map math menu meta nav noframes noscript object optgroup option script section select
  style svg template textarea title
  applet big blink button canvas data datalist font label listing marquee meter nobr output plaintext progress rb rbc
  rtc search slot strike time tt acronym
  circle clippath defs desc ellipse filter foreignobject g image line lineargradient marker mask metadata path pattern
  polygon polyline radialgradient rect set stop switch symbol text textpath tspan use view animate animatetransform
  annotation maction menclose merror mfenced mfrac mglyph mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot
  mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover semantics`)
  .union(BODY_ELEMENTS)
  .union(RAW_TEXT_ELEMENTS)
  .union(VOID_ELEMENTS);

/** Whether a browser may know the element `name` (lower case). */
export function isKnownElement(name: string): boolean {
  return KNOWN_ELEMENTS.has(name);
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}
