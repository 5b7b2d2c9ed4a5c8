import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cardLines, isCutOff } from "../../../scripts/cards/card-lines.ts";

describe("cardLines", () => {
  it.each([
    ["小满读诗", ["小满读诗"]],
    // At the newspaper's blank and behind punctuation, rather than where a line is full.
    ["送服务送政策 让毕业生留下就业创业", ["送服务送政策", "让毕业生留下", "就业创业"]],
    ["冷空气今夜抵达 周末最低温降至11℃", ["冷空气今夜抵达", "周末最低温", "降至11℃"]],
    ["稻田里的白鹭记账员：数清了四百只鸟", ["稻田里的", "白鹭记账员：", "数清了四百只鸟"]],
    ["R&D 投入连涨五年，湖城企业靠什么", ["R&D 投入", "连涨五年，", "湖城企业靠什么"]],
    [
      "天文大潮遇上满月夜 三百人提着灯去看海退两公里",
      ["天文大潮遇上满月夜", "三百人提着灯", "去看海退两公里"],
    ],
    // Between words, and before what begins a phrase.
    ["湖水连续三年达到二类", ["湖水连续三年", "达到二类"]],
    ["轮渡东线明早恢复通航", ["轮渡东线", "明早恢复通航"]],
    ["给老榕树的气根搭一架“滑梯”", ["给老榕树的气根", "搭一架“滑梯”"]],
    ["快讯：鹭岛图书馆海边新馆今日开放", ["快讯：鹭岛图书馆", "海边新馆今日开放"]],
    // Endings, counts and dates stay with their word.
    ["一个村子与它的二十七种柿子", ["一个村子与它的", "二十七种柿子"]],
    ["桥洞下的乒乓球联赛打到了第十一年", ["桥洞下的乒乓球联赛", "打到了第十一年"]],
    ["2026年11月22日至2027年1月3日", ["2026年11月22日", "至2027年1月3日"]],
    [
      "中国女排3:1逆转巴西队 晋级2026世界女排联赛总决赛四强",
      ["中国女排", "3:1逆转巴西队", "晋级2026世界女排", "联赛总决赛四强"],
    ],
    [
      "今年前三季度GDP同比增长5.2% 消费拉动明显",
      ["今年前三季度", "GDP同比增长5.2%", "消费拉动明显"],
    ],
    ["第十三届中国国际渔业博览会在青岛开幕", ["第十三届中国", "国际渔业博览会", "在青岛开幕"]],
    ["听见海：北屿小剧场把一场戏演给盲人观众", ["听见海：", "北屿小剧场把一场戏", "演给盲人观众"]],
    // No mark stands alone, straight ones neither.
    ["菜场里的“修鞋博士”", ["菜场里的", "“修鞋博士”"]],
    [`他说："好的。"她说:'不好。'(笑)`, ["他说：", `"好的。"她说:`, "'不好。'(笑)"]],
    [`用AI"写"稿三年，他说'够了'`, [`用AI"写"稿三年，`, "他说'够了'"]],
    // Apostrophes and inches are no quotation marks.
    [
      "Teachers' union says 'no' to the new harbour school",
      ["Teachers'", "union says 'no'", "to the new", "harbour school"],
    ],
    [
      "Class of '98 meets 'old' friends again at the harbour",
      ["Class of '98", "meets 'old'", "friends again", "at the harbour"],
    ],
    [
      `12" vinyl and "new" CDs at the harbour record fair`,
      [`12" vinyl and "new"`, "CDs at the harbour", "record fair"],
    ],
    ["'90s rock 'n' roll returns", ["'90s rock 'n'", "roll returns"]],
    ["送服务　让毕业生留下就业创业　——全角", ["送服务", "让毕业生留下", "就业创业", "——全角"]],
    ["记者用 A & B 两种算法比了比 优惠三成", ["记者用 A & B", "两种算法比了比", "优惠三成"]],
    ["The harbour at low tide", ["The harbour", "at low tide"]],
    // Quotations side by side.
    [
      "【突发】“三问”《条例》——“为什么”“怎么办”？！",
      ["【突发】“三问”", "《条例》——", "“为什么”", "“怎么办”？！"],
    ],
    // A word that no line holds.
    ["Donaudampfschifffahrtsgesellschaft", ["Donaudampfschifffahrt-", "sgesellschaft"]],
    ["antidisestablishmentarianists", ["antidisestablishmentari-", "anists"]],
    ["1234567890".repeat(3), ["12345678901234567890123", "4567890"]],
    ["", []],
  ])("breaks %j into %j", (headline, lines) => {
    expect(cardLines(headline).lines).toEqual(lines);
  });

  it.each([
    [
      "Why the Harbour Authority’s Counterrevolutionary Internationalization Programme Was Quietly Abandoned Before Christmas",
      /Abandoned Before…$/,
    ],
    ["长".repeat(10_000), /^长{50,}…$/],
    ["𠮷".repeat(10_000), /^𠮷{50,}…$/u],
    ["a".repeat(10_000), /^(?:a{20,}-){5}a{10,}…$/],
    ["W".repeat(200), /^(?:W{10,}-){5}W{5,}…$/],
  ])("cuts off between words what does not fit: %.20s", (headline, expected) => {
    expect(
      cardLines(headline)
        .lines.join(" ")
        .replaceAll(/(?<=[a𠮷长-]) /gu, ""),
    ).toMatch(expected);
  });

  it.each([
    ["快讯：鹭岛图书馆海边新馆今日开放", false],
    ["湖".repeat(40), false],
    ["湖".repeat(90), true],
    ["The harbour at low tide, ".repeat(4), false],
    ["The harbour at low tide, ".repeat(7), true],
    ["a".repeat(200), true],
  ])("says whether a card has room for a headline: %j", (headline, isCut) => {
    expect(isCutOff(headline)).toBe(isCut);
    expect(cardLines(headline).lines.at(-1)?.endsWith("…")).toBe(isCut);
  });

  it("sets short headlines larger than long ones", () => {
    const sizes = [4, 20, 40, 80].map((length) => cardLines("湖".repeat(length)).fontSize);
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    expect(new Set(sizes).size).toBe(sizes.length);
  });

  it("begins no line with a mark that closes, and ends none with one that opens", () => {
    const word = fc.constantFrom(
      "给",
      "鹭岛",
      "图书馆",
      "的",
      "“",
      "”",
      "把",
      "三",
      "《",
      "》",
      "，",
    );
    fc.assert(
      fc.property(fc.array(word, { minLength: 4, maxLength: 16 }), (chosen) => {
        const { lines } = cardLines(chosen.join(""));
        expect(lines.slice(1).filter((line) => /^[”》，]/.test(line))).toEqual([]);
        expect(lines.slice(0, -1).filter((line) => /[“《]$/.test(line))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it("loses no character of a headline that fits, and ends a longer one with an ellipsis", () => {
    const character = fc.constantFrom(..."湖城报的书，。“”（）A1 ".split(""));
    fc.assert(
      fc.property(fc.array(character, { minLength: 1, maxLength: 140 }), (characters) => {
        const headline = characters.join("").replaceAll(/\s+/g, " ").trim();
        const { lines } = cardLines(headline);
        const shown = lines.join("").replaceAll(" ", "");
        const whole = headline.replaceAll(" ", "");
        if (shown.endsWith("…")) expect(whole.startsWith(shown.slice(0, -1))).toBe(true);
        else expect(shown).toBe(whole);
      }),
      { numRuns: 60 },
    );
  });
});
