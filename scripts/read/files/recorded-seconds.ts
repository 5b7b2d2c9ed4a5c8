import { readPart } from "./read-part.ts";

/*
 * How long local files play, read of what they say of it themselves. The libraries for it are asynchronous, and an article is
 * read in one go in its thread; they would also bring ten packages for four numbers.
 */

/** Of each file only its beginning and its end are read. */
const PART_BYTES = 64 * 1024;
/** A file has a dozen of them; a longer row is there to take time. */
const MOST_BOXES = 1000;

/** The whole seconds that a file plays; null where it does not say, or is of another kind than its name says. */
export function recordedSeconds(file: string, bytes: number): number | null {
  const seconds = readableSeconds(file, bytes);
  return seconds !== null && Number.isFinite(seconds) && seconds > 0
    ? Math.max(1, Math.round(seconds))
    : null;
}

/** A file that cannot be read is named when it is copied. */
function readableSeconds(file: string, bytes: number): number | null {
  try {
    return exactSeconds(file, bytes);
  } catch {
    return null;
  }
}

function exactSeconds(file: string, bytes: number): number | null {
  switch (/\.(\w+)$/.exec(file)?.[1]?.toLowerCase()) {
    case "mp3":
      return secondsOfMp3(file, bytes);
    case "m4a":
    case "m4b":
    case "m4v":
    case "mp4":
    case "mov":
      return secondsOfMp4(file, bytes);
    case "ogg":
    case "oga":
    case "opus":
      return secondsOfOgg(file, bytes);
    case "wav":
      return secondsOfWav(file);
    case "flac":
      return secondsOfFlac(file);
    default:
      return null;
  }
}

const ID3_HEADER_BYTES = 10;
/** Kilobits per second of layer 3, by version 1, and by versions 2 and 2.5. */
const BITRATES = {
  one: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  two: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
} as const;
/** Samples per second, by the two bits of the version. */
const RATES: readonly (readonly number[])[] = [
  [11_025, 12_000, 8000],
  [],
  [22_050, 24_000, 16_000],
  [44_100, 48_000, 32_000],
];
const VERSION_ONE = 3;
const LAYER_THREE = 1;
const BITS_PER_KILOBYTE = 125;

/** The count of frames in the header of LAME (`Xing`, `Info`) or Fraunhofer (`VBRI`), else what one bit rate makes of the size. */
function secondsOfMp3(file: string, bytes: number): number | null {
  const tag = readPart(file, 0, ID3_HEADER_BYTES);
  const start = tag.toString("latin1", 0, 3) === "ID3" ? ID3_HEADER_BYTES + syncSafe(tag, 6) : 0;
  const part = readPart(file, start, PART_BYTES);
  const at = part.findIndex((_, index) => frameAt(part, index) !== null);
  const frame = at < 0 ? null : frameAt(part, at);
  if (frame === null) return null;
  const head = part.subarray(at, at + PART_BYTES);
  const xing = head
    .subarray(0, 200)
    .toString("latin1")
    .search(/Xing|Info/);
  const vbri = head.subarray(0, 200).toString("latin1").indexOf("VBRI");
  const secondsOf = (frames: number): number => (frames * frame.samples) / frame.rate;
  if (xing > 0 && head.length > xing + 12 && (head.readUInt32BE(xing + 4) & 1) === 1) {
    return secondsOf(head.readUInt32BE(xing + 8));
  }
  if (vbri > 0 && head.length > vbri + 18) return secondsOf(head.readUInt32BE(vbri + 14));
  return (bytes - start - at) / (frame.kilobits * BITS_PER_KILOBYTE);
}

interface Mp3Frame {
  readonly kilobits: number;
  readonly rate: number;
  readonly samples: number;
}

/** The frame that begins at a place and is followed by another; null where none is. */
function frameAt(part: Buffer, at: number): Mp3Frame | null {
  const frame = frameHeader(part, at);
  if (frame === null) return null;
  const next = at + frame.bytes;
  return next + 4 > part.length || frameHeader(part, next) !== null ? frame : null;
}

