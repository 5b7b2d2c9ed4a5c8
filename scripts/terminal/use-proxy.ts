import type http from "node:http";
import { MachineTrouble } from "./machine-trouble.ts";

/** What wrangler asks without a proxy where nothing is said. */
const NO_PROXY = "localhost,127.0.0.1,::1";

/**
 * Sends this process's requests through the proxy that the environment names, as wrangler does with its own
 * (`EnvHttpProxyAgent` of undici): names in small letters come first, and `HTTP_PROXY` is for HTTPS too where there is no
 * `HTTPS_PROXY`.
 *
 * @returns ends it; null where no proxy is named
 * @throws MachineTrouble if the proxy's address is none, or this Node has no such proxies (it has from 24.14 on)
 */
export function useProxy(
  environment: Readonly<Record<string, string | undefined>>,
): (() => void) | null {
  const said = (name: string): string =>
    [environment[name.toLowerCase()], environment[name]].find(
      (value) => value !== undefined && value !== "",
    ) ?? "";
  const [plain, https, none] = [said("HTTP_PROXY"), said("HTTPS_PROXY"), said("NO_PROXY")];
  if (plain === "" && https === "") return null;
  for (const [name, address] of [
    ["HTTP_PROXY", plain],
    ["HTTPS_PROXY", https],
  ] as const) {
    // It is not quoted, because it may hold a password.
    if (address !== "" && !/^https?:$/.test(URL.parse(address)?.protocol ?? "")) {
      throw new MachineTrouble(
        `${name} holds no address of a proxy, such as http://proxy.example:8080; correct it, or unset it. Nothing was sent: the live site is as it was`,
      );
    }
  }
  // Not imported: that would load all of undici in every command, a tenth of what a small one takes.
  const { setGlobalProxyFromEnv }: Partial<typeof http> = process.getBuiltinModule("node:http");
  if (setGlobalProxyFromEnv === undefined) {
    throw new MachineTrouble(
      `HTTPS_PROXY or HTTP_PROXY names a proxy, and Node ${process.versions.node} cannot use one; install Node 24.14 or newer, or unset it. Nothing was sent: the live site is as it was`,
    );
  }
  return setGlobalProxyFromEnv({
    ...(plain === "" ? {} : { http_proxy: plain }),
    https_proxy: https === "" ? plain : https,
    no_proxy: none === "" ? NO_PROXY : none,
  });
}
