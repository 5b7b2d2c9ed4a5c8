/** A file of sound or film. */
export interface MediaFile {
  /** An absolute URL, http or https. */
  readonly url: string;
  /** A media type such as `audio/mpeg`. */
  readonly type: string;
  /** In bytes; null where nobody says. */
  readonly length: number | null;
}

/** Sound or a film that belongs to an article: an episode of a podcast, a player in the text. */
export interface Recording {
  readonly kind: "audio" | "video";
  /** The same recording in one form or several, the one first that most players take. */
  readonly files: readonly [MediaFile, ...MediaFile[]];
  /** In whole seconds; null where unknown. */
  readonly duration: number | null;
  /** The address of a film's picture; null where there is none. */
  readonly poster: string | null;
  /** Whether the body has a player for it. */
  readonly isShown: boolean;
}

/** What a podcast's listeners would play: the first sound, else the first film; undefined where there is neither. */
export function mainRecording(recordings: readonly Recording[]): Recording | undefined {
  return recordings.find(({ kind }) => kind === "audio") ?? recordings[0];
}
