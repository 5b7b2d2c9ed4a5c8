import { Hono } from "hono";

/* What an answer costs at the least: a Hono Worker that returns a constant of the same size. */

const constants = new Map<number, Uint8Array<ArrayBuffer>>();

function constant(bytes: number): Uint8Array<ArrayBuffer> {
  const known = constants.get(bytes) ?? new Uint8Array(bytes).fill(32);
  constants.set(bytes, known);
  return known;
}

const app = new Hono();

app.get("/plain/:bytes", (context) =>
  context.body(constant(Number(context.req.param("bytes"))), 200, {
    "Content-Type": "text/html; charset=utf-8",
  }),
);
app.get(
  "/gzip/:bytes",
  (context) =>
    new Response(constant(Number(context.req.param("bytes"))), {
      headers: { "Content-Type": "application/rss+xml", "Content-Encoding": "gzip" },
      encodeBody: "manual",
    }),
);
app.get("/not-modified", (context) => context.body(null, 304, { ETag: 'W/"x"' }));
app.get("/moved", (context) => context.redirect("/s/0000000000", 301));
app.get("/missing/:bytes", (context) =>
  context.body(constant(Number(context.req.param("bytes"))), 404, {
    "Content-Type": "text/html; charset=utf-8",
  }),
);

export default app;
