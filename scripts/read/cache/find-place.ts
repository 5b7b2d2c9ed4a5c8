/** Finds the place of a text in a list that holds each once; undefined if it is not there. */
export type FindPlace = (text: string) => number | undefined;

/**
 * Whoever asks for all of a list in its order, or nearly, which is the usual case with paths, is answered without a map of all of
 * them: it would take longer than what it is for.
 */
export function createFindPlace(texts: readonly string[]): FindPlace {
  let next = 0;
  let places: ReadonlyMap<string, number> | null = null;
  return (text) => {
    if (texts[next] !== text) {
      places ??= new Map(texts.map((each, place) => [each, place] as const));
      const place = places.get(text);
      if (place === undefined) return undefined;
      next = place;
    }
    next += 1;
    return next - 1;
  };
}
