import type { MediaHosts, MediaSettings } from "./media-settings.ts";
import { domainsOf } from "./media-settings.ts";

/**
 * Hosts of pictures and films that answer by https whatever their old addresses say, with all hosts below them. The setting
 * `https_hosts` adds others.
 */
const HTTPS_HOSTS: ReadonlySet<string> = new Set(
  `
  126.net alicdn.com archive.org baidu.com bdimg.com bilibili.com blogspot.com cloudflare.com cloudfront.net cnblogs.com
  csdnimg.cn dailymotion.com dfcfw.com disquscdn.com douban.com doubanio.com eastmoney.com fbcdn.net flickr.com ggpht.com
  giphy.com github.com github.io githubusercontent.com gitlab.io google.com googleapis.com googleusercontent.com
  gravatar.com gstatic.com gtimg.cn gtimg.com hdslb.com imgur.com instagram.com jianshu.io jsdelivr.net medium.com netease.com
  pinimg.com qlogo.cn qpic.cn qq.com shields.io sinaimg.cn slidesharecdn.com staticflickr.com toutiaoimg.com tumblr.com
  twimg.com unpkg.com unsplash.com vimeo.com vimeocdn.com weibo.com weibo.cn weserv.nl wikimedia.org wikipedia.org wordpress.com
  wp.com youku.com youtube.com ytimg.com zhihu.com zhimg.com
  `
    .trim()
    .split(/\s+/),
);

/** Whether a host is known to have https, by the list or the settings. */
function hasHttps(host: string, { httpsHosts }: MediaSettings): boolean {
  return domainsOf(host).some((domain) => HTTPS_HOSTS.has(domain) || httpsHosts.has(domain));
}

/** Makes the addresses of one article's pictures and films https, and remembers their hosts. */
export interface SecureAddresses {
  /** The address by https; the same where its host is not known to have that, which `isInsecure` tells. */
  readonly secure: (address: string) => string;
  readonly isInsecure: (address: string) => boolean;
  readonly hosts: () => MediaHosts;
}

/** The host in an address that a URL parser has written and that has neither a password nor a port. */
const PLAIN_SECURE_HOST = /^https:\/\/([a-z0-9.-]*[a-z][a-z0-9.-]*)(?:[/?#]|$)/;

/** @param seen hosts that articles of the site name with https */
export function createSecureAddresses(
  settings: MediaSettings,
  seen: ReadonlySet<string>,
): SecureAddresses {
  /** Most articles show nothing of other sites, and need no sets. */
  const found: Partial<Record<keyof MediaHosts, Set<string>>> = {};
  const add = (kind: keyof MediaHosts, host: string): void => {
    (found[kind] ??= new Set()).add(host);
  };
  return {
    isInsecure: (address) => address.startsWith("http:"),
    secure(address) {
      const plainHost = PLAIN_SECURE_HOST.exec(address)?.[1];
      if (plainHost !== undefined) {
        add("secure", plainHost);
        return address;
      }
      const url = URL.parse(address);
      if (url === null) return address;
      const { protocol, host, hostname, port } = url;
      if (protocol !== "http:") {
        if (protocol === "https:") add("secure", host);
        return address;
      }
      const isListed = port === "" && hasHttps(hostname, settings);
      if (!isListed) add(seen.has(host) && port === "" ? "upgraded" : "insecure", host);
      const isSecure = isListed || found.upgraded?.has(host) === true;
      return isSecure ? address.replace(/^http:/i, "https:") : address;
    },
    hosts: () => ({
      secure: [...(found.secure ?? [])],
      insecure: [...(found.insecure ?? [])],
      upgraded: [...(found.upgraded ?? [])],
    }),
  };
}
