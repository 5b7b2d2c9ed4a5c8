import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import type { WordFromBundle } from "../../../scripts/dev/word-from-bundle.ts";
import { leaveWord, readWord, watchWord } from "../../../scripts/dev/word-from-bundle.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

const folder = temporaryFolder();

it.each<WordFromBundle>(["failed", "unfinished"])(
  "tells whoever watches that a bundling %s, each time, until it is taken back",
  async (about) => {
    mkdirSync(join(folder.path, "build"));
    const onWord = vi.fn<() => void>();
    const watching = watchWord(folder.path, about, onWord);
    try {
      for (let time = 1; time <= 2; time += 1) {
        onWord.mockClear();
        leaveWord(folder.path, about, "There is no source folder");
        await vi.waitFor(() => {
          expect(onWord).toHaveBeenCalled();
        });
        expect(readWord(folder.path, about)).toBe("There is no source folder");
      }
    } finally {
      watching.close();
    }
    leaveWord(folder.path, about, null);
    expect(readWord(folder.path, about)).toBeNull();
  },
);

it("does without where nothing can be written", () => {
  expect(() => {
    leaveWord(join(folder.path, "nowhere"), "failed", "why");
  }).not.toThrow();
});
