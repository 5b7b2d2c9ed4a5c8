/**
 * Media types of sound and film, by the extension of a file's name. Apple's directory asks for its own type of `m4a` and `m4v`;
 * players take them as they take `audio/mp4`. A recording that is there in several forms is offered in this order.
 */
const MEDIA_TYPES: ReadonlyMap<string, string> = new Map([
  ["mp3", "audio/mpeg"],
  ["m4a", "audio/x-m4a"],
  ["m4b", "audio/x-m4b"],
  ["aac", "audio/aac"],
  ["ogg", "audio/ogg"],
  ["oga", "audio/ogg"],
  ["opus", "audio/ogg"],
  ["flac", "audio/flac"],
  ["wav", "audio/wav"],
  ["mp4", "video/mp4"],
  ["m4v", "video/x-m4v"],
  ["mov", "video/quicktime"],
  ["webm", "video/webm"],
  ["ogv", "video/ogg"],
]);

/** The extensions of files with sound or film, in lower case, the one first that most players take. */
export const MEDIA_EXTENSIONS: readonly string[] = [...MEDIA_TYPES.keys()];

const MEDIA_PATH = new RegExp(String.raw`\.(${MEDIA_EXTENSIONS.join("|")})$`, "i");

/** The media type of a file of sound or film, from its path; null for all others. */
export function mediaTypeOf(path: string): string | null {
  return MEDIA_TYPES.get(MEDIA_PATH.exec(path)?.[1]?.toLowerCase() ?? "") ?? null;
}
