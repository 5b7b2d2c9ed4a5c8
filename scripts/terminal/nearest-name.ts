import leven from "leven";
import { slipBetween } from "./slip-between.ts";

/** The candidate that `name` was most likely meant to be; null if none is similar. */
export function nearestName(name: string, candidates: readonly string[]): string | null {
  const maxDistance = Math.max(1, Math.floor(name.length / 3));
  const written = name.toLowerCase();
  const near = candidates
    .map((candidate) => {
      const isSlip = slipBetween(written, candidate) !== null;
      return { candidate, distance: isSlip ? 1 : leven(written, candidate) };
    })
    .filter(({ distance }) => distance <= maxDistance)
    .toSorted((a, b) => a.distance - b.distance);
  return near[0]?.candidate ?? null;
}
