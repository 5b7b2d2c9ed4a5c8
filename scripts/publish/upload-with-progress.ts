import type { KvNamespace } from "../cloudflare/kv-namespace.ts";
import type { IO } from "../terminal/io.ts";
import type { PlannedValue } from "../bundle/plan-release.ts";
import type { DeployInput, Step } from "./deploy-input.ts";
import type { UploadProgress } from "./upload-values.ts";
import { uploadValues } from "./upload-values.ts";

const BYTES_PER_MEGABYTE = 1e6;

/** Uploads values, and shows how far it is. */
export async function uploadWithProgress(
  values: readonly PlannedValue[],
  namespace: KvNamespace,
  io: IO,
  progress: DeployInput["progress"],
): Step<UploadProgress> {
  const show = progress("values uploaded");
  return uploadValues(values, namespace, io, ({ values: sent, bytes }) => {
    show(sent, values.length, `, ${(bytes / BYTES_PER_MEGABYTE).toFixed(1)} MB`);
  });
}
