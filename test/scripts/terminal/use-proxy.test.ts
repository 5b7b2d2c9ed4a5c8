import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { MachineTrouble } from "../../../scripts/terminal/machine-trouble.ts";
import { REAL_IO } from "../../../scripts/terminal/real-io.ts";
import { useProxy } from "../../../scripts/terminal/use-proxy.ts";

/** Asks for an address while a proxy is there that refuses all; gives what the proxy was asked for. */
async function askedOf(
  address: string,
  environmentOf: (proxy: string) => Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const asked: string[] = [];
  await using proxy = createServer((request, response) => {
    asked.push(request.url ?? "");
    response.writeHead(502).end();
  });
  proxy.on("connect", ({ url }, socket) => {
    asked.push(url ?? "");
    socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
  });
  await once(proxy.listen(0, "127.0.0.1"), "listening");
  const { port } = proxy.address() as AddressInfo;
  const stop = useProxy(environmentOf(`http://127.0.0.1:${port}`));
  try {
    await REAL_IO.fetch(address, {}).catch(() => null);
  } finally {
    stop?.();
  }
  return asked;
}

describe("a proxy", () => {
  it.each([
    ["HTTPS_PROXY", "https://api.cloudflare.test/client/v4", "api.cloudflare.test:443"],
    ["https_proxy", "https://api.cloudflare.test/client/v4", "api.cloudflare.test:443"],
    ["HTTP_PROXY", "https://api.cloudflare.test/client/v4", "api.cloudflare.test:443"],
    ["HTTP_PROXY", "http://hub.test/", "hub.test"],
  ])("of %s is asked for %s", async (name, address, host) => {
    const asked = await askedOf(address, (proxy) => ({ [name]: proxy }));
    expect(asked).toEqual([expect.stringContaining(host)]);
  });

  it.each([
    ["https://api.cloudflare.test/", { NO_PROXY: "cloudflare.test,api.cloudflare.test" }],
    ["http://127.0.0.1:1/", {}],
    ["http://localhost:1/", {}],
  ])("is not asked for %s with %j", async (address, more) => {
    const both = (proxy: string): Record<string, string> => ({
      HTTPS_PROXY: proxy,
      HTTP_PROXY: proxy,
    });
    expect(await askedOf(address, (proxy) => ({ ...both(proxy), ...more }))).toEqual([]);
  });

  it("is none where the environment names none", () => {
    expect(useProxy({ HTTPS_PROXY: "", NO_PROXY: "*" })).toBeNull();
  });

  it.each(["hush:8080", "proxy", "socks5://hush@proxy.test"])(
    "that has no address is refused without being quoted: %s",
    (address) => {
      const use = (): unknown => useProxy({ HTTPS_PROXY: address });
      expect(use).toThrow(MachineTrouble);
      expect(use).toThrow(/^HTTPS_PROXY holds no address of a proxy(?!.*hush)/);
    },
  );
});
