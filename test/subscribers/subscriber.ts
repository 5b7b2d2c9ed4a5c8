import { gunzipSync } from "node:zlib";
import type { Publisher } from "./publisher.ts";

/** A reader of one feed that asks at fixed times, and overwrites what it has with what it gets. */
export class Subscriber {
  readonly path: string;
  readonly everyHours: number;
  /** The content of each entry that it ever saw, by id, as it came last. */
  readonly contents = new Map<string, string>();
  /** How often an entry that had left the feed was there again. */
  doubled = 0;
  /** As they were sent, documents alone. */
  bytes = 0;
  #entityTag = "";
  #shown: ReadonlySet<string> = new Set();

  constructor(path: string, everyHours: number) {
    this.path = path;
    this.everyHours = everyHours;
  }

  async poll(publisher: Pick<Publisher, "fetch">): Promise<void> {
    const response = await publisher.fetch(this.path, { "If-None-Match": this.#entityTag });
    // On the first days some feeds have nothing to show yet.
    if (response.status === 304 || response.status === 404) return;
    if (response.status !== 200) throw new Error(`${this.path} answers ${response.status}`);
    this.#entityTag = response.headers.get("ETag") ?? "";
    const body = Buffer.from(await response.arrayBuffer());
    this.bytes += body.byteLength;
    const entries = readEntries(gunzipSync(body).toString());
    for (const [id, content] of entries) {
      if (this.contents.has(id) && !this.#shown.has(id)) this.doubled += 1;
      this.contents.set(id, content);
    }
    this.#shown = new Set(entries.map(([id]) => id));
  }
}

const XML_ENTRY =
  /<(?:guid isPermaLink="false"|id)>([^<]*\/s\/[^<]*)<[\s\S]*?<!\[CDATA\[([\s\S]*?)\]\]>/g;

/** Ids and contents, in the order of the document. */
function readEntries(document: string): readonly (readonly [id: string, content: string])[] {
  if (document.startsWith("{")) {
    const { items } = JSON.parse(document) as {
      readonly items: readonly { readonly id: string; readonly content_html: string }[];
    };
    return items.map((item) => [item.id, item.content_html]);
  }
  return [...document.matchAll(XML_ENTRY)].map(([, id = "", content = ""]) => [id, content]);
}
