import type { Recording } from "../../../../src/domain/recording.ts";
import type { HtmlElement, HtmlNode } from "../html/html-tree.ts";
import { isElement, visitElements } from "../html/html-tree.ts";
import type { LocalFile } from "../../files/local-file.ts";
import { MAXIMUM_FILE_BYTES } from "../../files/local-file.ts";
import { recordedSeconds } from "../../files/recorded-seconds.ts";
import { kindOfType, recordingFile } from "../../files/recording-file.ts";

const PLAYERS: ReadonlySet<string> = new Set(["audio", "video"]);

/** The sound and the films that a cleaned body plays, in its order. */
export function bodyRecordings(
  nodes: readonly HtmlNode[],
  siteUrl: string,
  localFiles: readonly LocalFile[],
): readonly Recording[] {
  const players: HtmlElement[] = [];
  visitElements(nodes, (element) => {
    if (PLAYERS.has(element.name)) players.push(element);
  });
  if (players.length === 0) return [];
  const known = new Map(localFiles.map((file) => [siteUrl + file.publicPath, file]));
  return players.flatMap((player) => recordingOf(player, siteUrl, known) ?? []);
}

/** Null where nothing of it can be played: a file of ours that is not there, or is too large. */
function recordingOf(
  { name, attributes, children }: HtmlElement,
  siteUrl: string,
  known: ReadonlyMap<string, LocalFile>,
): Recording | null {
  const kind = name === "video" ? "video" : "audio";
  const sources = children.filter((child) => isElement(child, "source"));
  const written = [attributes, ...sources.map((source) => source.attributes)].flatMap(
    ({ src = "", type = null }) => (/^https?:/.test(src) ? [{ src, type }] : []),
  );
  const found = written.flatMap(({ src, type }) => {
    const local = known.get(src) ?? null;
    const isOurs = src.startsWith(`${siteUrl}/`);
    if (isOurs && (local === null || local.bytes > MAXIMUM_FILE_BYTES)) return [];
    return [{ media: recordingFile(src, type, kind, null, local), local }];
  });
  const [first, ...others] = found;
  if (first === undefined) return null;
  return {
    // Some play sound in a player for films.
    kind: kind === "video" ? kindOfType(first.media.type) : "audio",
    files: [first.media, ...others.map(({ media }) => media)],
    duration: found.reduce<number | null>(
      (seconds, { local }) =>
        seconds ?? (local === null ? null : recordedSeconds(local.file, local.bytes)),
      null,
    ),
    poster: /^https?:/.test(attributes["poster"] ?? "") ? (attributes["poster"] ?? null) : null,
    isShown: true,
  };
}
