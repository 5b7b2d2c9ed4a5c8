import type { FeedFormat } from "../domain/feed-format.ts";
import type { Manifest } from "../store/manifest.ts";
import type { Validators } from "./validators.ts";
import { validatorsOf } from "./validators.ts";

/**
 * The validators of a feed document, which change with its content and with the code that writes its format.
 *
 * @param state hashes of what the document shows
 * @param changedAt when that last changed, in seconds since 1970; null where it is not known
 */
export function feedValidators(
  { formats }: Pick<Manifest, "formats">,
  format: FeedFormat,
  state: readonly string[],
  changedAt: number | null,
): Validators {
  const { renderer, changedAt: rendererChangedAt } = formats[format];
  // A change of either makes a new document, so the later moment is when it last changed.
  const lastModified = changedAt === null ? null : Math.max(changedAt, rendererChangedAt);
  return validatorsOf([...state, renderer].join("."), lastModified);
}
