import { MEDIA_EXTENSIONS, mediaTypeOf } from "../../../src/domain/media-type.ts";
import { readDuration } from "./written-duration.ts";

/** A recording as the front matter names it. */
export interface WrittenRecording {
  /** The key, for messages. */
  readonly key: string;
  readonly kind: "audio" | "video" | null;
  /** The same recording in one form or several. */
  readonly files: readonly WrittenFile[];
  /** In whole seconds. */
  readonly duration: number | null;
  readonly poster: string | null;
}

export interface WrittenFile {
  /** The address or path, unchanged. */
  readonly address: string;
  /** A media type; null where none is written. */
  readonly type: string | null;
  /** In bytes. */
  readonly length: number | null;
}

type Values = Readonly<Record<string, unknown>>;

/**
 * Keys of Jekyll's podcast themes and feeds, and what is there where the address does not say. What is written under others of
 * such names (`video: {provider: youtube}`, `link:`) is a recording only where the name of the file says so.
 */
const KEYS: ReadonlyMap<string, WrittenRecording["kind"]> = new Map(
  [
    ["", "enclosure enclosures podcast"],
    [
      "audio",
      "audio audio_url audio_file audio_src audio_link audio_path sound mp3 mp3_url mp3_link mp3_file podcast_url podcast_link podcast_file podcast_audio podcast_mp3 episode_audio episode_url",
    ],
  ].flatMap(([kind, keys = ""]) =>
    keys.split(" ").map((key) => [key, kind === "audio" ? "audio" : null] as const),
  ),
);
const DOUBTFUL_KEYS: ReadonlyMap<string, WrittenRecording["kind"]> = new Map([
  ["video", "video"],
  ["video_url", "video"],
  ["video_file", "video"],
  ["movie", "video"],
  ["media", null],
  ["media_url", null],
  ["file", null],
  ["link", null],
]);

/** Where maps keep the address, the most reliable first. */
const ADDRESS_KEYS =
  "url src href path file link address audio audio_url audio_file enclosure video".split(" ");
const TYPE_KEYS = "type mime mime_type content_type".split(" ");
const LENGTH_KEYS = "length size bytes filesize file_size size_in_bytes".split(" ");
const DURATION_KEYS = "duration time itunes_duration duration_in_seconds".split(" ");
const POSTER_KEYS = "poster thumbnail".split(" ");

const MEDIA_TYPE = /^(?:audio|video|application)\/[\w.+-]+$/i;
const BYTES = /^\d[\d,_ ]*$/;
/** More recordings of one article are a mistake or an attack; bodies show theirs in any number. */
export const MOST_RECORDINGS = 20;

/** All recordings that a front matter names, in its order. */
export function writtenRecordings(values: Values): readonly WrittenRecording[] {
  const found = Object.entries(values).flatMap(([key, value]) => {
    const plain = plainKey(key);
    const kind = KEYS.get(plain) ?? DOUBTFUL_KEYS.get(plain) ?? null;
    if (KEYS.has(plain)) return readValue(key, kind, value);
    if (!DOUBTFUL_KEYS.has(plain)) return [];
    return readValue(key, kind, value).filter(({ files }) =>
      files.every(({ address }) => mediaTypeOf(withoutQuery(address)) !== null),
    );
  });
  const [first, ...others] = distinct(found).slice(0, MOST_RECORDINGS);
  return first === undefined ? [] : [withFactsBeside(first, withPlainKeys(values)), ...others];
}

function readValue(
  key: string,
  kind: WrittenRecording["kind"],
  value: unknown,
): readonly WrittenRecording[] {
  if (typeof value === "string") {
    const files = fileOf(value, new Map());
    return files.length === 0 ? [] : [{ key, kind, files, duration: null, poster: null }];
  }
  if (Array.isArray(value)) return value.flatMap((one) => readValue(key, kind, one));
  if (typeof value !== "object" || value === null) return [];
  const map = withPlainKeys(value as Values);
  const duration = readDuration(firstText(map, DURATION_KEYS) ?? timeIn(map));
  const poster = firstText(map, POSTER_KEYS);
  const files = [...formsIn(map), ...fileOf(firstText(map, ADDRESS_KEYS) ?? "", map)];
  if (files.length > 0) return [{ key, kind, files, duration, poster }];
  // `podcast: {audio: {url: …}}`
  return ADDRESS_KEYS.flatMap((inner) => map.get(inner))
    .filter((inner) => typeof inner === "object")
    .flatMap((inner) => readValue(key, kind, inner))
    .map((inner) => ({ ...inner, duration: inner.duration ?? duration }));
}

