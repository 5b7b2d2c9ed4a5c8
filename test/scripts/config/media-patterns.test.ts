import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "smol-toml";
import { expect, it } from "vitest";
import { MEDIA_PATTERNS } from "../../../scripts/config/media-patterns.ts";
import { wranglerFile } from "../../../scripts/init/wrangler-file.ts";

const OWN_FILE = readFileSync(join(import.meta.dirname, "../../../wrangler.toml"), "utf8");

it.each([
  ["this repository", OWN_FILE],
  ["a site that init made", wranglerFile({ name: "paper", from: null, settings: [] })],
])("npm start of %s asks the Worker for the same recordings as a deployed site", (_, file) => {
  const { assets } = parse(file);
  expect(assets).toMatchObject({ binding: "ASSETS", run_worker_first: MEDIA_PATTERNS });
});
