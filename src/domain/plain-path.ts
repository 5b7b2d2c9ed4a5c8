const ENDS = ["/", ".html", "/index"];

/**
 * The one spelling of all paths at which a static server shows the same page: `/a.html`, `/a`, `/a/` and
 * `/a/index.html` are `/a` (https://docs.github.com/pages serves them so); the root is empty. A plain path's plain path is itself,
 * so that `/a.html.html` is `/a`, too.
 *
 * @param path of a URL, percent-decoded, with a slash in front
 */
export function plainPath(path: string): string {
  const normal = path.toWellFormed().normalize("NFC");
  let end = normal.length;
  for (let last = endOf(normal, end); last !== undefined; last = endOf(normal, end)) {
    end -= last.length;
  }
  return normal.slice(0, end);
}

/** Which of the ends that mean nothing a path has up to an index. */
function endOf(path: string, end: number): string | undefined {
  return ENDS.find((text) => path.endsWith(text, end));
}
