/** A release on its way from Node, where it is made, into workerd, where it is tested: binary as base64. */
export interface SerializedRelease {
  readonly manifest: string;
  readonly values: Readonly<Record<string, string>>;
}

declare module "vitest" {
  interface ProvidedContext {
    /** The articles in `test/fixtures`. */
    readonly fixtures: SerializedRelease;
    /** The same, and the pages in it. */
    readonly withPages: SerializedRelease;
    /** The same and one more, published later. */
    readonly fixturesNextDay: SerializedRelease;
    /** Generated articles in 2,000 categories. */
    readonly generated: SerializedRelease;
    /** A category of long articles, without a prerendered feed. */
    readonly longArticles: SerializedRelease;
    /** Podcasts with 40 and 120 episodes, one a day, whose feeds nothing else prerenders. */
    readonly podcasts: SerializedRelease;
    /** A category of articles whose texts do not all fit into one document. */
    readonly giants: SerializedRelease;
    /** A day of articles, of which the last 60 came at once and one two days after its date. */
    readonly burst: SerializedRelease;
    /** The same articles, as if nobody knew what came when. */
    readonly burstWithoutHistory: SerializedRelease;
  }
}
