/**
 * The same object, but for some properties. Nothing of it is copied: what came out of the cache reads its properties only when
 * they are asked for.
 */
export function withChanges<Value extends object, Name extends keyof Value>(
  object: Value,
  changes: Pick<Value, Name>,
): Value {
  return Object.create(object, Object.getOwnPropertyDescriptors(changes)) as Value;
}
