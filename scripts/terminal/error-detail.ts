/** The message of an error, or of its cause, in which `fetch` hides the network's message. */
export function errorDetail(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
