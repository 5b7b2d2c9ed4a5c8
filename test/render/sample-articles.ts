import type { Article, ArticleRef } from "../../src/domain/article.ts";
import { parseShareId } from "../../src/domain/share-id.ts";
import type { ShareId } from "../../src/domain/share-id.ts";
import type { Site } from "../../src/domain/site.ts";

/** Invented articles of an invented paper, for the page tests. */

const encoder = new TextEncoder();
const CHINA_OFFSET_MINUTES = 480;

function shareId(text: string): ShareId {
  const id = parseShareId(text);
  if (id === null) throw new TypeError(`Not a share id: "${text}"`);
  return id;
}

export const SITE: Site = {
  title: "湖畔晚读",
  description: "湖城各报每日文章，一篇一页，打开就读。",
  url: "https://wandu.example",
  language: "zh-CN",
  timeZone: "Asia/Shanghai",
  author: null,
  idAuthority: "wandu.example",
  feedLength: 30,
  feedHours: 24,
  icon: null,
  hub: null,
  footer: [
    { text: "湖ICP备00000000号", url: "https://beian.example/" },
    { text: "编辑部", url: "mailto:editor@wandu.example" },
    { text: "版权归各报所有", url: null },
  ],
  baseUrl: "",
};

export const NEWSPAPER_ARTICLE: Article = {
  id: shareId("f5v4k2q9xa"),
  title: "老城墙下添书屋 三千册旧书等街坊",
  published: { epochSeconds: 1641771333, offsetMinutes: CHINA_OFFSET_MINUTES },
  updated: null,
  categories: ["huchengribao"],
  tags: ["湖城日报新闻"],
  language: null,
  authors: ["林知秋", "何小满"],
  source: "湖城日报",
  sourceUrl: null,
  summary:
    "昨日上午，湖城老西门城墙脚下的“墙根书屋”正式开门。三千多册旧书由街坊捐出，不收押金，借走时在本子上写个名字就行，还书的日子自己定。",
  image: null,
  characterCount: 640,
  isPlain: true,
  entryId: null,
  titleBreaks: [],
  body: encoder.encode(`<p>开门第一天，孩子们坐在门槛上看书。</p>
<p>文/本报记者林知秋通讯员何小满</p>
<p>昨日上午，湖城老西门城墙脚下的“墙根书屋”正式开门。三千多册旧书由街坊捐出，不收押金，借走时在本子上写个名字就行，还书的日子自己定。</p>
<p>书屋原是一间放扫帚和水桶的杂物间，只有二十六平方米。去年秋天，社区把屋顶的瓦换了一遍，墙面刷白，又请木匠老周用拆下来的旧门板打了两排书架。“木头比我年纪大，刨开来还是香的。”老周说。</p>
<h2>一本书，一张字条</h2>
<p>书屋有个不成文的规矩：捐书的人要在扉页夹一张字条，写一写这本书从哪里来。一本1983年版的《唐诗三百首》里写着：“结婚那年在新华书店排队买的，背到第一百零七首，孩子出生了。”</p>
<p>“翻书之前先看字条，像是先跟书的主人打个招呼。”第一位借书人、住在城墙根42年的退休教师沈阿姨说，她挑走的是一本《Gardening for Beginners》，打算对着插图认认阳台上的花。</p>
<blockquote><p>书借出去，总有回不来的。回不来也好，说明有人真想要它。</p></blockquote>
<h2>夜里九点的灯</h2>
<p>书屋每天开到晚上9点。值班的是六位街坊，年纪最大的81岁，最小的是高二学生。他们约好，天黑以后，屋檐下那盏灯不关，给晚归的人照一照台阶。</p>
<p>社区工作人员说，开春之后，城墙另一头的旧水房也会照这个样子修起来，改成修伞、磨刀、配钥匙的铺子，“让老手艺有个遮风的地方”。</p>
<p class="em_media">（文章来源：湖城日报）</p>`),
};

