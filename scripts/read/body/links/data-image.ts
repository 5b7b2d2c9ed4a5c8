const DATA_IMAGE = /^data:image\/(?:png|jpeg|gif|webp);base64,[a-z0-9+/=\s]+$/i;

/** Whether an address holds a whole picture and nothing that could run (an SVG could). */
export function isDataImage(address: string): boolean {
  return DATA_IMAGE.test(address);
}
