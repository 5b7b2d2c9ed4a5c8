import { describe, expect, it } from "vitest";
import type { SharedPage } from "../../src/render/link-previews.ts";
import { linkPreviews } from "../../src/render/link-previews.ts";

const PAGE: SharedPage = {
  title: "江边灯塔修复完工 周末起免费开放",
  description: "9日清晨，停工十一年的江边灯塔重新亮灯。",
  host: "finews.example",
  image: { url: "https://finews.example/c/a.png", width: 1200, height: 630, length: 20_000 },
  isPictureReplaced: false,
};

function warningsOf(page: SharedPage): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    linkPreviews(page).flatMap(({ platform, warnings }) =>
      warnings.length === 0 ? [] : [[platform, warnings]],
    ),
  );
}

describe("linkPreviews", () => {
  it("shows a newspaper's article everywhere without a warning", () => {
    expect(warningsOf(PAGE)).toEqual({});
    expect(linkPreviews(PAGE).map(({ platform, image }) => [platform, image])).toEqual([
      ["微信", "none"],
      ["QQ", "square"],
      ["微博", "square"],
      ["WhatsApp", "large"],
      ["Telegram", "large"],
      ["iMessage", "large"],
      ["X", "large"],
      ["Facebook", "large"],
    ]);
  });

  it("warns where a platform takes no picture of that weight or size", () => {
    const heavy = { ...PAGE, image: { url: "x", width: 1200, height: 630, length: 771_000 } };
    expect(warningsOf(heavy)).toEqual({ WhatsApp: ["image-heavy"] });
    const small = { ...PAGE, image: { url: "x", width: 500, height: 300, length: 9000 } };
    expect(warningsOf(small)).toEqual({ iMessage: ["image-small"], Facebook: ["image-small"] });
  });

  it("warns where there is nothing to show", () => {
    const bare = { ...PAGE, description: "", image: null };
    expect(warningsOf(bare)["QQ"]).toEqual(["description-missing", "image-missing"]);
    expect(warningsOf(bare)["微信"]).toBeUndefined();
  });

  it("cuts a long headline by its width, and says so", () => {
    const long = { ...PAGE, title: "湖".repeat(33) };
    const [weChat] = linkPreviews(long);
    expect(weChat).toMatchObject({ title: `${"湖".repeat(29)}…`, warnings: ["title-cut"] });
    const latin = { ...PAGE, title: "a".repeat(58) };
    expect(warningsOf(latin)["微信"]).toBeUndefined();
  });
});
