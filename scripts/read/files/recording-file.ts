import type { MediaFile, Recording } from "../../../src/domain/recording.ts";
import { mediaTypeOf } from "../../../src/domain/media-type.ts";
import type { LocalFile } from "./local-file.ts";

/** What players take most often, where neither the address nor anybody says. */
const USUAL_TYPES: Readonly<Record<Recording["kind"], string>> = {
  audio: "audio/mpeg",
  video: "video/mp4",
};

/**
 * A file of a recording. RSS and JSON Feed require a type.
 *
 * @param type as written; null where it is not
 * @param kind what it is said to be; null where nobody says
 * @param length in bytes, as written; that of a file of ours counts more
 */
export function recordingFile(
  url: string,
  type: string | null,
  kind: Recording["kind"] | null,
  length: number | null,
  local: LocalFile | null,
): MediaFile {
  const known = type ?? mediaTypeOf(new URL(url).pathname) ?? USUAL_TYPES[kind ?? "audio"];
  // An `mp4` or `webm` in a player for sound holds sound only.
  const fitting = kind === "audio" ? known.replace(/^video\//, "audio/") : known;
  return { url, type: fitting, length: local?.bytes ?? length };
}

/** Whether a file holds sound or a film. */
export function kindOfType(type: string): Recording["kind"] {
  return type.startsWith("video/") ? "video" : "audio";
}
