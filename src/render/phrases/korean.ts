import type { DatePatterns } from "../../domain/site.ts";
import type { Phrases } from "./simplified-chinese.ts";

const MONTHS = Array.from({ length: 12 }, (_, index) => `${index + 1}월`);

const DATES: DatePatterns = {
  months: MONTHS,
  monthsAlone: MONTHS,
  year: "{year}년",
  month: "{year}년 {month}",
  day: "{year}년 {month} {day}일",
  dayOfMonth: "{day}일",
  dayAndTime: "{day} {time}",
};

export const KOREAN: Phrases = {
  preview: {
    heading: "링크 미리 보기",
    explanation:
      "각 플랫폼이 공개한 규칙에 따라 이 기사를 공유했을 때의 모습을 보여 줍니다. 위챗(WeChat)은 앱 안에서 열어 전달할 때만 카드로 보입니다.",
    pictureReplaced:
      "기사의 사진은 쓰이지 않았습니다. 모든 플랫폼이 받는 것은 이 사이트의 JPEG 또는 PNG 파일로, 너비 900, 높이 315픽셀 이상, 300 KB 이하여야 합니다. 대신 공유 카드를 보여 줍니다.",
    back: "기사로 돌아가기",
  },
  previewWarnings: {
    "title-cut": "제목이 잘립니다",
    "description-missing": "요약이 없습니다",
    "image-missing": "사진이 없습니다",
    "image-small": "사진이 작아 보이지 않을 수 있습니다",
    "image-heavy": "사진이 커서 보이지 않을 수 있습니다",
  },
  language: "ko",
  skipToContent: "본문으로 건너뛰기",
  home: "홈",
  newest: "새 기사",
  categories: "분류",
  category: "분류",
  tag: "태그",
  tags: "태그",
  author: "글쓴이",
  authors: "글쓴이",
  related: "이어서 읽기",
  languages: "언어",
  archive: "지난 기사",
  newer: "더 새로운 기사",
  older: "더 오래된 기사",
  readOn: "계속 읽기",
  subscribe: "구독",
  subscribeHint:
    "아래 주소 가운데 하나를 피드 리더에 붙여 넣으면 새 기사가 배달됩니다. 분류와 태그의 페이지에도 각각의 주소가 있습니다.",
  subscribing: {
    explanation:
      "이것은 피드(RSS)입니다. 주소를 피드 리더에 넣으면 새 기사가 전문으로 배달됩니다. 가입도 추천 알고리즘도 없고, 언제든지 그만둘 수 있습니다.",
    how: "구독하는 방법",
    address: "피드 주소",
    copyHint: "아래 주소를 골라 복사한 뒤 리더에 붙여 넣으세요:",
    open: "리더에서 열기",
    read: "먼저 기사 보기",
    scan: "휴대전화로 찍으면 주소를 받을 수 있습니다",
    webReaders: "웹 리더에서 구독하기",
    apps: "설치할 수 있는 리더",
    otherFormats: "다른 형식",
    otherWays: "요약만, 또는 하루에 한 번",
  },
  variants: { summaries: "요약", digest: "하루 모음" },
  variantHints: {
    summaries: "요약 피드에는 제목과 요약, 링크만 있어 받을 양이 적고 빨리 훑어볼 수 있습니다.",
    digest:
      "하루 모음은 하루에 한 건, 자정이 지난 뒤에 나옵니다. RSS를 메일로 바꾸는 서비스에 맡기면 편지 한 통이 됩니다.",
  },
  updated: "수정",
  listSeparator: ", ",
  thousands: ",",
  dates: DATES,
  articleCount: { one: "기사 1건", other: "기사 {count}건" },
  allCategories: "모든 분류 ({count})",
  byInitial: "첫 글자로 찾기",
  pages: "쪽",
  moreFrom: "{title} 기사 더 보기",
  subscribeTo: "{title} 구독",
  search: "검색",
  searching: {
    label: "기사 검색",
    heading: "검색: {query}",
    nothing: "“{query}”에 맞는 기사가 없습니다",
    fewer: "낱말을 줄이거나 다른 말로 찾아보세요.",
    fewerWords: "낱말 줄이기",
    nearNames: "비슷한 이름",
    narrow: "범위 좁히기",
    all: "전체",
    leftOut:
      "“{characters}”은(는) 쓰이지 않았습니다. 한 글자만으로는 찾을 수 없으니 앞뒤 글자도 함께 써 주세요.",
    oneCharacter: "“{characters}” 한 글자로는 너무 많이 나옵니다. 두 글자 이상 써 주세요.",
    tooLong: "검색어가 너무 깁니다. 16낱말 또는 32글자까지입니다.",
    noWords: "찾을 수 있는 글자가 없습니다.",
    noYear: "연도는 year:2024처럼 하나만 써 주세요.",
    noName: "author:이름처럼 콜론 뒤에 이름을 써 주세요.",
    results: "검색 결과",
    onlyLeads: "제목, 이름, 태그, 분류, 요약만 찾고 본문은 찾지 않습니다.",
    shortened: "길어서 앞부분 “{query}”만 찾았습니다. 16낱말 또는 32글자까지입니다.",
    notYet:
      "매우 흔한 말이라 더 오래된 기사는 아직 다 살펴보지 못했습니다. “더 오래된 기사”로 이어서 찾을 수 있습니다.",
    help: "띄어 쓴 낱말이 모두 있는 기사를 찾습니다. “따옴표”는 이어진 말, -낱말은 제외입니다. author:이름, category:분류, year:2024로 좁힐 수 있습니다.",
    follow: "이 검색 구독",
    followHint: "이 검색에 맞는 새 기사가 리더로 배달됩니다.",
  },
  notFound: {
    title: "페이지를 찾을 수 없습니다",
    text: "주소가 불완전하거나, 이 기사는 여기에 실린 적이 없습니다. 홈에서 다시 찾아 보세요.",
  },
  gone: {
    title: "이 기사는 내려졌습니다",
    text: "여기에 실렸다가 편집자가 내렸으며, 다시 실리지 않습니다.",
  },
  unavailable: {
    title: "잠시 뒤 다시 시도해 주세요",
    text: "지금은 이 페이지를 가져올 수 없습니다. 보통 1~2분이면 돌아옵니다. 기사는 사라지지 않았습니다.",
  },
  methodNotAllowed: {
    title: "여기는 읽는 곳입니다",
    text: "이 사이트는 읽기 요청(GET과 HEAD)만 받습니다.",
  },
};
