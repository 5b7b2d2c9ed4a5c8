import { canonicalLanguage } from "../../src/domain/canonical-language.ts";

/** Scripts of one language each, or nearly so, the most particular first. */
const SCRIPTS: readonly (readonly [script: RegExp, language: string])[] = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, "ja"],
  [/\p{Script=Hangul}/u, "ko"],
  [/\p{Script=Han}/u, "zh-CN"],
  [/\p{Script=Arabic}/u, "ar"],
];

/** The language in which most of some titles are, by their script; English where that says nothing. */
export function languageOfTitles(titles: readonly string[]): string {
  const languages = titles.map(
    (title) => SCRIPTS.find(([script]) => script.test(title))?.[1] ?? "en",
  );
  const groups = [...Map.groupBy(languages, (language) => language)];
  return groups.toSorted(([, a], [, b]) => b.length - a.length)[0]?.[0] ?? "en";
}

/** The language of a locale as the environment names it (`zh_CN.UTF-8`); null where it names none. */
export function languageOfLocale(locale: string): string | null {
  const [name = ""] = locale.split(/[.@]/);
  return /^(?:C|POSIX|)$/.test(name) ? null : canonicalLanguage(name);
}
