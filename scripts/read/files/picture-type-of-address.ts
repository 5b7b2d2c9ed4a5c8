import { percentDecoded } from "../../../src/domain/percent-decoded.ts";
import { isPlainAddress } from "./plain-address.ts";
import { pictureType } from "./local-file.ts";

/** Parameters of a query that name the format in which a server sends a picture: imgix, Weserv, Scene7, X, UCloud. */
const FORMAT_KEYS = /^(?:format|fm|fmt|f|output|output-format|imageformat|ext|dst|tp|type)$/i;
/** The format in which WeChat keeps a picture; it sends another where `tp` says so. */
const KEPT_FORMAT_KEY = "wx_fmt";
/** Commands in a query: Qiniu's and Tencent's `imageView2/2/format/webp`, Aliyun's `image/format,webp`, Baidu's `format,f_webp`. */
const COMMAND = /^(?:imageView2|imageMogr2|image)\/.*?\bformat[/,](?:f_)?(\w+)/is;
/** The same in a path: `f_webp,q_auto` (Cloudinary), `format=webp` (Cloudflare), `!/format/webp` (Upyun). */
const COMMAND_IN_PATH = /(?:\/|,)(?:f_|format=)(\w+)(?=[,/])|!.*\/format\/(\w+)/i;
/** WeChat's folders. */
const FOLDER = /^\/(?:sz_)?mmbiz_(\w+)\//i;
/** An extension at the end, such as that of the form behind `a.jpg@640w.webp`, or before a mark as in `a.jpg!large`. */
const EXTENSIONS = [/\.(\w+)$/, /\.(\w+)(?=[!@])/];
/** What servers send in the format that each program likes best. */
const NEGOTIATED = "auto";
const LONGEST_ADDRESS = 2000;

/**
 * The media type of the picture at an address, from the words in it that name a format; null where there are none, or where
 * it is sent in whatever format a program likes best.
 *
 * @param address an absolute URL
 */
export function pictureTypeOfAddress(address: string): string | null {
  const isPlain = isPlainAddress(address) && !address.includes("?");
  const url = isPlain || address.length > LONGEST_ADDRESS ? null : URL.parse(address);
  if (url === null && !isPlain) return null;
  const path = url?.pathname ?? address.slice(address.indexOf("/", "https://".length));
  const format = [...(url === null ? [] : formatsInQuery(url)), ...formatsInPath(path)].find(
    (name) => name.toLowerCase() === NEGOTIATED || pictureType(name) !== null,
  );
  return format === undefined ? null : pictureType(format);
}

/** The formats that a query names, those in which a picture is sent before that in which it is kept. */
function formatsInQuery(url: URL): readonly string[] {
  if (url.search === "") return [];
  const { searchParams } = url;
  const parameters = [...searchParams];
  const sent = parameters.flatMap(([key, value]) =>
    FORMAT_KEYS.test(key) ? [value] : [key, value].flatMap((text) => COMMAND.exec(text)?.[1] ?? []),
  );
  return [...sent, ...searchParams.getAll(KEPT_FORMAT_KEY)].map(
    // Scene7 says `png-alpha`.
    (format) => format.replace(/-alpha$/i, ""),
  );
}

function formatsInPath(pathname: string): readonly string[] {
  const path = percentDecoded(pathname) ?? pathname;
  const command = COMMAND_IN_PATH.exec(path);
  const name = path.slice(path.lastIndexOf("/") + 1);
  return [
    command?.[1] ?? command?.[2],
    FOLDER.exec(path)?.[1],
    ...EXTENSIONS.map((extension) => extension.exec(name)?.[1]),
  ].filter((format) => format !== undefined);
}
