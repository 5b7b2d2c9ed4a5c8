import { cpSync, existsSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { AxeResults } from "axe-core";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PublishedFolder } from "../scripts/published-folder.ts";

/*
 * The sample site in a real browser: what axe-core finds, sideways scrolling on the narrowest phones, text at twice its
 * size. The browser is the program that is needed for it; what it asks for is answered by the Worker in this process. It needs
 * Debian's Chromium; where there is none, it says so.
 */

const CHROMIUM = process.env["CHROME_PATH"] ?? "/usr/bin/chromium";
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const hasBrowser = existsSync(CHROMIUM);
if (!hasBrowser) {
  console.warn(`There is no browser at ${CHROMIUM}: ACCESSIBILITY IS NOT TESTED. Set CHROME_PATH.`);
}

const LEAST_TARGET_PIXELS = 24;

describe.runIf(hasBrowser)("the sample site in a browser", () => {
  const site = PublishedFolder.open();
  let browser: Browser;
  const paths: string[] = ["/", "/feed", "/no-such-page"];

  beforeAll(async () => {
    const articles = join(site.folder, "articles");
    rmSync(articles, { recursive: true });
    cpSync(join(import.meta.dirname, "../../articles"), articles, { recursive: true });
    await site.deployed();
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
    const home = await site.text("/");
    const linked = (pattern: RegExp): readonly string[] =>
      [...home.matchAll(pattern)].map(([, path = ""]) => path);
    paths.push(...linked(/href="(\/s\/[^"]+)"/g).slice(0, 8));
    paths.push(...linked(/href="(\/category\/[^"]+)"/g).slice(0, 2));
  });

  afterAll(async () => {
    await browser.close();
    site.close();
  });

  /** A browser's window in which the site answers. */
  async function openWindow(options: BrowserContextOptions): Promise<BrowserContext> {
    const context = await browser.newContext(options);
    await context.route(`${site.origin}/**`, async (route) => {
      const answer = await site.fetch(route.request().url(), { headers: { Accept: "text/html" } });
      await route.fulfill({
        status: answer.status,
        headers: Object.fromEntries(answer.headers),
        body: Buffer.from(await answer.arrayBuffer()),
      });
    });
    return context;
  }

  async function visit(
    path: string,
    colorScheme: "light" | "dark",
    width: number,
    look: (page: Page) => Promise<void>,
  ): Promise<void> {
    const context = await openWindow({
      viewport: { width, height: 844 },
      colorScheme,
      // For axe only, which is a script.
      bypassCSP: true,
    });
    const page = await context.newPage();
    await page.goto(site.origin + path);
    await look(page);
    await context.close();
  }

  it.each(["light", "dark"] as const)(
    "has nothing that axe finds fault with, and targets that thumbs hit, %s",
    async (scheme) => {
      expect(paths.length).toBeGreaterThan(8);
      for (const path of paths) {
        await visit(path, scheme, 390, async (page) => {
          const heights = await page.evaluate<number[]>(
            `[...document.querySelectorAll(".row a, .site > a, .kicker")].map((link) => link.getBoundingClientRect().height)`,
          );
          expect(Math.min(...heights, LEAST_TARGET_PIXELS), path).toBeGreaterThanOrEqual(
            LEAST_TARGET_PIXELS,
          );
          await page.evaluate(AXE);
          // The dark scheme is of the same elements: only their colours are others.
          const options = scheme === "dark" ? '{ runOnly: ["color-contrast"] }' : "{}";
          const results = await page.evaluate<AxeResults>(`axe.run(document, ${options})`);
          const violations = results.violations.map(
            ({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""}`,
          );
          expect(violations, path).toEqual([]);
        });
      }
    },
  );

  it("does not scroll sideways at 320 pixels, nor with text of twice the size", async () => {
    for (const path of paths) {
      await visit(path, "light", 320, async (page) => {
        for (const size of ["", "212.5%"]) {
          const over = await page.evaluate<number>(
            `document.documentElement.style.fontSize = "${size}";
             document.documentElement.scrollWidth - document.documentElement.clientWidth`,
          );
          expect(over, `${path} at ${size}`).toBeLessThanOrEqual(0);
        }
      });
    }
  });

  it("makes one request for an article without pictures, and runs no script", async () => {
    const share = paths.find((path) => path.startsWith("/s/")) ?? "";
    const requests: string[] = [];
    const context = await openWindow({ viewport: { width: 390, height: 844 } });
    const page = await context.newPage();
    page.on("request", (request) => {
      if (!request.url().endsWith("/favicon.svg")) requests.push(request.url());
    });
    await page.goto(site.origin + share);
    const foreign = requests.filter((url) => !url.startsWith(site.origin));
    const scripts = await page.locator('script:not([type="application/ld+json"])').count();
    expect([foreign, scripts]).toEqual([[], 0]);
    await context.close();
  });
});
