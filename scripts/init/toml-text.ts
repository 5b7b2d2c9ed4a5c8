import type { SettingValue } from "./setting.ts";
import { isSettingList, isSettingTable } from "./setting.ts";

/** A value in TOML on one line. */
export function tomlText(value: SettingValue): string {
  if (typeof value === "string") return quoted(value);
  if (isSettingList(value)) return `[${value.map(tomlText).join(", ")}]`;
  if (!isSettingTable(value)) return String(value);
  const entries = Object.entries(value).map(
    ([key, inner]) => `${tomlKey(key)} = ${tomlText(inner)}`,
  );
  return `{ ${entries.join(", ")} }`;
}

/** A key, between quotation marks where it needs them. */
export function tomlKey(key: string): string {
  return /^[\w-]+$/.test(key) ? key : quoted(key);
}

/** JSON's texts are TOML's, except for one character that JSON lets stand. */
function quoted(text: string): string {
  return JSON.stringify(text.toWellFormed()).replaceAll("\u007F", String.raw`\u007f`);
}
