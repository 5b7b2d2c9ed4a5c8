import pMap, { pMapSkip } from "p-map";
import type { Result } from "../../src/domain/result.ts";
import { ok } from "../../src/domain/result.ts";

/**
 * Works on several items at once. After a failure no further item is begun, and those under way are finished.
 *
 * @returns all values in the order of the items, or the first failure
 */
export async function mapConcurrently<Item, Value, Failure>(
  items: Iterable<Item> | AsyncIterable<Item>,
  atOnce: number,
  work: (item: Item) => Promise<Result<Value, Failure>>,
): Promise<Result<readonly Value[], Failure>> {
  const failures: Result<never, Failure>[] = [];
  async function* wanted(): AsyncGenerator<Item, undefined> {
    for await (const item of items) {
      if (failures.length > 0) return;
      yield item;
    }
  }
  const map = async (item: Item): Promise<Value | typeof pMapSkip> => {
    const result = await work(item);
    if (result.ok) return result.value;
    failures.push(result);
    return pMapSkip;
  };
  const values = await pMap(wanted(), map, { concurrency: atOnce });
  return failures[0] ?? ok(values);
}
