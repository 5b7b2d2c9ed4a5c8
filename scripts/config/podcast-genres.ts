/** The categories of Apple's directory, which all others take over: https://podcasters.apple.com/support/1691-apple-podcasts-categories. */
const GENRES = `
Arts: Books, Design, Fashion & Beauty, Food, Performing Arts, Visual Arts
Business: Careers, Entrepreneurship, Investing, Management, Marketing, Non-Profit
Comedy: Comedy Interviews, Improv, Stand-Up
Education: Courses, How To, Language Learning, Self-Improvement
Fiction: Comedy Fiction, Drama, Science Fiction
Government:
History:
Health & Fitness: Alternative Health, Fitness, Medicine, Mental Health, Nutrition, Sexuality
Kids & Family: Education for Kids, Parenting, Pets & Animals, Stories for Kids
Leisure: Animation & Manga, Automotive, Aviation, Crafts, Games, Hobbies, Home & Garden, Video Games
Music: Music Commentary, Music History, Music Interviews
News: Business News, Daily News, Entertainment News, News Commentary, Politics, Sports News, Tech News
Religion & Spirituality: Buddhism, Christianity, Hinduism, Islam, Judaism, Religion, Spirituality
Science: Astronomy, Chemistry, Earth Sciences, Life Sciences, Mathematics, Natural Sciences, Nature, Physics, Social Sciences
Society & Culture: Documentary, Personal Journals, Philosophy, Places & Travel, Relationships
Sports: Baseball, Basketball, Cricket, Fantasy Sports, Football, Golf, Hockey, Rugby, Running, Soccer, Swimming, Tennis, Volleyball, Wilderness, Wrestling
Technology:
True Crime:
TV & Film: After Shows, Film History, Film Interviews, Film Reviews, TV Reviews
`;

/** A category by its name, and a category in one with the one that it is in. */
const PATHS: ReadonlyMap<string, readonly string[]> = new Map(
  GENRES.trim()
    .split("\n")
    .flatMap((line): (readonly [string, readonly string[]])[] => {
      const [category = "", within = ""] = line.split(":");
      const names = within.split(",").map((name) => name.trim());
      return [
        [category, [category]],
        ...names.filter(Boolean).map((name) => [name, [category, name]] as const),
      ];
    }),
);

/** The names of all categories. */
export const GENRE_NAMES: readonly string[] = [...PATHS.keys()];

/** The category of a name, and the one in it where the name is that one's; null where there is none of this name. */
export function genreOf(name: string): readonly string[] | null {
  return PATHS.get(name) ?? null;
}
