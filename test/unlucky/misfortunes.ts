import { execFileSync, spawnSync } from "node:child_process";
import { randomInt } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { CloudflareStandIn } from "../end-to-end/cloudflare-stand-in.ts";
import { unusedPort } from "../end-to-end/running-site.ts";
import type { Run, UnluckySite } from "./unlucky-site.ts";
import { articlePath, articleText, makeOutsideFolder, startCommand } from "./unlucky-site.ts";

/** Something that happens to a site while it is bundled. */
export interface Misfortune {
  readonly name: string;
  readonly what: string;
  /** Whether only root can make it happen. */
  readonly needsRoot?: boolean;
  /** The exit codes that are honest. */
  readonly codes: readonly (number | null)[];
  /** What the message of some run has to say; null if nothing has to be said. */
  readonly says: RegExp | null;
  /** Makes it happen to a site that was bundled once, and takes back what it did to the articles. */
  readonly happen: (site: UnluckySite) => Promise<Outcome>;
}

export interface Outcome {
  readonly runs: readonly Run[];
  /** What went wrong though no exit code shows it. */
  readonly faults: readonly string[];
}

/** Of the checksum that ends each chunk of a PNG. */
const CRC_BYTES = 4;
const NOBODY = 65_534;
const MILLISECONDS_PER_DAY = 86_400_000;
const MANY_NAMES = 100_000;
const HUNDRED_MEGABYTES = 100_000_000;

const fine = (runs: readonly Run[]): Outcome => ({ runs, faults: [] });

