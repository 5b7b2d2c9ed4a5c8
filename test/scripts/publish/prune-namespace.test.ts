import { describe, expect, it } from "vitest";
import type { LiveSite } from "../../../scripts/publish/live-site.ts";
import { toLiveSite } from "../../../scripts/publish/live-site.ts";
import { planPrune } from "../../../scripts/publish/prune-namespace.ts";

const NOW = 1_800_000_000;
const HOUR = 3600;

const name = (letter: string): string => letter.repeat(22);
const pack = (letter: string): string => `p/${name(letter)}`;
const record = (
  letter: string,
  hoursAgo: number,
  kind = "deploy",
): { name: string; metadata: unknown } => ({
  name: `r/${name(letter)}`,
  metadata: { at: NOW - hoursAgo * HOUR, kind, articles: 1 },
});
const iso = (hoursAgo: number): string => new Date((NOW - hoursAgo * HOUR) * 1000).toISOString();

/** Versions that were deployed, each with the hours since; the one that serves first. */
function liveSite(...deployed: readonly (readonly [letter: string, hoursAgo: number])[]): LiveSite {
  const versions = deployed.map(([letter, hoursAgo]) => ({
    id: letter,
    createdOn: iso(hoursAgo),
    tag: name(letter),
    message: `1 articles; code ${name("z")}`,
  }));
  const deployments = deployed.map(([letter, hoursAgo]) => ({
    id: `d${letter}`,
    createdOn: iso(hoursAgo),
    message: null,
    versionIds: [letter],
  }));
  return toLiveSite(deployments, versions);
}

/** Every release reads the pack of its own letter, and the pack `s`. */
const needed = async (release: string) => ({
  ok: true as const,
  value: new Set([pack(release.charAt(0)), pack("s")]),
});

describe("planPrune", () => {
  it("keeps what is live, was live lately, was claimed lately, and the newest releases", async () => {
    const keys = [
      record("a", 300),
      record("b", 200),
      record("c", 150),
      record("d", 100),
      record("e", 90, "preview"),
      record("f", 10, "preview"),
      ...["a", "b", "c", "d", "e", "f", "s", "x"].map((letter) => ({
        name: pack(letter),
        metadata: null,
      })),
    ];
    // A was rolled back to 20 hours ago; until then C was live; B ended long before.
    const live = liveSite(["a", 20], ["c", 150], ["b", 200]);
    const plan = await planPrune(keys, { live, now: NOW, keptReleases: 1 }, needed);
    if (!plan.ok) throw new Error("It failed");
    expect(Object.fromEntries(plan.value.kept)).toEqual({
      [name("a")]: "live",
      [name("c")]: "was live lately",
      [name("d")]: "among the newest",
      [name("f")]: "claimed lately",
    });
    expect(plan.value.records).toEqual([`r/${name("e")}`, `r/${name("b")}`]);
    expect(plan.value.values).toEqual([pack("b"), pack("e"), pack("x")]);
  });

  it("deletes nothing where a kept release cannot be read", async () => {
    const keys = [record("a", 1), { name: pack("x"), metadata: null }];
    const plan = await planPrune(
      keys,
      { live: liveSite(["a", 1]), now: NOW, keptReleases: 1 },
      async () => ({ ok: false as const, failure: "unreadable" }),
    );
    expect(plan).toEqual({ ok: false, failure: "unreadable" });
  });

  it("leaves alone what is not Offprint's, and records that it does not understand", async () => {
    const keys = [
      { name: "somebody/else", metadata: null },
      { name: "p/short", metadata: null },
      { name: `r/${name("q")}`, metadata: { at: "yesterday" } },
    ];
    const plan = await planPrune(keys, { live: liveSite(), now: NOW, keptReleases: 1 }, needed);
    expect(plan).toMatchObject({ ok: true, value: { records: [], values: [] } });
  });
});
