import { posix } from "node:path";
import { percentDecoded } from "../../../src/domain/percent-decoded.ts";

/**
 * The percent-decoded address that Jekyll gives a page: its permalink, else its path with the end that the site's permalink
 * has, and that of its folder for `index`.
 *
 * @param pathInSite with `/` between folders and with extension
 * @param permalink the front matter's; null where there is none
 * @param siteUrl whose origin a permalink may name
 * @param sitePermalink the site's, as in the settings: a style or a template
 */
export function pageAddress(
  pathInSite: string,
  permalink: string | null,
  siteUrl: string,
  sitePermalink: string,
): string {
  const { dir, name, ext } = posix.parse(pathInSite);
  const values = new Map([
    [":path", dir],
    [":basename", name],
    // Jekyll makes `.html` of Markdown, and leaves HTML as it is.
    [":output_ext", /^\.htm$/i.test(ext) ? ext : ".html"],
  ]);
  const usual = name === "index" ? "/:path/" : `/:path/:basename${endOf(sitePermalink)}`;
  const filled = (permalink ?? usual).replaceAll(
    /:(?:path|basename|output_ext)/g,
    (placeholder) => values.get(placeholder) ?? "",
  );
  const written = permalink === null ? filled : pathOf(filled, siteUrl);
  return servedPath(written);
}

/** A path as Jekyll's `URL#sanitize_url` cleans it, without the name that no address shows, and such that it can be encoded. */
export function servedPath(path: string): string {
  return `/${path}`
    .replaceAll("..", "/")
    .replaceAll("./", "")
    .replaceAll(/\/{2,}/g, "/")
    .replace(/\/index\.html$/, "/")
    .toWellFormed()
    .normalize("NFC");
}

/** A permalink's path, percent-decoded. Only where it names an origin it is an address, and not as it is. */
function pathOf(written: string, siteUrl: string): string {
  const path = /^https?:/i.test(written)
    ? (URL.parse(written, siteUrl)?.pathname ?? "/")
    : written.replace(/[?#].*$/s, "");
  return percentDecoded(path) ?? path;
}

/** The end of pages' addresses, as Jekyll's `Utils.add_permalink_suffix` has it. */
function endOf(sitePermalink: string): string {
  if (/^(?:date|ordinal|none)$|:output_ext$/.test(sitePermalink)) return ":output_ext";
  return sitePermalink === "pretty" || sitePermalink.endsWith("/") ? "/" : "";
}
