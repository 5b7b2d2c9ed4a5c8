import type { LocalFile } from "../read/files/local-file.ts";
import type { KnownPictures } from "../read/files/find-local-picture.ts";
import type { IO } from "../terminal/io.ts";
import { counted } from "../terminal/counted.ts";
import { makePictures } from "./make-pictures.ts";
import { readStamps, tidyPictures } from "./picture-folder.ts";

/** What was read of a site, as far as pictures are concerned. */
interface ReadFiles {
  readonly articles: readonly { readonly localFiles: readonly LocalFile[] }[];
  readonly pages: readonly { readonly localFiles: readonly LocalFile[] }[];
}

const MILLISECONDS_PER_SECOND = 1000;

/**
 * Reads articles and makes their pictures. Where something else came of a picture than its header had promised, the articles
 * with it are read once more, so that what they say of it is so.
 *
 * @param read takes unchanged articles from the cache
 * @param folder keeps what is made of pictures
 */
export async function readWithPictures<Report extends ReadFiles>(
  read: (pictures: KnownPictures) => Promise<Report>,
  folder: string,
  io: Pick<IO, "now" | "progress" | "say">,
): Promise<Report> {
  const startedAt = io.now();
  const known = { folder, stamps: readStamps(folder) };
  const first = await read(known);
  const begunAt = io.now();
  const { made, isSurprising } = await makePictures(localFilesOf(first), folder, () =>
    io.progress("pictures made"),
  );
  if (made > 0) {
    const seconds = (io.now() - begunAt) / MILLISECONDS_PER_SECOND;
    io.say(
      `Made ${counted(made, "picture")} anew in ${seconds.toFixed(1)} s, ${(seconds / made).toFixed(2)} s each`,
    );
  }
  const report = isSurprising ? await read(known) : first;
  tidyPictures(localFilesOf(report), folder, startedAt);
  return report;
}

function localFilesOf({ articles, pages }: ReadFiles): readonly LocalFile[] {
  return [...articles, ...pages].flatMap(({ localFiles }) => localFiles);
}
