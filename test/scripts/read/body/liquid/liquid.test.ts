import { describe, expect, it } from "vitest";
import { renderLiquid } from "../../../../../scripts/read/body/liquid/liquid.ts";

const VALUES = {
  siteUrl: "https://paper.example",
  baseUrl: "https://paper.example/a/2022/01/10/b.html",
  title: "题目",
};

function liquid(source: string) {
  const { text, problems } = renderLiquid(source, VALUES);
  return { text, kinds: problems.map(({ kind }) => kind) };
}

describe("renderLiquid", () => {
  it.each([
    ["没有模板 { % }", "没有模板 { % }"],
    ["{% raw %}{{ x }}{% y %}{% endraw %}", "{{ x }}{% y %}"],
    ["a{%- comment -%}b{% z %}{%- endcomment -%}c", "ac"],
    ["{{ site.url }}{{ site.baseurl }}/x", "https://paper.example/x"],
    ['{{ "/img/a.png" | relative_url }}', "/img/a.png"],
    ["{{ 'img/a.png' | prepend: '/x/' | absolute_url }}", "https://paper.example/x/img/a.png"],
    ["{{ '<a> & b' | escape }}", "&lt;a&gt; &amp; b"],
    ["{{ page.title }} {{ page.url }}", "题目 /a/2022/01/10/b.html"],
    ["{% post_url 2020-1-02-the-name %}", "/2020/01/02/the-name.html"],
    ["{% link _posts/2020-01-02-a.md %}", "/2020/01/02/a.html"],
    ["{% link files/a b.pdf %}", "/files/a%20b.pdf"],
    [
      "{% highlight c++ linenos %}\na<b\n  c\n{% endhighlight %}",
      '<pre><code class="language-c++">a&lt;b&#10;  c</code></pre>',
    ],
  ])("carries out %j", (source, text) => {
    expect(liquid(source)).toEqual({ text, kinds: [] });
  });

  it.each([
    ["{{ site.secret }}。", "。"],
    ["{% include figure.html src='a' %}。", "。"],
    ["{% if x %}甲{% else %}乙{% endif %}", "甲乙"],
    ['{{< figure src="a.png" >}}。{{% notice %}}丙{{% /notice %}}', "。丙"],
    ["{% highlight js %}没有结束", "没有结束"],
  ])("leaves %j out and says so", (source, text) => {
    const { text: rendered, kinds } = liquid(source);
    expect(rendered).toBe(text);
    expect(new Set(kinds)).toEqual(new Set(["unsupported"]));
  });

  it.each(["{{ 原样 }}", "{% 不是标签。", "涨幅 {{", "{% 百分号 %}"])(
    "keeps %j as text and says so",
    (source) => {
      const { text, kinds } = liquid(source);
      expect(text).toBe(source);
      expect(kinds).toContain("malformed");
    },
  );

  it.each(["`{{ x }}`", "```\n{{ x }}\n```", "甲\n\n    {{ x }}\n\n乙", "<pre>{{ x }}</pre>"])(
    "keeps templates in the code %j and says so",
    (source) => {
      expect(liquid(source)).toEqual({ text: source, kinds: ["in-code"] });
    },
  );

  it("says where a template is", () => {
    expect(renderLiquid("甲\n{{ x }}", VALUES).problems).toEqual([
      { kind: "unsupported", mark: "{{ x }}", index: 2 },
    ]);
  });
});
