/**
 * The rest of an address behind the one of several that it begins with, the longest, whether written with `www.` and TLS or
 * without; null where it begins with none.
 *
 * @param urls origins, or addresses of folders; no slash at the end
 */
export function pathBelow(address: string, urls: readonly string[]): string | null {
  const bare = withoutPrefix(address);
  const [longest] = urls
    .map(withoutPrefix)
    .filter((url) => bare === url || bare.startsWith(`${url}/`))
    .toSorted((a, b) => b.length - a.length);
  return longest === undefined ? null : bare.slice(longest.length);
}

function withoutPrefix(url: string): string {
  return url.replace(/^https?:\/\/(?:www\.)?/, "");
}
