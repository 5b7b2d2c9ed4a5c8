const MOST = 2000;

/**
 * Baidu's push of links, as its document has it (https://ziyuan.baidu.com/linksubmit/index): lines of plain text to
 * `http://data.zz.baidu.com/urls?site=…&token=…`. A request for more than are left of the day is refused as a whole.
 */
export class BaiduPush {
  readonly taken: string[] = [];
  /** How many requests there were. */
  requests = 0;
  remain: number;
  readonly #site: string;
  readonly #token: string;

  constructor(site: string, token: string, quota: number) {
    this.#site = site;
    this.#token = token;
    this.remain = quota;
  }

  async answer(request: Request): Promise<Response> {
    this.requests += 1;
    const refused = (error: number, message: string): Response =>
      Response.json({ error, message }, { status: error });
    const { origin, pathname, searchParams } = new URL(request.url);
    if (origin + pathname !== "http://data.zz.baidu.com/urls") return refused(404, "not found");
    if (searchParams.get("site") !== this.#site) return refused(400, "site error");
    if (searchParams.get("token") !== this.#token) return refused(401, "token is not valid");
    const type = request.headers.get("Content-Type");
    const urls = type === "text/plain" ? (await request.text()).split("\n").filter(Boolean) : [];
    if (request.method !== "POST" || urls.length === 0) return refused(400, "empty content");
    if (urls.length > MOST) return refused(400, "only 2000 urls are allowed once");
    if (urls.length > this.remain) return refused(400, "over quota");
    const invalid = urls.filter((url) => !URL.canParse(url));
    const foreign = urls.filter(
      (url) => !invalid.includes(url) && new URL(url).origin !== this.#site,
    );
    const taken = urls.filter((url) => !invalid.includes(url) && !foreign.includes(url));
    this.taken.push(...taken);
    this.remain -= taken.length;
    return Response.json({
      remain: this.remain,
      success: taken.length,
      ...(foreign.length === 0 ? {} : { not_same_site: foreign }),
      ...(invalid.length === 0 ? {} : { not_valid: invalid }),
    });
  }
}
