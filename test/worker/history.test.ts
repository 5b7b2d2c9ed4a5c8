import { describe, expect, inject, it } from "vitest";
import { feedPath } from "../../src/domain/links.ts";
import type { Scope } from "../../src/domain/scope.ts";
import { openSite } from "./open-site.ts";

/* RFC 5005: whoever follows the archive from the feed that is polled finds every article. */

const site = await openSite(inject("generated"));
const categories = site.manifest
  .scopes()
  .filter(({ scope }) => scope.kind === "category")
  .toSorted((a, b) => b.count - a.count);

interface JsonFeed {
  readonly next_url?: string;
  readonly items: readonly { readonly id: string }[];
}

/** The ids on every page from the newest to the oldest. */
async function walk(first: string): Promise<readonly (readonly string[])[]> {
  const pages: string[][] = [];
  for (let url: string | undefined = first; url !== undefined;) {
    const response = await site.fetch(url);
    const { items, next_url }: JsonFeed = await response.json();
    pages.push(items.map(({ id }) => id));
    url = next_url;
  }
  return pages;
}

describe.each([0, 3, 50, 700])("the category with the rank %i", (rank) => {
  const record = categories[rank];
  const scope: Scope = record?.scope ?? { kind: "site" };

  it("has an archive with each of its articles exactly once", async () => {
    const [polled, ...archive] = await walk(feedPath(scope, "json"));
    const ids = archive.flat();
    expect(ids).toHaveLength(record?.count ?? -1);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.slice(0, polled?.length)).toEqual(polled);
  });
});