/** The forms of one recording, as octopod writes them: `{mp3: a.mp3, ogg: {url: a.ogg, size: 1}}`. */
function formsIn(map: ReadonlyMap<string, unknown>): readonly WrittenFile[] {
  return MEDIA_EXTENSIONS.flatMap((extension) => {
    const form = map.get(extension);
    if (typeof form === "string") return fileOf(form, map);
    if (typeof form !== "object" || form === null || Array.isArray(form)) return [];
    const inner = withPlainKeys(form as Values);
    return fileOf(firstText(inner, ADDRESS_KEYS) ?? "", inner);
  });
}

function fileOf(address: string, facts: ReadonlyMap<string, unknown>): readonly WrittenFile[] {
  if (address.trim() === "") return [];
  const type = firstText(facts, TYPE_KEYS)?.toLowerCase() ?? "";
  return [
    {
      address: address.trim(),
      type: MEDIA_TYPE.test(type) ? type : null,
      length: readBytes(firstText(facts, LENGTH_KEYS)),
    },
  ];
}

/** Themes also write what they know of the only recording beside it: `podcast_link`, `podcast_length`, `duration`. */
function withFactsBeside(
  recording: WrittenRecording,
  values: ReadonlyMap<string, unknown>,
): WrittenRecording {
  const prefix = plainKey(recording.key).replace(/_(?:url|link|file|audio|src|path|mp3)$/, "");
  const beside = (keys: readonly string[]): string | null =>
    firstText(values, [...keys.map((key) => `${prefix}_${key}`), ...keys]);
  const [only, ...others] = recording.files;
  const files =
    only === undefined || others.length > 0
      ? recording.files
      : [{ ...only, length: only.length ?? readBytes(beside(LENGTH_KEYS)) }];
  const duration =
    recording.duration ?? readDuration(beside(DURATION_KEYS) ?? timeIn(values, `${prefix}_length`));
  return { ...recording, files, duration };
}

/** A `length` that is a time, such as `32:10`: some mean the duration. */
function timeIn(map: ReadonlyMap<string, unknown>, ...others: readonly string[]): string | null {
  const written = firstText(map, [...others, "length"]);
  return written?.includes(":") === true ? written : null;
}

function readBytes(written: string | null): number | null {
  if (written === null || !BYTES.test(written)) return null;
  const bytes = Number(written.replaceAll(/[,_ ]/g, ""));
  return Number.isSafeInteger(bytes) && bytes > 0 ? bytes : null;
}

/** Keys in lower case with underscores, since themes write `audio-file` and `audioFile` too. */
function withPlainKeys(values: Values): ReadonlyMap<string, unknown> {
  return new Map(Object.entries(values).map(([key, value]) => [plainKey(key), value]));
}

function plainKey(key: string): string {
  if (!/[A-Z-]/.test(key)) return key;
  return key
    .replaceAll(/(?<=[a-z\d])(?=[A-Z])/g, "_")
    .replaceAll("-", "_")
    .toLowerCase();
}

function firstText(map: ReadonlyMap<string, unknown>, keys: readonly string[]): string | null {
  for (const key of keys) {
    const value = map.get(key);
    if (typeof value === "string" && value.trim() !== "") return value.trim();
  }
  return null;
}

function distinct(recordings: readonly WrittenRecording[]): readonly WrittenRecording[] {
  const seen = new Set<string>();
  return recordings.filter(({ files }) => {
    const isNew = files.every(({ address }) => !seen.has(address));
    for (const { address } of files) seen.add(address);
    return isNew;
  });
}

/** An address without what stands behind its path. */
export function withoutQuery(address: string): string {
  return address.replace(/[?#].*$/s, "");
}
