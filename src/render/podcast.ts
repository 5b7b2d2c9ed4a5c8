import type { ArticleImage } from "../domain/article.ts";
import { mainRecording } from "../domain/recording.ts";
import type { FeedSite } from "../domain/site.ts";
import type { FeedEntry } from "./feed-entry.ts";
import type { FeedHead, PodcastHead } from "./feed-writer.ts";
import type { Xml } from "./xml.ts";
import { emptyElement, parentElement, textElement } from "./xml.ts";

/* What directories of podcasts ask for: https://podcasters.apple.com/support/823-podcast-requirements. */

/** Only documents that are a podcast's declare it. */
export const PODCAST_NAMESPACE = { "xmlns:itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd" };

/** What the settings say of the show, and what stands for what they do not say. */
export function podcastHead({ podcast }: FeedSite, iconUrl: string): PodcastHead {
  return {
    imageUrl: podcast?.image ?? iconUrl,
    genre: podcast?.genre ?? [],
    isExplicit: podcast?.isExplicit ?? false,
    ownerEmail: podcast?.ownerEmail ?? null,
  };
}

/** Characters of a summary; directories refuse a longer one. */
const LONGEST_SUMMARY = 4000;

/** The elements of a show's channel; none where the feed is no podcast. */
export function podcastChannel({
  podcast,
  author,
  title,
  description,
}: Pick<FeedHead, "podcast" | "author" | "title" | "description">): readonly (Xml | null)[] {
  if (podcast === null) return [];
  const { genre, imageUrl, isExplicit, ownerEmail } = podcast;
  return [
    textElement("itunes:author", author),
    textElement("itunes:summary", summaryOf(description === "" ? title : description)),
    textElement("itunes:type", "episodic"),
    textElement("itunes:explicit", String(isExplicit)),
    emptyElement("itunes:image", { href: imageUrl }),
    genreElement(genre),
    ownerEmail === null
      ? null
      : parentElement("itunes:owner", [
          textElement("itunes:name", author),
          textElement("itunes:email", ownerEmail),
        ]),
  ];
}

function genreElement([category, within]: readonly string[]): Xml | null {
  if (category === undefined) return null;
  const attributes = { text: category };
  return within === undefined
    ? emptyElement("itunes:category", attributes)
    : parentElement(
        "itunes:category",
        [emptyElement("itunes:category", { text: within })],
        attributes,
      );
}

/** The elements of an episode; none where the article has neither sound nor film, or the feed is no podcast. */
export function episodeElements({
  isEpisode,
  title,
  authors,
  summary,
  image,
  recordings,
}: Omit<FeedEntry, "body">): readonly (Xml | null)[] {
  if (!isEpisode) return [];
  const duration = mainRecording(recordings)?.duration ?? null;
  return [
    textElement("itunes:title", title),
    authors.length === 0 ? null : textElement("itunes:author", authors.join(", ")),
    textElement("itunes:summary", summaryOf(summary === "" ? title : summary)),
    duration === null ? null : textElement("itunes:duration", String(duration)),
    textElement("itunes:episodeType", "full"),
    image === null || !isArtwork(image) ? null : emptyElement("itunes:image", { href: image.url }),
  ];
}

/** Directories refuse other pictures. */
export const ARTWORK_PIXELS = { least: 1400, most: 3000 };

/** Whether directories take a picture: a square JPEG or PNG of 1400 to 3000 pixels, whose name says which. */
export function isArtwork({
  url,
  width,
  height,
}: Pick<ArticleImage, "url" | "width" | "height">): boolean {
  const { least, most } = ARTWORK_PIXELS;
  const isSquare = width !== null && width === height && width >= least && width <= most;
  return isSquare && /\.(?:jpe?g|png)$/i.test(url);
}

function summaryOf(text: string): string {
  return text.slice(0, LONGEST_SUMMARY).toWellFormed();
}
