import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import * as v from "valibot";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LAYOUT_FAULTS } from "../old-engines/layout-faults.ts";
import type { Browser, View } from "../old-engines/browser.ts";
import { launchBrowser } from "../old-engines/browser.ts";
import { OLD_ENGINES, PICTURES, programOf } from "../old-engines/old-engines.ts";
import { SITE } from "../render/sample-articles.ts";
import { SAMPLE_PAGES } from "../render/sample-pages.ts";

/*
 * Every kind of page in engines of the years 2018 to 2020, which phones still have, and in today's beside them. The old ones
 * are fetched by `npm run old-engines`, too large for every `npm ci`; where they are not, it says so, and takes no pictures,
 * since there would be nothing to lay them beside.
 */

const TODAYS = {
  name: "today's Chromium",
  program: process.env["CHROME_PATH"] ?? "/usr/bin/chromium",
  advice: "Set CHROME_PATH.",
};
const ENGINES = [
  TODAYS,
  ...OLD_ENGINES.map((engine) => ({
    name: engine.name,
    program: programOf(engine),
    advice: "Run npm run old-engines.",
  })),
];
for (const { name, program, advice } of ENGINES) {
  if (!existsSync(program)) {
    console.warn(`There is no ${program}: ${name.toUpperCase()} IS NOT TESTED. ${advice}`);
  }
}

const takesPictures = OLD_ENGINES.some((engine) => existsSync(programOf(engine)));

const PICTURE = `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="800"><path fill="#7a9db8" d="M0 0h1200v800H0z"/><path fill="#43607a" d="M0 560q300-120 600 0t600 0v240H0z"/></svg>`;
const PHONE: View = { width: 360, height: 2400 };
const DESK: View = { width: 1280, height: 1600 };
const VIEWS = {
  phone: PHONE,
  dark: { ...PHONE, colorScheme: "dark" },
  desk: DESK,
  paper: { width: 680, height: 2400, media: "print" },
} as const;

const server = createServer((request, response) => {
  const page = SAMPLE_PAGES[(request.url ?? "").slice(1)];
  response.setHeader("Content-Type", page === undefined ? "image/svg+xml" : "text/html");
  const html = new TextDecoder().decode(page).replaceAll(SITE.url, "");
  response.end(page === undefined ? PICTURE : html);
});

beforeAll(async () => {
  await mkdir(PICTURES, { recursive: true });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
});

afterAll(() => {
  server.close();
});

for (const { name, program } of ENGINES) {
  describe.runIf(existsSync(program))(`in ${name}`, () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launchBrowser(program);
    });
    afterAll(async () => {
      await browser.close();
    });

    it.each(Object.keys(SAMPLE_PAGES))("shows %s whole and in order", async (page) => {
      const { port } = server.address() as AddressInfo;
      const faults: string[] = [];
      for (const [kind, view] of Object.entries(VIEWS)) {
        await browser.visit(`http://127.0.0.1:${port}/${page}`, view);
        const seen = v.parse(v.array(v.string()), await browser.evaluate(LAYOUT_FAULTS));
        faults.push(...seen.map((fault) => `${kind}: ${fault}`));
        if (!takesPictures) continue;
        const file = `${page}, ${kind}, ${name}.png`;
        await writeFile(join(PICTURES, file), await browser.picture(view));
      }
      expect(faults).toEqual([]);
    });
  });
}
