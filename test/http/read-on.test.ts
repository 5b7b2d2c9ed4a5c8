import { expect, it } from "vitest";
import { sharePath } from "../../src/domain/links.ts";
import { shareIdOf } from "../../src/domain/share-id.ts";
import { NEWSPAPER_ARTICLE } from "../render/sample-articles.ts";
import { serveRelease } from "../serve-release.ts";

const HOUR = 3600;

/** An article of the day, so many hours after the first. */
const article = (name: string, hours: number, category: string) => ({
  ...NEWSPAPER_ARTICLE,
  id: shareIdOf({ name, day: 19_000 }),
  title: name,
  published: { epochSeconds: 1_641_600_000 + hours * HOUR, offsetMinutes: 480 },
  categories: [category],
});

const READ = article("read", 0, "wanbao");
const OTHERS = ["a", "b", "c"].map((name, index) => article(name, index + 1, "ribao"));

/** The headlines below an article, in their order. */
async function readOn(articles: readonly (typeof READ)[]): Promise<readonly string[]> {
  const html = await (await serveRelease(articles).fetch(sharePath(READ.id))).text();
  const [, end = ""] = html.split('<nav aria-labelledby="on">');
  return Array.from(end.matchAll(/href="\/s\/[^"]*">([^<]*)</g), ([, title = ""]) => title);
}

it("ends with four headlines of the category, newest first, and not with others of the day", async () => {
  const alike = ["1", "2", "3", "4"].map((name, index) => article(name, index + 5, "wanbao"));
  expect(await readOn([READ, ...OTHERS, ...alike])).toEqual(["4", "3", "2", "1"]);
});

it("fills up with others of the day where the category has too few", async () => {
  const alike = article("1", 5, "wanbao");
  expect(await readOn([READ, ...OTHERS, alike])).toEqual(["1", "c", "b", "a"]);
});

it("names no article of another day instead, and nothing where there is none", async () => {
  expect(await readOn([READ, article("later", 30, "ribao")])).toEqual([]);
  expect(await readOn([READ, article("later", 30, "wanbao")])).toEqual(["later"]);
});
