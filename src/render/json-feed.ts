import { formatRfc3339 } from "../domain/moment.ts";
import { isPictureUrl } from "../domain/picture-path.ts";
import { withoutForbiddenCharacters } from "../domain/xml-characters.ts";
import type { Chunk } from "./chunk.ts";
import type { ArticleImage } from "../domain/article.ts";
import type { FeedEntry } from "./feed-entry.ts";
import { labelsOf } from "./feed-entry.ts";
import type { FeedHead, FeedWriter } from "./feed-writer.ts";
import { escapeJsonBytes } from "./escape-json-bytes.ts";
import { Markup } from "./markup.ts";

/** Writes JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/). Members that are undefined are left out. */
export const JSON_FEED: FeedWriter = {
  entry: renderItem,
  separator: ",\n",
  frame: (head) => ({ start: `${openObject(feedHead(head))},"items":[`, end: "]}" }),
};

function feedHead(head: FeedHead): object {
  return {
    version: "https://jsonfeed.org/version/1.1",
    title: head.title,
    home_page_url: head.homeUrl,
    feed_url: head.selfUrl,
    description: head.description || undefined,
    // This names the page with older items, because the format has no other member for it.
    next_url: head.previousArchiveUrl ?? undefined,
    icon: head.iconUrl,
    favicon: head.faviconUrl,
    authors: [{ name: head.author }],
    language: head.language,
    hubs: head.hubUrl === null ? undefined : [{ type: "WebSub", url: head.hubUrl }],
  };
}

function renderItem(entry: FeedEntry): readonly Chunk[] {
  const { authors, categories, image, source } = entry;
  const published = formatRfc3339(entry.published);
  const item = {
    id: entry.id,
    url: entry.url,
    external_url: entry.sourceUrl ?? undefined,
    title: entry.title,
    summary: entry.summary || undefined,
    image: image?.url,
    date_published: published,
    date_modified: entry.updated === entry.published ? published : formatRfc3339(entry.updated),
    authors:
      authors.length === 0
        ? undefined
        : authors.map((name) => ({ name, url: entry.authorUrl(name) ?? undefined })),
    tags: categories.length === 0 ? undefined : labelsOf(entry),
    language: entry.language ?? undefined,
    attachments: attachments(entry),
    // The format has no member for a source, and names of extensions begin with an underscore.
    _offprint: source === null ? undefined : { source },
  };
  if (entry.body instanceof Markup) {
    return [`${openObject({ ...item, content_html: entry.body.html })}}`];
  }
  const [start, end] = entry.around ?? [null, null];
  return [
    `${openObject(item)},"content_html":"${inString(start)}`,
    escapeJsonBytes(entry.body),
    `${inString(end)}"}`,
  ];
}

/** Our own HTML for the inside of a JSON string. */
function inString(html: Markup | null): string {
  return html === null ? "" : JSON.stringify(html.html).slice(1, -1);
}

/**
 * Recordings and the picture, of which only those whose type, which the format requires, is known; undefined where there is
 * nothing. Attachments with one title are the same thing in several forms.
 */
function attachments({ title, recordings, image }: FeedEntry): readonly object[] | undefined {
  const recorded = recordings.flatMap(({ files, duration }) =>
    files.map(({ url, type, length }) => ({
      url,
      mime_type: type,
      title: files.length > 1 ? title : undefined,
      size_in_bytes: length ?? undefined,
      duration_in_seconds: duration ?? undefined,
    })),
  );
  const all = [...recorded, ...pictureAttachment(image)];
  return all.length === 0 ? undefined : all;
}

function pictureAttachment(image: ArticleImage | null): readonly object[] {
  if (image === null || image.type === null) return [];
  if (image.length === null && !isPictureUrl(image.url)) return [];
  const size = image.length ?? undefined;
  return [{ url: image.url, mime_type: image.type, size_in_bytes: size }];
}

/** An object without its closing brace. It must have a member, because a comma follows. */
function openObject(value: object): string {
  const text = JSON.stringify(value);
  // `JSON.stringify` escapes a lone surrogate, and strict parsers then refuse the whole document.
  const clean = text.includes(String.raw`\u`) ? JSON.stringify(value, withoutForbidden) : text;
  return withoutForbiddenCharacters(clean).slice(0, -1);
}

function withoutForbidden(_: string, member: unknown): unknown {
  return typeof member === "string" ? withoutForbiddenCharacters(member) : member;
}
