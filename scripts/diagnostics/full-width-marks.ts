/** What a Chinese keyboard types in place of the marks that YAML, TOML and JSON know. */
const FULL_WIDTH: Readonly<Record<string, string>> = {
  "：": ":",
  "＝": "=",
  "“": '"',
  "”": '"',
  "＂": '"',
  "‘": "'",
  "’": "'",
  "，": ",",
  "；": ";",
  "［": "[",
  "］": "]",
  "【": "[",
  "】": "]",
  "｛": "{",
  "｝": "}",
};

/** The first of these marks in a line, outside of comments and of texts between straight quotation marks; null if there is none. */
export function findFullWidthMark(line: string, among = Object.keys(FULL_WIDTH)): string | null {
  const rest = line.replaceAll(/"[^"]*"|'[^']*'/g, "").replace(/(?:#|\/\/).*$/, "");
  return rest.split("").find((character) => among.includes(character)) ?? null;
}

/** What to do about such a mark. */
export function fullWidthAdvice(mark: string): string {
  return `${mark} is a full-width character; type ${FULL_WIDTH[mark] ?? ""} in its place, with the keyboard set to English`;
}
