import { describe, expect, it } from "vitest";
import {
  describeBrokenLinks,
  findBrokenLinks,
  removalsOf,
} from "../../../scripts/publish/broken-links.ts";
import { removedLine } from "../../../scripts/removed/append-removed.ts";
import type { ArticleHeader } from "../../../src/domain/article.ts";
import { identityOfCode } from "../../../src/domain/identity.ts";
import { parseLegacyCode } from "../../../src/domain/legacy-code.ts";
import { shareIdOf } from "../../../src/domain/share-id.ts";

const idOf = (code: string): ArticleHeader["id"] => {
  const legacy = parseLegacyCode(code);
  if (legacy === null) throw new Error(`"${code}" is no code`);
  return shareIdOf(identityOfCode(legacy));
};
const header = (code: string, title: string): ArticleHeader => ({
  id: idOf(code),
  title,
  published: { epochSeconds: 1_641_771_300, offsetMinutes: 480 },
  updated: null,
  categories: [],
  tags: [],
  source: null,
  sourceUrl: null,
  authors: [],
  summary: "",
  language: null,
  image: null,
  characterCount: 0,
  isPlain: true,
  entryId: null,
  titleBreaks: [],
});

const LOST = header("NW202201100000000735", "停航通知");
const KEPT = header("NW202201100000000736", "照常开航");
const RENAMED = header("NW202201100000000737", "停航通知");
const address = (path: string, { id }: ArticleHeader) => ({
  path,
  ledTo: { kind: "article", id } as const,
});
const release = {
  articles: [KEPT, RENAMED],
  redirects: new Map(),
  hasCategory: () => false,
  liveCount: 100,
  roomForMoved: 1,
  allowedPercent: 0,
  mayReturn: false,
  mayRename: false,
};

describe("findBrokenLinks", () => {
  it("finds articles that vanish, and old addresses that lead nowhere", () => {
    const changes = {
      removed: [LOST],
      addressesLost: [address("/old/a.html", LOST)],
      noLongerWithdrawn: [],
      entriesRenamed: [],
    };
    expect(findBrokenLinks(changes, release)).toEqual({
      articles: [LOST],
      addresses: changes.addressesLost,
      moved: [],
      returning: [],
      entries: [],
      isAllowed: false,
    });
    expect(findBrokenLinks(changes, { ...release, allowedPercent: 2 }).isAllowed).toBe(true);
  });

  it("lets old addresses of articles that are there lead on, as long as the manifest has room", () => {
    const changes = {
      removed: [],
      addressesLost: [address("/old/a", KEPT)],
      noLongerWithdrawn: [],
      entriesRenamed: [],
    };
    const moved = [{ path: "/old/a", id: KEPT.id }];
    expect(findBrokenLinks(changes, release)).toMatchObject({ addresses: [], moved });
    expect(findBrokenLinks(changes, { ...release, roomForMoved: 0 })).toMatchObject({
      addresses: changes.addressesLost,
      moved: [],
    });
  });

  it.each([
    ["an article that leads elsewhere now", { removed: [LOST], addressesLost: [] }],
    [
      "a share page that is an article again",
      { removed: [], addressesLost: [address(`/s/${KEPT.id}`, LOST)] },
    ],
    [
      "an address that can be computed",
      { removed: [], addressesLost: [address("/x/2022/01/10/NW202201100000000736.html", LOST)] },
    ],
  ])("lets go %s", (_, changes) => {
    const redirects = new Map([[`/s/${LOST.id}`, { kind: "gone" } as const]]);
    const all = { ...changes, noLongerWithdrawn: [], entriesRenamed: [] };
    expect(findBrokenLinks(all, { ...release, redirects })).toEqual({
      articles: [],
      addresses: [],
      moved: [],
      returning: [],
      entries: [],
      isAllowed: true,
    });
  });

  it("finds articles that were withdrawn and would be read again, whatever share may be removed", () => {
    const noLongerWithdrawn = [
      `/s/${KEPT.id}`,
      "/x/2022/01/10/NW202201100000000736.html",
      "/x/2022/01/10/NW202201100000000737.html",
      `/s/${LOST.id}`,
      "/old/a.html",
    ];
    const changes = { removed: [], addressesLost: [], noLongerWithdrawn, entriesRenamed: [] };
    expect(findBrokenLinks(changes, { ...release, allowedPercent: 100 })).toMatchObject({
      returning: [
        { id: KEPT.id, path: `/s/${KEPT.id}` },
        { id: RENAMED.id, path: "/x/2022/01/10/NW202201100000000737.html" },
      ],
      isAllowed: false,
    });
    expect(findBrokenLinks(changes, { ...release, mayReturn: true })).toMatchObject({
      returning: [],
      isAllowed: true,
    });
  });

  it("finds entries that readers would not know again, whatever share may be removed", () => {
    const entriesRenamed = [{ article: KEPT, idBefore: "https://old.example/2022/01/10/a" }];
    const changes = { removed: [], addressesLost: [], noLongerWithdrawn: [], entriesRenamed };
    const nothing = { added: [], renamed: new Map(), erring: new Map() };
    const found = findBrokenLinks(changes, { ...release, allowedPercent: 100 });
    expect(found).toMatchObject({ entries: entriesRenamed, isAllowed: false });
    expect(describeBrokenLinks(found, nothing)).toEqual([
      "1 article would have another id in feeds, so that readers show it once more:",
      `  /s/${KEPT.id}  2022-01-10  照常开航; to keep it, write in its front matter: feed_id: "https://old.example/2022/01/10/a"`,
    ]);
    const confirmed = findBrokenLinks(changes, { ...release, mayRename: true });
    expect(confirmed).toMatchObject({ entries: [], isAllowed: true });
  });
});

