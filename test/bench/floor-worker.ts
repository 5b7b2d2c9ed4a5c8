import { Hono } from "hono";

/*
 * What an answer costs at the least: a Hono Worker that returns a constant with the status, the headers and the size of
 * the answer that it is compared with.
 */

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer> | null;
}

const answers: Answer[] = [];

/** `{status}.{bytes}.{headers}`, the headers as JSON in base64. */
function readAnswer(name: string): Answer {
  const [status = "200", bytes = "0", headers = ""] = name.split(".");
  return {
    status: Number(status),
    headers: JSON.parse(atob(headers)) as Record<string, string>,
    body: bytes === "0" ? null : new Uint8Array(Number(bytes)).fill(32),
  };
}

const app = new Hono();

/** Makes an answer, and says under which short path it is. */
app.get("/like/:name", (context) => {
  answers.push(readAnswer(context.req.param("name")));
  return context.text(`/${answers.length - 1}`);
});

app.get("/:index", (context) => {
  const answer = answers[Number(context.req.param("index"))];
  if (answer === undefined) return context.notFound();
  const { status, headers, body } = answer;
  return new Response(body, { status, headers, encodeBody: "manual" });
});

export default app;
