/**
 * `npm run pictures`: how long articles with camera pictures take to bundle, three in each article, first of all, in a fresh
 * checkout that has the cache, and when nothing has changed. The pictures are generated: drawn shapes
 * and gradients, texture and a sensor's noise, 3.5 MB each. A dozen are drawn; the others are the same with other bytes behind.
 */
import {
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { bundleSite } from "../../scripts/bundle/bundle-site.ts";
import { readSettings } from "../../scripts/config/settings.ts";
import { REAL_IO } from "../../scripts/terminal/real-io.ts";
import { wholeNumber } from "../../scripts/terminal/option-kinds.ts";
import { runCommand } from "../../scripts/terminal/run-command.ts";

const WIDTH = 4032;
const HEIGHT = 3024;
const USUAL_COUNT = 90;
const DRAWN = 12;
const PICTURES_OF_ARTICLE = 3;
const SHAPES = 400;
const MICROSECONDS = 1_000_000;
const MEGABYTE = 1_000_000;
const DAY_MILLISECONDS = 86_400_000;
const SETTINGS = `[vars.SITE]\ntitle = "a"\nurl = "https://news.example"\nsources = ["_posts"]\ncards = 0\n`;
const PARAGRAPH = "讲述港口清晨的渡轮与归来的渔船，岸上的人们已经醒来。".repeat(8);

const USAGE = `Usage: npm run pictures -- [--count 90] [--help]

Draws pictures as cameras make them, of 3.5 MB each, in a temporary folder, and bundles articles that show them: with nothing
made before, in a fresh checkout that has the cache, and when nothing has changed. A picture takes two thirds of a CPU second.`;

await runCommand({
  name: "npm run pictures --",
  usage: USAGE,
  options: { count: wholeNumber(1, 100_000, USUAL_COUNT) },
  run: async ({ count }) => measure(count),
});

async function measure(count: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "offprint-pictures-"));
  const posts = join(folder, "_posts");
  try {
    await generate(posts, count);
    await bundle(folder, "nothing made before");
    cpSync(posts, `${posts}-copy`, { recursive: true });
    rmSync(posts, { recursive: true });
    renameSync(`${posts}-copy`, posts);
    rmSync(join(folder, "build/assets"), { recursive: true });
    await bundle(folder, "a fresh checkout with the cache");
    await bundle(folder, "nothing changed");
    console.log(
      `cache ${megabytes(join(folder, "build/cache"))}, served ${megabytes(join(folder, "build/assets"))}`,
    );
    return 0;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function generate(posts: string, count: number): Promise<void> {
  mkdirSync(posts, { recursive: true });
  const random = createRandom();
  const drawn: Buffer[] = [];
  for (let index = 0; index < Math.min(DRAWN, count); index += 1) {
    drawn.push(await cameraPicture(random));
  }
  for (let index = 0; index < count; index += 1) {
    const picture = drawn[index % drawn.length] ?? Buffer.alloc(0);
    writeFileSync(join(posts, `p${index}.jpg`), Buffer.concat([picture, Buffer.from(`${index}`)]));
  }
  for (let first = 0; first < count; first += PICTURES_OF_ARTICLE) {
    const day = new Date(first * DAY_MILLISECONDS).toISOString().slice(0, "2022-01-10".length);
    const shown = [0, 1, 2].map((more) => `![图](p${first + more}.jpg)\n\n${PARAGRAPH}\n`);
    const text = `---\ntitle: 港口的早晨\ncategories: a\n---\n${PARAGRAPH}\n\n${shown.join("\n")}`;
    writeFileSync(join(posts, `${day}-${first}.md`), text);
  }
}

async function cameraPicture(random: () => number): Promise<Buffer> {
  const between = (least: number, most: number): number =>
    Math.round(least + random() * (most - least));
  const shapes = Array.from({ length: SHAPES }, () => {
    const [x, y] = [between(0, WIDTH), between(HEIGHT / 3, HEIGHT)];
    const side = Math.round(20 + random() ** 2 * 700);
    const fill = `hsl(${between(0, 360)},${between(20, 70)}%,${between(15, 80)}%)`;
    return `<rect x="${x}" y="${y}" width="${side}" height="${between(side / 3, side)}" fill="${fill}" transform="rotate(${between(-20, 20)} ${x} ${y})"/>`;
  });
  const scene = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}"><linearGradient id="g" x2="0" y2="1"><stop stop-color="#5b8fd0"/><stop offset=".45" stop-color="#d8c8a8"/><stop offset="1" stop-color="#403a30"/></linearGradient><rect width="100%" height="100%" fill="url(#g)"/>${shapes.join("")}</svg>`;
  const layers = await Promise.all([noise(700, 30), noise(120, 40), noise(WIDTH, 10)]);
  return sharp(Buffer.from(scene))
    .composite(layers.map((input) => ({ input, blend: "soft-light" })))
    .removeAlpha()
    .jpeg({ quality: 93 })
    .toBuffer();
}

/** Grey noise of so many grains in a line. */
async function noise(grains: number, sigma: number): Promise<Buffer> {
  const height = Math.round((grains * HEIGHT) / WIDTH);
  const grain = await sharp({
    create: {
      width: grains,
      height,
      channels: 3,
      background: "#888",
      noise: { type: "gaussian", mean: 128, sigma },
    },
  })
    .png()
    .toBuffer();
  return sharp(grain)
    .resize({ width: WIDTH, height: HEIGHT, fit: "fill" })
    .png({ compressionLevel: 0 })
    .toBuffer();
}

/** Numbers from 0 up to 1 that are the same in every run. */
function createRandom(): () => number {
  let state = 1;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

async function bundle(folder: string, what: string): Promise<void> {
  const settings = readSettings(SETTINGS, "wrangler.toml", {});
  if (!settings.ok) throw new Error(JSON.stringify(settings.failure));
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  await bundleSite({
    root: folder,
    settings: settings.value,
    assets: join(folder, "build/assets"),
    cacheFolder: join(folder, "build/cache"),
    ignoresCache: false,
    io: REAL_IO,
  });
  const seconds = (performance.now() - startedAt) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const { maxRSS } = process.resourceUsage();
  console.log(
    `${what}: ${seconds.toFixed(1)} s, ${((user + system) / MICROSECONDS).toFixed(1)} CPU s, at most ${Math.round(maxRSS / 1000)} MB of memory`,
  );
}

function megabytes(folder: string): string {
  const files = globSync(join(folder, "**/*")).map((file) => statSync(file));
  const bytes = files.reduce((sum, file) => sum + (file.isFile() ? file.size : 0), 0);
  return `${(bytes / MEGABYTE).toFixed(1)} MB (${files.length} files)`;
}
