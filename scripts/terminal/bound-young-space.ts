import { getHeapSpaceStatistics, setFlagsFromString } from "node:v8";

/** Both halves. V8 goes up to 128 MB, which are taken for good, and gains nothing by it here. */
const ENOUGH_BYTES = 32 * 1024 * 1024;
let isBounded = false;

/**
 * Ends the growth of the space in which V8 makes new objects, of this thread and all others, as soon as it is as large as reading
 * needs. It may be called often. There is no way to say so before, but by an argument of the process.
 */
export function boundYoungSpace(): void {
  if (isBounded) return;
  const young = getHeapSpaceStatistics().find(({ space_name: name }) => name === "new_space");
  if ((young?.space_size ?? 0) < ENOUGH_BYTES) return;
  setFlagsFromString("--semi-space-growth-factor=1");
  isBounded = true;
}
