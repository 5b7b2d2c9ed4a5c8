import { describe, expect, it } from "vitest";
import { isFresh, namesTag, validatorsOf } from "../../src/http/validators.ts";

/** Sun, 06 Nov 1994 08:49:37 GMT, the example of RFC 9110. */
const CHANGED_AT = 784_111_777;
const VALIDATORS = validatorsOf("abc.rss", CHANGED_AT);

describe("isFresh with If-None-Match", () => {
  it.each([
    // RFC 9110, section 8.8.3.2: weak comparison.
    ['W/"abc.rss"', true],
    ['"abc.rss"', true],
    ['w/"abc.rss"', true],
    ['W/"abc.atom"', false],
    ['W/"abc.rss2"', false],
    // Lists, oddly spaced.
    ['"x", W/"abc.rss"', true],
    ['"x","y"  ,  "abc.rss"', true],
    ['"x,abc.rss"', false],
    ['"a,b", "abc.rss"', true],
    ["*", true],
    [" * ", true],
    // What proxies and readers make of tags.
    ["abc.rss", true],
    ["W/abc.rss", true],
    ['W/"abc.rss-gzip"', true],
    ['"abc.rss--gzip"', true],
    ['"abc.rss;gzip"', true],
    ['"abc.rss"-gzip', true],
    ['"abc.rss', true],
  ])('reads %s as naming W/"abc.rss": %s', (ifNoneMatch, fresh) => {
    expect(isFresh(ifNoneMatch, undefined, VALIDATORS)).toBe(fresh);
  });

  it("does not look at If-Modified-Since then", () => {
    const ifModifiedSince = "Sun, 06 Nov 1994 08:49:37 GMT";
    expect(isFresh('"other"', ifModifiedSince, VALIDATORS)).toBe(false);
  });

  it.each(["", "  "])("goes by the date where the header is empty: %j", (ifNoneMatch) => {
    const ifModifiedSince = "Sun, 06 Nov 1994 08:49:37 GMT";
    expect(isFresh(ifNoneMatch, ifModifiedSince, VALIDATORS)).toBe(true);
  });

  it('takes `If-None-Match: ""`, as curl sends it without a file, for a tag that is not ours', () => {
    expect(isFresh('""', undefined, VALIDATORS)).toBe(false);
  });
});

describe("isFresh with If-Modified-Since", () => {
  it.each([
    ["Sun, 06 Nov 1994 08:49:37 GMT", true],
    ["Sunday, 06-Nov-94 08:49:37 GMT", true],
    ["Sun Nov  6 08:49:37 1994", true],
    // A roll-back moves the date back: only the very moment that we sent will do.
    ["Sun, 06 Nov 1994 08:49:38 GMT", false],
    ["Sun, 06 Nov 1994 08:49:36 GMT", false],
    ["Fri, 01 Jan 2041 00:00:00 GMT", false],
    ["yesterday", false],
    ["0", false],
    ["", false],
  ])("takes %j as the moment of the last change: %s", (ifModifiedSince, fresh) => {
    expect(isFresh("", ifModifiedSince, VALIDATORS)).toBe(fresh);
  });

  it("is never fresh where the moment is not known, or nothing was asked", () => {
    const ifModifiedSince = "Sun, 06 Nov 1994 08:49:37 GMT";
    const undated = { ...VALIDATORS, lastModified: null };
    expect(isFresh("", ifModifiedSince, undated)).toBe(false);
    expect(isFresh("", undefined, VALIDATORS)).toBe(false);
  });
});

describe("namesTag", () => {
  it("does not take * for a name", () => {
    expect(namesTag("*", validatorsOf("abc").entityTag)).toBe(false);
  });
});
