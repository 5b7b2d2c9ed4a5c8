import sanitizeHtml from "sanitize-html";
import type { IOptions } from "sanitize-html";

const TEXT = ["class", "dir", "lang", "id"];

/** What an article's HTML may hold, said once more and by itself, so that no slip in the writer's lists goes unseen. */
const OPTIONS: IOptions = {
  allowedTags: `
    a abbr b bdi bdo cite code del dfn em i ins kbd mark q ruby s samp small strong sub sup u var span rt rp br wbr img picture source
    video audio h2 h3 h4 h5 h6 ul ol dl li dt dd p pre div blockquote figure figcaption details summary table caption thead tbody
    tfoot tr td th hr`
    .trim()
    .split(/\s+/),
  allowedAttributes: {
    "*": TEXT,
    a: ["href", "rel", "title"],
    img: "src srcset sizes alt title width height loading decoding fetchpriority referrerpolicy".split(
      " ",
    ),
    source: ["src", "srcset", "sizes", "media", "type"],
    video: ["src", "poster", "controls", "preload"],
    audio: ["src", "controls", "preload"],
    table: ["tabindex"],
    pre: ["tabindex"],
    th: ["scope", "colspan", "rowspan"],
    td: ["colspan", "rowspan"],
    ol: ["start", "type", "reversed"],
    li: ["value"],
    abbr: ["title"],
    dfn: ["title"],
    blockquote: ["cite"],
    q: ["cite"],
    del: ["cite"],
    ins: ["cite"],
    details: ["open"],
  },
  allowedSchemes: ["http", "https", "mailto", "tel"],
  allowedSchemesByTag: { img: ["http", "https", "data"] },
  allowedSchemesAppliedToAttributes: ["href", "src", "cite", "poster"],
  allowProtocolRelative: false,
  exclusiveFilter: ({ tag, attribs: { src = "" } }) =>
    tag === "img" &&
    /^\s*data:/i.test(src) &&
    !/^data:image\/(?:png|jpeg|gif|webp);base64,/i.test(src),
  selfClosing: ["br", "hr", "wbr", "img", "source"],
  parseStyleAttributes: false,
};

/** HTML as another program, `sanitize-html`, leaves it: the same where there is nothing to take from it. */
export function sanitized(html: string): string {
  return sanitizeHtml(html, OPTIONS);
}
