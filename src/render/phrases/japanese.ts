import { CHINESE_DATES } from "./chinese-dates.ts";
import type { Phrases } from "./simplified-chinese.ts";

export const JAPANESE: Phrases = {
  preview: {
    heading: "リンクのプレビュー",
    explanation:
      "各サービスが公開している規則から、この記事を共有したときの見え方を示します。微信（WeChat）では、アプリ内で開いて転送したときだけカードになります。",
    pictureReplaced:
      "記事の画像は使われていません。どのサービスでも表示されるのは、このサイトにある JPEG か PNG で、幅 900 以上・高さ 315 以上、300 KB 以下のものです。代わりに共有カードを表示しています。",
    back: "記事に戻る",
  },
  previewWarnings: {
    "title-cut": "見出しが途中で切れます",
    "description-missing": "要約がありません",
    "image-missing": "画像がありません",
    "image-small": "画像が小さく、表示されないことがあります",
    "image-heavy": "画像が大きく、表示されないことがあります",
  },
  language: "ja",
  skipToContent: "本文へ",
  home: "ホーム",
  newest: "新着記事",
  categories: "カテゴリー",
  category: "カテゴリー",
  tag: "タグ",
  tags: "タグ",
  author: "著者",
  authors: "著者",
  related: "あわせて読む",
  languages: "言語",
  archive: "過去の記事",
  newer: "新しい記事",
  older: "古い記事",
  readOn: "続きを読む",
  subscribe: "購読",
  subscribeHint:
    "次のアドレスのどれかをフィードリーダーに貼り付けると、新しい記事が届きます。カテゴリーやタグのページにも、それぞれのアドレスがあります。",
  subscribing: {
    explanation:
      "これはフィード（RSS）です。アドレスをフィードリーダーに登録すると、新しい記事が全文で届きます。会員登録もおすすめの操作もなく、いつでもやめられます。",
    how: "購読のしかた",
    address: "フィードのアドレス",
    copyHint: "下のアドレスを選んでコピーし、リーダーに貼り付けてください：",
    open: "リーダーで開く",
    read: "まず記事を読む",
    scan: "スマートフォンで読み取ると、アドレスが届きます",
    webReaders: "ウェブのリーダーで購読する",
    apps: "インストールできるリーダー",
    otherFormats: "ほかの形式",
    otherWays: "要約だけ、または一日一通",
  },
  variants: { summaries: "要約", digest: "一日のまとめ" },
  variantHints: {
    summaries:
      "要約のフィードは見出しと要約とリンクだけです。通信量が少なく、すばやく目を通せます。",
    digest:
      "一日のまとめは一日に一件、日付が変わってから届きます。RSS をメールにするサービスに渡せば、一通の手紙になります。",
  },
  updated: "更新",
  listSeparator: "、",
  thousands: ",",
  dates: CHINESE_DATES,
  articleCount: { one: "1 件の記事", other: "{count} 件の記事" },
  allCategories: "すべてのカテゴリー（{count}）",
  byInitial: "頭文字でさがす",
  pages: "ページ",
  moreFrom: "{title}の記事をもっと見る",
  subscribeTo: "{title}を購読",
  search: "検索",
  searching: {
    label: "記事を検索",
    heading: "検索：{query}",
    nothing: "「{query}」は見つかりませんでした",
    fewer: "言葉を減らすか、別の言葉でお試しください。",
    fewerWords: "言葉を減らす",
    nearNames: "似た名前",
    narrow: "絞り込む",
    all: "すべて",
    leftOut:
      "「{characters}」は使われませんでした。一文字では検索できないため、前後の文字も続けて書いてください。",
    oneCharacter: "「{characters}」の一文字では見つかりすぎます。二文字以上で検索してください。",
    tooLong: "検索の言葉が長すぎます。漢字やかなで 32 文字、または 16 語までです。",
    noWords: "検索できる文字がありません。",
    noYear: "年は year:2024 のように一つだけ書いてください。",
    noName: "コロンの後に名前を書いてください。例：author:名前",
    results: "検索結果",
    onlyLeads: "検索するのは見出し、名前、タグ、カテゴリー、要約だけで、本文は対象外です。",
    shortened:
      "長いため、最初の「{query}」だけで検索しました。漢字やかなで 32 文字、または 16 語までです。",
    notYet:
      "よく使われる言葉のため、古い記事はまだ調べ終わっていません。「古い記事」で続けられます。",
    help: "言葉を空白で区切ると、すべてを含む記事が見つかります。“引用符”は続いた言葉、-言葉 は除外です。author:名前、category:カテゴリー、year:2024 で絞り込めます。",
    follow: "この検索を購読",
    followHint: "この検索に合う新しい記事がリーダーに届きます。",
  },
  notFound: {
    title: "ページが見つかりません",
    text: "アドレスが途中で切れているか、この記事はここに掲載されたことがありません。ホームからお探しください。",
  },
  gone: {
    title: "この記事は取り下げられました",
    text: "ここに掲載されていましたが、編集部が取り下げました。再び掲載されることはありません。",
  },
  unavailable: {
    title: "しばらくしてからもう一度お試しください",
    text: "いまこのページを取り出せません。ふつうは一、二分で元に戻ります。記事は失われていません。",
  },
  methodNotAllowed: {
    title: "ここは読むための場所です",
    text: "このサイトは読み取り（GET と HEAD）だけを受け付けます。",
  },
};
