/**
 * Looks for texts that reading takes too long for, or throws at: `node test/hostile/hunt.ts --seconds 600 --seed 1`. Each
 * text is read at one size, and where that is slow at twice and four times the size, and under the profiler.
 */
import { MILLISECONDS_PER_SECOND } from "../../src/domain/moment.ts";
import { flag, text, wholeNumber } from "../../scripts/terminal/option-kinds.ts";
import { runCommand } from "../../scripts/terminal/run-command.ts";
import type { HostileText } from "./hostile-texts.ts";
import { hostileText } from "./hostile-texts.ts";
import { KNOWN_TEXTS } from "./known-texts.ts";
import type { HostileOutcome } from "./watched-reader.ts";
import { WatchedReader } from "./watched-reader.ts";

const USAGE = `Usage: node test/hostile/hunt.ts [options]

  --seconds n   how long to hunt (default 60)
  --seed n      of the texts (default 1)
  --first n     the number of the first text (default 0)
  --bytes n     the size of a text (default 25000); at four times as many the bar is one second per 100,000
  --slow ms     CPU time from which a text is looked at closely (default 100)
  --place name  put every text there: body, html body, "title, single"
  --known       read the texts that were slow once, and no others
  --text json   read this text only, as the hunt printed it
  --help        this text`;

const LARGEST_SEED = 2 ** 31;
const MOST_CPU_SECONDS = 4;
/** From here on it is worth saying where the time goes. */
const BRIEF_SECONDS = 0.5;
/** Bytes. */
const SMALLEST_PROFILE = 20;
const WARM_UP_TEXTS = 40;

await runCommand({
  name: "node test/hostile/hunt.ts",
  usage: USAGE,
  options: {
    seconds: wholeNumber(1, 1_000_000, 60),
    seed: wholeNumber(0, LARGEST_SEED, 1),
    first: wholeNumber(0, LARGEST_SEED, 0),
    bytes: wholeNumber(100, 10_000_000, 25_000),
    slow: wholeNumber(1, 100_000, 100),
    place: text,
    known: flag,
    text,
  },
  run: async ({ seconds, seed, first, bytes, slow, place, known, text: written }) => {
    const reader = new WatchedReader();
    try {
      if (written !== null) {
        await look(reader, "text", JSON.parse(written) as HostileText, bytes);
      } else if (known) {
        for (const [name, hostile] of Object.entries(KNOWN_TEXTS)) {
          await lookBriefly(reader, name, hostile, bytes);
        }
      } else {
        await hunt(reader, { seconds, seed, first, bytes, slow, place });
      }
    } finally {
      await reader.stop();
    }
    return 0;
  },
});

interface Hunt {
  readonly seconds: number;
  readonly seed: number;
  readonly first: number;
  readonly bytes: number;
  readonly slow: number;
  /** Null where each text has its own. */
  readonly place: string | null;
}

/** Slow texts that spend their time in one place. */
interface Finding {
  count: number;
  /** The slowest of them. */
  name: string;
  cpuSeconds: number;
}

async function hunt(reader: WatchedReader, options: Hunt): Promise<void> {
  const { seconds, seed, first, bytes, slow, place: only } = options;
  const end = performance.now() + seconds * MILLISECONDS_PER_SECOND;
  const findings = new Map<string, Finding>();
  await warmUp(reader, seed);
  let number = first;
  for (; performance.now() < end; number += 1) {
    const own = hostileText(seed, number);
    const hostile = only === null ? own : { ...own, place: only };
    const outcome = await readTwice(reader, hostile, bytes, slow / MILLISECONDS_PER_SECOND);
    if (outcome === null) {
      if (!reader.isRunning) await warmUp(reader, seed);
      continue;
    }
    const place =
      outcome.kind === "thrown"
        ? placeOfError(outcome.error)
        : await slowPlace(reader, hostile, bytes);
    const name = `seed ${seed}, number ${number}`;
    const finding = findings.get(place);
    if (finding === undefined) {
      findings.set(place, { count: 1, name, cpuSeconds: outcome.cpuSeconds });
      await look(reader, name, hostile, bytes);
    } else {
      finding.count += 1;
      if (outcome.cpuSeconds > finding.cpuSeconds) {
        Object.assign(finding, { name, cpuSeconds: outcome.cpuSeconds });
      }
    }
    await warmUp(reader, seed);
  }
  console.log(`\n${number - first} texts of ${bytes} bytes read; slow or thrown at, by place:`);
  for (const [place, { count, name, cpuSeconds }] of [...findings].toSorted(
    ([, a], [, b]) => b.cpuSeconds - a.cpuSeconds,
  )) {
    console.log(`${count} times, ${cpuSeconds.toFixed(2)} s (${name}): ${place}`);
  }
}

