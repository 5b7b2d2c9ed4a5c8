import { sharePath } from "../domain/links.ts";
import { parseShareId } from "../domain/share-id.ts";
import { qrCodeFile } from "../render/qr-code.ts";
import { ASSET_CACHE_CONTROL } from "./cache-control.ts";
import type { AppContext } from "./env.ts";
import { notFound } from "./responses.ts";

/** `/q/{id}.svg`: the QR code of a share page's address. No read: whether there is such a page, the page says. */
export function qrCode(context: AppContext): Response {
  const { site } = context.get("store").manifest;
  const name = /^(.+)\.svg$/.exec(context.req.param("file") ?? "")?.[1] ?? "";
  const id = parseShareId(name);
  if (id === null || id !== name) return notFound(site);
  return new Response(qrCodeFile(site.url + sharePath(id)), {
    headers: { "Content-Type": "image/svg+xml", "Cache-Control": ASSET_CACHE_CONTROL },
  });
}
