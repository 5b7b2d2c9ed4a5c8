import { expect, it } from "vitest";
import { readExcludes } from "../../../scripts/init/carry-excludes.ts";

const FILES = [
  "_posts/2022-01-10-a.md",
  "_posts/old/2011-01-10-b.md",
  "_posts/older/2010-01-10-c.md",
  "en/_posts/2022-01-10-a.md",
];

it.each([
  // what Jekyll is told, what it leaves out, and the glob that says the same
  [{ exclude: ["Gemfile", "vendor/"] }, [], [], []],
  [{ exclude: ["/en"] }, ["en/_posts/2022-01-10-a.md"], ["en"], []],
  [{ exclude: "en/" }, ["en/_posts/2022-01-10-a.md"], ["en"], []],
  // A name leaves out all that begins with it.
  [
    { exclude: ["_posts/old"] },
    ["_posts/old/2011-01-10-b.md", "_posts/older/2010-01-10-c.md"],
    ["_posts/old*"],
    [],
  ],
  [{ exclude: ["_posts/old/"] }, ["_posts/old/2011-01-10-b.md"], ["_posts/old"], []],
  [{ exclude: ["*-b.md"] }, ["_posts/old/2011-01-10-b.md"], ["**/*-b.md"], []],
  [{ exclude: ["_posts/**/*-b.md"] }, ["_posts/old/2011-01-10-b.md"], ["_posts/**/*-b.md"], []],
  // What is left out of one folder there stands in two.
  [{ exclude: ["_posts*a.md"] }, ["_posts/2022-01-10-a.md"], [], ["_posts*a.md"]],
  [{ exclude: ["_posts/old"], include: ["_posts/old", "_posts/older"] }, [], [], []],
])("%j leaves out %j, as %j does", (config, out, globs, astray) => {
  const { isExcluded, globsFor } = readExcludes(config);
  expect(FILES.filter(isExcluded)).toEqual(out);
  expect(globsFor(FILES)).toEqual({ globs, astray });
});
