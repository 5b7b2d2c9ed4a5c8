import { RandomSource } from "../generate/random-source.ts";
import { COUNTER, OPENINGS, PAIRS, STRETCHES, TOKENS } from "./hostile-tokens.ts";

/**
 * How a hostile text is made, so that it can be made again at any size: `before`, many times `unit`, `middle`, as many times
 * `close`, and `after`.
 */
export interface HostileText {
  /** Where in a file it stands: one of `PLACES`. */
  readonly place: string;
  readonly before: string;
  readonly unit: string;
  readonly middle: string;
  readonly close: string;
  readonly after: string;
  /**
   * `even`: one unit after the other. `growing`: each stretch of units is one longer than the last, with `middle` between.
   * `square`: as many stretches as each has units, with `middle` between. `short`: stretches no longer than what counts as a
   * line of names or a headline, with `middle` between.
   */
  readonly growth: "even" | "growing" | "square" | "short";
}

/** A file as it would lie in a source folder. */
export interface HostileFile {
  readonly pathInSource: string;
  readonly bytes: Uint8Array;
}

const FILE_NAME = "2022-01-10-a.md";
const HEADER = "title: 题目\ndate: 2022-01-10 07:35:33 +0800\ncategories: a\n";
const LEAD = "本报记者 张三\n\n厦门市图书馆七日举行活动，两百多名学生到场。\n\n";
const TAIL =
  "\n\n<http://a.example/NewsShare.html?infoCode=NW202201102241157038>\n\n[返回首页](//a.example/)\n";

const KEYS = [
  "title",
  "date",
  "updated",
  "description",
  "excerpt",
  "categories",
  "category",
  "tags",
  "tag",
  "author",
  "authors",
  "image",
  "header",
  "permalink",
  "redirect_from",
  "slug",
  "id",
  "lang",
  "published",
  "other",
];

const STYLES: Readonly<Record<string, (value: string) => string>> = {
  plain: (value) => value,
  double: (value) => `"${value}"`,
  single: (value) => `'${value}'`,
  unclosed: (value) => `"${value}`,
  // Inside a literal block every line stands as it is.
  block: (value) => `|\n  ${value.replaceAll("\n", "\n  ")}`,
  list: (value) => `[${value}]`,
  quotedList: (value) => `["${value.replaceAll(/["\\\n]/g, "")}"]`,
  map: (value) => `{name: x, path: a.png, ${value}}`,
};

/** Characters; a byline has at most 60. */
const SHORT_LINE = 52;

type Place = (content: string) => HostileFile;

const article =
  (header: string, pathInSource = FILE_NAME) =>
  (body: string): HostileFile => ({
    pathInSource,
    bytes: Buffer.from(`---\n${header}---\n${body}`),
  });

/** Every place of a file that is read in its own way, by name. */
export const PLACES: ReadonlyMap<string, Place> = new Map<string, Place>([
  ["body", article(HEADER)],
  ["body after lead", (content) => article(HEADER)(LEAD + content)],
  ["body before tail", (content) => article(HEADER)(content + TAIL)],
  ["html body", article(HEADER, "2022-01-10-a.html")],
  ["untitled body", article("date: 2022-01-10\n")],
  ["file", (content) => ({ pathInSource: FILE_NAME, bytes: Buffer.from(content) })],
  [
    "file in another encoding",
    (content) => ({
      pathInSource: FILE_NAME,
      bytes: Buffer.concat([Buffer.from(content), Buffer.of(0xff)]),
    }),
  ],
  ["front matter", (content) => article(`${HEADER}${content}\n`)(LEAD)],
  ["whole front matter", (content) => article(`${content}\n`)(LEAD)],
  ...KEYS.flatMap((key) =>
    Object.entries(STYLES).map(([style, write]): [string, Place] => [
      `${key}, ${style}`,
      (content) => {
        const others = HEADER.split("\n").filter((line) => !line.startsWith(`${key}:`));
        return article(`${key}: ${write(content)}\n${others.join("\n")}`)(LEAD);
      },
    ]),
  ),
]);

const BODY_PLACES = ["body", "body", "body after lead", "body before tail", "html body"];
const ALL_PLACES = [...PLACES.keys()];
const TITLE_PLACES = ["title, plain", "title, double", "title, single"];
const FILLERS = ["", "", "", " ", "\n", "\n\n", "a", "字", " a ", "\t", "\u3000", "  \n"];
const ALL_TOKENS: readonly string[] = Object.values(TOKENS).flat();
const MODULES: readonly (readonly string[])[] = Object.values(TOKENS);

