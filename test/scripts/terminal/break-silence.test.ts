import { describe, expect, it } from "vitest";
import { fetchAnswer } from "../../../scripts/terminal/fetch-answer.ts";
import type { FakeIO } from "../fake-io.ts";
import { FakeClock, fakeIO, slowFetch } from "../fake-io.ts";

/** A world where answers take a while; by default nobody ever answers. */
function slowWorld(answersAfter?: number): { clock: FakeClock; io: FakeIO } {
  const clock = new FakeClock();
  return { clock, io: fakeIO({ fetch: slowFetch(clock, answersAfter) }, clock) };
}

describe("breakSilence", () => {
  it("says what is waited for after 15 s, and again every 15 s", async () => {
    const { io } = slowWorld(50_000);
    const answer = await fetchAnswer("https://a.example/x?secret", {}, 300_000, io);
    expect(answer).toMatchObject({ status: 200, isLate: false });
    expect(io.lines).toEqual([
      "Waiting for GET https://a.example/x: 15 s so far, at most 300 s",
      "Waiting for GET https://a.example/x: 30 s so far, at most 300 s",
      "Waiting for GET https://a.example/x: 45 s so far, at most 300 s",
    ]);
  });

  it("gives up at the limit", async () => {
    const { io, clock } = slowWorld();
    expect(await fetchAnswer("https://a.example/x", {}, 60_000, io)).toMatchObject({
      status: 0,
      statusText: "no answer within 60 s",
      isLate: true,
      isBusy: true,
    });
    expect(clock.now).toBe(60_000);
  });

  it("says nothing of what is short, nor where something else was said meanwhile", async () => {
    const { io, clock } = slowWorld(14_000);
    await fetchAnswer("https://a.example/", {}, 60_000, io);
    io.say("Done");
    io.startWait("a slow thing", 60_000);
    clock.pass(10_000);
    io.progress("values")(1, 2);
    clock.pass(14_000);
    expect(io.lines).toEqual(["Done"]);
  });

  it("is not silent through many short waits either", async () => {
    const { io } = slowWorld(2000);
    for (let request = 0; request < 10; request += 1) {
      await fetchAnswer(`https://a.example/${request}`, {}, 60_000, io);
    }
    expect(io.lines).toEqual(["Waiting for GET https://a.example/7: 1 s so far, at most 60 s"]);
  });

  it("says of several waits in one line, by the oldest", () => {
    const { io, clock } = slowWorld();
    io.startWait("the first", 60_000);
    clock.pass(5000);
    io.startWait("the second", 60_000);
    clock.pass(10_000);
    expect(io.lines).toEqual(["Waiting for the first, and 1 more: 15 s so far, at most 60 s"]);
  });

  it("says what comes after a pause", async () => {
    const { io } = slowWorld();
    await io.wait(20_000, "KV to show 3 values");
    expect(io.lines).toEqual(["Waiting for KV to show 3 values: 15 s so far, at most 20 s"]);
  });

  it("looks at nothing while nothing is waited for", () => {
    const { io, clock } = slowWorld();
    io.startWait("a thing", 60_000)[Symbol.dispose]();
    clock.pass(100_000);
    expect(io.lines).toEqual([]);
  });
});
