import type { Recording } from "../../../src/domain/recording.ts";
import { MOST_RECORDINGS } from "../front-matter/written-recordings.ts";

/**
 * All recordings of an article, each once: those of its front matter first. One that its body plays too needs no other player.
 *
 * @param header of the front matter
 * @param body of the body
 */
export function articleRecordings(
  header: readonly Recording[],
  body: readonly Recording[],
): readonly Recording[] {
  const named = new Set(header.flatMap(urlsOf));
  const played = new Set(body.flatMap(urlsOf));
  const all = [
    ...header.map((recording) => ({
      ...recording,
      isShown: urlsOf(recording).some((url) => played.has(url)),
    })),
    ...body.filter((recording) => !urlsOf(recording).some((url) => named.has(url))),
  ];
  const byFile = new Map(all.toReversed().map((recording) => [recording.files[0].url, recording]));
  return [...byFile.values()].toReversed().slice(0, MOST_RECORDINGS);
}

function urlsOf({ files }: Recording): readonly string[] {
  return files.map(({ url }) => url);
}
