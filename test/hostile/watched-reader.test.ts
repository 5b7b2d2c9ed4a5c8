import { afterAll, describe, expect, it } from "vitest";
import type { HostileText } from "./hostile-texts.ts";
import { WatchedReader } from "./watched-reader.ts";

const SHORT: HostileText = {
  place: "body",
  before: "",
  unit: "字",
  middle: "",
  close: "",
  after: "",
  growth: "even",
};
/** Writing such a text takes longer than the reader has. */
const ENDLESS_BYTES = 30_000_000;

const reader = new WatchedReader();

afterAll(async () => {
  await reader.stop();
});

describe("WatchedReader", () => {
  it("stops what takes too long, and reads the next text", async () => {
    const endless = {
      text: { ...SHORT, unit: "{{ x }}\n" },
      bytes: ENDLESS_BYTES,
      isProfiled: false,
    };
    expect(await reader.read(endless, 0.1)).toMatchObject({ kind: "stopped" });
    expect(reader.isRunning).toBe(false);
    const short = { text: SHORT, bytes: 100, isProfiled: false };
    expect(await reader.read(short, 60)).toMatchObject({ kind: "read", places: [] });
  });

  it("says what was thrown, and goes on", async () => {
    const unknown = { text: { ...SHORT, place: "nowhere" }, bytes: 100, isProfiled: false };
    const outcome = await reader.read(unknown, 60);
    expect(outcome).toMatchObject({ kind: "thrown" });
    expect(outcome).toHaveProperty("error", expect.stringContaining('no place "nowhere"'));
  });

  it("says where the time goes", async () => {
    const profiled = { text: { ...SHORT, unit: "*字*" }, bytes: 10_000, isProfiled: true };
    const outcome = await reader.read(profiled, 60);
    expect(outcome).toHaveProperty(
      "places",
      expect.arrayContaining([expect.stringMatching(/^\d+% /)]),
    );
  });
});
