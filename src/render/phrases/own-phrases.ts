import type { OwnPhrases } from "../../domain/site.ts";
import type { Phrases } from "./simplified-chinese.ts";

/** The words of a language, with a site's own in the place of those that it has. */
export function withOwnPhrases(base: Phrases, own: OwnPhrases): Phrases {
  const { words, thousands, dates, language } = own;
  const group = <Group extends Readonly<Record<string, string>>>(name: string, of: Group): Group =>
    replaced(of, `${name}.`, words);
  const {
    preview,
    previewWarnings,
    subscribing,
    variants,
    variantHints,
    articleCount,
    searching,
    dates: _,
    ...others
  } = base;
  const { notFound, gone, unavailable, methodNotAllowed, ...single } = others;
  return {
    ...replaced(single, "", words),
    preview: group("preview", preview),
    previewWarnings: group("previewWarnings", previewWarnings),
    subscribing: group("subscribing", subscribing),
    variants: group("variants", variants),
    variantHints: group("variantHints", variantHints),
    articleCount: group("articleCount", articleCount),
    searching: group("searching", searching),
    notFound: group("notFound", notFound),
    gone: group("gone", gone),
    unavailable: group("unavailable", unavailable),
    methodNotAllowed: group("methodNotAllowed", methodNotAllowed),
    language,
    thousands,
    dates,
  };
}

function replaced<Texts extends Readonly<Record<string, string>>>(
  texts: Texts,
  prefix: string,
  words: OwnPhrases["words"],
): Texts {
  const entries = Object.entries(texts).map(([key, text]) => [key, words[prefix + key] ?? text]);
  return Object.fromEntries(entries) as Texts;
}
