import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { formOf } from "../../stand-in/form-of.ts";
import { PublishedFolder, article } from "../published-folder.ts";

/*
 * Deploys call by call: what is asked of Cloudflare, by whom, and what was said. That the stand-in's wrangler asks as the real one
 * is for `test/end-to-end/deploy.test.ts` to show.
 */

const STAGING = `
[env.staging]
[[env.staging.kv_namespaces]]
binding = "RELEASES"
[env.staging.vars.SITE]
title = "To try"
url = "https://offprint-staging.stand-in.workers.dev"
prerendered_feeds = 1
cards = 0
static_pages = 0
`;

let site: PublishedFolder;
let lines: string[];

beforeEach(() => {
  site = PublishedFolder.open();
  // Sizes of pages, and the hashes of their styles, would change with every look.
  site.configure("cards = 0", "cards = 0\nstatic_pages = 0");
  lines = [];
  site.cloudflare.record = async (request, answer) => {
    const { pathname, search } = new URL(request.url);
    const path = decodeURIComponent(pathname.replace("/client/v4", "") + search);
    const sent = await bodyOf(request);
    lines.push(
      `  ${request.method} ${path} -> ${answer.status}${sent === "" ? "" : `\n      ${sent}`}`,
    );
  };
  site.wranglerFault = async (run) => {
    const args = site.wranglerCommands.at(-1) ?? [];
    lines.push(`wrangler ${args.filter((arg) => !arg.startsWith("/")).join(" ")}`);
    const ended = await run();
    lines.push("npm run deploy");
    return ended;
  };
});

afterEach(() => {
  site.close();
});

/** What a request sends: JSON as it is, of values their keys, of a form its metadata and the names of files. */
async function bodyOf(request: Request): Promise<string> {
  const type = request.headers.get("Content-Type") ?? "";
  if (type.includes("multipart")) {
    const parts = [...(await formOf(request))];
    return parts
      .map(([name, part]) => `${name}: ${typeof part === "string" ? part : "(file)"}`)
      .join("; ");
  }
  const text = await request.text();
  if (!request.url.endsWith("/bulk")) return text;
  const pairs = JSON.parse(text) as readonly {
    readonly key: string;
    readonly metadata?: unknown;
  }[];
  const described = pairs.map(({ key, metadata }) =>
    metadata === undefined ? key : `${key} ${JSON.stringify(metadata)}`,
  );
  return described.join(", ");
}

async function deployRecorded(title: string): Promise<void> {
  lines.push(`# ${title}`, "npm run deploy");
  const { exitCode, output } = await site.deploy();
  // What comes after a run of wrangler's may be nothing.
  if (lines.at(-1) === "npm run deploy") lines.pop();
  lines.push(`exit code ${exitCode}:`, ...output.split("\n").map((line) => `  ${line}`), "");
}

/** With names in place of what is another one each time. */
function plainText(): string {
  const { cloudflare } = site;
  const names = new Map<string, string>();
  for (const id of cloudflare.namespaces.keys()) names.set(id, "{namespace}");
  for (const { id, name } of cloudflare.zones) names.set(id, `{zone of ${name}}`);
  for (const { versions } of cloudflare.workers.values()) {
    for (const { id, number } of versions) names.set(id, `{version ${number}}`);
  }
  names.set(cloudflare.environment["CLOUDFLARE_ACCOUNT_ID"] ?? "", "{account}");
  let text = lines.join("\n");
  for (const [id, name] of names) text = text.replaceAll(id, name);
  return text
    .replaceAll(/(?:upload|completion)-[0-9a-f-]{36}/g, "{token}")
    .replaceAll(/\b([rpe])\/[\w-]{22}/g, "$1/{hash}")
    .replaceAll(/(?<=--tag=|workers\/tag":"|[Rr]elease )[\w-]{22}/g, "{release}")
    .replaceAll(/(?<=code )[\w-]{22}/g, "{code}")
    .replaceAll(/(?<="hash":")[0-9a-f]{32}|^( {6})?[0-9a-f]{32}(?=: \(file\))/gm, "$1{hash}")
    .replaceAll(/(?<=media\/)[0-9a-f]{12}/g, "{hash}");
}

/** The text of `expected/{name}`, which `UPDATE_EXPECTED=1` writes anew: look at the difference. */
async function expectedText(name: string): Promise<string> {
  const path = join(import.meta.dirname, "expected", name);
  if (process.env["UPDATE_EXPECTED"] === "1") await writeFile(path, plainText());
  return readFile(path, "utf8");
}

it("of a site with a domain of its own ask for this, and a second one for less", async () => {
  site.cloudflare.addZone("finews.test");
  site.configure(/^url = .*$/m, 'url = "https://finews.test"');
  site.configure(
    /^name = .*$/m,
    '$&\nroutes = [{ pattern = "finews.test", custom_domain = true }]',
  );
  await deployRecorded("The first deploy, with a custom domain");
  site.write("articles/2026-11-24-bridge.md", article("新桥合龙", "2026-11-20"));
  await deployRecorded("A deploy with a new article");
  await deployRecorded("A deploy of nothing new");
  expect(plainText()).toBe(await expectedText("deploy-with-domain.txt"));
});

it("with --env staging ask for a Worker and a namespace of its own", async () => {
  await site.deployed();
  lines = [];
  site.write("wrangler.toml", site.read("wrangler.toml") + STAGING);
  site.environment["CLOUDFLARE_ENV"] = "staging";
  await deployRecorded("The first deploy with --env staging, beside the live site");
  expect(plainText()).toBe(await expectedText("deploy-to-staging.txt"));
});
