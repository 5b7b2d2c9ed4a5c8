import { join } from "node:path";

/** A site that `offprint init` is tried on; its files are in `site`, what is expected of them in `expected`. */
interface JekyllSite {
  readonly name: string;
  readonly folder: string;
  /** What GitHub Pages adds to its settings. */
  readonly onGitHub: Readonly<Record<string, string>>;
}

const FOLDER = join(import.meta.dirname, "../fixtures/jekyll");

export const JEKYLL_SITES: readonly JekyllSite[] = [
  "pretty",
  "title",
  "languages",
  "folders",
  "project",
  "theme",
].map((name) => ({
  name,
  folder: join(FOLDER, name),
  onGitHub: name === "project" ? { url: "https://ferry-works.github.io" } : {},
}));
