import { expect, it } from "vitest";
import { pictureTypeOfAddress } from "../../../../scripts/read/files/picture-type-of-address.ts";

it.each([
  ["/a.jpg", "image/jpeg"],
  ["/a.JPEG?size=1", "image/jpeg"],
  ["/a.jpg!large", "image/jpeg"],
  ["/a.jpg@640w_1c.webp", "image/webp"],
  ["/jfs/a.jpg!q70.jpg.avif", "image/avif"],
  ["/a/640?wx_fmt=png&from=appmsg", "image/png"],
  ["/a/640?wx_fmt=jpeg&tp=webp&wxfrom=5", "image/webp"],
  ["/mmbiz_gif/abc/0", "image/gif"],
  ["/sz_mmbiz_png/abc/640?wx_fmt=other", "image/png"],
  ["/media/abc?format=jpg&name=large", "image/jpeg"],
  ["/photo-1?auto=compress&fm=webp", "image/webp"],
  ["/a.png?output=webp", "image/webp"],
  ["/is/image/a?fmt=png-alpha", "image/png"],
  ["/a.jpg?imageView2/2/w/600/format/webp/q/75", "image/webp"],
  ["/a?imageMogr2/auto-orient/thumbnail/600x/format/jpg|imageslim", "image/jpeg"],
  ["/a.jpg?x-oss-process=image/resize,w_800/format,webp", "image/webp"],
  ["/a.jpg?x-oss-process=image%2Fformat%2Cwebp", "image/webp"],
  ["/a?x-bce-process=image/format,f_png", "image/png"],
  ["/a.jpg!/fw/500/format/webp", "image/webp"],
  ["/image/upload/f_webp,q_auto/v1/a.jpg", "image/webp"],
  ["/cdn-cgi/image/width=80,format=avif/a.jpg", "image/avif"],
  ["/a.jpg?type=large&format=big", "image/jpeg"],
  ["/a.jpg?format=auto", null],
  ["/cdn-cgi/image/format=auto,width=80/a.jpg", null],
  ["/a~tplv-x:800:0:q75.image", null],
  ["/v2-abc?source=1", null],
  ["/a/640?wx_fmt=other", null],
  ["/a.php", null],
])("tells the type of the picture at %s: %s", (path, type) => {
  expect(pictureTypeOfAddress(`https://a.example${path}`)).toBe(type);
});
