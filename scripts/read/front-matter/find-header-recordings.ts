import { MEDIA_EXTENSIONS, mediaTypeOf } from "../../../src/domain/media-type.ts";
import type { MediaFile, Recording } from "../../../src/domain/recording.ts";
import type { Result } from "../../../src/domain/result.ts";
import { failed, ok } from "../../../src/domain/result.ts";
import { pathBelow } from "../../../src/domain/path-below.ts";
import { percentDecoded } from "../../../src/domain/percent-decoded.ts";
import { describeRefusal } from "../files/follow-file.ts";
import type { FindLocalFile, LocalFile } from "../files/local-file.ts";
import { MAXIMUM_FILE_BYTES, firstFound, missingAdvice } from "../files/local-file.ts";
import { recordedSeconds } from "../files/recorded-seconds.ts";
import { standsForRecording } from "../files/stands-for-recording.ts";
import { INSECURE_ADVICE, findHeaderImage } from "./find-header-image.ts";
import { kindOfType, recordingFile } from "../files/recording-file.ts";
import type { WrittenFile, WrittenRecording } from "./written-recordings.ts";
import { withoutQuery } from "./written-recordings.ts";

/** The recordings that a front matter names, as far as they can be played. */
export interface HeaderRecordings {
  readonly recordings: readonly Recording[];
  /** Files on disk that must be served. */
  readonly localFiles: readonly LocalFile[];
}

/** What a warning says of a recording: its key, its kind of fault, what is wrong and what to do. */
type Fault = readonly [code: string, what: string, advice: string];

interface FoundMediaFile {
  readonly media: MediaFile;
  readonly local: LocalFile | null;
}

