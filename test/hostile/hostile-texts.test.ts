import { afterAll, describe, expect, it } from "vitest";
import type { HostileText } from "./hostile-texts.ts";
import { hostileFile, hostileText, PLACES } from "./hostile-texts.ts";
import { KNOWN_TEXTS } from "./known-texts.ts";
import { WatchedReader } from "./watched-reader.ts";

const SEED = 1;
const TEXTS = 50;
const BYTES = 10_000;
const LARGE_BYTES = 40_000;

/** A newspaper's article in Markdown, with a little of everything; its cost is the measure of all others. */
const USUAL: HostileText = {
  place: "body",
  before: "# 活动\n\n",
  unit: "厦门市**图书馆**七日举行[活动](https://a.example/b)，*两百多名*学生到场。\n\n- 一\n- 二\n\n<p>三</p>\n\n",
  middle: "",
  close: "",
  after: "",
  growth: "even",
};

/** From so many times as long as a usual article a text is read again at `LARGE_BYTES`: the others are soon enough read. */
const SUSPECT_TIMES = 8;
/** How many times as long that may take: where time grows with length alone, it is four times. */
const MOST_GROWTH = 8;
/** A text may not hold up all others, whatever it does. */
const STOP_TIMES = 400;
const WARM_UP_TURNS = 32;
/** A fault shows in each: other threads do not count, but compiling does, and collecting another text's garbage. */
const TURNS = 3;
/** More are not looked for: each takes its time. */
const MOST_FAULTS = 5;

const reader = new WatchedReader();

afterAll(async () => {
  await reader.stop();
});

/** CPU seconds; in words where reading throws or goes on and on. */
async function secondsOf(text: HostileText, bytes: number, most: number): Promise<number | string> {
  const outcome = await reader.read({ text, bytes, isProfiled: false }, most);
  if (outcome.kind === "thrown") return outcome.error.slice(0, 300);
  const { kind, cpuSeconds } = outcome;
  return kind === "read" ? cpuSeconds : `stopped after ${cpuSeconds.toFixed(1)} s`;
}

/** What a usual article costs, when everything is compiled. The least will not do: a virtual machine's clock says 0 now and then. */
async function usualSeconds(): Promise<number> {
  const costs: number[] = [];
  for (let turn = 0; turn < WARM_UP_TURNS; turn += 1) {
    costs.push(Number(await secondsOf(USUAL, BYTES, 60)));
  }
  return costs.toSorted((a, b) => a - b)[WARM_UP_TURNS / 4] ?? Number.NaN;
}

/** Null where there is no fault. */
async function findFault(text: HostileText, usual: number): Promise<string | null> {
  const most = STOP_TIMES * usual;
  const small = await secondsOf(text, BYTES, most);
  if (typeof small === "string") return small;
  if (small < SUSPECT_TIMES * usual) return null;
  const large = await secondsOf(text, LARGE_BYTES, most);
  if (typeof large === "string") return large;
  if (large < MOST_GROWTH * small) return null;
  return `four times the length takes ${Math.round(large / small)} times as long`;
}

/** Null where there is none in one of a few turns. */
async function findLastingFault(text: HostileText, usual: number): Promise<string | null> {
  let fault: string | null = null;
  for (let turn = 0; turn < TURNS; turn += 1) {
    fault = await findFault(text, usual);
    if (fault === null) return null;
  }
  return fault;
}

describe("hostileText", () => {
  it("is the same for the same number, and another for the next", () => {
    const texts = Array.from({ length: TEXTS }, (_, number) => hostileText(SEED, number));
    expect(texts.map((_, number) => hostileText(SEED, number))).toEqual(texts);
    expect(new Set(texts.map((text) => JSON.stringify(text))).size).toBe(TEXTS);
  });
});

describe("hostileFile", () => {
  it.each([...PLACES.keys()])("is about as long as it should be in %s", (place) => {
    const { bytes } = hostileFile(
      { place, before: "", unit: "字 ", middle: "", close: "", after: "", growth: "even" },
      BYTES,
    );
    expect(bytes.length).toBeGreaterThan(BYTES * 0.9);
    expect(bytes.length).toBeLessThan(BYTES * 1.1);
  });

  it.each(Object.entries(KNOWN_TEXTS))("grows with the size: %s", (_, text) => {
    const [small, large] = [BYTES, 2 * BYTES].map((size) => hostileFile(text, size).bytes.length);
    expect((large ?? 0) - (small ?? 0)).toBeGreaterThan(BYTES * 0.8);
  });
});

describe("reading", () => {
  it("takes time that grows with a text's length, and throws at none", async () => {
    const usual = await usualSeconds();
    const texts = [
      ...Object.entries(KNOWN_TEXTS),
      ...Array.from({ length: TEXTS }, (_, number): [string, HostileText] => [
        `seed ${SEED}, number ${number}`,
        hostileText(SEED, number),
      ]),
    ];
    const faults: string[] = [];
    for (const [name, text] of texts) {
      const fault = await findLastingFault(text, usual);
      if (fault !== null) faults.push(`${name}: ${fault}: ${JSON.stringify(text).slice(0, 300)}`);
      if (faults.length >= MOST_FAULTS) break;
    }
    expect(faults).toEqual([]);
  }, 120_000);
});
