import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "smol-toml";
import { expect, it } from "vitest";
import { MEDIA_PATTERNS } from "../../../scripts/publish/stage-worker.ts";

it("npm start asks the Worker for the same recordings as a deployed site", () => {
  const { assets } = parse(
    readFileSync(join(import.meta.dirname, "../../../wrangler.toml"), "utf8"),
  );
  expect(assets).toMatchObject({ binding: "ASSETS", run_worker_first: MEDIA_PATTERNS });
});
