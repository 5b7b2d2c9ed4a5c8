import { describe, expect, it } from "vitest";
import type { IO } from "../../../scripts/terminal/io.ts";
import { awaitRelease, tellHub } from "../../../scripts/publish/announce.ts";

/** An IO whose clock moves by waiting, and what it was asked for, with the second. */
function ioOf(answer: (url: string, second: number) => Response): {
  readonly io: IO;
  readonly asked: string[];
} {
  const asked: string[] = [];
  let now = 0;
  const io: IO = {
    fetch: async (url) => {
      asked.push(`${now / 1000} s ${url}`);
      return answer(url, now / 1000);
    },
    wait: async (milliseconds) => {
      now += milliseconds;
    },
    now: () => now,
    random: () => 0.5,
    warn: () => undefined,
  };
  return { io, asked };
}

const ORIGIN = "https://finews.example";

describe("awaitRelease", () => {
  it("waits until the public address shows the release", async () => {
    const { io, asked } = ioOf((_, second) =>
      Response.json({ release: second < 5 ? "old" : "new" }),
    );
    expect(await awaitRelease(ORIGIN, "new", io)).toBeNull();
    expect(asked).toHaveLength(4);
  });

  it("says what it saw last, sooner where nobody answers at all", async () => {
    const old = ioOf(() => Response.json({ release: "old" }));
    expect(await awaitRelease(ORIGIN, "new", old.io)).toBe('200 {"release":"old"}');
    const nobody = ioOf(() => {
      throw new TypeError("fetch failed", { cause: new Error("getaddrinfo ENOTFOUND") });
    });
    expect(await awaitRelease(ORIGIN, "new", nobody.io)).toBe("getaddrinfo ENOTFOUND");
    expect(nobody.asked.length).toBeLessThan(old.asked.length);
  });
});

describe("tellHub", () => {
  it("tells the hub at once and again after a minute", async () => {
    const { io, asked } = ioOf(() => new Response(null, { status: 204 }));
    expect(await tellHub([`${ORIGIN}/feed.xml`], "https://hub.example/", io)).toEqual([]);
    expect(asked).toEqual(["0 s https://hub.example/", "60 s https://hub.example/"]);
  });
});
