import {
  ADJECTIVES,
  ADVERBS,
  FEELINGS,
  GIVEN_CHARACTERS,
  IDIOMS,
  NAME_CHARACTERS,
  NOUNS,
  ORGANISATIONS,
  PLACE_BEGINNINGS,
  PLACE_ENDINGS,
  ROLES,
  SPOTS,
  SURNAMES,
  TIMES,
  UNITS,
  VERBS,
} from "./generator-words.ts";
import type { RandomSource } from "./random-source.ts";

/** How many words of a kind an article comes back to, and how often one of them is meant. */
const TOPIC_NOUNS = 12;
const TOPIC_VERBS = 10;
const TOPIC_PEOPLE = 4;
const TOPIC_PLACES = 2;
const TOPIC_ORGANISATIONS = 3;
const TOPIC_SHARE = 0.75;

/** What each word in braces stands for. */
const SLOTS: Readonly<Record<string, (prose: Prose) => string>> = {
  adjective: ({ random }) => random.pick(ADJECTIVES),
  adverb: ({ random }) => random.pick(ADVERBS),
  age: ({ random }) => String(random.integer(18, 89)),
  feeling: ({ random }) => random.pick(FEELINGS),
  idiom: ({ random }) => random.pick(IDIOMS),
  name: ({ random }) =>
    Array.from({ length: random.integer(2, 4) }, () => random.pick(NAME_CHARACTERS)).join(""),
  noun: (prose) => prose.noun(),
  number: ({ random }) => String(random.integer(2, random.pick([9, 60, 400, 5000]))),
  organisation: (prose) => prose.organisation(),
  person: (prose) => prose.person(),
  place: (prose) => prose.place(),
  role: ({ random }) => random.pick(ROLES),
  spot: ({ random }) => random.pick(SPOTS),
  surname: ({ random }) => random.pick(SURNAMES),
  time: ({ random }) => random.pick(TIMES),
  unit: ({ random }) => random.pick(UNITS),
  verb: (prose) => prose.verb(),
};

type Piece = string | ((prose: Prose) => string);
type Template = readonly Piece[];

const SENTENCES = templates(`
  {time}，{place}{organisation}{adverb}{verb}了{number}{unit}{noun}，{role}{person}说，这在从前想都不敢想。
  {person}是{place}的一名{role}，{time}，{adverb}到{spot}{verb}{noun}。
  记者在{spot}看到，{adjective}的{noun}旁边摆着{number}{unit}{noun}，几位{role}正忙着{verb}。
  “{noun}是{adjective}的，可是{noun}不等人。”{person}一边{verb}{noun}，一边告诉记者。
  据{place}{organisation}介绍，{time}，全市{verb}{noun}{number}{unit}，比上年多了{number}{unit}。
  {person}还记得，{time}这里只有一条{adjective}的路，{noun}要靠人背，{noun}常常等到{time}才送得进来。
  为了{verb}{noun}，{organisation}和{organisation}{adverb}商量了好几回，最后决定把{noun}放在{spot}。
  {time}的{spot}{idiom}，{noun}、{noun}和{noun}都有人问。
  说起“{name}”，{role}{surname}师傅有些{feeling}：“{noun}我{verb}了大半辈子，没料到{time}还能派上用场。”
  不少居民反映，{noun}虽好，{noun}却{adjective}，希望有关方面尽快{verb}。
  {organisation}负责人表示，下一步将{adverb}{verb}{noun}，让更多人用上{adjective}的{noun}。
  这份{adjective}的{noun}长{number}页，{adverb}写明了怎样{verb}{noun}，由谁{verb}，几时完工。
  从{place}到{place}，{number}公里的路，{person}带着{noun}走了{number}趟。
  “一开始大家都{feeling}，”{surname}女士回忆道，“后来{noun}{adverb}到了，心也就定了。”
  {noun}的价格{time}{adverb}回落，{spot}的摊主说，{adjective}的{noun}每{unit}便宜了{number}元。
  孩子们把{noun}画成了{adjective}的样子，{person}把它们{adverb}挂在{spot}的墙上，来的人看得{idiom}。
  按照计划，“{name}”分三步走：先{verb}{noun}，再{verb}{noun}，{time}前{verb}全部{noun}。
  {role}们{idiom}，{adverb}{verb}，不到{number}天便把{noun}送到了{place}。
  也有人提出不同看法：{noun}该不该{verb}，要先问问住在{spot}的{number}户人家。
  {organisation}的{noun}显示，{place}的{noun}已连续{number}个月好于往年，{noun}则略有下降。
  {surname}先生把店开在{spot}，卖{noun}，也卖{noun}，{time}最多能卖出{number}{unit}。
  {time}下过一场雨，{noun}{adjective}得很，{person}踩着水去{verb}{noun}，鞋袜全湿了。
  《{name}》由{person}执笔，写的是{place}一家三代{verb}{noun}的{noun}，读来{idiom}。
  在{person}看来，{verb}{noun}不难，难的是{time}以后还有人愿意{adverb}{verb}。
  除了{noun}，{organisation}还备下了{noun}和{number}{unit}{noun}，来者{adverb}都能领到。
  {adjective}的{noun}，{adjective}的{noun}，{place}的冬天就这样过去了。
  一位{role}算了笔账：{noun}省下{number}元，{noun}多出{number}元，一年里外便是{number}元。
  {person}今年{age}岁，{adverb}在{place}当{role}，{verb}过的{noun}连自己也数不清。
  现场有人问起{noun}的来历，{person}{adverb}取出一{unit}{adjective}的{noun}，众人这才{feeling}起来。
  眼下，{spot}的{noun}{verb}已近尾声，{place}的人{adverb}等着看{noun}。
  与此同时，{organisation}{adverb}在{spot}设了服务点，{role}轮流值守，教人{verb}{noun}。
  谁来{verb}{noun}？钱从哪里来？{organisation}把这些问题{adverb}摆上了桌面。
  {place}靠水，{noun}自古{adjective}；{place}靠山，{noun}历来{adjective}，两地的{noun}却做得{idiom}。
  对此，{organisation}的{surname}老师建议，{time}少{verb}{noun}，多留意{noun}的变化。
  “{name}”的招牌挂出不久，{number}{unit}{noun}就被{adverb}{verb}，连{person}也感到{feeling}。
  {number}年前，{person}的父亲在{spot}{verb}{noun}；如今，他的{noun}摆进了{place}{organisation}的展柜。
  {time}，记者随{role}{surname}某走进{spot}，只见{noun}码得{idiom}，{noun}上还留着{adjective}的字迹。
  该项目总投入{number}万元，涉及{noun}、{noun}、{noun}等{number}项内容，{time}{adverb}动工。
  {noun}坏了找谁？过去要跑{number}个地方，现在打一个电话，{role}{adverb}上门。
  路过的{role}停下来{verb}{noun}，又{adverb}走开，只剩{adjective}的{noun}在风里响。
`);

