import { setFlagsFromString } from "node:v8";

/** All that is kept of fewer articles is small. */
const MANY_ARTICLES = 20_000;

/**
 * Lets no more garbage lie than two fifths of what is in use, where there are so many articles that it counts. V8 would let it become
 * three times as much, as long as the machine has memory.
 *
 * @param setFlag sets a flag of V8
 */
export function boundGarbage(
  articles: number,
  setFlag: (flag: string) => void = setFlagsFromString,
): void {
  if (articles >= MANY_ARTICLES) setFlag("--heap-growing-percent=40");
}
