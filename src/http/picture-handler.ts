import type { Next } from "hono";
import { pictureOfForm } from "../domain/picture-path.ts";
import type { AppContext } from "./env.ts";

/**
 * A form of a picture that is no file: where there are too many files, the oldest pictures lose their smaller forms, which
 * pages and readers of feeds go on naming. It leads to the large form. Other paths are passed on.
 */
export async function pictureForm(context: AppContext, next: Next): Promise<Response | undefined> {
  const picture = pictureOfForm(context.req.path);
  if (picture === null) {
    await next();
    return undefined;
  }
  // Under `npm start` it may be that the form is still to be made.
  const cacheControl =
    context.env.OFFPRINT_PREVIEWS === undefined ? "public, max-age=86400" : "no-cache";
  return new Response(null, {
    status: 302,
    headers: { Location: picture, "Cache-Control": cacheControl },
  });
}
