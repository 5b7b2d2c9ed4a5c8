/** Finds the place of a text in a list that holds each once; undefined if it is not there. */
export type FindPlace = (text: string) => number | undefined;

/** So many are looked for from one to the next before a map of all is made, which takes as long as some hundred of that. */
const MOST_SOUGHT = 50;

/**
 * Whoever asks for all of a list in its order, or nearly, which is the usual case with paths, is answered without a map of all of
 * them: it would take longer than what it is for.
 */
export function createFindPlace(texts: readonly string[]): FindPlace {
  let next = 0;
  let sought = 0;
  let places: ReadonlyMap<string, number> | null = null;
  const seek = (text: string): number | undefined => {
    sought += 1;
    if (sought <= MOST_SOUGHT) {
      const ahead = texts.indexOf(text, next);
      const place = ahead < 0 ? texts.lastIndexOf(text, next) : ahead;
      return place < 0 ? undefined : place;
    }
    places ??= new Map(texts.map((each, place) => [each, place] as const));
    return places.get(text);
  };
  return (text) => {
    const place = texts[next] === text ? next : seek(text);
    if (place !== undefined) next = place + 1;
    return place;
  };
}
