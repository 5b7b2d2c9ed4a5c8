import { spokenPhrases } from "../../src/render/phrases/phrases-for.ts";

/** A site to begin with, in one language. */
export interface Sample {
  readonly title: string;
  readonly description: string;
  /** The files by name. */
  readonly articles: ReadonlyMap<string, string>;
}

/** The sample in a site's language, Chinese or English. */
export function sampleSite(language: string, days: SampleDays): Sample {
  return /^zh\b/.test(language) && spokenPhrases(language) !== null
    ? chineseSample(days)
    : englishSample(days);
}

/** The days of the two articles (`2026-11-28`), both over, so that neither waits for its time. */
export interface SampleDays {
  readonly first: string;
  readonly second: string;
}

function chineseSample({ first, second }: SampleDays): Sample {
  return {
    title: "我的小报",
    description: "每天读到的，和写下的。",
    articles: new Map([
      [
        `${first}-di-yi-pian.md`,
        `---
title: 一张报纸是怎样开始的
date: ${first} 08:00:00 +0800
categories: 随笔
tags: [开始, 写作]
---

每张报纸都有第一期。第一期往往很薄：一篇开场白，一则通知，也许还有半栏广告。但从那天起，读者知道到哪里去找它。

这篇文章就是一个文件。开头两条横线之间写着标题、日期、栏目和标签，下面是正文，用 **Markdown** 写成。改一个字，存盘，刷新浏览器，就能看到。

## 接下来

1. 在 \`wrangler.toml\` 里写上报纸的名字。
2. 把自己的文章放进这个文件夹，文件名以日期开头。
3. 读者订阅 \`/feed.xml\`，朋友之间转发每篇文章自己的短地址。

这个地址永远不变：改标题、改栏目、换域名，转出去的链接都还打得开。
`,
      ],
      [
        `${second}-fa-bu.md`,
        `---
title: 把它发布出去
date: ${second} 08:00:00 +0800
categories: 手册
tags: [发布]
---

写完以后，先看一看有没有写错的地方：

    npm run check:content

然后发布：

    npm run deploy

第一次会请你登录 Cloudflare，并告诉你网站的地址。以后每次发布只上传新的和改过的文章，几秒钟就好；没有改动，就什么也不写。

> 发错了也不要紧：\`npm run release -- rollback\` 几秒钟就能退回上一版。

这两篇样稿看完就可以删掉了。
`,
      ],
    ]),
  };
}

function englishSample({ first, second }: SampleDays): Sample {
  return {
    title: "My Paper",
    description: "What I read, and what I make of it.",
    articles: new Map([
      [
        `${first}-how-a-paper-begins.md`,
        `---
title: How a Paper Begins
date: ${first} 08:00:00 +0000
categories: Notes
tags: [beginnings, writing]
---

Every paper has a first issue. It is mostly thin: a word from the editor, a notice, perhaps half a column of advertisements. But
from that day on its readers know where to look.

This article is a file. Between the two lines of dashes at its beginning stand a title, a date, a category and some tags; below them
is the text, in **Markdown**. Change a word, save it, reload the page, and there it is.

## What comes next

1. Write the name of the paper into \`wrangler.toml\`.
2. Put articles of your own into this folder; the names of their files begin with the date.
3. Readers subscribe to \`/feed.xml\`, and friends hand on the short address that each article has.

That address never changes. The title may, and the category, and the domain: what was sent to somebody once still opens.
`,
      ],
      [
        `${second}-out-it-goes.md`,
        `---
title: Out It Goes
date: ${second} 08:00:00 +0000
categories: Handbook
tags: [publishing]
---

When you have written something, look whether anything is wrong with it:

    npm run check:content

Then publish it:

    npm run deploy

The first time it asks you to sign in to Cloudflare, and tells you the address of the site. From then on it uploads what is new
and what was changed, in seconds; where nothing was, it writes nothing.

> Something wrong went out? \`npm run release -- rollback\` is back at what was there before, in seconds.

These two articles may go now.
`,
      ],
    ]),
  };
}
