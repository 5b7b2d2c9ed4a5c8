import type { WrittenFile } from "./jekyll-posts.ts";

/** A small Jekyll site that moved here, with what makes ids difficult: the same posts, read by Jekyll and by us. */

function post(path: string, header: string): WrittenFile {
  return { path: `_posts/${path}`, text: `---\n${header}\n---\n<p>江城今日要闻。</p>\n` };
}

export const MOVED_POSTS: readonly WrittenFile[] = [
  post("2022-01-10-送服务：上门（一）.md", "title: 一\ncategories: [News, 厦门 Daily]"),
  // With an ampersand in its name jekyll-feed's document would be no XML, which no reader promises to read.
  post("2022-01-11-two words, + more.md", "title: 二\ndate: 2022-01-11 20:00:00"),
  post("2022-01-12-slug.md", "title: 三\nslug: An Other 名\nid: seven"),
  post("2022-01-13-own-address.md", "title: 四\npermalink: /页面/好.html"),
  post("2022-01-14-100%.md", 'title: 五\ndate: "2022-01-14 23:30:00"\ncategories: Local'),
  post("2022-01-15-Capitals_and-zone.md", "title: 六\ndate: 2022-01-15 23:30:00 -0800"),
  post("2022-01-16-question?mark.md", "title: 七\ntags: [a]"),
];

/** What Jekyll was told. */
export const MOVED_SITE = {
  url: "https://old.example",
  baseurl: "/blog",
  permalink: "pretty",
  timezone: "Asia/Shanghai",
} as const;

/** A feed as many sites have it besides jekyll-feed's, or in place of it. */
export const OWN_TEMPLATE = `---
layout: null
---
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0">
  <channel>
    <title>旧站</title>
    <link>{{ site.url }}{{ site.baseurl }}/</link>
    <description>旧站</description>
    {% for post in site.posts %}
    <item>
      <title>{{ post.title | xml_escape }}</title>
      <link>{{ post.url | prepend: site.baseurl | prepend: site.url | xml_escape }}</link>
      <guid isPermaLink="true">{{ post.url | prepend: site.baseurl | prepend: site.url | xml_escape }}</guid>
      <pubDate>{{ post.date | date_to_rfc822 }}</pubDate>
      <description>{{ post.content | xml_escape }}</description>
    </item>
    {% endfor %}
  </channel>
</rss>
`;
