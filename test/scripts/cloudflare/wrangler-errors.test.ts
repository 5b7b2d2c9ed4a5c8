import { expect, it } from "vitest";
import { isLoginRefused, wranglerErrors } from "../../../scripts/cloudflare/wrangler-errors.ts";

const OUTPUT = `🌀 Starting asset upload...

\u001B[31m✘ \u001B[41;31m[\u001B[41;97mERROR\u001B[41;31m]\u001B[0m \u001B[1mA request to the Cloudflare API (/accounts/0/x) failed.\u001B[0m

  Authentication error [code: 10000]

  If you think this is a bug, please open an issue at: \u001B[4mhttps://github.com/x\u001B[0m

🪵  Logs were written to "/tmp/wrangler.log"
`;

it("keeps of wrangler's output what went wrong, in plain letters", () => {
  expect(wranglerErrors(OUTPUT)).toBe(
    'A request to the Cloudflare API (/accounts/0/x) failed.\nAuthentication error [code: 10000]\n🪵  Logs were written to "/tmp/wrangler.log"',
  );
  expect(isLoginRefused(OUTPUT)).toBe(true);
  expect(isLoginRefused("[code: 10021]")).toBe(false);
});

it("keeps all of what names no error", () => {
  expect(wranglerErrors("Cannot start wrangler: ENOENT\n")).toBe("Cannot start wrangler: ENOENT");
});
