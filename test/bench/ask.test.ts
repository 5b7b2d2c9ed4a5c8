import type { Server } from "node:http";
import { Agent, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ask } from "./ask.ts";

let server: Server;
const agent = new Agent({ keepAlive: true });

beforeAll(async () => {
  server = createServer((asked, answer) => {
    if (asked.url === "/whole") {
      answer.end("all of it");
      return;
    }
    if (asked.url === "/none") {
      answer.destroy();
      return;
    }
    answer.writeHead(200, { "Content-Length": "100" });
    answer.write("a part", () => {
      answer.destroy();
    });
  });
  await new Promise<void>((settle) => {
    server.listen(0, "127.0.0.1", settle);
  });
});

afterAll(() => {
  agent.destroy();
  server.close();
});

async function askFor(path: string): Promise<string> {
  const { port } = server.address() as AddressInfo;
  const { status, body } = await ask({ port, path, agent, headers: {} });
  return `${status} ${body.toString()}`;
}

describe("ask", () => {
  it("gives a whole answer", async () => {
    await expect(askFor("/whole")).resolves.toBe("200 all of it");
  });

  it.each([
    ["/part", "aborted"],
    ["/none", "socket hang up"],
  ])("fails where a server breaks off: %s", async (path, reason) => {
    await expect(askFor(path)).rejects.toThrow(reason);
  });
});
