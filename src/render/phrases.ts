import type { PreviewWarning } from "./link-previews.ts";
import type { DateStyle } from "./reader-dates.ts";

const CHINESE_DATES: DateStyle = {
  year: (year) => `${year}年`,
  month: (year, month) => `${year}年${month}月`,
  day: (year, month, day) => `${year}年${month}月${day}日`,
  monthOfYear: (month) => `${month}月`,
  dayOfMonth: (day) => `${day}日`,
  dayAndTime: (day, time) => `${day} ${time}`,
};

/** The model of all translations; comments here say what translators must know. */
const SIMPLIFIED_CHINESE = {
  /** The editor's page of link previews. */
  preview: {
    heading: "链接预览",
    explanation:
      "下面按各平台公开的规则模拟分享这篇文章时的样子。微信只有从微信内打开再转发才显示卡片。",
    /** Why the article's own picture is not shown. */
    pictureReplaced:
      "文章自己的图片没有用：各平台都接受的，是本站的 JPEG 或 PNG 文件，至少宽 900、高 315 像素，不超过 300 KB。这里用分享卡片代替。",
    back: "回到文章",
    warnings: {
      "title-cut": "标题会被截断",
      "description-missing": "没有摘要",
      "image-missing": "没有图片",
      "image-small": "图片太小，可能不显示",
      "image-heavy": "图片太大，可能不显示",
    } satisfies Record<PreviewWarning, string>,
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
    /** What such feeds hold, and whom they are for. */
    hints: {
      summaries: "摘要只有标题、摘要和链接，适合想省流量、只看标题的人。",
      digest: "每日汇编每天一条，过了午夜才有：适合交给 RSS 转邮件的服务，变成一封信。",
    },
  },
  /** What feeds are called that do not show whole texts. */
  variants: { summaries: "摘要", digest: "每日汇编" },
  updated: "更新于",
  /** Stands between the names of people. */
  listSeparator: "、",
  dates: CHINESE_DATES,
  articleCount: (count: number) => `共 ${grouped(count)} 篇文章`,
  allCategories: (count: number) => `全部 ${grouped(count)} 个栏目`,
  moreFrom: (title: string) => `更多${title}`,
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

const TRADITIONAL_CHINESE: Phrases = {
  preview: {
    heading: "連結預覽",
    explanation:
      "下面按各平台公開的規則模擬分享這篇文章時的樣子。微信只有從微信內打開再轉發才顯示卡片。",
    pictureReplaced:
      "文章自己的圖片沒有用：各平台都接受的，是本站的 JPEG 或 PNG 檔案，至少寬 900、高 315 像素，不超過 300 KB。這裡用分享卡片代替。",
    back: "回到文章",
    warnings: {
      "title-cut": "標題會被截斷",
      "description-missing": "沒有摘要",
      "image-missing": "沒有圖片",
      "image-small": "圖片太小，可能不顯示",
      "image-heavy": "圖片太大，可能不顯示",
    },
  },
  language: "zh-Hant",
  skipToContent: "跳到正文",
  home: "首頁",
  newest: "最新文章",
  categories: "欄目",
  category: "欄目",
  tag: "標籤",
  tags: "標籤",
  languages: "語言",
  archive: "往期",
  newer: "較新的文章",
  older: "較早的文章",
  readOn: "閱讀全文",
  subscribe: "訂閱",
  subscribeHint:
    "把下面任意一個網址貼到閱讀器裡，新文章就會自動送到。每個欄目、每個標籤的頁面上也有各自的訂閱網址。",
  subscribing: {
    explanation:
      "這裡是一個訂閱源（RSS）。把它的網址加進任意一款閱讀器，以後有新文章，閱讀器會自動取來，全文都在裡面：不用註冊，沒有演算法推薦，隨時可以退訂。",
    how: "怎樣訂閱",
    address: "訂閱網址",
    copyHint: "長按或雙擊下面的網址，複製後貼到閱讀器裡：",
    open: "用閱讀器開啟",
    read: "先看看文章",
    scan: "用手機掃一掃，取得訂閱網址",
    webReaders: "在網頁閱讀器中訂閱",
    apps: "可以安裝的閱讀器",
    otherFormats: "其他格式",
    otherWays: "只要摘要，或每天一封",
    hints: {
      summaries: "摘要只有標題、摘要和連結，適合想省流量、只看標題的人。",
      digest: "每日彙編每天一則，過了午夜才有：適合交給 RSS 轉郵件的服務，變成一封信。",
    },
  },
  variants: { summaries: "摘要", digest: "每日彙編" },
  updated: "更新於",
  listSeparator: "、",
  dates: CHINESE_DATES,
  articleCount: (count) => `共 ${grouped(count)} 篇文章`,
  allCategories: (count) => `全部 ${grouped(count)} 個欄目`,
  moreFrom: (title) => `更多${title}`,
  notFound: {
    title: "沒有找到這一頁",
    text: "網址可能不完整，或者這篇文章從未在這裡發表。可以從首頁重新找起。",
  },
  gone: { title: "這篇文章已經撤下", text: "它曾在這裡發表，後來由編輯撤下，不會再回來。" },
  unavailable: {
    title: "請稍後再試",
    text: "這一頁暫時取不出來，通常一兩分鐘內就會恢復。文章沒有遺失。",
  },
  methodNotAllowed: { title: "這裡只供閱讀", text: "本站的網址只接受讀取請求（GET 和 HEAD）。" },
};

const ENGLISH_MONTHS =
  "January February March April May June July August September October November December".split(
    " ",
  );

const ENGLISH: Phrases = {
  preview: {
    heading: "Link previews",
    explanation:
      "How a link to this article would look, from the rules that each platform publishes. WeChat shows a card only where the page is forwarded from within it.",
    pictureReplaced:
      "The article's own picture is not used: all platforms take a JPEG or PNG file of this site, at least 900 pixels wide and 315 high, of at most 300 KB. The share card stands in for it.",
    back: "Back to the article",
    warnings: {
      "title-cut": "The headline is cut",
      "description-missing": "There is no summary",
      "image-missing": "There is no picture",
      "image-small": "The picture is small and may not be shown",
      "image-heavy": "The picture is heavy and may not be shown",
    },
  },
  language: "en",
  skipToContent: "Skip to the text",
  home: "Home",
  newest: "Newest",
  categories: "Sections",
  category: "Section",
  tag: "Tag",
  tags: "Tags",
  languages: "Languages",
  archive: "Archive",
  newer: "Newer articles",
  older: "Older articles",
  readOn: "Read on",
  subscribe: "Subscribe",
  subscribeHint:
    "Paste one of these addresses into your feed reader, and new articles come to you. Every section and every tag has addresses of its own on its page.",
  subscribing: {
    explanation:
      "This is a feed (RSS). Add its address to any feed reader, and new articles come to you, whole: no account, no algorithm, and you can leave at any time.",
    how: "How to subscribe",
    address: "The feed’s address",
    copyHint: "Select the address, copy it, and paste it into your reader:",
    open: "Open in a reader",
    read: "Read the articles here",
    scan: "Scan to get the address on your phone",
    webReaders: "Subscribe in a reader on the web",
    apps: "Readers to install",
    otherFormats: "Other formats",
    otherWays: "Summaries only, or once a day",
    hints: {
      summaries:
        "The summaries are titles, summaries and links: little to fetch, quick to look through.",
      digest:
        "The daily digest has one entry a day, after midnight. A service that turns RSS into mail makes it a letter.",
    },
  },
  variants: { summaries: "Summaries", digest: "Daily digest" },
  updated: "Updated",
  listSeparator: ", ",
  dates: datesWith(ENGLISH_MONTHS, ", "),
  articleCount: (count) => (count === 1 ? "1 article" : `${grouped(count)} articles`),
  allCategories: (count) => `All ${grouped(count)} sections`,
  moreFrom: (title) => `More from ${title}`,
  notFound: {
    title: "There is no such page",
    text: "The address may be incomplete, or the article was never published here. The home page is a good place to start again.",
  },
  gone: {
    title: "This article was withdrawn",
    text: "It was published here, and its editors have since taken it back for good.",
  },
  unavailable: {
    title: "Please try again shortly",
    text: "This page cannot be fetched right now. It usually returns within a minute or two; nothing is lost.",
  },
  methodNotAllowed: {
    title: "This place is for reading",
    text: "Addresses here answer only to reading requests (GET and HEAD).",
  },
};

const ARABIC_MONTHS =
  "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر".split(" ");

const ARABIC: Phrases = {
  preview: {
    heading: "معاينة الروابط",
    explanation: "هكذا قد يظهر رابط هذا المقال وفق القواعد التي تنشرها كل منصة.",
    pictureReplaced:
      "لم تُستخدم صورة المقال: تقبل كل المنصات ملف JPEG أو PNG من هذا الموقع، بعرض 900 بكسل وارتفاع 315 على الأقل، ولا يزيد على 300 كيلوبايت. تظهر بطاقة المشاركة بدلاً منها.",
    back: "العودة إلى المقال",
    warnings: {
      "title-cut": "سيُقتطع العنوان",
      "description-missing": "لا يوجد ملخص",
      "image-missing": "لا توجد صورة",
      "image-small": "الصورة صغيرة وقد لا تظهر",
      "image-heavy": "الصورة كبيرة الحجم وقد لا تظهر",
    },
  },
  language: "ar",
  skipToContent: "انتقل إلى النص",
  home: "الصفحة الرئيسية",
  newest: "الأحدث",
  categories: "الأقسام",
  category: "قسم",
  tag: "وسم",
  tags: "وسوم",
  languages: "اللغات",
  archive: "الأرشيف",
  newer: "مقالات أحدث",
  older: "مقالات أقدم",
  readOn: "متابعة القراءة",
  subscribe: "الاشتراك",
  subscribeHint:
    "الصق أحد هذه العناوين في قارئ الخلاصات لتصلك المقالات الجديدة. ولكل قسم ولكل وسم عناوينه الخاصة في صفحته.",
  subscribing: {
    explanation:
      "هذه خلاصة (RSS). أضف عنوانها إلى أي قارئ خلاصات لتصلك المقالات الجديدة كاملة: بلا حساب وبلا خوارزميات، ويمكنك التوقف متى شئت.",
    how: "كيف أشترك؟",
    address: "عنوان الخلاصة",
    copyHint: "حدّد العنوان وانسخه ثم الصقه في قارئك:",
    open: "افتح في قارئ",
    read: "اقرأ المقالات هنا",
    scan: "امسح الرمز ليصل العنوان إلى هاتفك",
    webReaders: "اشترك في قارئ على الويب",
    apps: "قرّاء يمكن تثبيتهم",
    otherFormats: "صيغ أخرى",
    otherWays: "الملخصات فقط، أو مرة في اليوم",
    hints: {
      summaries: "في الملخصات عنوان كل مقال وملخصه ورابطه فقط: حجم صغير وقراءة سريعة.",
      digest:
        "في الموجز اليومي بند واحد لكل يوم يظهر بعد منتصف الليل، وتحوّله خدمات إرسال RSS بالبريد إلى رسالة.",
    },
  },
  variants: { summaries: "ملخصات", digest: "موجز يومي" },
  updated: "حُدِّث في",
  listSeparator: "، ",
  dates: datesWith(ARABIC_MONTHS, "، "),
  articleCount: (count) => `عدد المقالات: ${grouped(count)}`,
  allCategories: (count) => `كل الأقسام (${grouped(count)})`,
  moreFrom: (title) => `المزيد من ${title}`,
  notFound: {
    title: "لا توجد صفحة بهذا العنوان",
    text: "قد يكون العنوان ناقصًا، أو أن المقال لم يُنشر هنا قط. يمكنك البدء من الصفحة الرئيسية.",
  },
  gone: { title: "سُحب هذا المقال", text: "نُشر هنا من قبل، ثم سحبه المحررون نهائيًا." },
  unavailable: {
    title: "حاول مرة أخرى بعد قليل",
    text: "تعذّر جلب هذه الصفحة الآن، وتعود عادة خلال دقيقة أو دقيقتين. لم يُفقد أي مقال.",
  },
  methodNotAllowed: {
    title: "هنا للقراءة فقط",
    text: "لا تقبل العناوين هنا إلا طلبات القراءة (GET وHEAD).",
  },
};

const TRADITIONAL_CHINESE_SUBTAGS = new Set(["hant", "tw", "hk", "mo"]);

/** The interface words for a language (a BCP 47 tag); English where we have none. */
export function phrasesFor(language: string): Phrases {
  const [primary, ...rest] = language.toLowerCase().split("-");
  if (primary === "ar") return ARABIC;
  if (primary !== "zh") return ENGLISH;
  const isTraditional =
    !rest.includes("hans") && rest.some((subtag) => TRADITIONAL_CHINESE_SUBTAGS.has(subtag));
  return isTraditional ? TRADITIONAL_CHINESE : SIMPLIFIED_CHINESE;
}

function datesWith(months: readonly string[], comma: string): DateStyle {
  const monthOfYear = (month: number): string => months[month - 1] ?? String(month);
  return {
    year: String,
    month: (year, month) => `${monthOfYear(month)} ${year}`,
    day: (year, month, day) => `${day} ${monthOfYear(month)} ${year}`,
    monthOfYear,
    dayOfMonth: String,
    dayAndTime: (day, time) => `${day}${comma}${time}`,
  };
}

function grouped(count: number): string {
  return String(count).replaceAll(/\B(?=(?:\d{3})+$)/g, ",");
}
