import * as v from "valibot";

/** An option of a command: how it is written, and what it may say. */
export interface Option<Value> {
  readonly type: "boolean" | "string";
  readonly schema: v.GenericSchema<string | boolean | undefined, Value>;
}

/** `--json`: true where it is given. */
export const flag: Option<boolean> = {
  type: "boolean",
  schema: v.pipe(
    v.any(),
    v.transform((given) => given === true),
  ),
};

/** `--config file`; null where it is not given. */
export const text: Option<string | null> = {
  type: "string",
  schema: v.pipe(
    v.optional(v.string()),
    v.transform((given) => given ?? null),
  ),
};

/** `--pages 20`, and the number where it is not given. */
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
          v.string(),
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
