import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { recordedSeconds } from "../../../../scripts/read/files/recorded-seconds.ts";

const folder = mkdtempSync(join(tmpdir(), "offprint-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function secondsOf(name: string, content: Buffer): number | null {
  const file = join(folder, name);
  writeFileSync(file, content);
  return recordedSeconds(file, statSync(file).size);
}

const u32 = (...numbers: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(numbers.length * 4);
  for (const [index, number] of numbers.entries()) bytes.writeUInt32BE(number, index * 4);
  return bytes;
};

/** A silent frame of 128 kbit/s and 44,100 samples a second, of 1,152 samples. */
const FRAME = Buffer.concat([Buffer.from("fffb9064", "hex"), Buffer.alloc(413)]);
const frames = (count: number): Buffer => Buffer.concat(Array.from({ length: count }, () => FRAME));
/** The frame in which encoders count all others, behind 32 bytes of side information. */
const counting = (name: string, ...facts: readonly number[]): Buffer => {
  const frame = Buffer.from(FRAME);
  Buffer.concat([Buffer.from(name), u32(...facts)]).copy(frame, 36);
  return frame;
};
const id3 = (bytes: number): Buffer =>
  Buffer.concat([
    Buffer.from("ID3\u0004\0\0", "latin1"),
    Buffer.from([0, 0, bytes >> 7, bytes & 127]),
    Buffer.alloc(bytes, 0xff),
  ]);

const box = (name: string, ...parts: readonly Buffer[]): Buffer => {
  const content = Buffer.concat(parts);
  return Buffer.concat([u32(content.length + 8), Buffer.from(name), content]);
};
const mvhd = (scale: number, duration: number): Buffer =>
  box("mvhd", u32(0, 0, 0, scale, duration), Buffer.alloc(80));
const longMvhd = box("mvhd", u32(0x01_00_00_00, 0, 0, 0, 0, 600, 0, 7200), Buffer.alloc(80));

const page = (samples: number, content: Buffer): Buffer => {
  const header = Buffer.alloc(28);
  header.write("OggS");
  header.writeBigUInt64LE(BigInt(samples), 6);
  return Buffer.concat([header, content]);
};
const opusHead = Buffer.concat([
  Buffer.from("OpusHead\u0001\u0001", "latin1"),
  Buffer.from([56, 1]),
]);
const vorbisHead = Buffer.alloc(30);
vorbisHead.write("\u0001vorbis", "latin1");
vorbisHead.writeUInt32LE(44_100, 12);

const wav = Buffer.alloc(64);
wav.write("RIFF");
wav.write("WAVEfmt ", 8);
wav.writeUInt32LE(16_000, 28);
wav.write("data", 36);
wav.writeUInt32LE(48_000, 40);

const flac = Buffer.alloc(42);
flac.write("fLaC");
flac.writeBigUInt64BE((48_000n << 44n) | (48_000n * 75n), 18);

describe("recordedSeconds", () => {
  it.each<readonly [what: string, name: string, content: Buffer, seconds: number]>([
    ["an MP3 of one bit rate", "a.mp3", frames(383), 10],
    [
      "an MP3 behind a tag that looks like frames",
      "b.MP3",
      Buffer.concat([id3(900), frames(383)]),
      10,
    ],
    [
      "an MP3 whose frames are counted",
      "c.mp3",
      Buffer.concat([counting("Xing", 1, 3828), frames(9)]),
      100,
    ],
    [
      "an MP3 with the older count",
      "d.mp3",
      Buffer.concat([counting("VBRI", 0, 0, 0, 0x0ef4_0000), frames(9)]),
      100,
    ],
    [
      "MPEG-4 with its header last",
      "e.m4a",
      Buffer.concat([
        box("ftyp"),
        box("mdat", Buffer.alloc(99_999)),
        box("moov", mvhd(600, 45_000)),
      ]),
      75,
    ],
    ["MPEG-4 with a long header", "f.mp4", Buffer.concat([box("ftyp"), box("moov", longMvhd)]), 12],
    ["QuickTime", "g.MOV", box("moov", box("free"), mvhd(1000, 1499)), 1],
    [
      "Opus, without what comes before it",
      "h.opus",
      Buffer.concat([page(0, opusHead), page(48_000 * 5 + 312, Buffer.alloc(10))]),
      5,
    ],
    [
      "Vorbis",
      "i.ogg",
      Buffer.concat([page(0, vorbisHead), page(44_100 * 6, Buffer.alloc(10))]),
      6,
    ],
    ["WAV", "j.wav", wav, 3],
    ["FLAC", "k.flac", flac, 75],
  ])("knows how long %s plays", (_, name, content, seconds) => {
    expect(secondsOf(name, content)).toBe(seconds);
  });

  it.each<readonly [what: string, name: string, content: Buffer]>([
    ["an empty file", "l.mp3", Buffer.alloc(0)],
    ["text", "m.mp3", Buffer.from("<html>404</html>")],
    ["boxes that lead nowhere", "n.m4a", box("moov", u32(0, 0))],
    ["a box without end", "o.mp4", u32(8, 0x6d_6f_6f_76, 3, 0)],
    ["a header that is cut off", "p.m4a", box("moov", box("mvhd", u32(0)))],
    ["a page that is cut off", "q.ogg", Buffer.from("OggS")],
    ["no rate", "r.wav", Buffer.from(`RIFF....WAVEfmt ${"\0".repeat(20)}data${"\0".repeat(20)}`)],
    ["a kind that is not looked into", "s.webm", frames(3)],
  ])("says nothing of %s", (_, name, content) => {
    expect(secondsOf(name, content)).toBeNull();
  });
});
