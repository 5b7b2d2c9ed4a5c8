/** What went wrong, in the words of whoever knows best: `fetch` hides the network's in the error's cause. */
export function errorDetail(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
