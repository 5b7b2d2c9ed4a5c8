/** A name such as `english` in place of a code: BCP 47 has room for words of four letters and more, and none is registered. */
const WORD = /^[a-z]{4,}/i;

/** The canonical spelling of a BCP 47 tag (`zh_cn` is `zh-CN`); null where the text is not such a tag. */
export function canonicalLanguage(written: string): string | null {
  if (WORD.test(written)) return null;
  try {
    return Intl.getCanonicalLocales(written.replaceAll("_", "-"))[0] ?? null;
  } catch {
    return null;
  }
}
