import { CHINESE_DATES } from "./chinese-dates.ts";

/** The model of all translations; comments here say what translators must know. */
export const SIMPLIFIED_CHINESE = {
  /** The editor's page of link previews. */
  preview: {
    heading: "链接预览",
    explanation:
      "下面按各平台公开的规则模拟分享这篇文章时的样子。微信只有从微信内打开再转发才显示卡片。",
    /** Why the article's own picture is not shown. */
    pictureReplaced:
      "文章自己的图片没有用：各平台都接受的，是本站的 JPEG 或 PNG 文件，至少宽 900、高 315 像素，不超过 300 KB。这里用分享卡片代替。",
    back: "回到文章",
  },
  previewWarnings: {
    "title-cut": "标题会被截断",
    "description-missing": "没有摘要",
    "image-missing": "没有图片",
    "image-small": "图片太小，可能不显示",
    "image-heavy": "图片太大，可能不显示",
  },
  /** The language that these words are in. */
  language: "zh-Hans",
  skipToContent: "跳到正文",
  home: "首页",
  newest: "最新文章",
  categories: "栏目",
  category: "栏目",
  tag: "标签",
  tags: "标签",
  author: "作者",
  authors: "作者",
  /** The list of articles at the end of an article. */
  related: "继续阅读",
  languages: "语言",
  archive: "往期",
  newer: "较新的文章",
  older: "较早的文章",
  /** The link to an article of which a feed shows the summary only. */
  readOn: "阅读全文",
  subscribe: "订阅",
  subscribeHint:
    "把下面任意一个地址粘贴到阅读器里，新文章就会自动送到。每个栏目、每个标签的页面上也有各自的订阅地址。",
  /** The page at a feed's address. */
  subscribing: {
    /** What a feed is and what it is for, told to people who have never heard of feeds. */
    explanation:
      "这里是一个订阅源（RSS）。把它的地址加进任意一款阅读器，以后有新文章，阅读器会自动取来，全文都在里面：不用注册，没有算法推荐，随时可以退订。",
    how: "怎样订阅",
    address: "订阅地址",
    copyHint: "长按或双击下面的地址，复制后粘贴到阅读器里：",
    open: "用阅读器打开",
    read: "先看看文章",
    scan: "用手机扫一扫，得到订阅地址",
    webReaders: "在网页阅读器中订阅",
    apps: "可以安装的阅读器",
    otherFormats: "其他格式",
    /** The heading over feeds that show the same articles in another way. */
    otherWays: "只要摘要，或每天一封",
  },
  /** What feeds are called that do not show whole texts. */
  variants: { summaries: "摘要", digest: "每日汇编" },
  /** What such feeds hold, and whom they are for. */
  variantHints: {
    summaries: "摘要只有标题、摘要和链接，适合想省流量、只看标题的人。",
    digest: "每日汇编每天一条，过了午夜才有：适合交给 RSS 转邮件的服务，变成一封信。",
  },
  updated: "更新于",
  /** Stands between the names of people. */
  listSeparator: "、",
  /** Stands between the thousands of a number. */
  thousands: ",",
  dates: CHINESE_DATES,
  /** A count with its noun: `one` is said of 1, `other` of all else. */
  articleCount: { one: "共 1 篇文章", other: "共 {count} 篇文章" },
  allCategories: "全部 {count} 个栏目",
  /** Labels the links to the initials in the list of all categories, and to its pages. */
  byInitial: "按首字母查找",
  pages: "分页",
  /** Leads from an article to the list of its category. */
  moreFrom: "更多{title}",
  subscribeTo: "订阅{title}",
  /** The button of the field, and what its page is called. */
  search: "搜索",
  searching: {
    /** Names the field to people who do not see it. */
    label: "搜索文章",
    heading: "搜索：{query}",
    nothing: "没有找到“{query}”",
    fewer: "少写几个字试试，或者换一种说法。",
    fewerWords: "少几个词",
    /** Heads categories, newspapers and people with such a name. */
    nearNames: "名称相近的",
    /** Heads links to fewer results: of one category, of one year. */
    narrow: "缩小范围",
    /** The link that takes a category or a year away again. */
    all: "全部",
    /** `characters` are of a script without blanks. */
    leftOut: "没有用上“{characters}”：单独一个字不能搜索，请连同前后的字一起写。",
    oneCharacter: "只有“{characters}”一个字，找到的会太多。请至少写两个字。",
    tooLong: "搜索的内容太长了。请不超过 32 个汉字或 16 个词。",
    noWords: "这里面没有可以搜索的文字。",
    noYear: "年份请写成 year:2024 这样，只能写一个。",
    noName: "冒号后面要有名称，如 author:人名。",
    /** Heads what was found. */
    results: "搜索结果",
    /** Said where nothing was found, and texts are not looked at. */
    onlyLeads: "只找标题、报刊和人的名称、标签、栏目和摘要，不找正文。",
    /** `query` is what was looked for of a longer text. */
    shortened: "内容较长，只用了前面的“{query}”：最多 32 个汉字或 16 个词。",
    /** Names the link `older`. */
    notYet: "要找的词太常见，更早的文章还没有看完：点“较早的文章”继续。",
    help: "几个词之间用空格隔开，都要出现才算；“引号”里的要连在一起；-词 表示不要有；还可以写 author:人名、category:栏目、year:2024。",
    follow: "关注这个搜索",
    followHint: "以后有文章符合这个搜索，阅读器会自动送到。",
  },
  notFound: {
    title: "没有找到这一页",
    text: "地址可能不完整，或者这篇文章从未在这里发表。可以从首页重新找起。",
  },
  gone: { title: "这篇文章已经撤下", text: "它曾在这里发表，后来由编辑撤下，不会再回来。" },
  unavailable: {
    title: "请稍后再试",
    text: "这一页暂时取不出来，通常一两分钟内就会恢复。文章没有丢失。",
  },
  methodNotAllowed: { title: "这里只供阅读", text: "本站的地址只接受读取请求（GET 和 HEAD）。" },
};

/** Every word of the interface in one language. A language that lacks one does not compile. */
export type Phrases = typeof SIMPLIFIED_CHINESE;
