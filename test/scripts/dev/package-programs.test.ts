import { delimiter, join, parse, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { withPackagePrograms } from "../../../scripts/dev/package-programs.ts";

const folder = resolve("/papers/site");
const places = [folder, resolve("/papers"), parse(folder).root].map((place) =>
  join(place, "node_modules/.bin"),
);

describe("withPackagePrograms", () => {
  it.each(["PATH", "Path"])("puts packages' programs before what %s has", (name) => {
    expect(withPackagePrograms({ [name]: "/usr/bin", HOME: "/home" }, folder)).toEqual({
      [name]: [...places, "/usr/bin"].join(delimiter),
      HOME: "/home",
    });
  });
});
