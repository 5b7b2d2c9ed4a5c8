import { Session } from "node:inspector";

const MOST_PLACES = 6;
/** Microseconds between two looks. */
const INTERVAL = 500;

/** Runs `work` under the profiler: which functions took the time themselves, with file, line and share, most first. */
export function profileByPlace(work: () => void): readonly string[] {
  const session = new Session();
  session.connect();
  session.post("Profiler.enable");
  session.post("Profiler.setSamplingInterval", { interval: INTERVAL });
  session.post("Profiler.start");
  work();
  let places: readonly string[] = [];
  session.post("Profiler.stop", (_error, { profile }) => {
    const hits = new Map<string, number>();
    let total = 0;
    for (const { callFrame, hitCount = 0, positionTicks = [] } of profile.nodes) {
      const file = callFrame.url.replace(/^.*\/(?=(?:node_modules|scripts|src|test)\/)/, "");
      const line = positionTicks.toSorted((a, b) => b.ticks - a.ticks)[0]?.line;
      const place = `${callFrame.functionName || "(anonymous)"} ${file}:${line ?? callFrame.lineNumber + 1}`;
      hits.set(place, (hits.get(place) ?? 0) + hitCount);
      total += hitCount;
    }
    places = [...hits]
      .toSorted(([, a], [, b]) => b - a)
      .slice(0, MOST_PLACES)
      .map(([place, count]) => `${Math.round((100 * count) / total)}% ${place}`);
  });
  session.disconnect();
  return places;
}
