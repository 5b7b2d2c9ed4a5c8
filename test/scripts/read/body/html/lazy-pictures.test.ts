import { describe, expect, it } from "vitest";
import { render } from "../render.ts";

const PIXEL = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";
const DRAWN =
  "data:image/svg+xml,%3Csvg%20xmlns='http://www.w3.org/2000/svg'%20viewBox='0%200%209%206'%3E%3C/svg%3E";
const REAL = "https://a.example/uploads/harbour.jpg";
const SIZES = "https://a.example/harbour-480.jpg 480w, https://a.example/harbour-960.jpg 960w";

/** The addresses of all pictures that a body shows. */
function addressesIn(source: string): readonly string[] {
  return Array.from(
    render(source, { format: "html" }).html.matchAll(/<img src="([^"]*)"/g),
    (found) => found[1] ?? "",
  );
}

describe("a lazy picture shows the real one, once", () => {
  it.each([
    ["lazysizes", `<img class="lazyload" data-src="${REAL}">`],
    [
      "lazysizes with a blurred one",
      `<img class="lazyload blur-up" src="/tiny-harbour.jpg" data-src="${REAL}">`,
    ],
    ["lozad", `<img class="lozad" data-src="${REAL}" src="${PIXEL}">`],
    ["vanilla-lazyload", `<img class="lazy" alt="" data-src="${REAL}" src="/images/lazy.svg">`],
    ["jquery.lazyload", `<img class="lazy" src="grey.gif" data-original="${REAL}">`],
    ["unveil", `<img src="bg.png" data-src="${REAL}" data-src-retina="https://a.example/2x.jpg">`],
    ["bLazy", `<img class="b-lazy" src="${PIXEL}" data-src="${REAL}|https://a.example/2x.jpg">`],
    ["echo.js", `<img src="blank.gif" data-echo="${REAL}">`],
    ["slick", `<img data-lazy="${REAL}">`],
    [
      "WP Rocket",
      `<img src="${DRAWN}" data-lazy-src="${REAL}"><noscript><img src="${REAL}"></noscript>`,
    ],
    [
      "Jetpack",
      `<img src="${REAL}" data-lazy-src="${REAL}?is-pending-load=1" srcset="${PIXEL}"><noscript><img data-lazy-fallback="1" src="${REAL}"></noscript>`,
    ],
    [
      "a3 Lazy Load",
      `<img class="lazy lazy-hidden" src="//a.example/wp-content/plugins/a3-lazy-load/assets/images/lazy_placeholder.gif" data-lazy-type="image" data-src="${REAL}"><noscript><img src="${REAL}"></noscript>`,
    ],
    [
      "Cloudflare's Mirage",
      `<img data-cfsrc="${REAL}" style="display:none;visibility:hidden"><noscript><img src="${REAL}"></noscript>`,
    ],
    [
      "mod_pagespeed",
      `<img data-pagespeed-lazy-src="${REAL}" src="/pagespeed_static/1.JiBnMqyl6S.gif">`,
    ],
    [
      "WeChat",
      `<img data-ratio="0.66" data-type="jpeg" data-w="1080" src="${PIXEL}" data-src="${REAL}" data-backsrc="https://a.example/b.jpg">`,
    ],
    ["WeChat's second address", `<img src="${PIXEL}" data-backsrc="${REAL}" data-type="jpeg">`],
    ["Zhihu", `<img src="${DRAWN}" data-rawwidth="1080" data-actualsrc="${REAL}">`],
    [
      "Zhihu, twice",
      `<noscript><img src="${REAL}" data-rawwidth="1080"></noscript><img src="${DRAWN}" data-actualsrc="${REAL}">`,
    ],
    ["Jianshu", `<img data-original-src="${REAL}" data-original-width="1080">`],
    [
      "Discuz",
      `<img aid="12" src="static/image/common/none.gif" zoomfile="${REAL}" file="${REAL}">`,
    ],
    ["layui", `<img lay-src="${REAL}">`],
    ["Sina", `<img src="/deco/2012/1004/image_bgcolor.png" real_src="${REAL}">`],
    ["Hexo", `<img src="/img/loading.gif" data-original="${REAL}">`],
    ["Discourse", `<img data-orig-src="${REAL}" src="/images/transparent.png">`],
    ["a nobody's attribute", `<img src="${PIXEL}" data-my-image="${REAL}">`],
    [
      "sizes only",
      `<img class="lazyload" src="${PIXEL}" data-sizes="auto" data-srcset="${REAL} 1200w, https://a.example/s.jpg 480w">`,
    ],
    ["sizes behind a placeholder's", `<img srcset="${PIXEL} 1w" data-srcset="${REAL} 1x">`],
    [
      "an attribute that says only that it is lazy",
      `<img src="${REAL}" data-lazy="true" data-lazyload="1" data-image="hero">`,
    ],
    ["a template's address", `<img src="${REAL}" data-src="/files/a_{width}x.jpg">`],
    [
      "a larger form for a click",
      `<img src="${REAL}" data-full-src="https://a.example/full.jpg" data-large-file="https://a.example/large.jpg">`,
    ],
    [
      "a link to the page of the picture",
      `<img src="${REAL}" data-url="https://a.example/photos/1">`,
    ],
    [
      "a figure",
      `<figure><div style="padding-bottom:66%"><img class="lazy" data-src="${REAL}"></div><noscript><img src="${REAL}"></noscript><figcaption>港</figcaption></figure>`,
    ],
    [
      "a small form beside <noscript>",
      `<img src="https://a.example/30/harbour-at-dusk.jpg"><noscript><img src="${REAL}"></noscript>`.replaceAll(
        "harbour.jpg",
        "harbour-at-dusk.jpg",
      ),
    ],
    [
      "<noscript> in an element of its own",
      `<p><span><img data-src="${REAL}"></span><span><noscript><img src="${REAL}"></noscript></span></p>`,
    ],
    [
      "a form of another size",
      `<img src="${PIXEL}" data-src="https://a.example/uploads/harbour-300x200.jpg"><noscript><img src="${REAL}"></noscript>`,
    ],
    ["an element that is no picture", `<div class="lazy-bg" data-src="${REAL}"></div>`],
    ["a background", `<div class="lozad" data-background-image="${REAL}"></div>`],
    ["a background as in a style", `<div class="lazy" data-bg="url('${REAL}')"></div>`],
  ])("%s", (_, source) => {
    const shown = addressesIn(source).map((address) =>
      address.replace("harbour-at-dusk", "harbour").replace("?is-pending-load=1", ""),
    );
    expect(shown).toEqual([REAL]);
  });

  it.each([
    [
      "lazysizes",
      `<picture><source data-srcset="${SIZES}" type="image/jpeg"><img class="lazyload" data-src="${REAL}"></picture>`,
      REAL,
    ],
    [
      "a placeholder that cannot be shown",
      `<picture><source srcset="${PIXEL}" data-srcset="${SIZES}"><img src="${DRAWN}"></picture>`,
      "https://a.example/harbour-960.jpg",
    ],
    [
      "lozad, which makes the image",
      `<picture class="lozad" data-iesrc="${REAL}" data-alt="港"><source srcset="${SIZES}"></picture>`,
      REAL,
    ],
    [
      "WP Rocket",
      `<picture><source data-lazy-srcset="${SIZES}"><img src="${DRAWN}" data-lazy-src="${REAL}"></picture><noscript><picture><source srcset="${SIZES}"><img src="${REAL}"></picture></noscript>`,
      REAL,
    ],
  ])("<picture>: %s", (_, source, address) => {
    expect(addressesIn(source)).toEqual([address]);
    expect(render(source, { format: "html" }).html).toContain(`srcset="${SIZES}"`);
  });

  it("is the article's picture, in Markdown too", () => {
    const { html, image } = render(
      `![港 &amp;deg; 25&deg;](${PIXEL}){: data-src="${REAL}" .lazyload}`,
    );
    expect(html).toContain(`<img src="${REAL}" alt="港 &amp;deg; 25°"`);
    expect(image).toMatchObject({ url: REAL, alt: "港 &deg; 25°", type: "image/jpeg" });
  });

  it("keeps its link, which <noscript> does not repeat", () => {
    const { html } = render(
      `<a href="https://a.example/full"><img src="${PIXEL}" data-src="${REAL}"></a><noscript><img src="${REAL}"></noscript>`,
      { format: "html" },
    );
    expect(html).toMatch(
      /^<a href="https:\/\/a\.example\/full"[^>]*><img src="[^"]*harbour\.jpg"[^>]*><\/a>$/,
    );
  });

  it("leaves no placeholder in sizes", () => {
    const jpeg = "data:image/jpeg;base64,/9j/4AAQSkZJRg==";
    const { html, diagnostics } = render(`<img src="${REAL}" srcset="${jpeg} 1x, ${REAL} 2x">`, {
      format: "html",
    });
    expect(html).toContain(`srcset="${REAL} 2x"`);
    expect(diagnostics).toEqual([]);
  });
});
