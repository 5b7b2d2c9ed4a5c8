import type { ValueSource } from "../../src/store/release-store.ts";
import type { KvNamespace } from "../cloudflare/kv-namespace.ts";

/** A namespace as the Worker's own reader takes it. */
export function kvValues(namespace: KvNamespace): ValueSource {
  return {
    async get(key) {
      const value = await namespace.get(key);
      if (!value.ok) throw new Error(value.failure.detail);
      return value.value?.buffer ?? null;
    },
  };
}
