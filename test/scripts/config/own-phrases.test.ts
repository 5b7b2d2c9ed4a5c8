import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "smol-toml";
import { describe, expect, it } from "vitest";
import { PHRASES_TO_WRITE, datePatterns, ownPhrases } from "../../../scripts/config/own-phrases.ts";
import { readSettings } from "../../../scripts/config/settings.ts";
import { phrasesFor, spokenPhrases } from "../../../src/render/phrases/phrases-for.ts";
import {
  readerDay,
  readerPage,
  readerPagePart,
  renderTime,
} from "../../../src/render/reader-dates.ts";

const TEMPLATE = join(import.meta.dirname, "../../../docs/phrases.toml");
const MORNING = { epochSeconds: 1641771333, offsetMinutes: 480 };

/** A file of wrangler's with some phrases. */
function settingsWith(phrases: string, language = "es") {
  const text = `[vars.SITE]\ntitle = "Diario"\nurl = "https://d.example"\nlanguage = "${language}"\n${phrases}`;
  return readSettings(text, "wrangler.toml", {});
}

/** The template: every phrase in English, as a site would write it. */
function template(): string {
  const groups = Map.groupBy(PHRASES_TO_WRITE, ([name]) => name.split(".").slice(0, -1).join("."));
  const tables = Array.from(groups, ([group, phrases]) => [
    `[${["vars.SITE.phrases", group].filter(Boolean).join(".")}]`,
    ...phrases.map(([name, { text }]) => `${name.split(".").at(-1)} = ${JSON.stringify(text)}`),
  ]);
  const head = [
    "# All words of the pages, in English. Copy what you need into wrangler.toml, behind all other settings, and write it in your",
    "# language. What stands in braces is filled in; dates and numbers follow from `language`.",
  ];
  return [head, ...tables].map((lines) => `${lines.join("\n")}\n`).join("\n");
}

describe("the setting phrases", () => {
  /** Written anew by `UPDATE_EXPECTED=1 npx vitest run --project node own-phrases`. */
  it("has a template with every text, which can be pasted as it is", async () => {
    if (process.env["UPDATE_EXPECTED"] === "1") await writeFile(TEMPLATE, template());
    const text = await readFile(TEMPLATE, "utf8");
    expect(text).toBe(template());
    const settings = settingsWith(text);
    const site = settings.ok ? settings.value.site : null;
    expect(Object.keys(site?.phrases?.words ?? {})).toHaveLength(PHRASES_TO_WRITE.size);
    expect(parse(text)).toHaveProperty("vars.SITE.phrases.home", "Home");
  });

  it("puts texts in the place of Offprint's, and keeps those that it lacks", () => {
    const settings = settingsWith(
      '[vars.SITE.phrases]\nhome = "Inicio"\n[vars.SITE.phrases.subscribing]\nhow = "Cómo suscribirse"\n',
    );
    const phrases = settings.ok ? phrasesFor(settings.value.site) : null;
    expect(phrases).toMatchObject({
      language: "es",
      home: "Inicio",
      newest: "Newest",
      thousands: ".",
      subscribing: { how: "Cómo suscribirse", open: "Open in a reader" },
    });
  });

  it("keeps dates and numbers of a language that Offprint speaks", () => {
    const own = ownPhrases({ categories: "版面" }, "zh-CN");
    const phrases = phrasesFor({ language: "zh-CN", phrases: own });
    expect(phrases).toEqual({
      ...spokenPhrases("zh-CN"),
      language: "zh-CN",
      categories: "版面",
    });
  });

  it.each([
    ['hom = "Inicio"', 'There is no phrase "hom"', 'did you mean "home"?'],
    ['dates = "x"', 'There is no phrase "dates"', "docs/phrases.toml has all names"],
    ['home = { a = "x" }', 'There is no phrase "home.a"', 'did you mean "home"?'],
    [
      'more_from = "Más de {titulo}"',
      'The phrase "more_from" is "Más de {titulo}"',
      'write it with the same words in braces as "More from {title}"',
    ],
  ])("refuses %s", (line, what, advice) => {
    const settings = settingsWith(`[vars.SITE.phrases]\n${line}\n`);
    expect(settings.ok ? [] : settings.failure).toMatchObject([{ line: 5, what, advice }]);
  });

  it.each(['phrases = "es"', "phrases = { home = 1 }", "phrases = { subscribing = { how = [] } }"])(
    "refuses %s, which is no table of texts",
    (line) => {
      const settings = settingsWith(line);
      const advice = 'write a table of texts: { home = "Inicio" }; docs/phrases.toml has all names';
      expect(settings.ok ? [] : settings.failure).toMatchObject([{ line: 5, advice }]);
    },
  );
});

describe("datePatterns", () => {
  it.each([
    ["de", "10. Januar 2022", "10. Januar 2022 um 07:35", "Januar 2022", "Januar"],
    ["es", "10 de enero de 2022", "10 de enero de 2022 a las 07:35", "enero de 2022", "enero"],
    [
      "ru",
      "10 января 2022\u202fг.",
      "10 января 2022\u202fг. в 07:35",
      "январь 2022\u202fг.",
      "январь",
    ],
    ["hu", "2022. január 10.", "2022. január 10. 07:35", "2022. január", "január"],
    ["th", "10 มกราคม 2022", "10 มกราคม 2022 เวลา 07:35", "มกราคม 2022", "มกราคม"],
    ["ug", "10-يانۋار، 2022", "10-يانۋار، 2022 07:35", "2022 يانۋار", "يانۋار"],
    ["yue", "2022年1月10日", "2022年1月10日 07:35", "2022年1月", "1月"],
  ])("writes dates in %s as %s, %s, %s and %s", (language, day, time, month, monthAlone) => {
    const dates = datePatterns(language);
    expect(readerDay(MORNING, dates)).toBe(day);
    expect(renderTime(MORNING, dates).html).toContain(`>${time}<`);
    expect(readerPage("2022-01", dates)).toBe(month);
    expect(readerPagePart("2022-01", dates)).toBe(monthAlone);
  });

  it.each(["zh-TW", "ja", "ko", "en-GB", "ar"])(
    "says of %s what Offprint's own words say",
    (language) => {
      const [own, known] = [spokenPhrases(language)?.dates, datePatterns(language)];
      if (own === undefined) throw new Error("no words");
      expect(readerDay(MORNING, own)).toBe(readerDay(MORNING, known));
      expect(readerPage("2022-12", own)).toBe(readerPage("2022-12", known));
      expect(readerPagePart("2022-12", own)).toBe(readerPagePart("2022-12", known));
    },
  );
});
