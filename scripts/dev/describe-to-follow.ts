import type { ToFollow } from "../bundle/bundled-site.ts";
import { counted } from "../terminal/counted.ts";

/** What is still to be drawn of a release, in one line. */
export function describeToFollow({ pictures, cards }: ToFollow): string {
  const parts = [
    ...(pictures > 0 ? [`${counted(pictures, "picture")}, to be made light`] : []),
    ...(cards ? ["the share cards"] : []),
  ];
  return `You can look at the site; what takes long follows: ${parts.join("; ")}`;
}
