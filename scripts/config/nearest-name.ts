import leven from "leven";

/** The candidate that `name` was most likely meant to be; null if none is similar. */
export function nearestName(name: string, candidates: readonly string[]): string | null {
  const maxDistance = Math.max(1, Math.floor(name.length / 3));
  const near = candidates
    .map((candidate) => ({ candidate, distance: leven(name.toLowerCase(), candidate) }))
    .filter(({ distance }) => distance <= maxDistance)
    .toSorted((a, b) => a.distance - b.distance);
  return near[0]?.candidate ?? null;
}
