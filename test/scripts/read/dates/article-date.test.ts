import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatRfc3339 } from "../../../../src/domain/moment.ts";
import { readArticleDate } from "../../../../scripts/read/dates/article-date.ts";

function read(text: string, timeZone = "Asia/Shanghai"): string {
  const result = readArticleDate(text, timeZone);
  return result.ok ? formatRfc3339(result.value.moment) : result.failure.reason;
}

describe("readArticleDate", () => {
  it.each([
    ["2022-01-10 07:35:33 +0800", "2022-01-10T07:35:33+08:00"],
    ["2022-01-10 07:35:33 -0330", "2022-01-10T07:35:33-03:30"],
    ["2022-01-10 07:35:33+01:00", "2022-01-10T07:35:33+01:00"],
    ["2022-01-10 07:35:33 -5", "2022-01-10T07:35:33-05:00"],
    ["2016-03-23 9:00:00 -4", "2016-03-23T09:00:00-04:00"],
    ["2022-01-10 07:35 +08:00", "2022-01-10T07:35:00+08:00"],
    ["2013-05-01 01:42:07.000000000 -04:00", "2013-05-01T01:42:07-04:00"],
    ["2022-01-10T07:35:33Z", "2022-01-10T07:35:33+00:00"],
    ["2016-11-02T05:08:43.280Z", "2016-11-02T05:08:43+00:00"],
    ["2018-11-06T12:02:42-05:00", "2018-11-06T12:02:42-05:00"],
    ["2022-01-10 07:35:33 UTC", "2022-01-10T07:35:33+00:00"],
    ["2022-01-10 07:35:33 GMT+8", "2022-01-10T07:35:33+08:00"],
    ["2022-01-10 07:35:33 +0800 (CST)", "2022-01-10T07:35:33+08:00"],
    ["20220110T073533Z", "2022-01-10T07:35:33+00:00"],
    ["Mon, 10 Jan 2022 07:35:33 +0800", "2022-01-10T07:35:33+08:00"],
    ["Fri Sep  3 10:00:00 CEST 2021", "2021-09-03T10:00:00+02:00"],
    ["Sep 5, 2018 10:00 am EST", "2018-09-05T10:00:00-05:00"],
    // One real header each.
    ["2020-01-05 00:10::00 -03:00", "2020-01-05T00:10:00-03:00"],
    ["2023-01-29 18:30:22 2023 -0800", "2023-01-29T18:30:22-08:00"],
  ])("keeps the zone of %j", (text, moment) => {
    expect(read(text)).toBe(moment);
  });

  it.each([
    ["2022-01-10 07:35:33", "2022-01-10T07:35:33+08:00"],
    ["2022-01-10T07:35", "2022-01-10T07:35:00+08:00"],
    ["2022/1/10 7:35", "2022-01-10T07:35:00+08:00"],
    ["2022-01-10 7:35 PM", "2022-01-10T19:35:00+08:00"],
    ["2022-01-10 12:05 am", "2022-01-10T00:05:00+08:00"],
    ["2022-01-10 24:00:00", "2022-01-11T00:00:00+08:00"],
    ["2022年1月10日 上午7时35分", "2022-01-10T07:35:00+08:00"],
    ["2022年1月10日 下午3：05", "2022-01-10T15:05:00+08:00"],
    ["2022-01-10 星期一 07:35", "2022-01-10T07:35:00+08:00"],
    ["1988-07-01 12:00", "1988-07-01T12:00:00+09:00"],
  ])("reads %j by the site's clock", (text, moment) => {
    expect(read(text)).toBe(moment);
  });

  it.each([
    ["2015-02-11", "2015-02-11T00:00:00+08:00"],
    ["2015-2-1", "2015-02-01T00:00:00+08:00"],
    ["20150211", "2015-02-11T00:00:00+08:00"],
    ["2015.02.11", "2015-02-11T00:00:00+08:00"],
    ["2015年2月11日", "2015-02-11T00:00:00+08:00"],
    ["11-9-2017", "2017-09-11T00:00:00+08:00"],
    ["November 21st, 2024", "2024-11-21T00:00:00+08:00"],
    ["January 5 2023", "2023-01-05T00:00:00+08:00"],
    ["March 2nd 2023", "2023-03-02T00:00:00+08:00"],
    ["18 Dec 2014", "2014-12-18T00:00:00+08:00"],
  ])("begins the day of %j at midnight", (text, moment) => {
    expect(read(text)).toBe(moment);
  });

  it.each([
    ["Mon Jan 10 07:35:33 CST 2022", "Asia/Shanghai", "2022-01-10T07:35:33+08:00"],
    ["Mon Jan 10 07:35:33 CST 2022", "America/Chicago", "2022-01-10T07:35:33-06:00"],
  ])("takes the CST of %j in %s for the site's", (text, timeZone, moment) => {
    expect(read(text, timeZone)).toBe(moment);
  });

  it.each(["", "+0800", "昨天", "yesterday", "1641771333", "22-01-10", "{{ page.date }}"])(
    "finds no date in %j",
    (text) => {
      expect(read(text)).toBe("no-date");
    },
  );

  it.each(["2022-02-30", "2022-13-01", "2022-01-10 25:00", "2022-01-10 07:60", "2022-01-10 24:01"])(
    "refuses %j, which no clock shows",
    (text) => {
      expect(read(text)).toBe("no-such-time");
    },
  );

  it.each([
    ["2020-05-01 16:30-:00+16:30", "2020-05-01T16:30:00+08:00", `"-:00+16:30" was left aside`],
    ["2020-05-01 16:30 +2500", "2020-05-01T16:30:00+08:00", `"+2500" was left aside`],
    ["2020-05-01 early", "2020-05-01T00:00:00+08:00", `"early" was left aside`],
  ])("says what it left aside of %j", (text, moment, doubt) => {
    const result = readArticleDate(text, "Asia/Shanghai");
    expect(result.ok && [formatRfc3339(result.value.moment), result.value.doubt]).toEqual([
      moment,
      doubt,
    ]);
  });

  it("reads the usual shape as it reads all others", () => {
    const two = (least: number, most: number): fc.Arbitrary<string> =>
      fc.integer({ min: least, max: most }).map((number) => String(number).padStart(2, "0"));
    const parts = fc.tuple(two(0, 13), two(0, 32), two(0, 25), two(0, 61), two(0, 61));
    const zones = fc.tuple(fc.constantFrom("+", "-"), two(0, 16), two(0, 61));
    fc.assert(
      fc.property(fc.integer({ min: 1000, max: 3000 }), parts, zones, (year, part, zone) => {
        const [month, day, hour, minute, second] = part;
        const text = (mark: string): string =>
          `${[year, month, day].join(mark)} ${[hour, minute, second].join(":")} ${zone.join("")}`;
        expect(readArticleDate(text("-"), "Asia/Shanghai")).toEqual(
          readArticleDate(text("/"), "Asia/Shanghai"),
        );
      }),
    );
  });
});
