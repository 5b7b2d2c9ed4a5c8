import { expect, it } from "vitest";
import { inEnvironment } from "../../../scripts/config/project-io.ts";

it.each([
  ["run npm run deploy again", "run npm run deploy -- --env staging again"],
  ["npm run deploy -- --replace", "npm run deploy -- --env staging --replace"],
  [
    "npm run release -- list says so; npm run release -- resume",
    "npm run release -- --env staging list says so; npm run release -- --env staging resume",
  ],
  ["npm run check:content, npm run deployments", "npm run check:content, npm run deployments"],
])("advises to run commands for the environment that was chosen: %s", (advice, expected) => {
  expect(inEnvironment(advice, "staging")).toBe(expected);
  expect(inEnvironment(advice, null)).toBe(advice);
});
