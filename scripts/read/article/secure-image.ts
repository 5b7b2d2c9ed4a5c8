import { createSecureAddresses } from "../body/links/https-hosts.ts";
import type { MediaSettings } from "../body/links/media-settings.ts";
import type { WrittenImage } from "../front-matter/header-fields.ts";

/** The front matter's picture by https where its host is known to have that. */
export function secureImage(image: WrittenImage, media: MediaSettings): WrittenImage {
  const { secure } = createSecureAddresses(media, new Set());
  return image.address.startsWith("http:") ? { ...image, address: secure(image.address) } : image;
}
