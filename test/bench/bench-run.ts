/** What all parts of the bench are told. */
export interface BenchRun {
  readonly turns: number;
  /** Whether rows that take minutes are measured too. */
  readonly isFull: boolean;
  /** Whether a million articles are bundled too. */
  readonly hasMillion: boolean;
  /** All numbers of articles are divided by it: 1, or more to try the bench itself. */
  readonly divisor: number;
  /** Only routes with this in their names. */
  readonly route: string;
  /** A folder for CPU profiles of our own programs; null for none. */
  readonly profiles: string | null;
  readonly say: (line: string) => void;
}

/** `20,000 mixed` */
export function counted(articles: number, texts: string): string {
  return `${articles.toLocaleString("en-US")} ${texts}`;
}
