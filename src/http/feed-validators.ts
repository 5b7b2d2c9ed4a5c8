import type { FeedFormat } from "../domain/feed-format.ts";
import type { Manifest } from "../store/manifest.ts";
import type { Validators } from "./conditional.ts";
import { validatorsOf } from "./conditional.ts";

/**
 * The validators of a feed document: they change with its content, and with the code that spells it in its format.
 *
 * @param state what the document shows
 * @param changedAt when that last changed, in seconds since 1970; null where it is not known
 */
export function feedValidators(
  { formats }: Pick<Manifest, "formats">,
  format: FeedFormat,
  state: readonly string[],
  changedAt: number | null,
): Validators {
  const { renderer, changedAt: rendererChangedAt } = formats[format];
  // Whatever changes does so later than all that changed before, so that the later moment names the state of both.
  const lastModified = changedAt === null ? null : Math.max(changedAt, rendererChangedAt);
  return validatorsOf([...state, renderer].join("."), lastModified);
}
