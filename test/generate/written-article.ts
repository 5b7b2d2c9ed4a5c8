import type { ArticleGeneration } from "./article-traits.ts";
import { drawTraits } from "./article-traits.ts";
import { mixedBody } from "./mixed-body.ts";
import { plainBody } from "./plain-body.ts";
import { Prose } from "./prose.ts";
import type { RandomSource } from "./random-source.ts";

export interface GeneratedArticle {
  /** Relative to the source folder: `2022-01-10-NW202201102241157038.md`. */
  readonly path: string;
  readonly text: string;
}

export interface GeneratedCategory {
  readonly slug: string;
  /** The name of the newspaper; its tag is this and 新闻. */
  readonly title: string;
}

/** What of an article does not come from its text. */
export interface ArticleFacts {
  readonly category: GeneratedCategory;
  readonly tags: readonly string[];
  /** By the papers' clock: `2022-01-10`. */
  readonly day: string;
  /** `07:35:33` */
  readonly time: string;
  /** Ten digits. */
  readonly serial: string;
  /** Stands in the byline of a plain article in place of one that is drawn for it alone. */
  readonly reporter?: string;
  readonly hasCorrespondent?: boolean;
}

const SITE = "news.example";

/** An article of nothing but paragraphs, in the newest format. */
export function plainArticle(random: RandomSource, facts: ArticleFacts): GeneratedArticle {
  const { category } = facts;
  const prose = new Prose(random);
  const code = codeOf(facts, 5);
  return {
    path: `${facts.day}-${code}.md`,
    text: `${frontMatter(prose, facts, " +0800")}
${plainBody(prose, facts)}<p class="em_media">（文章来源：${category.title}）</p>

${shareLink(code)}

${footers(category)[5]}
`,
  };
}

/** An article of one of the five generations. */
export function mixedArticle(random: RandomSource, facts: ArticleFacts): GeneratedArticle {
  const { category } = facts;
  const traits = drawTraits(random);
  const { generation } = traits;
  const prose = new Prose(random);
  const code = codeOf(facts, generation);
  const head = frontMatter(prose, facts, generation <= 2 ? "" : " +0800");
  const source = `（文章来源：${category.title}）`;
  const body = mixedBody(prose, traits);
  const texts: Readonly<Record<"markdown" | "quoted" | "html", string>> = {
    markdown: `\n${prose.sentence()}（${category.title}）\n\n${body}`,
    quoted: `> ${prose.sentence()}（${category.title}）\n\n${body}<p class="em_media">${source}</p>`,
    html: `${body}<p class="em_media">${source}</p>`,
  };
  const text = generation <= 3 ? texts.markdown : generation === 4 ? texts.quoted : texts.html;
  const link =
    generation === 5
      ? shareLink(code)
      : `<http://finance.${SITE}/news/${facts.serial.slice(0, 4)},${code}.html>`;
  const footer = footers(category)[generation];
  return {
    path: `${facts.day}-${code}.md`,
    // Only the first generation ends with a line's end.
    text: `${head}\n${text}\n\n${link}\n${footer === "" ? "" : `\n${footer}`}`,
  };
}

/** Eighteen digits; before those of the newest format stand two letters. */
function codeOf({ day, serial }: ArticleFacts, generation: ArticleGeneration): string {
  return `${generation === 5 ? "NW" : ""}${day.replaceAll("-", "")}${serial}`;
}

function frontMatter(
  prose: Prose,
  { category, tags, day, time }: ArticleFacts,
  zone: string,
): string {
  return `---
layout: post
title: "${prose.title()}"
date: ${day} ${time}${zone}
categories: ${category.slug}
tags: ${tags.join(" ")}
---`;
}

function shareLink(code: string): string {
  return `<http://${SITE}/html_News/NewsShare.html?infoCode=${code}>`;
}

/** The ways back that each generation writes at the end. */
function footers({ slug, title }: GeneratedCategory): Readonly<Record<ArticleGeneration, string>> {
  const back = `返回${title}新闻`;
  const folder = `[${back}](//${SITE}/${slug}/)｜[返回首页](//${SITE}/)`;
  return {
    1: "",
    2: `[${back}](../${slug}/)\n[返回首页](../)`,
    3: folder,
    4: folder,
    5: `[${back}](//${SITE}/category/${slug}.html)｜[返回首页](//${SITE}/)`,
  };
}
