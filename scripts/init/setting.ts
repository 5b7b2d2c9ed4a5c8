/** A setting of a site, as `init` writes it into `[vars.SITE]`. */
export interface Setting {
  readonly key: string;
  readonly value: SettingValue;
  /** Why it is so, where that was guessed or is not plain: whole sentences without `#`. */
  readonly comment?: string;
}

export type SettingValue =
  | string
  | number
  | boolean
  | readonly SettingValue[]
  | { readonly [key: string]: SettingValue };

/** A table, and no text, number or list. */
export type SettingTable = Readonly<Record<string, SettingValue>>;

export function isSettingList(value: SettingValue): value is readonly SettingValue[] {
  return Array.isArray(value);
}

export function isSettingTable(value: SettingValue): value is SettingTable {
  return typeof value === "object" && !isSettingList(value);
}
