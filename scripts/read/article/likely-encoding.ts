/** Encodings that Chinese, Japanese and Korean programs write besides UTF-8; most take the bytes of most others. */
const ENCODINGS = ["gb18030", "big5", "shift_jis", "euc-jp", "euc-kr"] as const;

/** An encoding that a text is most likely in, and its first words in it. */
export interface LikelyEncoding {
  readonly name: string;
  readonly beginning: string;
}

/**
 * The most frequent characters of Chinese, simplified and traditional, which are a third of any text or more, but rare where
 * bytes are decoded as what they are not. Hiragana and the commonest of Hangul are as good a sign.
 */
const FREQUENT =
  /[\u3041-\u3096이다의는에을가하고지은기를로도서리사나시자한인대어해정라수그만들스일부전게있장여아과제상보원적的一是不了在人有我他这這个個们們中来來上大为為和国國地到以说說时時要就出会會可也你对對生能而子那得于於着下自之年过過发發后後作里裡用道行所然家种種事成方多经經么麼去法学學如都同现現当當没沒动動面起看定天分还還进進好小部其些主样樣理心本前开開但因只从從想实實日者意无無力与與长長把机機十民第公此已工使情明性知全三又关關点點正业業外将將两兩高间間由问問很最重并並物手应應向头頭文体體政美相见見被利什二等产產或新己制身果加西月话話合回特代内內信表化老给給世位次度门門任常先海通教东東提立及比员員解水名真论論处處走义義各入几幾口认認条條平系气氣题題活更别別打女变變四总總电電数數安少报報才结結反受目太量再感建务務做接必场場件计計管期市直资資命山金指许許统統区區保至社便空决決治展科五基书書非则則白却界达達光放强強即难難且权權思完设設式色路记記南品住告类類求据據程北边邊]/gu;
const LETTER = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;
const FIRST_WORDS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}][\p{L}\p{P}]{0,11}/u;
/** How much of the text is looked at, in bytes; a character may be cut at its end. */
const SAMPLE_BYTES = 20_000;
/** In text that is decoded wrongly, less than a tenth of the characters are frequent ones. */
const LEAST_SHARE = 0.2;

/** The encoding that bytes are most likely in, if they are not UTF-8; null where nobody can say. */
export function likelyEncoding(bytes: Uint8Array): LikelyEncoding | null {
  const candidates = ENCODINGS.flatMap((name) => {
    const text = decode(bytes, name);
    if (text === null) return [];
    const letters = text.match(LETTER)?.length ?? 0;
    const share = letters === 0 ? 0 : (text.match(FREQUENT)?.length ?? 0) / letters;
    return { name, share, beginning: FIRST_WORDS.exec(text)?.[0] ?? "" };
  });
  const [best] = candidates.toSorted((a, b) => b.share - a.share);
  return best === undefined || best.share < LEAST_SHARE ? null : best;
}

function decode(bytes: Uint8Array, name: string): string | null {
  try {
    const decoder = new TextDecoder(name, { fatal: true });
    return decoder.decode(bytes.subarray(0, SAMPLE_BYTES), { stream: true });
  } catch {
    return null;
  }
}