const CAPTIONS = templates(`
  {place}{spot}，{role}们{adverb}{verb}{noun}。
  {adjective}的{noun}吸引了{number}名市民。
  {person}向来客讲解怎样{verb}{noun}。
  {time}，{spot}的{noun}{adjective}如初。
`);

const HEADINGS = templates(`
  {verb}{noun}
  {adjective}的{noun}回来了
  {noun}与{noun}
  从{noun}到{noun}
  {noun}怎么{verb}
  “{name}”背后
`);

const TITLES = templates(`
  {place}{verb}{noun} {role}{idiom}
  {number}{unit}{noun}送进{place}
  {role}{person}：{verb}{noun}{number}年
  “{name}”在{place}{spot}亮相
  {adjective}的{noun} {adjective}的{noun}
  {organisation}{adverb}{verb}{noun}
  {time}，{place}的{noun}{adjective}起来
  {noun}{adverb}{verb} {place}新增{number}{unit}{noun}
  {noun}怎么{verb}？听{role}说说
  {place}：{noun}{verb}，{noun}不愁
`);

function templates(lines: string): readonly Template[] {
  return lines.trim().split(/\n\s*/).map(template);
}

/** Cuts `在{spot}看到` into `在`, the slot and `看到`. */
function template(line: string): Template {
  return line.split(/[{}]/).map((piece, index) => {
    if (index % 2 === 0) return piece;
    const slot = SLOTS[piece];
    if (slot === undefined) {
      throw new TypeError(`Cannot read the template "${line}": no "${piece}"`);
    }
    return slot;
  });
}

/**
 * The words of one article. It reads like prose to a compressor, which is what the generated articles are for: words are
 * many, and an article comes back to a few of them.
 */
export class Prose {
  readonly random: RandomSource;
  readonly #nouns: readonly string[];
  readonly #verbs: readonly string[];
  readonly #people: readonly string[];
  readonly #places: readonly string[];
  readonly #organisations: readonly string[];

  constructor(random: RandomSource) {
    this.random = random;
    this.#nouns = some(TOPIC_NOUNS, () => random.pick(NOUNS));
    this.#verbs = some(TOPIC_VERBS, () => random.pick(VERBS));
    this.#people = some(TOPIC_PEOPLE, () => newPerson(random));
    this.#places = some(TOPIC_PLACES, () => newPlace(random));
    this.#organisations = some(TOPIC_ORGANISATIONS, () => random.pick(ORGANISATIONS));
  }

  /** A headline; it holds nothing that YAML would need escaped. */
  title(): string {
    return this.#fill(TITLES);
  }

  /** A heading between paragraphs. */
  heading(): string {
    return this.#fill(HEADINGS);
  }

  /** What stands under a picture. */
  caption(): string {
    return this.#fill(CAPTIONS);
  }

  /** One sentence with its full stop. */
  sentence(): string {
    return this.#fill(SENTENCES);
  }

  noun(): string {
    return this.random.pick(this.#isOnTopic() ? this.#nouns : NOUNS);
  }

  verb(): string {
    return this.random.pick(this.#isOnTopic() ? this.#verbs : VERBS);
  }

  person(): string {
    return this.#isOnTopic() ? this.random.pick(this.#people) : newPerson(this.random);
  }

  place(): string {
    return this.#isOnTopic() ? this.random.pick(this.#places) : newPlace(this.random);
  }

  organisation(): string {
    return this.random.pick(this.#isOnTopic() ? this.#organisations : ORGANISATIONS);
  }

  #isOnTopic(): boolean {
    return this.random.fraction() < TOPIC_SHARE;
  }

  #fill(choices: readonly Template[]): string {
    let text = "";
    for (const piece of this.random.pick(choices)) {
      text += typeof piece === "string" ? piece : piece(this);
    }
    return text;
  }
}

function some(length: number, make: () => string): readonly string[] {
  return Array.from({ length }, make);
}

/** A name of two or three characters. */
function newPerson(random: RandomSource): string {
  const last = random.fraction() < 0.7 ? random.pick(GIVEN_CHARACTERS) : "";
  return random.pick(SURNAMES) + random.pick(GIVEN_CHARACTERS) + last;
}

function newPlace(random: RandomSource): string {
  return random.pick(PLACE_BEGINNINGS)[0] + random.pick(PLACE_ENDINGS)[0];
}
