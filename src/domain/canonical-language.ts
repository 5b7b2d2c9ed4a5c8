/** A name such as `english` in place of a code: BCP 47 has room for words of four letters and more, and none is registered. */
const WORD = /^[a-z]{4,}/i;

/**
 * The canonical spelling of a BCP 47 tag (`zh_cn` is `zh-CN`); null where the text is not such a tag. Extensions (`-u-`, `-x-`) are left
 * out: they tell a calendar or an order, and no language, and what names languages for people knows none with them.
 */
export function canonicalLanguage(written: string): string | null {
  if (WORD.test(written)) return null;
  try {
    const { baseName, language } = new Intl.Locale(written.replaceAll("_", "-"));
    return isCountry(language) ? null : baseName;
  } catch {
    return null;
  }
}

/** Whether a country stands in place of a language, as in `cn` and `jp`: of each language of two letters the script is known. */
function isCountry(language: string): boolean {
  return language.length === 2 && new Intl.Locale(language).maximize().script === undefined;
}