export const MISFORTUNES: readonly Misfortune[] = [
  {
    name: "links",
    what: "links to hidden, outside, ignored and special files, from articles and pictures",
    codes: [0, 3],
    says: /secret\.md: error: The link leads to "\.env", which is hidden/,
    happen: linksOut,
  },
  {
    name: "disk-full",
    what: "the disk of `build` is full after 16 kB to 4 MB",
    needsRoot: true,
    codes: [0, 1],
    says: /ENOSPC|full/,
    happen: async (site) => inSmallBuild(site, [16, 64, 128, 256, 512, 1024, 2048, 4096], "size"),
  },
  {
    name: "no-inodes",
    what: "the disk of `build` takes 3 to 100 files more",
    needsRoot: true,
    codes: [0, 1],
    says: /ENOSPC|full/,
    happen: async (site) => inSmallBuild(site, [3, 6, 12, 25, 50, 100], "nr_inodes"),
  },
  {
    name: "read-only",
    what: "`build` is read-only, first empty, then with a release",
    needsRoot: true,
    codes: [1],
    says: /read-only|writable/,
    happen: readOnlyBuild,
  },
  {
    name: "unreadable",
    what: "an article and a picture that may not be read",
    needsRoot: true,
    codes: [0],
    says: /permission denied/,
    happen: async (site) => unreadable(site, [articlePath(0), "articles/2.png"]),
  },
  {
    name: "unreadable-folder",
    what: "a folder of articles that may not be listed",
    needsRoot: true,
    codes: [2],
    says: /articles\/deep: error: The folder cannot be listed/,
    happen: async (site) => unreadable(site, ["articles/deep"]),
  },
  {
    name: "clock",
    what: "the clock three days behind, three days ahead, then right",
    codes: [0],
    says: null,
    happen: clockAstray,
  },
  {
    name: "file-times",
    what: "edits of the same length whose times are kept, in 1980 and in 2100",
    codes: [0],
    says: null,
    happen: fileTimes,
  },
  {
    name: "changing",
    what: "articles and pictures are written, deleted and renamed while they are read",
    codes: [0],
    says: null,
    happen: changing,
  },
  {
    name: "vanishing",
    what: "a folder of articles goes and comes back",
    codes: [0, 2],
    says: null,
    happen: vanishing,
  },
  {
    name: "many-names",
    what: "100,000 names that are no articles",
    codes: [0],
    says: null,
    happen: async (site) => manyNames(site, MANY_NAMES),
  },
  {
    name: "million-names",
    what: "1,000,000 names that are no articles (not unless named by --only)",
    codes: [0],
    says: null,
    happen: async (site) => manyNames(site, 10 * MANY_NAMES),
  },
  {
    name: "huge",
    what: "an article of 100 MB, one of 3 GB, a picture of 100 MB and one of 3 GB",
    codes: [0],
    says: /huge-text\.md:1: error: The file has 100 MB/,
    happen: huge,
  },
  {
    name: "control-names",
    what: "names with control characters",
    codes: [0],
    says: /\\u001b\[2J/,
    happen: async (site) =>
      withArticles(site, ["a\u001B[2J\u0007.md", "b\n::error::c.md", "c\u007F\t.md", "d\u202E.md"]),
  },
  {
    name: "long-names",
    what: "names of 255 bytes",
    codes: [0],
    says: null,
    happen: async (site) =>
      withArticles(site, [
        `${"a".repeat(252)}.md`,
        `${"长".repeat(84)}.md`,
        `2024-01-01-${"é".repeat(120)}.md`,
      ]),
  },
  {
    name: "normal-forms",
    what: "the same names in both normal forms",
    codes: [0],
    says: /normal form/,
    happen: async (site) =>
      withArticles(
        site,
        ["2024-01-01-café.md", "2024-01-02-がぎ.md"].flatMap((name) => [
          name.normalize("NFC"),
          name.normalize("NFD"),
        ]),
      ),
  },
  {
    name: "not-utf8",
    what: "names of articles, folders and pictures that are not UTF-8",
    codes: [0],
    says: /name is not UTF-8/,
    happen: notUtf8,
  },
  {
    name: "killed",
    what: "killed at any moment, with an edit before each time",
    codes: [0, null],
    says: null,
    happen: killed,
  },
  {
    name: "two-bundles",
    what: "two bundles at once",
    codes: [0],
    says: null,
    happen: async (site) => {
      const runs: Run[] = [];
      for (let time = 0; time < 5; time += 1) {
        edit(site, time);
        runs.push(...(await Promise.all([site.bundle(), site.bundle()])));
      }
      restore(site);
      return fine(runs);
    },
  },
  {
    name: "start-bundle",
    what: "bundles while `npm start` runs and an article is edited",
    codes: [0],
    says: null,
    happen: whileServing,
  },
  {
    name: "deploy-bundle",
    what: "a deploy and a bundle at once",
    codes: [0],
    says: null,
    happen: whileDeploying,
  },
];

function edit(site: UnluckySite, number: number, text = `第${number}次更正。`): void {
  writeFileSync(site.at(articlePath(number)), articleText(number, text));
}

function restore(site: UnluckySite): void {
  for (let number = 0; number < 20; number += 1) {
    writeFileSync(site.at(articlePath(number)), articleText(number));
  }
}

/** Bundles with additional articles, which are deleted again. */
async function withArticles(site: UnluckySite, names: readonly string[]): Promise<Outcome> {
  const files = names.map((name) => site.at(`articles/${name}`));
  for (const file of files) {
    writeFileSync(file, "---\ntitle: 甲\ndate: 2024-01-01\nunknown: [\n---\n正文。\n");
  }
  const broken = await site.bundle();
  for (const file of files) writeFileSync(file, "---\ntitle: 甲\ndate: 2024-01-01\n---\n正文。\n");
  const runs = [broken, await site.bundle(), await site.bundle()];
  for (const file of files) rmSync(file);
  return fine(runs);
}

async function linksOut(site: UnluckySite): Promise<Outcome> {
  const secret = "SECRET=f2b1c90e";
  const outside = makeOutsideFolder();
  writeFileSync(join(outside, "outside.md"), `---\ntitle: ${secret}\n---\n`);
  writeFileSync(join(outside, "outside.pdf"), secret);
  writeFileSync(site.at(".env"), secret);
  writeFileSync(site.at("ignored.md"), `---\ntitle: ${secret}\n---\n`);
  writeFileSync(site.at(".gitignore"), "ignored.md\nbuild\nnode_modules\n");
  execFileSync("git", ["init", "-q", site.folder]);
  const folder = site.at("articles/bad");
  mkdirSync(folder);
  const links = {
    "secret.md": "../../.env",
    "2024-01-01-config.md": "../../.git/config",
    "ignored.md": "../../ignored.md",
    "outside.md": join(outside, "outside.md"),
    outside,
    "circle.md": "circle.md",
    round: ".",
    "nowhere.md": "none.md",
    "zero.md": "/dev/zero",
    "leak.png": "../../.env",
    "leak.pdf": join(outside, "outside.pdf"),
    "zero.png": "/dev/zero",
  };
  for (const [name, target] of Object.entries(links)) symlinkSync(target, join(folder, name));
  for (const name of ["pipe.md", "pipe.png", "pipe.txt"]) {
    execFileSync("mkfifo", [join(folder, name)]);
  }
  const socket = createServer().listen(join(folder, "socket.md"));
  const references = [
    "leak.png",
    "leak.pdf",
    "zero.png",
    "pipe.png",
    "../../.env",
    "%2e%2e/%2e%2e/.env",
    String.raw`..\..\.env`,
    join(outside, "outside.pdf"),
    "/.env",
    "//etc/passwd",
    "/%2Fetc/x.png",
  ];
  writeFileSync(
    join(folder, "2024-01-01-references.md"),
    `---\ntitle: 甲\nimage: leak.png\n---\n${references.map((path) => `<img src="${path}" alt="x"> [a](<${path}>)`).join("\n\n")}\n`,
  );
  // The bundle names three of each kind; the check can name all.
  const check = startCommand(
    process.execPath,
    ["scripts/offprint.ts", "check", "--all"],
    site.folder,
  );
  const runs = [await site.bundle(), await site.bundle(), await check.ended];
  const leaks = readdirSync(site.at("build/assets"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((file) => readFileSync(file).includes(secret));
  const said = runs.flatMap(({ output }) => output.split("\n"));
  const silent = Object.keys(links).filter(
    (name) => name !== "round" && !said.some((line) => line.includes(name)),
  );
  socket.close();
  rmSync(folder, { recursive: true });
  rmSync(outside, { recursive: true });
  for (const name of [".env", ".git", ".gitignore", "ignored.md"]) {
    rmSync(site.at(name), { recursive: true });
  }
  return {
    runs,
    faults: [
      ...leaks.map((file) => `"${file}" is served`),
      ...silent.map((name) => `nothing is said of "${name}"`),
    ],
  };
}

/** Bundles anew on disks of several sizes, each of which grows afterwards. */
async function inSmallBuild(
  site: UnluckySite,
  sizes: readonly number[],
  option: "size" | "nr_inodes",
): Promise<Outcome> {
  const build = site.at("build");
  const whole = site.fingerprint();
  const runs: Run[] = [];
  const faults: string[] = [];
  for (const size of sizes) {
    rmSync(build, { recursive: true, force: true });
    mkdirSync(build);
    const limit = option === "size" ? `size=${size}k` : `nr_inodes=${size}`;
    execFileSync("mount", ["-t", "tmpfs", "-o", limit, "none", build]);
    try {
      const run = await site.bundle();
      runs.push(run);
      const isWhole = site.fingerprint() === whole;
      if (run.exitCode === 0 && !isWhole) faults.push(`${limit}: no whole release`);
      execFileSync("mount", ["-o", "remount,size=1g,nr_inodes=1000000", build]);
      const again = await site.bundle();
      if (again.exitCode !== 0) faults.push(`${limit}: ${again.output}`);
      if (site.fingerprint() !== whole) faults.push(`${limit}: another release afterwards`);
    } finally {
      execFileSync("umount", [build]);
    }
  }
  return { runs, faults };
}

async function readOnlyBuild(site: UnluckySite): Promise<Outcome> {
  const build = site.at("build");
  rmSync(build, { recursive: true });
  mkdirSync(build);
  execFileSync("mount", ["-t", "tmpfs", "-o", "ro", "none", build]);
  try {
    const empty = await site.bundle();
    execFileSync("mount", ["-o", "remount,rw", build]);
    const first = await site.bundle();
    execFileSync("mount", ["-o", "remount,ro", build]);
    edit(site, 1);
    const filled = await site.bundle();
    restore(site);
    execFileSync("mount", ["-o", "remount,rw", build]);
    const faults = first.exitCode === 0 ? [] : ["not bundled once it is writable"];
    return { runs: [empty, filled], faults };
  } finally {
    execFileSync("umount", [build]);
  }
}

async function unreadable(site: UnluckySite, paths: readonly string[]): Promise<Outcome> {
  const modes = paths.map((path) => statSync(site.at(path)).mode);
  spawnSync("chown", ["-R", String(NOBODY), site.folder]);
  // What was read before must not hide it.
  rmSync(site.at("build/cache"), { recursive: true, force: true });
  for (const path of paths) chmodSync(site.at(path), 0);
  const asNobody = { user: NOBODY, environment: { HOME: site.folder } };
  const runs = [await site.bundle(asNobody), await site.bundle(asNobody)];
  paths.forEach((path, index) => {
    chmodSync(site.at(path), modes[index] ?? 0);
  });
  spawnSync("chown", ["-R", "0", site.folder]);
  return fine(runs);
}

/** The environment of a program whose clock goes wrong by so many days. */
function clockOff(days: number): Readonly<Record<string, string>> {
  const script = `const now=Date.now;Date.now=()=>now()+${days * MILLISECONDS_PER_DAY}`;
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(script)}` };
}

async function clockAstray(site: UnluckySite): Promise<Outcome> {
  const day = (days: number): string =>
    new Date(Date.now() + days * MILLISECONDS_PER_DAY).toISOString();
  for (const days of [-1, 1]) {
    writeFileSync(
      site.at(`articles/clock-${days}.md`),
      `---\ntitle: 钟\ndate: ${day(days)}\n---\n正文。\n`,
    );
  }
  const counts: (string | undefined)[] = [];
  const runs: Run[] = [];
  for (const days of [0, -3, 3, 0]) {
    edit(site, 1, `${days}`);
    const run = await site.bundle({ environment: clockOff(days) });
    runs.push(run);
    counts.push(/Bundled (\d+) articles/.exec(run.output)?.[1]);
  }
  restore(site);
  const isRight = counts.join() === "301,300,302,301";
  return { runs, faults: isRight ? [] : [`bundled ${counts.join()} articles`] };
}

async function fileTimes(site: UnluckySite): Promise<Outcome> {
  const runs: Run[] = [];
  const faults: string[] = [];
  for (const year of ["1980", "2100"]) {
    const time = new Date(`${year}-01-01`);
    const touchAll = (): void => {
      for (const name of readdirSync(site.at("articles"))) {
        utimesSync(site.at(`articles/${name}`), time, time);
      }
    };
    touchAll();
    runs.push(await site.bundle());
    for (const text of ["甲", "乙"]) {
      edit(site, 0, text);
      const picture = readFileSync(site.at("articles/0.png"));
      // Behind the picture's end, where no program looks.
      const end = picture.lastIndexOf("IEND") + "IEND".length + CRC_BYTES;
      const edited = Buffer.concat([picture.subarray(0, end), Buffer.from(text)]);
      writeFileSync(site.at("articles/0.png"), edited);
      touchAll();
      runs.push(await site.bundle());
      if (!(await site.isAsIfNothingHappened())) faults.push(`an edit of ${year} is not seen`);
    }
  }
  restore(site);
  return { runs, faults };
}

/** Does something every few milliseconds while a bundle runs, several times. */
async function meanwhile(
  site: UnluckySite,
  times: number,
  happens: (step: number) => void,
): Promise<readonly Run[]> {
  const runs: Run[] = [];
  let step = 0;
  const timer = setInterval(() => {
    step += 1;
    happens(step);
  }, 3);
  for (let time = 0; time < times; time += 1) runs.push(await site.bundle());
  clearInterval(timer);
  return runs;
}

async function changing(site: UnluckySite): Promise<Outcome> {
  const runs = await meanwhile(site, 15, (step) => {
    const article = site.at(articlePath(step % 20));
    const picture = site.at(`articles/${step % 20}.png`);
    const away = `${picture}.away`;
    rmSync(step % 3 === 0 ? article : `${article}.none`, { force: true });
    if (step % 3 === 1) writeFileSync(article, articleText(step % 20, "长".repeat(step % 5000)));
    if (step % 4 === 0 && existsSync(picture)) renameSync(picture, away);
    if (step % 4 === 2 && existsSync(away)) renameSync(away, picture);
  });
  restore(site);
  for (let number = 0; number < 20; number += 1) {
    const picture = site.at(`articles/${number}.png`);
    if (!existsSync(picture)) renameSync(`${picture}.away`, picture);
  }
  return fine(runs);
}

async function vanishing(site: UnluckySite): Promise<Outcome> {
  const [here, away] = [site.at("articles/deep"), site.at("away")];
  const runs = await meanwhile(site, 15, (step) => {
    if (step % 2 === 0 && existsSync(here)) renameSync(here, away);
    else if (existsSync(away)) renameSync(away, here);
  });
  if (existsSync(away)) renameSync(away, here);
  return fine(runs);
}

async function manyNames(site: UnluckySite, count: number): Promise<Outcome> {
  const folder = site.at("articles/many");
  mkdirSync(folder);
  for (let number = 0; number < count; number += 1) {
    writeFileSync(join(folder, `x${number}.dat`), "");
  }
  const runs = [await site.bundle(), await site.bundle()];
  rmSync(folder, { recursive: true });
  return fine(runs);
}

async function huge(site: UnluckySite): Promise<Outcome> {
  const header = "---\ntitle: 大\ndate: 2024-01-01\n---\n";
  const text = site.at("articles/huge-text.md");
  writeFileSync(text, header + "很长的文章。".repeat(HUNDRED_MEGABYTES / 18));
  const files: Readonly<Record<string, number>> = {
    "huge-article.md": 3_000_000_000,
    "huge-picture.png": HUNDRED_MEGABYTES,
    "huge-picture-2.png": 3_000_000_000,
  };
  for (const [name, size] of Object.entries(files)) {
    writeFileSync(site.at(`articles/${name}`), "");
    truncateSync(site.at(`articles/${name}`), size);
  }
  const article = site.at("articles/huge-pictures.md");
  writeFileSync(article, `${header}![](huge-picture.png) ![](huge-picture-2.png)\n`);
  const runs = [await site.bundle(), await site.bundle()];
  for (const name of Object.keys(files)) rmSync(site.at(`articles/${name}`));
  rmSync(text);
  rmSync(article);
  return fine(runs);
}

async function notUtf8(site: UnluckySite): Promise<Outcome> {
  const named = (name: string): Buffer => Buffer.from(`${site.at("articles")}/${name}`, "latin1");
  const files = ["caf\u00E9.md", "caf\u00E9.png", "caf\u00E9.txt", "f\u00F6/a.md"].map(named);
  mkdirSync(named("f\u00F6"));
  for (const file of files) writeFileSync(file, "---\ntitle: a\ndate: 2024-01-01\n---\nText.\n");
  const runs = [await site.bundle(), await site.bundle()];
  for (const file of files) rmSync(file);
  rmSync(named("f\u00F6"), { recursive: true });
  return fine(runs);
}

async function killed(site: UnluckySite): Promise<Outcome> {
  const runs: Run[] = [];
  for (let time = 0; time < 15; time += 1) {
    edit(site, time);
    const bundle = site.startBundle();
    await Promise.race([sleep(randomInt(100, 1800)), bundle.ended]);
    bundle.kill();
    runs.push(await bundle.ended);
  }
  restore(site);
  return fine(runs);
}

async function whileServing(site: UnluckySite): Promise<Outcome> {
  const port = await unusedPort();
  const server = startCommand("npm", ["start", "--", "--port", String(port)], site.folder);
  const answers = async (): Promise<boolean> =>
    fetch(`http://localhost:${port}/healthz`).then(
      (response) => response.ok,
      () => false,
    );
  for (let time = 0; time < 600 && !(await answers()); time += 1) await sleep(200);
  const runs: Run[] = [];
  const faults: string[] = [];
  for (let time = 0; time < 3; time += 1) {
    edit(site, time);
    runs.push(...(await Promise.all([site.bundle(), site.bundle()])));
    if (!(await answers())) faults.push("npm start does not answer any more");
  }
  server.kill();
  await server.ended;
  restore(site);
  rmSync(site.at(".wrangler"), { recursive: true, force: true });
  return { runs, faults };
}

async function whileDeploying(site: UnluckySite): Promise<Outcome> {
  const cloudflare = new CloudflareStandIn();
  await cloudflare.listen();
  cloudflare.sitePort = await unusedPort();
  const config = site.at("wrangler.toml");
  const before = readFileSync(config, "utf8");
  const url = `url = "http://localhost:${cloudflare.sitePort}"`;
  writeFileSync(config, before.replace(/^url = .*$/m, url));
  const runs: Run[] = [];
  for (let time = 0; time < 3; time += 1) {
    edit(site, time);
    const options = { environment: cloudflare.environment };
    const deploy = startCommand(
      process.execPath,
      ["scripts/offprint.ts", "deploy"],
      site.folder,
      options,
    );
    runs.push(...(await Promise.all([deploy.ended, site.bundle(), site.bundle()])));
  }
  restore(site);
  writeFileSync(config, before);
  await cloudflare.close();
  return fine(runs);
}
