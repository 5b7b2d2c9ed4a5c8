import * as v from "valibot";

/** A kind of option: whether it has a value, and how that is checked and read. */
export interface Option<Value> {
  readonly type: "boolean" | "string";
  /** A letter that stands for it: `-e staging`. */
  readonly short?: string;
  readonly schema: v.GenericSchema<unknown, Value>;
}

/** An option without a value, such as `--json`: whether it is given. */
export const flag: Option<boolean> = {
  type: "boolean",
  schema: v.optional(v.boolean(), false),
};

/** An option with a text, such as `--config file`; null if it is not given. */
export const text: Option<string | null> = {
  type: "string",
  schema: v.nullish(v.string(), null),
};

/** The name of one of wrangler's environments, as wrangler has the option; empty for the top level, null if it is not given. */
export const environmentOption: Option<string | null> = { ...text, short: "e" };

/** An option with a number from `least` to `most`, such as `--pages 20`; `absent` if it is not given. */
export function wholeNumber<Absent>(
  least: number,
  most: number,
  absent: Absent,
): Option<number | Absent> {
  const advice = `write a whole number from ${least}${most < Number.MAX_SAFE_INTEGER ? ` to ${most}` : ""}`;
  return {
    type: "string",
    schema: v.pipe(
      v.optional(
        v.pipe(
          v.string(advice),
          v.regex(/^\d{1,15}$/, advice),
          v.toNumber(),
          v.minValue(least, advice),
          v.maxValue(most, advice),
        ),
      ),
      v.transform((given) => given ?? absent),
    ),
  };
}
