import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { expect, it } from "vitest";
import { freePort } from "../../../scripts/dev/free-port.ts";

it("passes over a port at which somebody listens", async () => {
  const server = createServer().listen(0, "localhost");
  await once(server, "listening");
  const { port: taken } = server.address() as AddressInfo;
  expect(await freePort(taken)).toBeGreaterThan(taken);
  server.close();
  await once(server, "close");
  expect(await freePort(taken)).toBe(taken);
});
