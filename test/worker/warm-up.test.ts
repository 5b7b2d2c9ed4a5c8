import { expect, inject, it } from "vitest";
import { createApp } from "../../src/http/app.ts";
import { warmUp } from "../../src/http/warm-up.ts";
import { openSite } from "./open-site.ts";

it("makes documents of all kinds at the start, and reads nothing of the site", async () => {
  const { manifest } = await openSite(inject("fixtures"));
  const app = createApp(manifest);
  await warmUp(app, manifest);
  // The routes are compiled by the first match, after which none can be added.
  expect(() => app.get("/later", () => new Response())).toThrow("already built");
  const unread = { RELEASES: { get: () => expect.unreachable("read") } };
  expect((await app.fetch(new Request("https://finews.example/healthz"), unread)).status).toBe(200);
});
