/**
 * How a feed shows the articles of its topic: with their texts, as title, summary and link (`?only=summary`), or as one
 * entry for each day.
 */
export type FeedView = "texts" | "summaries" | "digest";
