/** wrangler bundles `.bin` files as data. */
declare module "*.bin" {
  const bytes: ArrayBuffer;
  export default bytes;
}
