/**
 * The canonical spelling of a BCP 47 tag (`zh_cn` is `zh-CN`); null where the text is not such a tag. Extensions (`-u-`, `-x-`) are left
 * out: they tell a calendar or an order, and no language, and what names languages for people knows none with them.
 */
export function canonicalLanguage(written: string): string | null {
  try {
    return new Intl.Locale(written.replaceAll("_", "-")).baseName;
  } catch {
    return null;
  }
}
