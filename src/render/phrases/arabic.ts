import type { DatePatterns } from "../../domain/site.ts";
import type { Phrases } from "./simplified-chinese.ts";

const MONTHS = "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر".split(
  " ",
);

const DATES: DatePatterns = {
  months: MONTHS,
  monthsAlone: MONTHS,
  year: "{year}",
  month: "{month} {year}",
  day: "{day} {month} {year}",
  dayOfMonth: "{day}",
  dayAndTime: "{day}، {time}",
};

export const ARABIC: Phrases = {
  preview: {
    heading: "معاينة الروابط",
    explanation: "هكذا قد يظهر رابط هذا المقال وفق القواعد التي تنشرها كل منصة.",
    pictureReplaced:
      "لم تُستخدم صورة المقال: تقبل كل المنصات ملف JPEG أو PNG من هذا الموقع، بعرض 900 بكسل وارتفاع 315 على الأقل، ولا يزيد على 300 كيلوبايت. تظهر بطاقة المشاركة بدلاً منها.",
    back: "العودة إلى المقال",
  },
  previewWarnings: {
    "title-cut": "سيُقتطع العنوان",
    "description-missing": "لا يوجد ملخص",
    "image-missing": "لا توجد صورة",
    "image-small": "الصورة صغيرة وقد لا تظهر",
    "image-heavy": "الصورة كبيرة الحجم وقد لا تظهر",
  },
  language: "ar",
  skipToContent: "انتقل إلى النص",
  home: "الصفحة الرئيسية",
  newest: "الأحدث",
  categories: "الأقسام",
  category: "قسم",
  tag: "وسم",
  tags: "وسوم",
  author: "كاتب",
  authors: "كتّاب",
  related: "واصل القراءة",
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
  },
  variants: { summaries: "ملخصات", digest: "موجز يومي" },
  variantHints: {
    summaries: "في الملخصات عنوان كل مقال وملخصه ورابطه فقط: حجم صغير وقراءة سريعة.",
    digest:
      "في الموجز اليومي بند واحد لكل يوم يظهر بعد منتصف الليل، وتحوّله خدمات إرسال RSS بالبريد إلى رسالة.",
  },
  updated: "حُدِّث في",
  listSeparator: "، ",
  thousands: ",",
  dates: DATES,
  articleCount: { one: "عدد المقالات: 1", other: "عدد المقالات: {count}" },
  allCategories: "كل الأقسام ({count})",
  byInitial: "بالحرف الأول",
  pages: "الصفحات",
  moreFrom: "المزيد من {title}",
  subscribeTo: "اشترك في {title}",
  search: "بحث",
  searching: {
    label: "ابحث في المقالات",
    heading: "بحث: {query}",
    nothing: "لا نتائج عن “{query}”",
    fewer: "جرّب كلمات أقل أو كلمات أخرى.",
    fewerWords: "كلمات أقل",
    nearNames: "أسماء قريبة",
    narrow: "تضييق البحث",
    all: "الكل",
    leftOut: "لم يُستعمل “{characters}”: لا يمكن البحث عن حرف واحد منفرد، فاكتب ما بجواره أيضًا.",
    oneCharacter: "“{characters}” حرف واحد ونتائجه كثيرة جدًا. اكتب حرفين على الأقل.",
    tooLong: "نص البحث طويل جدًا: الحد الأقصى ١٦ كلمة.",
    noWords: "لا توجد كلمات يمكن البحث عنها.",
    noYear: "اكتب سنة واحدة هكذا: year:2024.",
    noName: "اكتب اسمًا بعد النقطتين، مثل author:اسم.",
    results: "النتائج",
    onlyLeads: "يشمل البحث العناوين والأسماء والوسوم والأقسام والملخصات فقط، دون النصوص الكاملة.",
    shortened: "النص طويل، فاقتصر البحث على “{query}”: الحد الأقصى ١٦ كلمة.",
    notYet: "هذه الكلمات شائعة جدًا، ولم تُفحص المقالات الأقدم بعد: تابع من “مقالات أقدم”.",
    help: "تُعرض المقالات التي فيها كل الكلمات. “علامات الاقتباس” تجمع الكلمات المتتالية، و -كلمة تستبعدها، و author:“اسم كامل” و category:قسم و year:2024 تضيّق البحث.",
    follow: "تابع هذا البحث",
    followHint: "يصلك في قارئك كل مقال جديد يطابق هذا البحث.",
  },
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