/** What V8 has not yet compiled is slow, whatever the text. */
async function warmUp(reader: WatchedReader, seed: number): Promise<void> {
  if (reader.isRunning) return;
  for (let number = 0; number < WARM_UP_TEXTS; number += 1) {
    await reader.read({ text: hostileText(seed, number), bytes: 1000, isProfiled: false }, 1);
  }
}

/** Null where the text is read soon enough: the second time counts, when everything is compiled. */
async function readTwice(
  reader: WatchedReader,
  hostile: HostileText,
  bytes: number,
  slowSeconds: number,
): Promise<HostileOutcome | null> {
  for (let turn = 0; turn < 2; turn += 1) {
    const reading = { text: hostile, bytes, isProfiled: false };
    const outcome = await reader.read(reading, MOST_CPU_SECONDS);
    if (outcome.kind === "read" && outcome.cpuSeconds < slowSeconds) return null;
    if (outcome.kind !== "read" || turn > 0) return outcome;
  }
  return null;
}

function placeOfError(error: string): string {
  const lines = error.split("\n");
  return [lines[0], lines[1]].join(" ").replaceAll(/\s+/g, " ");
}

/** Where most of the time goes. */
async function slowPlace(
  reader: WatchedReader,
  hostile: HostileText,
  bytes: number,
): Promise<string> {
  const { places } = await profile(reader, hostile, bytes);
  const first = places.find((place) => !/ \((?:garbage|program|root)/.test(place));
  return (first ?? "unknown").replace(/^\d+% /, "");
}

/** Of the largest size that comes to an end soon. */
async function profile(
  reader: WatchedReader,
  hostile: HostileText,
  bytes: number,
): Promise<{ readonly size: number; readonly places: readonly string[] }> {
  for (let size = bytes; size >= SMALLEST_PROFILE; size = Math.floor(size / 2)) {
    const reading = { text: hostile, bytes: size, isProfiled: true };
    const outcome = await reader.read(reading, MOST_CPU_SECONDS);
    if (outcome.kind === "read") return { size, places: outcome.places };
    if (outcome.kind === "thrown") break;
  }
  return { size: 0, places: [] };
}

/** Prints how the time grows with the size, and where it goes. */
async function look(
  reader: WatchedReader,
  name: string,
  hostile: HostileText,
  bytes: number,
): Promise<void> {
  console.log(`\n${name}: ${JSON.stringify(hostile)}`);
  let before: number | null = null;
  for (const size of [bytes, 2 * bytes, 4 * bytes]) {
    const reading = { text: hostile, bytes: size, isProfiled: false };
    const outcome = await reader.read(reading, MOST_CPU_SECONDS);
    const growth =
      before === null ? "" : `, growth ${Math.log2(outcome.cpuSeconds / before).toFixed(1)}`;
    console.log(`  ${size} bytes: ${describe(outcome)}${growth}`);
    if (outcome.kind !== "read") break;
    before = outcome.cpuSeconds;
  }
  const { size, places } = await profile(reader, hostile, bytes);
  if (places.length > 0) console.log(`  of ${size} bytes:\n    ${places.join("\n    ")}`);
}

/** The same on two lines, without the text: where it is slow or throws, and nothing else. */
async function lookBriefly(
  reader: WatchedReader,
  name: string,
  hostile: HostileText,
  bytes: number,
): Promise<void> {
  await warmUp(reader, 1);
  const outcomes: HostileOutcome[] = [];
  for (const size of [bytes, 2 * bytes, 4 * bytes]) {
    const reading = { text: hostile, bytes: size, isProfiled: false };
    const outcome = await reader.read(reading, MOST_CPU_SECONDS);
    outcomes.push(outcome);
    if (outcome.kind !== "read") break;
  }
  const cells = outcomes.map((outcome) => describe(outcome).split("\n").slice(0, 4).join(" "));
  console.log(`${name}: ${cells.join(" | ")}`);
  if ((outcomes.at(-1)?.cpuSeconds ?? 0) < BRIEF_SECONDS) return;
  const { places } = await profile(reader, hostile, bytes);
  console.log(`    ${places.slice(0, 3).join("; ")}`);
}

function describe(outcome: HostileOutcome): string {
  switch (outcome.kind) {
    case "read":
      return `${outcome.cpuSeconds.toFixed(3)} s`;
    case "stopped":
      return `stopped after ${outcome.cpuSeconds.toFixed(1)} s`;
    case "thrown":
      return `thrown: ${outcome.error.split("\n").slice(0, 6).join("\n    ")}`;
  }
}
