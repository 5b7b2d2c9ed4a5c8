/**
 * The rest of an address behind the one of several that it begins with, the longest, whether written with `www.` and TLS or
 * without; null where it begins with none.
 *
 * @param urls origins, or addresses of folders; no slash at the end
 */
export function pathBelow(address: string, urls: readonly string[]): string | null {
  const bare = withoutPrefix(address);
  let longest = -1;
  for (const url of urls) {
    const own = withoutPrefix(url);
    const isBelow =
      bare.startsWith(own) && (bare.length === own.length || bare[own.length] === "/");
    if (isBelow && own.length > longest) longest = own.length;
  }
  return longest === -1 ? null : bare.slice(longest);
}

function withoutPrefix(url: string): string {
  return url.replace(/^https?:\/\/(?:www\.)?/, "");
}
