import { readFileSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { imageSize } from "image-size";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { formatDiagnostic } from "../../../scripts/diagnostics/diagnostic.ts";
import { makeSiteIcons } from "../../../scripts/look/site-icons.ts";
import { FIXTURE_SITE } from "../../seed-worker-tests.ts";
import { temporaryFolder } from "../../temporary-folder.ts";
import { SECRET, withPosition } from "../pictures/generated-pictures.ts";

const folder = temporaryFolder();

const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" onload="alert(1)"><script>alert(1)</script><circle cx="12" cy="12" r="11" fill="#0b5a43"/></svg>`;

const square = (pixels: number) =>
  sharp({ create: { width: pixels, height: pixels, channels: 4, background: "#0b5a4380" } });

interface MadeIcons {
  readonly icons: Readonly<Record<string, Buffer>>;
  readonly said: readonly string[];
}

async function make(iconFile: string | null, paper?: string): Promise<MadeIcons> {
  const theme = paper === undefined ? {} : { theme: { light: { paper }, dark: {} } };
  const { files, diagnostics } = await makeSiteIcons(
    folder.path,
    { site: { ...FIXTURE_SITE, ...theme }, sources: ["articles"], iconFile },
    join(folder.path, "made"),
  );
  const local = files.flatMap(({ localFiles }) => localFiles);
  return {
    icons: Object.fromEntries(
      local.map(({ publicPath, file }) => [publicPath, readFileSync(file)]),
    ),
    said: diagnostics.map(formatDiagnostic),
  };
}

const PLACES = [
  "/apple-touch-icon-precomposed.png",
  "/apple-touch-icon.png",
  "/favicon.ico",
  "/favicon.svg",
];

describe("makeSiteIcons", () => {
  it("leaves Offprint's icons where the site names none", async () => {
    expect(await make(null)).toEqual({ icons: {}, said: [] });
  });

  it.each([
    ["icon.svg", async () => Buffer.from(SVG)],
    ["icon.png", async () => square(512).png().toBuffer()],
    ["icon.webp", async () => square(180).webp().toBuffer()],
    ["icon.jpg", async () => withPosition(square(400).flatten()).jpeg().toBuffer()],
  ])("makes all icons from %s, without anything that runs or tells", async (name, encode) => {
    writeFileSync(join(folder.path, name), await encode());
    const { icons, said } = await make(name);
    expect(said).toEqual([]);
    expect(Object.keys(icons).toSorted()).toEqual(PLACES);
    expect(imageSize(icons["/favicon.ico"] ?? new Uint8Array()).images).toMatchObject([
      { width: 16, height: 16 },
      { width: 32, height: 32 },
      { width: 48, height: 48 },
    ]);
    const touch = icons["/apple-touch-icon.png"];
    expect(await sharp(touch).metadata()).toMatchObject({
      format: "png",
      width: 180,
      height: 180,
      hasAlpha: false,
    });
    expect(icons["/apple-touch-icon-precomposed.png"]).toEqual(touch);
    const svg = icons["/favicon.svg"]?.toString() ?? "";
    expect(svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(svg).not.toMatch(/script|onload/);
    const { channels } = await sharp(Buffer.from(svg), { density: 300 }).stats();
    expect((channels[1]?.mean ?? 0) - (channels[0]?.mean ?? 0)).toBeGreaterThan(10);
    expect(Buffer.concat(Object.values(icons)).includes(SECRET)).toBe(false);
  });

  it("lays the icon for home screens on the theme's paper", async () => {
    writeFileSync(join(folder.path, "icon.svg"), SVG);
    const cornerOn = async (paper: string): Promise<readonly number[]> => {
      const { icons } = await make("icon.svg", paper);
      return [...(await sharp(icons["/apple-touch-icon.png"]).raw().toBuffer()).subarray(0, 3)];
    };
    expect(await cornerOn("#102030")).toEqual([0x10, 0x20, 0x30]);
    expect(await cornerOn("#fdfcf8")).toEqual([0xfd, 0xfc, 0xf8]);
    expect(readdirSync(join(folder.path, "made"))).toHaveLength(1);
  });

  it.each([
    ["away.png", "is not among the site's files; pages keep Offprint's icon; put the file there"],
    ["Icon.png", `write "icon.png", as the file is called`],
    ["../secret.png", "pages keep Offprint's icon"],
    ["link.png", `leads to "/dev/null", which is no file`],
    ["broken.png", "cannot be read as a picture; pages keep Offprint's icon; save it as a square"],
    ["broken.svg", "cannot be read as a picture"],
    ["icon.txt", "is not among the site's files"],
  ])("keeps Offprint's icons where %s cannot be taken, and says why", async (name, said) => {
    writeFileSync(join(folder.path, "wrangler.toml"), `icon = "${name}"\n`);
    writeFileSync(join(folder.path, "icon.png"), await square(180).png().toBuffer());
    writeFileSync(join(folder.path, "icon.txt"), "text");
    writeFileSync(join(folder.path, "broken.png"), "no picture");
    writeFileSync(join(folder.path, "broken.svg"), "<svg");
    symlinkSync("/dev/null", join(folder.path, "link.png"));
    const made = await make(name);
    expect(made.icons).toEqual({});
    expect(made.said).toEqual([expect.stringMatching(/^wrangler\.toml: warning: /)]);
    expect(made.said[0]).toContain(said);
  });

  it.each([
    [300, 200, "300 x 200 pixels, and has empty sides"],
    [64, 64, "64 x 64 pixels, and home screens blur it"],
  ])("makes do with %i by %i pixels, and says so", async (width, height, said) => {
    const picture = sharp({ create: { width, height, channels: 3, background: "#0b5a43" } });
    writeFileSync(join(folder.path, "icon.png"), await picture.png().toBuffer());
    const made = await make("icon.png");
    expect(made.said).toEqual([expect.stringContaining(said)]);
    expect(Object.keys(made.icons)).toHaveLength(PLACES.length);
  });
});
