/** The outcome of something that may fail in an expected way. `reason` tells failures apart; bugs throw instead. */
export type Result<Value, Failure> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly failure: Failure };

/** A success. */
export function ok<Value>(value: Value): Result<Value, never> {
  return { ok: true, value };
}

/** An expected failure, with its evidence. */
export function failed<Failure>(failure: Failure): Result<never, Failure> {
  return { ok: false, failure };
}

/** Changes the value of a success, and passes a failure on. */
export function mapped<Value, Other, Failure>(
  result: Result<Value, Failure>,
  change: (value: Value) => Other,
): Result<Other, Failure> {
  return result.ok ? ok(change(result.value)) : result;
}

/** All values, or the first failure. */
export function allOk<Value, Failure>(
  results: readonly Result<Value, Failure>[],
): Result<readonly Value[], Failure> {
  const values: Value[] = [];
  for (const result of results) {
    if (!result.ok) return result;
    values.push(result.value);
  }
  return ok(values);
}
