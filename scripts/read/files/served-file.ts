/** Files that readers open as they are; other relative links lead to pages. */
const SERVED =
  /\.(?:png|jpe?g|gif|webp|avif|svg|bmp|mp3|m4a|ogg|wav|mp4|webm|mov|pdf|epub|zip|docx?|xlsx?|pptx?|csv)$/i;

/** Whether a path names a file that the site may serve beside its pages: an image, a film, a document. */
export function isServedFile(path: string): boolean {
  return SERVED.test(path);
}
