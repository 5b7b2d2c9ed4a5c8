import type { Manifest } from "../../src/store/manifest.ts";
import { isTable } from "../config/config-file.ts";
import type { Project } from "../config/read-project.ts";

/** How often the Worker looks whether an article is due, unless the settings say otherwise. */
const EVERY_FIVE_MINUTES = "*/5 * * * *";

/**
 * The cron expressions that the Worker is to have; null where wrangler is to leave them as they are. They are no part of a
 * version of the Worker: who takes the hook out of the settings has them taken away by the deploy that does so.
 *
 * @param previous the live release; null if there is none, or nobody knows it
 */
export function wantedCrons(
  { config: { table }, settings: { publishHook } }: Pick<Project, "config" | "settings">,
  previous: Pick<Manifest, "onTime"> | null = null,
): readonly string[] | null {
  const { crons } = isTable(table["triggers"]) ? table["triggers"] : {};
  if (Array.isArray(crons)) return crons.map(String);
  if (publishHook !== null) return [EVERY_FIVE_MINUTES];
  return previous !== null && previous.onTime !== null ? [] : null;
}
