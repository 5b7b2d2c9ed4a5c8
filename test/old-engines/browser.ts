import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import * as v from "valibot";

/*
 * Just enough of the DevTools protocol to look at a page in any Chromium since 2018. Playwright speaks to current ones only.
 */

export interface View {
  readonly width: number;
  readonly height: number;
  /** What media queries see; dark is known since Chromium 76. */
  readonly media?: "screen" | "print";
  readonly colorScheme?: "light" | "dark";
}

export interface Browser {
  /** Loads a page and waits until it is complete. */
  readonly visit: (url: string, view: View) => Promise<void>;
  /** The value of an expression of JavaScript in the page; it must be JSON. */
  readonly evaluate: (expression: string) => Promise<unknown>;
  /** A PNG of the page from its top, at most `height` CSS pixels of it. */
  readonly picture: (view: View) => Promise<Uint8Array>;
  readonly close: () => Promise<void>;
}

const ARGUMENTS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--hide-scrollbars",
  "--remote-debugging-port=0",
];

const LISTENING = /^DevTools listening on ws:\/\/([^/]+)\//;
const Target = v.object({ webSocketDebuggerUrl: v.string() });
const Message = v.looseObject({
  id: v.optional(v.number()),
  method: v.optional(v.string()),
  result: v.optional(v.looseObject({})),
  error: v.optional(v.object({ message: v.string() })),
});
const Evaluated = v.object({
  result: v.looseObject({ value: v.optional(v.unknown()) }),
  exceptionDetails: v.optional(v.unknown()),
});
const Picture = v.object({ data: v.string() });

export async function launchBrowser(program: string): Promise<Browser> {
  const profile = await mkdtemp(join(tmpdir(), "old-engine-"));
  const child = spawn(program, [...ARGUMENTS, `--user-data-dir=${profile}`, "about:blank"], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  const host = await listeningHost(child.stderr);
  const response = await fetch(`http://${host}/json/new?about:blank`, { method: "PUT" });
  const { webSocketDebuggerUrl } = v.parse(Target, await response.json());
  const { send, waitFor, hangUp } = await connect(webSocketDebuggerUrl);
  await send("Page.enable");
  return {
    visit: async (url, { width, height, media = "screen", colorScheme = "light" }) => {
      await send("Emulation.setDeviceMetricsOverride", {
        width,
        height,
        deviceScaleFactor: 1,
        mobile: width < 600,
      });
      await send("Emulation.setEmulatedMedia", {
        media,
        features: [{ name: "prefers-color-scheme", value: colorScheme }],
      });
      const loaded = waitFor("Page.loadEventFired");
      await send("Page.navigate", { url });
      await loaded;
    },
    evaluate: async (expression) => {
      const answer = v.parse(
        Evaluated,
        await send("Runtime.evaluate", { expression, returnByValue: true }),
      );
      if (answer.exceptionDetails !== undefined) {
        throw new Error(`The page could not say: ${JSON.stringify(answer.exceptionDetails)}`);
      }
      return answer.result.value;
    },
    picture: async ({ width, height }) => {
      const clip = { x: 0, y: 0, width, height, scale: 1 };
      const { data } = v.parse(
        Picture,
        await send("Page.captureScreenshot", { format: "png", clip }),
      );
      return Buffer.from(data, "base64");
    },
    close: async () => {
      hangUp();
      const gone = once(child, "exit");
      child.kill();
      await gone;
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function listeningHost(output: NodeJS.ReadableStream): Promise<string> {
  const said: string[] = [];
  for await (const line of createInterface({ input: output })) {
    said.push(line);
    const [, host] = LISTENING.exec(line) ?? [];
    if (host === undefined) continue;
    output.resume();
    return host;
  }
  throw new Error(`The browser does not start. It said: ${said.join("\n")}`);
}

interface Connection {
  readonly send: (method: string, params?: object) => Promise<unknown>;
  readonly waitFor: (event: string) => Promise<void>;
  readonly hangUp: () => void;
}

async function connect(url: string): Promise<Connection> {
  const socket = new WebSocket(url);
  const answers = new Map<number, PromiseWithResolvers<unknown>>();
  const events = new Map<string, PromiseWithResolvers<void>>();
  let last = 0;
  socket.addEventListener("message", ({ data }) => {
    const message = v.parse(Message, JSON.parse(String(data)));
    if (message.method !== undefined) events.get(message.method)?.resolve();
    const asked = answers.get(message.id ?? 0);
    if (message.error === undefined) asked?.resolve(message.result);
    else asked?.reject(new Error(message.error.message));
  });
  await once(socket, "open");
  return {
    send: async (method, params = {}) => {
      last += 1;
      const asked = Promise.withResolvers<unknown>();
      answers.set(last, asked);
      socket.send(JSON.stringify({ id: last, method, params }));
      return asked.promise;
    },
    waitFor: async (event) => {
      const expected = Promise.withResolvers<void>();
      events.set(event, expected);
      return expected.promise;
    },
    hangUp: () => {
      socket.close();
    },
  };
}
