/** The rest of a path that begins with the base path of the Jekyll site; any other path as it is. */
export function belowBaseUrl(baseUrl: string, path: string): string {
  if (baseUrl === "" || !`${path}/`.startsWith(`${baseUrl}/`)) return path;
  return path.slice(baseUrl.length) || "/";
}
