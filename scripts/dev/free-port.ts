import { once } from "node:events";
import { createServer } from "node:net";

const PORTS_TRIED = 100;

/** The first port from `first` on that is free on this machine; `first` if a hundred ports are taken. */
export async function freePort(first: number): Promise<number> {
  for (let port = first; port < first + PORTS_TRIED; port += 1) {
    if (await isFree(port)) return port;
  }
  return first;
}

async function isFree(port: number): Promise<boolean> {
  await using server = createServer();
  try {
    await once(server.listen(port, "localhost"), "listening");
    return true;
  } catch {
    return false;
  }
}