describe("describeBrokenLinks", () => {
  it("says where a lost article may be now, and names addresses whose article is still there", () => {
    const links = {
      articles: [LOST],
      addresses: [address("/old/a.html", KEPT), address("/old/lost.html", LOST)],
      moved: [],
      returning: [{ id: RENAMED.id, path: "/old/b.html" }],
      entries: [],
      isAllowed: false,
    };
    const about = { added: [RENAMED], renamed: new Map(), erring: new Map() };
    const renamed = new Map([[LOST.id, "articles/b.md"]]);
    const lines = describeBrokenLinks(links, { ...about, renamed });
    expect(lines[1]).toBe(
      `  /s/${LOST.id}  2022-01-10  停航通知; it is articles/b.md now? Then add to its front matter: id: /s/${LOST.id}`,
    );
    expect(lines.slice(2)).toEqual([
      "1 old address would lead nowhere any more:",
      `  /old/a.html  led to /s/${KEPT.id}`,
      "1 article that was withdrawn (410) would be read again, because no line of removed.txt names it any more:",
      `  /s/${RENAMED.id}  2022-01-10  停航通知`,
    ]);
    const erring = new Map([[LOST.id, "articles/a.md:3"]]);
    const former = { ...LOST, entryId: "https://old.example/a" };
    const lost = describeBrokenLinks({ ...links, articles: [former] }, { ...about, renamed });
    expect(lost[1]).toContain(`id: /s/${LOST.id} and feed_id: "https://old.example/a"`);
    expect(describeBrokenLinks(links, { ...about, renamed, erring })[1]).toMatch(
      /; mend articles\/a\.md:3$/,
    );
  });
});

describe("removalsOf", () => {
  it("gives articles and old addresses their lines of removed.txt", () => {
    const links = { articles: [LOST], addresses: [address("/old/a b#c.html", LOST)] };
    expect(removalsOf(links).map(removedLine)).toEqual([
      `/s/${LOST.id}  # 2022-01-10 停航通知`,
      `/old/a%20b%23c.html  # led to /s/${LOST.id}`,
    ]);
  });
});
