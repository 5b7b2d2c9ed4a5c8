import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { FORMER_FEED_ID_FORMS } from "../../scripts/read/old-urls/address-settings.ts";
import { usualAddresses } from "../usual-addresses.ts";
import { FEED_ID_SETTINGS } from "./feed-id-settings.ts";
import { makeJekyllPosts } from "./jekyll-posts.ts";
import { openJekyllSite } from "./open-jekyll-site.ts";

/** What Jekyll 4.3.1 writes (`ask-jekyll.ts` has asked it): by setting, post and form. */
const EXPECTED = v.parse(
  v.array(v.array(v.array(v.string()))),
  JSON.parse(readFileSync(join(import.meta.dirname, "expected/jekyll-feed-ids.json"), "utf8")),
);
const POSTS = makeJekyllPosts();

describe("ids that entries had in the feeds of a Jekyll site", () => {
  it.each(
    FEED_ID_SETTINGS.flatMap((setting, index) =>
      FORMER_FEED_ID_FORMS.map((form, at) => ({ ...setting, form, index, at })),
    ),
  )(
    "are the same to the letter with the permalink $permalink and the form $form",
    ({ permalink, timeZone, url, baseurl, unicode, form, index, at }) => {
      const formerFeedIds = {
        before: Number.MAX_SAFE_INTEGER,
        url: url + baseurl,
        permalink: null,
        form,
        timeZone,
        unicode,
        readsGuid: true,
      };
      const addresses = { ...usualAddresses(permalink), formerFeedIds };
      // The clock of the machine that built the site counts, and not that of the new site.
      const { articles } = openJekyllSite(POSTS, addresses, "Pacific/Auckland");
      const ids = POSTS.map(({ path }) => articles.get(path)?.entryId);
      expect(ids).toEqual(EXPECTED[index]?.map((forms) => forms[at]));
    },
  );
});
