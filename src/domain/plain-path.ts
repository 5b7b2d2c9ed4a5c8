/**
 * The one spelling of all paths at which a static server shows the same page: `/a.html`, `/a`, `/a/` and
 * `/a/index.html` are `/a` (https://docs.github.com/pages serves them so); the root is empty.
 *
 * @param path of a URL, percent-decoded, with a slash in front
 */
export function plainPath(path: string): string {
  const page = withoutSlashes(path.toWellFormed().normalize("NFC")).replace(/\.html$/, "");
  return withoutSlashes(page.replace(/\/index$/, "/"));
}

function withoutSlashes(path: string): string {
  return path.replace(/(?<!\/)\/+$/, "");
}
