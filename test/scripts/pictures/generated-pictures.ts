import type { Sharp } from "sharp";
import sharp from "sharp";

/** A position in the harbour, in the form that cameras write. */
const GPS = {
  GPSLatitudeRef: "N",
  GPSLatitude: "24/1 26/1 4711/100",
  GPSLongitudeRef: "E",
  GPSLongitude: "118/1 4/1 1234/100",
};

/** What no published file may hold of a picture: the maker's name stands beside the position. */
export const SECRET = "Secret Camera 4711";

interface Noise {
  readonly width: number;
  readonly height: number;
  readonly sigma?: number;
}

/** A picture with noise like that of a camera. */
export function noise({ width, height, sigma = 12 }: Noise): Sharp {
  return sharp({
    create: {
      width,
      height,
      channels: 3,
      background: "#888",
      noise: { type: "gaussian", mean: 128, sigma },
    },
  });
}

/** Metadata with a position, as phones write them into photographs. */
export function withPosition(image: Sharp, orientation = 1): Sharp {
  return image
    .withExif({ IFD0: { Model: SECRET, Artist: SECRET }, IFD3: GPS })
    .withMetadata({ orientation });
}

/** So many images, each of one colour, one below the other. */
async function frames(width: number, height: number, count: number): Promise<Sharp> {
  const data = Buffer.alloc(width * height * count * 3);
  for (let frame = 0; frame < count; frame += 1) {
    data.fill((frame * 255) / count, frame * width * height * 3, (frame + 1) * width * height * 3);
  }
  return sharp(data, { raw: { width, height: height * count, channels: 3, pageHeight: height } });
}

/** A file of HEIC up to its first image's size; no decoder is needed to know it for one. */
function heic(): Buffer {
  const box = (type: string, ...content: readonly Buffer[]): Buffer => {
    const body = Buffer.concat([Buffer.from(type), ...content]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(body.length + 4);
    return Buffer.concat([length, body]);
  };
  const size = Buffer.alloc(12);
  size.writeUInt32BE(4032, 4);
  size.writeUInt32BE(3024, 8);
  const properties = box("iprp", box("ipco", box("ispe", size)));
  return Buffer.concat([
    box("ftyp", Buffer.from("heic\0\0\0\0mif1heic")),
    box("meta", Buffer.alloc(4), properties),
  ]);
}

/** The first chunk of a PNG says that it has 50,000 by 50,000 pixels. */
async function bomb(): Promise<Buffer> {
  const png = await noise({ width: 8, height: 8 }).png().toBuffer();
  png.writeUInt32BE(50_000, 16);
  png.writeUInt32BE(50_000, 20);
  return png;
}

const TRANSPARENT = {
  create: { width: 700, height: 300, channels: 4, background: "#f008" },
} as const;
const SVG = `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY who "${SECRET}">]>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:i="http://inkscape.example" width="640" height="320" onload="alert(1)" i:path="${SECRET}">
<metadata>${SECRET}</metadata><!-- ${SECRET} --><script>alert(1)</script>
<style>@imp&#111;rt "https://spy.example/a.css"; rect { fill: red }</style><style>circle { fill: blue }</style>
<foreignObject><p>out</p></foreignObject><a xlink:href="javascript:alert(1)"><text>港口</text></a>
<image href="https://spy.example/a.png"/><use href="#x"/><circle id="x" r="9" fill="url(#g)" filter="url(https://spy.example/f)"/>
<set attributeName="href" to="javascript:alert(1)"/></svg>`;

/** Pictures of all kinds, by their file names. They are made here, since no other's may be. */
export const PICTURES: Readonly<Record<string, () => Promise<Buffer> | Buffer | string>> = {
  "photo.jpg": async () =>
    withPosition(noise({ width: 1700, height: 425 }))
      .jpeg({ quality: 95 })
      .toBuffer(),
  "turned.jpg": async () =>
    withPosition(noise({ width: 1200, height: 800 }), 6)
      .jpeg()
      .toBuffer(),
  "cmyk.jpg": async () =>
    noise({ width: 900, height: 600 }).toColourspace("cmyk").jpeg().toBuffer(),
  "grey.jpg": async () => noise({ width: 600, height: 400 }).greyscale().jpeg().toBuffer(),
  "deep.png": async () =>
    noise({ width: 500, height: 400 }).toColourspace("rgb16").png().toBuffer(),
  "drawing.png": async () => sharp(TRANSPARENT).png().toBuffer(),
  "screen.png": async () =>
    sharp({ create: { width: 1700, height: 850, channels: 3, background: "#fff" } })
      .png()
      .toBuffer(),
  "photo.png": async () =>
    withPosition(noise({ width: 950, height: 600 }))
      .png()
      .toBuffer(),
  "small.png": async () => noise({ width: 60, height: 40 }).png().toBuffer(),
  "photo.webp": async () =>
    withPosition(noise({ width: 1000, height: 700 }))
      .webp()
      .toBuffer(),
  "clear.webp": async () => sharp(TRANSPARENT).webp().toBuffer(),
  "film.webp": async () => (await frames(500, 200, 4)).webp({ loop: 0 }).toBuffer(),
  "photo.avif": async () =>
    withPosition(noise({ width: 700, height: 500 }))
      .avif({ effort: 0 })
      .toBuffer(),
  "film.gif": async () => (await frames(600, 300, 5)).gif().toBuffer(),
  "still.gif": async () => noise({ width: 300, height: 200 }).gif().toBuffer(),
  "scan.tiff": async () =>
    withPosition(noise({ width: 800, height: 600 }))
      .tiff()
      .toBuffer(),
  "strip.jpg": async () => noise({ width: 400, height: 3000 }).jpeg().toBuffer(),
  "really-a-png.jpg": async () => noise({ width: 400, height: 300 }).png().toBuffer(),
  "vector.svg": () => SVG,
  "phone.heic": () => heic(),
  "empty.jpg": () => "",
  "page.jpg": () => "<!doctype html><p>Not found</p>",
  "cut.jpg": async () =>
    (await noise({ width: 1000, height: 800 }).jpeg().toBuffer()).subarray(0, 60_000),
  "cut.png": async () =>
    (await noise({ width: 600, height: 500 }).png().toBuffer()).subarray(0, 100_000),
  "bomb.png": bomb,
};