function frameHeader(part: Buffer, at: number): (Mp3Frame & { readonly bytes: number }) | null {
  if (at + 4 > part.length || part[at] !== 0xff || ((part[at + 1] ?? 0) & 0xe0) !== 0xe0) {
    return null;
  }
  const [, second = 0, third = 0] = part.subarray(at, at + 3);
  const version = (second >> 3) & 3;
  const isOne = version === VERSION_ONE;
  const kilobits = BITRATES[isOne ? "one" : "two"][third >> 4] ?? 0;
  const rate = RATES[version]?.[(third >> 2) & 3] ?? 0;
  if (((second >> 1) & 3) !== LAYER_THREE || kilobits === 0 || rate === 0) return null;
  const samples = isOne ? 1152 : 576;
  const bytes = Math.floor((samples * kilobits * BITS_PER_KILOBYTE) / rate) + ((third >> 1) & 1);
  return { kilobits, rate, samples, bytes };
}

/** A number of four bytes of which each has seven bits (ID3v2, section 6.2). */
function syncSafe(bytes: Buffer, at: number): number {
  return [0, 1, 2, 3].reduce((sum, index) => sum * 128 + ((bytes[at + index] ?? 0) & 127), 0);
}

const BOX_HEADER_BYTES = 16;
const MVHD_BYTES = 40;

/** `mvhd` in `moov` (ISO/IEC 14496-12, section 8.2.2), which may stand behind the sound. */
function secondsOfMp4(file: string, bytes: number): number | null {
  const moov = findBox(file, "moov", 0, bytes);
  const mvhd = moov === null ? null : findBox(file, "mvhd", moov.start, moov.end);
  if (mvhd === null) return null;
  const box = readPart(file, mvhd.start, MVHD_BYTES);
  const isLong = box[0] === 1;
  if (box.length < (isLong ? 32 : 20)) return null;
  return isLong
    ? Number(box.readBigUInt64BE(24)) / box.readUInt32BE(20)
    : box.readUInt32BE(16) / box.readUInt32BE(12);
}

/** The content of the first box of a name between two places. */
function findBox(
  file: string,
  name: string,
  from: number,
  to: number,
): { readonly start: number; readonly end: number } | null {
  let at = from;
  for (let count = 0; count < MOST_BOXES && at + 8 <= to; count += 1) {
    const header = readPart(file, at, BOX_HEADER_BYTES);
    if (header.length < 8) return null;
    const written = header.readUInt32BE(0);
    const isLong = written === 1 && header.length === BOX_HEADER_BYTES;
    const size = isLong ? Number(header.readBigUInt64BE(8)) : written === 0 ? to - at : written;
    if (size < 8) return null;
    if (header.toString("latin1", 4, 8) === name) {
      return { start: at + (isLong ? 16 : 8), end: Math.min(to, at + size) };
    }
    at += size;
  }
  return null;
}

const OPUS_RATE = 48_000;

/** The last page says how many samples there are before its end (RFC 3533, section 6). */
function secondsOfOgg(file: string, bytes: number): number | null {
  const start = readPart(file, 0, PART_BYTES);
  const end = readPart(file, Math.max(0, bytes - PART_BYTES), PART_BYTES);
  const last = end.lastIndexOf("OggS");
  if (!start.subarray(0, 4).equals(Buffer.from("OggS")) || last < 0 || last + 14 > end.length) {
    return null;
  }
  const samples = Number(end.readBigUInt64LE(last + 6));
  const opus = start.indexOf("OpusHead");
  if (opus >= 0 && start.length >= opus + 12) {
    return (samples - start.readUInt16LE(opus + 10)) / OPUS_RATE;
  }
  const vorbis = start.indexOf("\u0001vorbis", 0, "latin1");
  return vorbis >= 0 && start.length >= vorbis + 16
    ? samples / start.readUInt32LE(vorbis + 12)
    : null;
}

/** The size of `data` by the bytes of a second in `fmt `. */
function secondsOfWav(file: string): number | null {
  const part = readPart(file, 0, PART_BYTES);
  if (part.toString("latin1", 0, 4) !== "RIFF") return null;
  const format = part.indexOf("fmt ");
  const data = part.indexOf("data");
  if (format < 0 || data < 0 || part.length < Math.max(format + 20, data + 8)) return null;
  return part.readUInt32LE(data + 4) / part.readUInt32LE(format + 16);
}

const FLAC_BYTES = 26;

/** `STREAMINFO`, the first block (RFC 9639, section 8.2): a rate of 20 bits, 8 bits of other facts, and 36 bits of samples. */
function secondsOfFlac(file: string): number | null {
  const part = readPart(file, 0, FLAC_BYTES);
  if (part.length < FLAC_BYTES || part.toString("latin1", 0, 4) !== "fLaC") return null;
  const packed = part.readBigUInt64BE(18);
  return Number(packed & 0xfffffffffn) / Number(packed >> 44n);
}
