import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import {
  noteFailedBundle,
  readFailedBundle,
  watchFailedBundle,
} from "../../../scripts/dev/failed-bundle.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

const folder = temporaryFolder();

it("tells whoever watches why a bundling failed, each time, until one succeeds", async () => {
  mkdirSync(join(folder.path, "build"));
  const onFailure = vi.fn<() => void>();
  const watching = watchFailedBundle(folder.path, onFailure);
  try {
    for (let failure = 1; failure <= 2; failure += 1) {
      onFailure.mockClear();
      noteFailedBundle(folder.path, "There is no source folder");
      await vi.waitFor(() => {
        expect(onFailure).toHaveBeenCalled();
      });
      expect(readFailedBundle(folder.path)).toBe("There is no source folder");
    }
  } finally {
    watching.close();
  }
  noteFailedBundle(folder.path, null);
  expect(readFailedBundle(folder.path)).toBeNull();
});

it("does without where nothing can be written", () => {
  expect(() => {
    noteFailedBundle(join(folder.path, "nowhere"), "why");
  }).not.toThrow();
});
