/** The canonical spelling of a BCP 47 tag (`zh_cn` is `zh-CN`); null where the text is not such a tag. */
export function canonicalLanguage(written: string): string | null {
  try {
    return Intl.getCanonicalLocales(written.replaceAll("_", "-"))[0] ?? null;
  } catch {
    return null;
  }
}
