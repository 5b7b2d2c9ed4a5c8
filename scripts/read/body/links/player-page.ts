/** Addresses of embedded players, which do not open on their own, and of the page that shows the same video. */
const PLAYERS: readonly { readonly player: RegExp; readonly page: string }[] = [
  {
    player: /^https?:\/\/(?:www\.)?youtube(?:-nocookie)?\.com\/(?:embed|v)\/([\w-]{6,})/i,
    page: "https://www.youtube.com/watch?v=",
  },
  { player: /^https?:\/\/player\.vimeo\.com\/video\/(\d+)/i, page: "https://vimeo.com/" },
  {
    player: /^https?:\/\/player\.bilibili\.com\/.*[?&]bvid=(BV\w+)/i,
    page: "https://www.bilibili.com/video/",
  },
  {
    player: /^https?:\/\/player\.bilibili\.com\/.*[?&]aid=(\d+)/i,
    page: "https://www.bilibili.com/video/av",
  },
  {
    player: /^https?:\/\/v\.qq\.com\/.*[?&]vid=(\w+)/i,
    page: "https://v.qq.com/x/page/",
  },
  {
    player: /^https?:\/\/player\.youku\.com\/embed\/([\w=]+)/i,
    page: "https://v.youku.com/v_show/id_",
  },
];

/** The page to open for an embedded address; the address itself if it is no known player's. */
export function playerPage(address: string): string {
  for (const { player, page } of PLAYERS) {
    const id = player.exec(address)?.[1];
    if (id !== undefined) return page + id;
  }
  return address;
}
