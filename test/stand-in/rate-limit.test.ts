import { expect, it } from "vitest";
import { RateLimit } from "./rate-limit.ts";

const SECOND = 1000;

it("blocks who asks more than 1,200 times in five minutes, for five minutes, and says how long", () => {
  const limit = new RateLimit();
  for (let request = 0; request < 1200; request += 1) limit.admit(request);
  const refused = { status: 429, headers: { "Retry-After": "300" } };
  expect(() => {
    limit.admit(200 * SECOND);
  }).toThrow(expect.objectContaining(refused));
  expect(() => {
    limit.admit(499.5 * SECOND);
  }).toThrow(expect.objectContaining({ headers: { "Retry-After": "1" } }));
  limit.admit(500 * SECOND);
});

it("lets in who asks as often in more time", () => {
  const limit = new RateLimit();
  expect(() => {
    for (let request = 0; request < 3000; request += 1) limit.admit(request * 300);
  }).not.toThrow();
});
