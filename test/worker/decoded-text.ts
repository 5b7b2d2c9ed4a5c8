/** The text of a response as a client gets it: in these tests nobody undoes the encoding on the way. */
export async function decodedText(response: Response): Promise<string> {
  const { body } = response;
  if (body === null || response.headers.get("Content-Encoding") !== "gzip") return response.text();
  return new Response(body.pipeThrough(new DecompressionStream("gzip"))).text();
}
