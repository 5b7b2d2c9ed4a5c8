import { readPermalink } from "../scripts/read/old-urls/permalink.ts";
import type { AddressSettings } from "../scripts/read/old-urls/address-settings.ts";

/** The settings of a site whose permalink was always one, by default Jekyll's own default. */
export function usualAddresses(...permalinks: readonly string[]): AddressSettings {
  const read = (permalinks.length === 0 ? ["date"] : permalinks).map((written) => {
    const permalink = readPermalink(written);
    if (!permalink.ok) throw new Error(permalink.failure.placeholder);
    return permalink.value;
  });
  return { permalinks: read, folderPermalinks: [], formerUrls: [], formerFeedIds: null };
}
