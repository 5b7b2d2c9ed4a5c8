import { describe, expect, it } from "vitest";
import { nearestName } from "../../../scripts/terminal/nearest-name.ts";

const KEYS = ["title", "time_zone", "feed_length", "hub"];

describe("nearestName", () => {
  it.each([
    ["feed_lenght", "feed_length"],
    ["timezone", "time_zone"],
    ["Title", "title"],
    ["pub", "hub"],
    ["hbu", "hub"],
  ])("takes %s for %s", (written, meant) => {
    expect(nearestName(written, KEYS)).toBe(meant);
  });

  it("finds nothing where nothing is near", () => {
    expect(nearestName("analytics", KEYS)).toBeNull();
  });
});
