import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { chromium } from "playwright-core";
import Parser from "rss-parser";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RUNNING_FILES, RUNNING_MARKUP } from "../hostile/running-markup.ts";
import type { RunningSite } from "./running-site.ts";
import { startSite } from "./running-site.ts";

/*
 * Nothing from an article runs in a browser, without any policy's help: web readers show bodies of feeds in pages of their
 * own. It needs Debian's Chromium; where there is none, it says so.
 */

const CHROMIUM = process.env["CHROME_PATH"] ?? "/usr/bin/chromium";
const hasBrowser = existsSync(CHROMIUM);
if (!hasBrowser) {
  console.warn(`There is no browser at ${CHROMIUM}: NO SCRIPT IS LOOKED FOR. Set CHROME_PATH.`);
}

const PATIENCE_MILLISECONDS = 60_000;
/** Timers, animations and failed loads need a moment. */
const SETTLE_MILLISECONDS = 300;
const FOLDER = "hostile";
const LAST_TITLE = `Markup ${RUNNING_MARKUP.length - 1}`;

describe.runIf(hasBrowser)("nothing from an article runs", { timeout: 120_000 }, () => {
  let site: RunningSite;
  let browser: Browser;
  const bodies: string[] = [];

  beforeAll(async () => {
    site = await startSite();
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
    const folder = join(site.folder, "articles", FOLDER);
    mkdirSync(folder);
    for (const [name, text] of Object.entries(RUNNING_FILES)) {
      writeFileSync(join(folder, name), text);
    }
    const files = Object.keys(RUNNING_FILES);
    for (const [index, markup] of RUNNING_MARKUP.entries()) {
      const name = files[index] ?? "script.svg";
      const links = `[file](${name})\n\n![file](${name})`;
      writeFileSync(
        join(folder, `2022-01-10-markup-${index}.md`),
        `---\ntitle: Markup ${index}\ndate: 2022-01-10 08:00:00 +0800\ncategories: ${FOLDER}-${index % 4}\n---\nBefore.\n\n${markup}\n\nAfter.\n\n${links}\n`,
      );
    }
    await site.waitFor(
      `/category/${FOLDER}-${(RUNNING_MARKUP.length - 1) % 4}/feed.json`,
      (text) => text.includes(LAST_TITLE),
      PATIENCE_MILLISECONDS,
    );
    const feeds = [0, 1, 2, 3].map((part) => `/category/${FOLDER}-${part}/feed.xml`);
    const parser = new Parser();
    for (const path of feeds) {
      const feed = await parser.parseString(await (await site.fetch(path)).text());
      bodies.push(...feed.items.map((item) => String(item["content:encoded"])));
    }
  }, 120_000);

  afterAll(async () => {
    await browser.close();
    await site.stop();
  });

  /** Opens a page without any policy, in which `ran()` notes the name of the frame that called it. */
  async function open(show: (page: Page) => Promise<unknown>): Promise<ReadonlySet<string>> {
    const page = await browser.newPage();
    await page.addInitScript(
      "window.ran = () => { (top.callers ??= []).push(window.name || 'top'); };",
    );
    await page.route("http://reader.example/**", async (route) => {
      const isPage = route.request().url() === "http://reader.example/";
      const body = "<!doctype html><title>Reader</title>";
      await route.fulfill(isPage ? { contentType: "text/html", body } : { status: 404 });
    });
    await show(page);
    await page.waitForTimeout(SETTLE_MILLISECONDS);
    const callers = await page.evaluate<string[]>("window.callers ?? []");
    await page.close();
    return new Set(callers);
  }

  /** As web readers show entries: each in a frame of its own, first as a document and then put in by a script. */
  async function bodiesThatRun(shown: readonly string[]): Promise<readonly string[]> {
    const callers = await open(async (page) => {
      await page.goto("http://reader.example/");
      const entries = JSON.stringify(shown);
      await page.evaluate(`Promise.all(${entries}.flatMap((body, index) => [true, false].map((isDocument) =>
        new Promise((settle) => {
          const frame = document.createElement("iframe");
          frame.name = String(index);
          frame.onload = settle;
          frame.srcdoc = "<!doctype html><main>" + (isDocument ? body : "") + "</main>";
          document.body.append(frame);
          setTimeout(settle, ${SETTLE_MILLISECONDS});
          if (isDocument) return;
          frame.onload = () => {
            const main = frame.contentDocument.querySelector("main");
            main.innerHTML = body;
            settle();
          };
        }))))`);
      await page.waitForTimeout(SETTLE_MILLISECONDS);
      // A curious person points at all of it, and clicks on what does not lead away.
      await page.evaluate(`for (const frame of document.querySelectorAll("iframe")) {
        for (const element of frame.contentDocument?.querySelectorAll("main *") ?? []) {
          for (const name of ["mouseover", "pointerenter", "focus", "toggle"]) {
            element.dispatchEvent(new Event(name, { bubbles: true }));
          }
          const href = element.getAttribute("href") ?? element.getAttribute("xlink:href") ?? "";
          if (!/^https?:/.test(href)) element.dispatchEvent(new MouseEvent("click"));
        }
      }`);
    });
    return [...callers].map((index) => shown[Number(index)] ?? index);
  }

  it("when web readers show the bodies of feeds", async () => {
    expect(bodies).toHaveLength(RUNNING_MARKUP.length);
    expect(await bodiesThatRun(bodies)).toEqual([]);
  });

  it("though as it was written, most of the markup would", async () => {
    const runs = await bodiesThatRun(RUNNING_MARKUP);
    expect(runs.length).toBeGreaterThan(RUNNING_MARKUP.length / 2);
  });

  it("when its files are opened by themselves", async () => {
    const served = new Set(
      bodies.flatMap((body) => body.match(/(?<=(?:href|src)=")[^"]+\/media\/[^"]+/g) ?? []),
    );
    const kinds = [...served].map((url) => url.replace(/.*\./, ""));
    // The page that is called a picture is none, and is left out.
    expect(kinds.toSorted()).toEqual(["csv", "svg", "svg", "svg", "svg"]);
    for (const url of served) {
      const callers = await open(async (page) => page.goto(url).catch(() => null));
      expect([...callers], url).toEqual([]);
    }
  });

  it("though the pictures would on a host without our policy", async () => {
    for (const [name, body] of Object.entries(RUNNING_FILES)) {
      if (!name.endsWith(".svg")) continue;
      const callers = await open(async (page) => {
        await page.route("http://files.example/x.svg", async (route) => {
          await route.fulfill({ contentType: "image/svg+xml", body });
        });
        await page.goto("http://files.example/x.svg");
      });
      expect([...callers], name).toEqual(["top"]);
    }
  });
});
