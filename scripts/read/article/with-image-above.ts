import type { MediaSettings } from "../body/links/media-settings.ts";
import type { RenderedBody } from "../body/render-body.ts";
import { showPictureAbove } from "../body/show-pictures.ts";
import type { HeaderImage } from "../front-matter/find-header-image.ts";

/** The HTML of a body, with the front matter's picture above it if the body does not show that and the settings want it. */
export function withImageAbove(
  { html }: Pick<RenderedBody, "html">,
  header: HeaderImage | null,
  siteUrl: string,
  media: MediaSettings,
): string {
  const { image = null, localFile = null } = header ?? {};
  if (image === null || !media.isImageAbove) return html;
  const localFiles = localFile === null ? [] : [localFile];
  return showPictureAbove(html, image, { siteUrl, localFiles }, media);
}
