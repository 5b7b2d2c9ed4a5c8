import type { MediaSettings } from "../read/body/links/media-settings.ts";

/** A host, which may begin with `*.`, for all hosts below it. */
export const HOST = /^(?:\*\.)?[a-z\d](?:[a-z\d.-]*[a-z\d])?$/i;
export const HTTPS_ADVICE = `write a list of hosts: ["img.example"]`;
/** Those that never tell more of an address than its site. */
export const REFERRER_POLICIES = ["no-referrer", "origin", "strict-origin", "same-origin"] as const;
export const REFERRER_ADVICE = `write a table of hosts and one of ${REFERRER_POLICIES.join(", ")}: { "img.example" = "origin" }`;

/** What the settings about pictures say together. */
export function mediaSettings(written: {
  readonly image_above_text: boolean;
  readonly image_referrer: Readonly<Record<string, string>>;
  readonly https_hosts: readonly string[];
}): MediaSettings {
  return {
    isImageAbove: written.image_above_text,
    referrers: new Map(
      Object.entries(written.image_referrer).map(([host, policy]) => [bareHost(host), policy]),
    ),
    httpsHosts: new Set(written.https_hosts.map(bareHost)),
  };
}

/** `*.a.example` says the same as `a.example`, which all below it belong to. */
function bareHost(written: string): string {
  return written.toLowerCase().replace(/^\*\./, "");
}
