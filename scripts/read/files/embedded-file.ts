import { imageSize } from "image-size";
import { percentDecoded } from "../../../src/domain/percent-decoded.ts";
import type { Result } from "../../../src/domain/result.ts";
import { failed, ok } from "../../../src/domain/result.ts";
import { MAXIMUM_FILE_BYTES } from "./local-file.ts";

/** What an address holds that holds its file itself. */
export interface EmbeddedFile {
  readonly bytes: Uint8Array;
  /** Without a dot. */
  readonly extension: string;
}

export interface EmbeddedFault {
  readonly reason:
    | "embedded-damaged"
    | "embedded-script"
    | "embedded-too-large"
    | "embedded-unknown";
}

/** In characters; what is shorter may stay in a text, which pages and feeds then show without another request. */
const LONGEST_EMBEDDED = 32 * 1024;

const DATA = /^data:([\w.+-]+\/[\w.+-]+)?((?:;[\w-]+=[^;,]*)*)(;base64)?,/i;
const BASE64 = /^[a-z0-9+/]*={0,2}$/i;
/** What makes a drawing more than one. */
const SCRIPT = /<script|<foreignobject|\bon[a-z]+\s*=|javascript:|<!entity/i;

/** Extensions by media type; those of pictures that are no drawings are taken from their bytes. */
const EXTENSIONS: ReadonlyMap<string, string> = new Map([
  ["audio/mp4", "m4a"],
  ["audio/mpeg", "mp3"],
  ["audio/mp3", "mp3"],
  ["audio/ogg", "ogg"],
  ["audio/wav", "wav"],
  ["audio/x-m4a", "m4a"],
  ["audio/x-wav", "wav"],
  ["image/svg+xml", "svg"],
  ["video/mp4", "mp4"],
  ["video/webm", "webm"],
]);
/** Pictures as `image-size` calls them, with their extensions. */
const PICTURES: ReadonlyMap<string, string> = new Map([
  ["avif", "avif"],
  ["bmp", "bmp"],
  ["gif", "gif"],
  ["jpg", "jpg"],
  ["png", "png"],
  ["webp", "webp"],
]);

/** Whether an address holds a file that is too long for a text. */
export function isLongEmbedded(address: string): boolean {
  return address.length > LONGEST_EMBEDDED && /^data:/i.test(address);
}

/** The file in an address with the scheme `data` (RFC 2397), which has no control characters. */
export function decodeEmbedded(address: string): Result<EmbeddedFile, EmbeddedFault> {
  const [head, written = "", , base64] = DATA.exec(address) ?? [];
  const type = written.toLowerCase();
  const isDrawing = type === "image/svg+xml";
  const isKnown = type.startsWith("image/") || EXTENSIONS.has(type);
  if (head === undefined || !isKnown || (base64 === undefined && !isDrawing)) {
    return failed({ reason: "embedded-unknown" });
  }
  const data = address.slice(head.length);
  const bytes =
    base64 === undefined ? Buffer.from(percentDecoded(data) ?? data) : decodeBase64(data);
  if (bytes === null) return failed({ reason: "embedded-damaged" });
  if (bytes.byteLength > MAXIMUM_FILE_BYTES) return failed({ reason: "embedded-too-large" });
  if (isDrawing && SCRIPT.test(bytes.toString())) return failed({ reason: "embedded-script" });
  const extension = type.startsWith("image/") ? pictureExtension(bytes) : EXTENSIONS.get(type);
  // A drawing that says that it is a photograph would get past the test for scripts.
  if (extension === undefined || (extension === "svg") !== isDrawing) {
    return failed({ reason: "embedded-damaged" });
  }
  return ok({ bytes, extension });
}

/** Null if it is damaged. `Buffer` would end at the first character that is none of Base64's. */
function decodeBase64(written: string): Buffer | null {
  const data = (written.includes("%") ? (percentDecoded(written) ?? "") : written).replaceAll(
    " ",
    "",
  );
  const digits = data.replace(/={1,2}$/, "").length;
  return digits % 4 === 1 || digits === 0 || !BASE64.test(data)
    ? null
    : Buffer.from(data, "base64");
}

function pictureExtension(bytes: Uint8Array): string | undefined {
  try {
    const { type = "" } = imageSize(bytes);
    return type === "svg" ? type : PICTURES.get(type);
  } catch {
    return undefined;
  }
}
