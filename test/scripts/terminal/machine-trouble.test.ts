import { expect, it } from "vitest";
import { MachineTrouble, describeTrouble } from "../../../scripts/terminal/machine-trouble.ts";

const systemError = (code: string, message: string): Error =>
  Object.assign(new Error(message), { code });

it.each([
  [systemError("ENOSPC", "ENOSPC: no space left on device, write"), "; free some space"],
  [
    systemError("EROFS", "EROFS: read-only file system"),
    "; make it writable for whoever runs this",
  ],
  [systemError("", "Read-only file system"), "; make it writable for whoever runs this"],
])("says what to do about %s", (error, advice) => {
  expect(describeTrouble(error)).toBe(error.message + advice);
});

it("takes nothing else for the machine's fault", () => {
  expect(describeTrouble(new MachineTrouble("Could not lock"))).toBe("Could not lock");
  expect(describeTrouble(systemError("ERR_INVALID_ARG_TYPE", "a bug"))).toBeNull();
  expect(describeTrouble(new TypeError("a bug"))).toBeNull();
});
