import { describe, expect, it } from "vitest";
import { createDiagnosticLog } from "../../../../scripts/diagnostics/diagnostic.ts";
import { parseFrontMatter } from "../../../../scripts/read/front-matter/front-matter.ts";
import { writtenRecordings } from "../../../../scripts/read/front-matter/written-recordings.ts";

/** What is written, in short: addresses with bytes and type, and seconds. */
function short(yaml: string): readonly string[] {
  const values = parseFrontMatter(yaml, 2, createDiagnosticLog("a.md"))?.values ?? {};
  return writtenRecordings(values).map(({ files, duration, poster }) =>
    [
      files
        .map(({ address, length, type }) => [address, length, type].filter(Boolean).join(" "))
        .join(" | "),
      duration === null ? "" : ` ${duration}s`,
      poster === null ? "" : ` <${poster}>`,
    ].join(""),
  );
}

describe("writtenRecordings", () => {
  it.each<readonly [who: string, yaml: string, short: readonly string[]]>([
    ["an address alone", "audio: /audio/a.mp3", ["/audio/a.mp3"]],
    [
      "RSS in YAML",
      "enclosure:\n  url: https://a.example/a.mp3\n  length: 12345\n  type: audio/mpeg",
      ["https://a.example/a.mp3 12345 audio/mpeg"],
    ],
    [
      "a list of both",
      "enclosure:\n  - url: a.mp3\n    length: 1\n  - b.mp3",
      ["a.mp3 1", "b.mp3"],
    ],
    [
      "a map with times",
      'podcast: { mp3: a.mp3, duration: "1:02:03", size: 99 }',
      ["a.mp3 99 3723s"],
    ],
    [
      "octopod",
      'duration: "0:03:13"\naudio:\n  ogg: e.ogg\n  mp3: e.mp3\n  m4a: e.m4a',
      ["e.mp3 | e.m4a | e.ogg 193s"],
    ],
    [
      "octopod with sizes",
      "audio:\n  mp3: { url: e.mp3, size: 5 }\n  ogg: { url: e.ogg, size: 6 }",
      ["e.mp3 5 | e.ogg 6"],
    ],
    [
      "Jekyll-Podcast-Feed",
      'podcast_link: http://t.example/f.mp3\npodcast_file_size: 13.7 MB\npodcast_duration: "14:02"\npodcast_length: 13654375',
      ["http://t.example/f.mp3 13654375 842s"],
    ],
    [
      "an address with facts beside it",
      'audio_url: a.mp3\naudio_length: "12,345"\naudio_duration: 842',
      ["a.mp3 12345 842s"],
    ],
    ["another spelling of keys", "audioFile: a.mp3\naudio-size: 7", ["a.mp3 7"]],
    [
      "a link that is one",
      'link: https://d.example/Ep%201.mp3\nduration: "02:47"\nlength: 2668168',
      ["https://d.example/Ep%201.mp3 2668168 167s"],
    ],
    ["a length that is a time", 'enclosure: { url: a.mp3, length: "32:10" }', ["a.mp3 1930s"]],
    [
      "an address further in",
      "podcast: { audio: { url: a.mp3 }, duration: 32 min }",
      ["a.mp3 1920s"],
    ],
    ["a film with its picture", "video: { path: a.mp4, poster: a.jpg }", ["a.mp4 <a.jpg>"]],
    ["one address under two keys", "audio: a.mp3\nenclosure: a.mp3", ["a.mp3"]],
    ["a repetition in a list", "enclosure: [a.mp3, a.mp3]", ["a.mp3"]],
  ])("reads %s", (_, yaml, expected) => {
    expect(short(yaml)).toEqual(expected);
  });

  it.each([
    ["a flag", "podcast: true"],
    ["nothing", "audio:"],
    ["blanks", 'audio: "  "'],
    ["a player's id", "video: { provider: youtube, id: abc }"],
    ["a link to a page", "link: https://a.example/b"],
    ["a page with a film", "video: https://www.youtube.com/watch?v=abc"],
  ])("reads none in %s", (_, yaml) => {
    expect(short(yaml)).toEqual([]);
  });

  it("reads twenty at most", () => {
    expect(
      short(`audio: [${Array.from({ length: 99 }, (_, n) => `${n}.mp3`).join()}]`),
    ).toHaveLength(20);
  });

  it.each([
    ["14:02", 842],
    ["1:02:03", 3723],
    ["00:14:02.500", 842],
    ["90:00", 5400],
    ["842", 842],
    ["842.7 s", 842],
    ["32 min", 1920],
    ["1h 5m", 3900],
    ["PT14M2S", 842],
    ["1小时20分", 4800],
    ["0", null],
    ["soon", null],
    [`1${" ".repeat(100_000)}x`, null],
  ])("takes %s for a duration", (written, seconds) => {
    const values = { audio: { url: "a.mp3", duration: written } };
    expect(writtenRecordings(values)[0]?.duration).toBe(seconds);
  });
});