/** Where podcast themes keep recordings of which they write the bare name; octopod keeps them in the first. */
const USUAL_FOLDERS = ["", "episodes/", "audio/", "assets/audio/"];
/** RFC 3986 3.3 and 3.4 allow none of these, but URL parsers let them through. */
const NOT_IN_ADDRESSES = /[\s"<>[\]\\^`{|}]/g;

const ADDRESS_ADVICE = "write an https address, or the path of a file on the site";
const BYTES_PER_MEBIBYTE = 1024 * 1024;

/** What the site's addresses begin with. */
export interface SiteOrigins {
  /** The origin of the site, without a slash at the end. */
  readonly url: string;
  /** Where the site was: origins, with a path where it was below one. */
  readonly formerUrls: readonly string[];
}

/**
 * Finds the front matter's recordings on disk, or makes their addresses absolute. A path is searched for beside the article, then
 * from the root of the site. What cannot be played is left out, with a warning: a feed must not name what is not there.
 * What lies at a former address of the site is taken from the site's folder where it is there.
 *
 * @param warn is told why a file cannot be used
 */
export function findHeaderRecordings(
  written: readonly WrittenRecording[],
  site: SiteOrigins,
  findLocalFile: FindLocalFile,
  warn: (key: string, ...fault: Fault) => void,
): HeaderRecordings {
  const found = written.flatMap(({ key, kind, files, duration, poster }) => {
    const usable = files.flatMap((file) => {
      const result = findMediaFile(key, kind, file, site, findLocalFile);
      if (result.ok) return result.value;
      warn(key, ...result.failure);
      return [];
    });
    for (const { media } of usable.filter(({ media: { url } }) => isInsecure(url, site.url))) {
      const what = `The recording at "${media.url}" has no https as far as is known here, and many programs play none by http`;
      warn(key, "media-insecure", what, INSECURE_ADVICE);
    }
    const [first, ...others] = usable.toSorted((a, b) => rankOf(a.media) - rankOf(b.media));
    if (first === undefined) return [];
    const local = [first, ...others].flatMap((file) => file.local ?? []);
    const picture = { address: poster ?? "", alt: "", width: null, height: null };
    const cover =
      poster === null
        ? null
        : findHeaderImage(picture, site.url, findLocalFile, (...fault) => {
            warn(key, ...fault);
          });
    const recording: Recording = {
      kind: kindOfType(first.media.type),
      files: [first.media, ...others.map(({ media }) => media)],
      duration:
        duration ??
        local.reduce<number | null>(
          (known, { file, bytes }) => known ?? recordedSeconds(file, bytes),
          null,
        ),
      poster: cover?.image?.url ?? null,
      isShown: false,
    };
    return [{ recording, local: [...local, cover?.localFile ?? []].flat() }];
  });
  return {
    recordings: found.map(({ recording }) => recording),
    localFiles: found.flatMap(({ local }) => local),
  };
}

/** A local preview of the site has no https. */
function isInsecure(url: string, siteUrl: string): boolean {
  return url.startsWith("http:") && !url.startsWith(`${siteUrl}/`);
}

function findMediaFile(
  key: string,
  kind: Recording["kind"] | null,
  { address, type, length }: WrittenFile,
  { url: siteUrl, formerUrls }: SiteOrigins,
  findLocalFile: FindLocalFile,
): Result<FoundMediaFile, Fault> {
  const url = URL.parse(address, siteUrl);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    const what = `"${address}" in "${key}" is no address of a recording`;
    return failed(["enclosure-invalid", what, ADDRESS_ADVICE]);
  }
  const below = pathBelow(url.href, [siteUrl, ...formerUrls]) ?? "";
  const isRelative = !/^(?:[a-z]+:|\/)/i.test(address);
  const found = firstFound([
    ...(isRelative ? findBeside(address, url.pathname, findLocalFile) : []),
    ...[withoutQuery(below), url.origin === siteUrl ? url.pathname : ""]
      .filter((path) => path !== "")
      .map((path) => () => findLocalFile({ base: "site", path: decoded(path.slice(1)) })),
  ]);
  if (!found.ok && url.origin !== siteUrl) {
    const isNamed = type !== null || length !== null || mediaTypeOf(url.pathname) !== null;
    // `audio: https://soundcloud.com/…` leads to a page that no program can play.
    if (!isNamed && !/^(?:enclosure|mp3)/i.test(key)) {
      const what = `"${address}" in "${key}" looks like a page and not like a recording, and no feed names it`;
      const advice = `if it is one, write its type too: enclosure: { url: "…", type: audio/mpeg }`;
      return failed(["enclosure-unclear", what, advice]);
    }
    const href = url.href.replaceAll(NOT_IN_ADDRESSES, encodeURIComponent);
    return ok({ media: recordingFile(href, type, kind, length, null), local: null });
  }
  if (!found.ok) {
    if (found.failure.reason === "missing") {
      const what = `The recording "${address}" in "${key}" is not among the site's files, and no feed names it`;
      return failed(["enclosure-missing", what, missingAdvice(found.failure.near)]);
    }
    const [why, advice] = describeRefusal(found.failure);
    return failed(["file-refused", `The recording "${address}" is not served: it ${why}`, advice]);
  }
  const local = found.value;
  if (local.bytes > MAXIMUM_FILE_BYTES) {
    const size = (local.bytes / BYTES_PER_MEBIBYTE).toFixed(1);
    const what = `The recording "${address}" has ${size} MiB, and Cloudflare serves files of 25 MiB at most; no feed names it`;
    const advice = `save it with a lower bit rate, or put it elsewhere (R2, archive.org, a podcast host) and write that address into "${key}"`;
    return failed(["enclosure-too-large", what, advice]);
  }
  if (type === null && mediaTypeOf(local.publicPath) === null) {
    const what = `The file "${address}" in "${key}" is no recording by its name, and no feed names it`;
    return failed(["enclosure-unclear", what, "name a file such as talk.mp3"]);
  }
  const other = standsForRecording(local.file);
  if (other !== null) {
    const [is, advice] = other;
    const what = `The recording "${address}" in "${key}" is ${is}, and no feed names it`;
    return failed(["enclosure-damaged", what, advice]);
  }
  const href = new URL(local.publicPath, siteUrl).href;
  return ok({ media: recordingFile(href, type, kind, length, local), local });
}

function findBeside(
  address: string,
  pathname: string,
  findLocalFile: FindLocalFile,
): readonly (() => ReturnType<FindLocalFile>)[] {
  const beside = withoutQuery(address).replace(/^(?:\.\/)+/, "");
  return [
    () => findLocalFile({ base: "article", path: decoded(beside) }),
    ...USUAL_FOLDERS.map(
      (folder) => () => findLocalFile({ base: "site", path: decoded(folder + pathname.slice(1)) }),
    ),
  ];
}

function decoded(path: string): string {
  return percentDecoded(path) ?? path;
}

/** The form first that most players take. */
function rankOf({ url }: MediaFile): number {
  const extension = /\.(\w+)$/.exec(new URL(url).pathname)?.[1]?.toLowerCase() ?? "";
  const rank = MEDIA_EXTENSIONS.indexOf(extension);
  return rank < 0 ? MEDIA_EXTENSIONS.length : rank;
}
