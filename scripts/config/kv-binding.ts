/** The name under which the Worker knows its KV namespace, in wrangler.toml and in `src/http/env.ts`. */
export const KV_BINDING = "RELEASES";
