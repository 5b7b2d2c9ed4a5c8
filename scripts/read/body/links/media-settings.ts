/** The settings about pictures and films that articles show. */
export interface MediaSettings {
  /** Whether the front matter's picture stands above a text that does not show it. */
  readonly isImageAbove: boolean;
  /** Referrer policies of pictures by their hosts; those of all other hosts are asked for without a referrer. */
  readonly referrers: ReadonlyMap<string, string>;
  /** Hosts that have https, besides those of the list. */
  readonly httpsHosts: ReadonlySet<string>;
}

export const USUAL_MEDIA: MediaSettings = {
  isImageAbove: true,
  referrers: new Map(),
  httpsHosts: new Set(),
};

/** The hosts of an article's pictures and films on other sites. */
export interface MediaHosts {
  /** Those that it names with https. */
  readonly secure: readonly string[];
  /** Those that it names with http only and that are not known to have https. */
  readonly insecure: readonly string[];
  /** Those that it names with http and that other articles name with https. */
  readonly upgraded: readonly string[];
}

export const NO_MEDIA_HOSTS: MediaHosts = { secure: [], insecure: [], upgraded: [] };

/** The referrer policy of a picture: that of its host, or of the nearest domain above that. */
export function referrerPolicy(address: string, { referrers }: MediaSettings): string {
  if (referrers.size === 0) return "no-referrer";
  const domains = domainsOf(URL.parse(address)?.hostname ?? "");
  const found = domains.find((domain) => referrers.has(domain));
  return (found === undefined ? undefined : referrers.get(found)) ?? "no-referrer";
}

/** A host and the domains above it, the host first: `a.b.example`, `b.example`, `example`. */
export function domainsOf(host: string): readonly string[] {
  const labels = host.split(".");
  return labels.map((_, index) => labels.slice(index).join("."));
}