export const TECHNICAL_ARTICLE: Article = {
  id: shareId("f5w1m0tb7c"),
  title: "怎样用一台旧电脑给街道办报：排版、印刷与订阅的完整记录（附清单）",
  published: { epochSeconds: 1641830400, offsetMinutes: CHINA_OFFSET_MINUTES },
  updated: { epochSeconds: 1641917100, offsetMinutes: CHINA_OFFSET_MINUTES },
  categories: ["jishu"],
  tags: ["排版", "C++", "手把手 教程"],
  language: null,
  authors: [],
  source: null,
  sourceUrl: null,
  summary:
    "一台2012年的笔记本，一台激光打印机，四个人，每周五晚上出一张八开小报。这里记下全部步骤和花费。",
  image: {
    url: "https://wandu.example/images/press.jpg",
    alt: "桌上的旧笔记本和刚印好的小报",
    type: "image/jpeg",
    width: 1200,
    height: 800,
    length: 181204,
  },
  characterCount: 410,
  isPlain: false,
  entryId: null,
  titleBreaks: [],
  body: encoder.encode(`<p>一台2012年的笔记本，一台激光打印机，四个人，每周五晚上出一张八开小报。这里记下<strong>全部步骤</strong>和花费，想照做的可以<a href="https://wandu.example/s/f5v4k2q9xa">先看书屋的故事</a>。</p>
<h2>花了多少钱</h2>
<table tabindex="0"><thead><tr><th>项目</th><th>单价（元）</th><th>每期用量</th><th>供应商</th><th>第一年合计（元）</th><th>备注</th></tr></thead><tbody><tr><td>八开纸</td><td>0.12</td><td>400 张</td><td>城南纸行</td><td>2,496.00</td><td>70 克，米黄</td></tr><tr><td>墨粉</td><td>89.00</td><td>0.2 支</td><td>二手市场</td><td>925.60</td><td>兼容装</td></tr></tbody></table>
<h2>排版脚本</h2>
<pre tabindex="0"><code>#!/bin/sh
# 把本周的稿子排成一张八开的小报
for draft in drafts/*.md; do
  pandoc --from markdown --to html5 --template=column.html "$draft" --output "build/$(basename "$draft" .md).html"
done</code></pre>
<ol><li>周三收稿，超过八百字的退回去改。</li><li>周四排版，标题不超过两行。<ul><li>引文用仿宋</li><li>图片说明放右下角</li></ul></li><li>周五晚上印，周六早上送。</li></ol>
<p>用 <code>lpr -o sides=two-sided-long-edge</code> 双面打印。脚注见文末<sup><a href="#fn1" id="fnref1">[1]</a></sup>。</p>
<hr>
<ol class="footnotes"><li id="fn1"><p>纸行周一不开门。<a href="#fnref1">↩</a></p></li></ol>`),
};

export const ARABIC_ARTICLE: Article = {
  id: shareId("f5w2z9k4hd"),
  title: "مكتبة صغيرة تحت سور المدينة القديمة",
  published: { epochSeconds: 1641913200, offsetMinutes: 180 },
  updated: null,
  categories: ["thaqafa"],
  tags: ["كتب"],
  language: "ar",
  authors: ["سلمى حداد"],
  source: "صحيفة البحيرة",
  sourceUrl: null,
  summary: "فُتحت صباح أمس مكتبة صغيرة عند سفح السور، كتبها من أهل الحي، ولا تطلب ضمانًا من أحد.",
  image: null,
  characterCount: 320,
  isPlain: true,
  entryId: null,
  titleBreaks: [],
  body: encoder.encode(`<p>فُتحت صباح أمس مكتبة صغيرة عند سفح السور، كتبها من أهل الحي، ولا تطلب ضمانًا من أحد: يكتب القارئ اسمه في دفتر ويمضي بالكتاب.</p>
<h2>ورقة في كل كتاب</h2>
<p>يضع كل متبرع في كتابه ورقة تحكي من أين جاء. وفي نسخة من كتاب <bdi>Gardening for Beginners</bdi> كُتب: «قرأته في شتاء 1998 ولم أزرع شيئًا».</p>
<blockquote><p>الكتاب الذي لا يعود وجد بيتًا.</p></blockquote>
<ul><li>تفتح المكتبة حتى التاسعة مساءً.</li><li>يبقى المصباح مضاءً بعد الإغلاق.</li></ul>`),
};

const HEADLINES = [
  "老城墙下添书屋 三千册旧书等街坊",
  "湖心岛的白鹭回来了，志愿者用十年记下每一次振翅",
  "末班轮渡延到零点",
  "“旧物换新苗”集市周六开张：一袋旧报纸换一盆薄荷",
  "菜场里的“修鞋博士”",
  "城北三条断头路年内打通 沿线居民出行将少绕两公里",
  "R&D 投入连涨五年，湖城中小企业靠什么 <活下来>",
  "冬夜的面馆：一碗面与十二位夜班司机",
  "数字里的湖城：全年书店新增27家",
  "小满读诗",
  "湖水连续三年达到二类 三十七位护湖员的日与夜",
  "夜市摊主的账本",
] as const;
const SOURCES = ["湖城日报", "晚风报", "湖城日报", "城北通讯"] as const;
const LEADS = [
  "昨日上午，湖城老西门城墙脚下的“墙根书屋”正式开门。三千多册旧书由街坊捐出，不收押金，借走时在本子上写个名字就行。",
  "观鸟志愿者今晨在湖心岛数到214只白鹭，比去年同日多出近四成，其中三只戴着2019年的脚环。",
] as const;
const SECONDS_PER_REF = 8_100;
const LEADING_REFS = 10;

export const REFS: readonly ArticleRef[] = HEADLINES.map((title, index) => ({
  id: shareId(`f5v4k2q9${String(index + 10)}`),
  entryId: null,
  title,
  published: {
    epochSeconds: 1641771333 - index * SECONDS_PER_REF,
    offsetMinutes: CHINA_OFFSET_MINUTES,
  },
  updated: null,
  source: SOURCES[index % SOURCES.length] ?? null,
  lead: index < LEADING_REFS ? (LEADS[index % LEADS.length] ?? null) : null,
}));
