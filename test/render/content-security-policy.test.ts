import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { CONTENT_SECURITY_POLICY } from "../../src/render/content-security-policy.ts";
import { SAMPLE_PAGES } from "./sample-pages.ts";

describe("CONTENT_SECURITY_POLICY", () => {
  it.each(Object.entries(SAMPLE_PAGES))("lets the style of %s apply", (_name, page) => {
    const [, style] = /<style>([^<]*)<\/style>/.exec(new TextDecoder().decode(page)) ?? [];
    const hash = createHash("sha256").update(String(style)).digest("base64");
    expect(CONTENT_SECURITY_POLICY).toContain(`'sha256-${hash}'`);
  });

  it("allows no script, no frame, no form and nothing unsafe", () => {
    expect(CONTENT_SECURITY_POLICY).toMatch(/^default-src 'none'; /);
    expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe|script-src|frame-src/);
    for (const directive of ["base-uri", "form-action", "frame-ancestors"]) {
      expect(CONTENT_SECURITY_POLICY).toContain(`${directive} 'none'`);
    }
  });
});