/** The hostile text of a number: the same for the same seed, on every machine. */
export function hostileText(seed: number, number: number): HostileText {
  const random = new RandomSource(seed, number);
  const place = pickPlace(random);
  const token = tokenPicker(random);
  const maybe = (): string => (random.fraction() < 0.5 ? "" : token());
  const opening = random.fraction() < 0.5 ? "" : random.pick(OPENINGS);
  const plain = {
    place,
    before: opening,
    middle: "",
    close: "",
    after: "",
    growth: "even",
  } as const;
  switch (random.integer(0, 9)) {
    case 0:
      return { ...plain, unit: token() + random.pick(FILLERS) };
    case 1:
      return { ...plain, unit: token() + random.pick(FILLERS) + token(), after: maybe() };
    case 2:
      return { ...plain, unit: `${token()}${random.pick(FILLERS)}${token()}${token()}` };
    case 3: {
      const [unit, close] = random.pick(PAIRS);
      const filler = random.pick(FILLERS);
      const isClosed = random.fraction() < 0.7;
      return { ...plain, unit: unit + filler, middle: token(), close: isClosed ? close : "" };
    }
    case 4:
      return { ...plain, before: opening + maybe(), unit: random.pick(STRETCHES), after: maybe() };
    case 5: {
      // Many of one kind, then many of another.
      const unit = token() + random.pick(FILLERS);
      return {
        ...plain,
        unit,
        middle: random.pick(FILLERS),
        close: token() + random.pick(FILLERS),
      };
    }
    case 6: {
      const middle = random.fraction() < 0.5 ? random.pick(FILLERS) : token();
      return {
        ...plain,
        unit: random.pick([token(), random.pick(STRETCHES)]),
        middle,
        growth: "growing",
      };
    }
    case 7: {
      const middle = `${maybe()}${random.pick(["\n", "\n\n", " ", ""])}${maybe()}`;
      return {
        ...plain,
        unit: random.pick([token(), random.pick(STRETCHES)]),
        middle,
        growth: "square",
      };
    }
    default: {
      const unit = random.fraction() < 0.6 ? token() : random.pick(STRETCHES);
      const middle = `${maybe()}${random.pick(["\n", "\n\n", "</p><p>"])}${maybe()}`;
      return { ...plain, before: maybe(), unit, middle, growth: "short" };
    }
  }
}

function pickPlace(random: RandomSource): string {
  const chance = random.fraction();
  if (chance < 0.6) return random.pick(BODY_PLACES);
  return random.pick(chance < 0.7 ? TITLE_PLACES : ALL_PLACES);
}

/** Picks tokens, mostly of one module, which meet each other there. */
function tokenPicker(random: RandomSource): () => string {
  const own = random.pick(MODULES);
  return () => random.pick(random.fraction() < 0.7 ? own : ALL_TOKENS);
}

/** The file of a hostile text, of about so many bytes. */
export function hostileFile(text: HostileText, bytes: number): HostileFile {
  const place = PLACES.get(text.place);
  if (place === undefined) throw new RangeError(`There is no place "${text.place}"`);
  return place(contentOf(text, bytes));
}

function contentOf(
  { before, unit, middle, close, after, growth }: HostileText,
  bytes: number,
): string {
  const unitBytes = Math.max(Buffer.byteLength(unit), 1);
  const middleBytes = Buffer.byteLength(middle);
  switch (growth) {
    case "even": {
      const count = Math.floor(bytes / (unitBytes + Buffer.byteLength(close)));
      return before + repeated(unit, count) + middle + repeated(close, count) + after;
    }
    case "growing": {
      // The sum of 1 to n is about n²/2.
      const count = Math.floor(Math.sqrt((2 * bytes) / unitBytes));
      const stretches = Array.from({ length: count }, (_, index) => repeated(unit, index + 1));
      return before + stretches.join(middle) + after;
    }
    case "square":
    case "short": {
      const count =
        growth === "short"
          ? Math.max(Math.floor(SHORT_LINE / Math.max(unit.length, 1)), 1)
          : Math.floor(Math.sqrt(bytes / unitBytes));
      const stretches = Math.floor(bytes / (count * unitBytes + middleBytes));
      return before + `${repeated(unit, count)}${middle}`.repeat(stretches) + after;
    }
  }
}

function repeated(unit: string, count: number): string {
  if (!unit.includes(COUNTER)) return unit.repeat(count);
  return Array.from({ length: count }, (_, index) => unit.replaceAll(COUNTER, String(index))).join(
    "",
  );
}
