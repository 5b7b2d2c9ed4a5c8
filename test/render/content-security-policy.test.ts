import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { contentSecurityPolicy } from "../../src/render/content-security-policy.ts";
import { markup } from "../../src/render/markup.ts";
import { renderPage } from "../../src/render/page.ts";
import { SITE } from "./sample-articles.ts";
import { SAMPLE_PAGES } from "./sample-pages.ts";

const POLICY = contentSecurityPolicy(SITE);

describe("contentSecurityPolicy", () => {
  it.each(Object.entries(SAMPLE_PAGES))("lets the style of %s apply", (_name, page) => {
    const [, style] = /<style>([^<]*)<\/style>/.exec(new TextDecoder().decode(page)) ?? [];
    const hash = createHash("sha256").update(String(style)).digest("base64");
    expect(POLICY).toContain(`'sha256-${hash}'`);
  });

  it("lets the style of a themed page apply, and Offprint's own no more", () => {
    const theme = { light: { accent: "#0b5a43" }, dark: {}, textFace: '"宋体", serif' };
    const site = { ...SITE, theme };
    const policy = contentSecurityPolicy(site);
    for (const preview of ["a", "b"]) {
      const html = new TextDecoder().decode(renderPage({ site, preview, main: markup`<p>a</p>` }));
      const [, style] = /<style>([^<]*)<\/style>/.exec(html) ?? [];
      expect(style).toContain("#0b5a43");
      const hash = createHash("sha256").update(String(style)).digest("base64");
      expect(policy).toContain(`'sha256-${hash}'`);
    }
    expect(POLICY.match(/sha256-[^']+/g)?.filter((hash) => policy.includes(hash))).toEqual([]);
  });

  it("allows no script, no frame, no form and nothing unsafe", () => {
    expect(POLICY).toMatch(/^default-src 'none'; /);
    expect(POLICY).not.toMatch(/unsafe|script-src|frame-src/);
    for (const directive of ["base-uri", "form-action", "frame-ancestors"]) {
      expect(POLICY).toContain(`${directive} 'none'`);
    }
  });

  it("lets pictures come without TLS only where the site itself does", () => {
    const local = { ...SITE, url: "http://localhost:8787" };
    expect(contentSecurityPolicy(local)).toContain("img-src 'self' https: http: data:;");
    expect(POLICY).toContain("img-src 'self' https: data:;");
  });
});
