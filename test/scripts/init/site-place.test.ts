import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { findSitePlace } from "../../../scripts/init/site-place.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

const folder = temporaryFolder();

const GIT = '[core]\n\tbare = false\n[remote "origin"]\n\turl = git@github.com:Lin/paper.git\n';

it.each([
  // config, CNAME, .git/config, origin, base path, former places, what ids begin with
  [{ url: "https://a.org" }, "", "", "https://a.org", "", [], "https://a.org"],
  [{ url: "http://a.org/" }, "", "", "https://a.org", "", [], "http://a.org"],
  [{ url: "https://www.a.org" }, "a.org\n", "", "https://www.a.org", "", [], "https://www.a.org"],
  [
    { url: "https://a.org", baseurl: "blog/" },
    "",
    "",
    "https://a.org",
    "/blog",
    [],
    "https://a.org/blog",
  ],
  [{ url: "https://a.org/blog" }, "", "", "https://a.org", "/blog", [], "https://a.org/blog"],
  [{}, "paper.lin.net", GIT, "https://paper.lin.net", "", [], "https://paper.lin.net"],
  [
    { url: "https://lin.github.io" },
    "paper.lin.net",
    "",
    "https://paper.lin.net",
    "",
    ["https://lin.github.io"],
    "https://lin.github.io",
  ],
  [
    { url: "https://Lin.github.io", baseurl: "/paper" },
    "",
    "",
    null,
    "/paper",
    ["https://lin.github.io/paper"],
    "https://lin.github.io/paper",
  ],
  [
    { repository: "Lin/lin.github.io" },
    "",
    "",
    null,
    "",
    ["https://lin.github.io"],
    "https://lin.github.io",
  ],
  [{}, "", GIT, null, "/paper", ["https://lin.github.io/paper"], "https://lin.github.io/paper"],
  [{ baseurl: "" }, "", GIT, null, "", ["https://lin.github.io"], "https://lin.github.io"],
  [
    { url: "https://a.netlify.app" },
    "",
    "",
    null,
    "",
    ["https://a.netlify.app"],
    "https://a.netlify.app",
  ],
  [{ url: "https://example.com" }, "", "", null, "", [], "https://example.com"],
  [{ url: "http://localhost:4000" }, "", "", null, "", [], "http://localhost:4000"],
  [{ url: "https://username.github.io" }, "", "", null, "", [], "https://username.github.io"],
  [{ url: "https://ludao.example/" }, "", "", null, "", [], "https://ludao.example"],
  [{ url: "www.ludaobao.cn/" }, "", "", null, "", [], "https://www.ludaobao.cn"],
  [
    { url: "https://ludao.example", baseurl: "b" },
    "",
    "",
    null,
    "/b",
    [],
    "https://ludao.example/b",
  ],
  [{ url: "your-domain.com", baseurl: null }, "", "", null, "", [], null],
  [{}, "", "", null, "", [], null],
] as const)(
  "%j with the CNAME %j and the git settings %j is at %j below %j",
  (config, domain, git, origin, basePath, formerUrls, idsBeginWith) => {
    for (const [path, text] of [
      ["CNAME", domain],
      [".git/config", git],
    ] as const) {
      mkdirSync(dirname(join(folder.path, path)), { recursive: true });
      writeFileSync(join(folder.path, path), text);
    }
    expect(findSitePlace(folder.path, config)).toMatchObject({
      origin,
      basePath,
      formerUrls,
      idsBeginWith,
    });
  },
);
