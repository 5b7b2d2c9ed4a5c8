import type { Agent, IncomingHttpHeaders } from "node:http";
import { request } from "node:http";

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A request to a server on this machine. */
export interface Question {
  readonly port: number;
  readonly path: string;
  readonly agent: Agent;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent with POST; by default nothing is. */
  readonly body?: string;
}

/**
 * Asks a server of this machine once. Fails if the answer breaks off: a server that dies in the middle of one ends it without
 * an `end`, and without an error where nobody listens for it on the answer itself, so that whoever waited would wait forever.
 */
export async function ask({ port, path, agent, headers, body = "" }: Question): Promise<Reply> {
  return new Promise((settle, refuse) => {
    const method = body === "" ? "GET" : "POST";
    const asked = request({ port, host: "127.0.0.1", path, agent, method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => {
        chunks.push(chunk);
      });
      response.once("end", () => {
        settle({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks),
        });
      });
      response.once("error", refuse);
      response.once("close", () => {
        refuse(new Error(`The answer to ${path} broke off`));
      });
    });
    asked.once("error", refuse);
    asked.end(body);
  });
}
