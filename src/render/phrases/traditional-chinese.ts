import { CHINESE_DATES } from "./chinese-dates.ts";
import type { Phrases } from "./simplified-chinese.ts";

export const TRADITIONAL_CHINESE: Phrases = {
  preview: {
    heading: "連結預覽",
    explanation:
      "下面按各平台公開的規則模擬分享這篇文章時的樣子。微信只有從微信內打開再轉發才顯示卡片。",
    pictureReplaced:
      "文章自己的圖片沒有用：各平台都接受的，是本站的 JPEG 或 PNG 檔案，至少寬 900、高 315 像素，不超過 300 KB。這裡用分享卡片代替。",
    back: "回到文章",
  },
  previewWarnings: {
    "title-cut": "標題會被截斷",
    "description-missing": "沒有摘要",
    "image-missing": "沒有圖片",
    "image-small": "圖片太小，可能不顯示",
    "image-heavy": "圖片太大，可能不顯示",
  },
  language: "zh-Hant",
  skipToContent: "跳到正文",
  home: "首頁",
  newest: "最新文章",
  categories: "欄目",
  category: "欄目",
  tag: "標籤",
  tags: "標籤",
  author: "作者",
  authors: "作者",
  related: "繼續閱讀",
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
  },
  variants: { summaries: "摘要", digest: "每日彙編" },
  variantHints: {
    summaries: "摘要只有標題、摘要和連結，適合想省流量、只看標題的人。",
    digest: "每日彙編每天一則，過了午夜才有：適合交給 RSS 轉郵件的服務，變成一封信。",
  },
  updated: "更新於",
  listSeparator: "、",
  thousands: ",",
  dates: CHINESE_DATES,
  articleCount: { one: "共 1 篇文章", other: "共 {count} 篇文章" },
  allCategories: "全部 {count} 個欄目",
  byInitial: "按首字母查找",
  pages: "分頁",
  moreFrom: "更多{title}",
  subscribeTo: "訂閱{title}",
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
