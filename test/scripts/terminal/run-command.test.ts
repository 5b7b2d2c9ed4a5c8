import { expect, it } from "vitest";
import { joinNumbers } from "../../../scripts/terminal/run-command.ts";

it.each([
  [
    ["prune", "--max-deletes", "-1", "--yes"],
    ["prune", "--max-deletes=-1", "--yes"],
  ],
  [
    ["rollback", "-1oEWLXfWsr_layafMwmCw"],
    ["rollback", "-1oEWLXfWsr_layafMwmCw"],
  ],
  [
    ["--json", "-h"],
    ["--json", "-h"],
  ],
])("makes one of an option and its number below zero: %j", (args, joined) => {
  expect(joinNumbers(args)).toEqual(joined);
});
