/** Elements that stand on their own as blocks in Markdown, obsolete ones included. */
export const BLOCK_ELEMENTS: ReadonlySet<string> = words(`
  address article aside blockquote body caption center col colgroup dd details dialog dir div dl dt fieldset
  figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html iframe legend li link main map
  math menu meta nav noframes noscript object ol optgroup option p picture pre script section select style summary svg
  table tbody td template textarea tfoot th thead title tr ul video audio embed`);

/** Elements whose content is text up to their own end tag. */
export const RAW_TEXT_ELEMENTS: ReadonlySet<string> = words(
  "script style textarea title xmp iframe noembed noframes",
);

/** Elements that have no content and no end tag. */
export const VOID_ELEMENTS: ReadonlySet<string> = words(`
  area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr`);

/** Everything a browser may take for markup: HTML, obsolete HTML, and what SVG and MathML add. */
const KNOWN_ELEMENTS: ReadonlySet<string> = new Set([
  ...BLOCK_ELEMENTS,
  ...RAW_TEXT_ELEMENTS,
  ...VOID_ELEMENTS,
  ...words(`
  a abbr acronym applet b bdi bdo big blink button canvas cite code data datalist del dfn em font i img ins kbd label
  listing main map mark marquee meter nobr output plaintext progress q rb rbc rp rt rtc ruby s samp search slot small
  source span strike strong sub sup time tt u var
  circle clippath defs desc ellipse filter foreignobject g image line lineargradient marker mask metadata path pattern
  polygon polyline radialgradient rect set stop switch symbol text textpath tspan use view animate animatetransform
  annotation maction menclose merror mfenced mfrac mglyph mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace
  msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover semantics`),
]);

/** Whether `name` (lower case) is markup and not, say, the type in `List<String>`: custom and namespaced names count. */
export function isElementName(name: string): boolean {
  return KNOWN_ELEMENTS.has(name) || name.includes("-") || name.includes(":");
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}
