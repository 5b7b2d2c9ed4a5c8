import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { fakeIO } from "../fake-io.ts";
import { publishTopics } from "../../../scripts/publish/publish-topics.ts";

const TOPIC = "https://finews.example/feed.xml";
/** Mon, 23 Nov 2026 00:00:00 GMT. */
const NOW_MILLISECONDS = 1_795_392_000_000;

type Answer = (response: ServerResponse) => void;

/** A hub on loopback that answers the requests for each topic in turn; the last answer stays. */
interface TestHub {
  readonly url: string;
  /** The forms that came, in their order. */
  readonly forms: URLSearchParams[];
  readonly close: () => void;
}

const hubs: TestHub[] = [];

afterEach(() => {
  for (const hub of hubs.splice(0)) hub.close();
});

async function openHub(...answers: readonly Answer[]): Promise<TestHub> {
  const forms: URLSearchParams[] = [];
  const server = createServer((request: IncomingMessage, response) => {
    let text = "";
    request.setEncoding("utf8").on("data", (part: string) => {
      text += part;
    });
    request.on("end", () => {
      const form = new URLSearchParams(text);
      const before = forms.filter((other) => other.get("hub.url") === form.get("hub.url")).length;
      forms.push(form);
      (answers[before] ?? answers.at(-1) ?? status(204))(response);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  const hub = { url: `http://127.0.0.1:${port}/`, forms, close: () => server.close() };
  hubs.push(hub);
  return hub;
}

const status =
  (code: number, headers: Record<string, string> = {}, text = ""): Answer =>
  (response) => {
    response.writeHead(code, headers).end(text);
  };
const hangUp: Answer = (response) => {
  response.destroy();
};

async function publishTo(
  hub: string,
  topics: readonly string[],
): Promise<{ failures: Awaited<ReturnType<typeof publishTopics>>; waits: readonly number[] }> {
  const io = fakeIO({ fetch, now: () => NOW_MILLISECONDS });
  return { failures: await publishTopics(topics, hub, io), waits: io.waits };
}

describe("publishTopics", () => {
  it("tells the hub of each topic once, under both names that hubs know", async () => {
    const hub = await openHub(status(204));
    const topics = Array.from({ length: 20 }, (_, index) => `${TOPIC}?category=${index}&tag=新`);
    expect(await publishTo(hub.url, topics)).toEqual({ failures: [], waits: [] });
    expect(hub.forms).toHaveLength(topics.length);
    expect(new Set(hub.forms.map((form) => form.get("hub.url")))).toEqual(new Set(topics));
    for (const form of hub.forms) {
      expect(form.get("hub.mode")).toBe("publish");
      expect(form.get("hub.topic")).toBe(form.get("hub.url"));
    }
  });

  it.each([
    ["has a fault of its own", status(503), 1000],
    ["is asked too often and says for how long", status(429, { "Retry-After": "7" }), 7000],
    [
      "says until when to wait",
      status(503, { "Retry-After": "Mon, 23 Nov 2026 00:00:09 GMT" }),
      9000,
    ],
    ["wants us to wait for an hour", status(503, { "Retry-After": "3600" }), 60_000],
    ["hangs up", hangUp, 1000],
  ])("comes back when the hub %s", async (_, answer, wait) => {
    const hub = await openHub(answer, status(202));
    expect(await publishTo(hub.url, [TOPIC])).toEqual({ failures: [], waits: [wait] });
    expect(hub.forms).toHaveLength(2);
  });

  it("waits longer each time, and gives up after four attempts with the hub's last word", async () => {
    const hub = await openHub(status(500, {}, "out of order"));
    const { failures, waits } = await publishTo(hub.url, [TOPIC]);
    expect(failures).toEqual([{ topic: TOPIC, detail: "500 out of order" }]);
    expect(waits).toEqual([1000, 2000, 4000]);
  });

  it("does not ask again for what the hub refuses, and goes on with the others", async () => {
    const hub = await openHub(status(400, {}, "unknown topic"));
    const { failures, waits } = await publishTo(hub.url, [TOPIC, `${TOPIC}x`]);
    expect(failures.map(({ detail }) => detail)).toEqual([
      "400 unknown topic",
      "400 unknown topic",
    ]);
    expect(waits).toEqual([]);
  });

  it("says what went wrong where nobody listens", async () => {
    const { failures } = await publishTo("http://127.0.0.1:9/", [TOPIC]);
    expect(failures[0]?.detail).toMatch(/ECONNREFUSED|bad port/);
  });
});
