import { describe, expect, it } from "vitest";
import type { LiquidValues } from "../../../../../scripts/read/body/liquid/liquid.ts";
import { renderLiquid } from "../../../../../scripts/read/body/liquid/liquid.ts";

const VALUES = {
  format: "markdown",
  siteUrl: "https://paper.example",
  baseUrl: "https://paper.example/a/2022/01/10/b.html",
  title: "题目",
  findArticle: () => null,
  ignore: () => undefined,
} as const;

function liquid(source: string, format: LiquidValues["format"] = "markdown") {
  const { text, problems } = renderLiquid(source, { ...VALUES, format });
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
    ["{{% notice %}}丙{{% /notice %}}{{< toc >}}", "丙"],
    ["{% picture page.image.feature %}{% include figure image_path=page.image %}", ""],
    ["{% endfigure %}{% else %}", ""],
    ["{% highlight js %}没有结束", "没有结束"],
  ])("leaves %j out and says so", (source, text) => {
    const { text: rendered, kinds } = liquid(source);
    expect(rendered).toBe(text);
    expect(new Set(kinds)).toEqual(new Set(["unsupported"]));
  });

  it.each([
    ['{{< figure src="a.png" >}}', '<figure><img src="a.png" alt=""></figure>'],
    ["甲{% image 'img/a.png' '一<只>猫' %}乙", '甲<img src="/img/a.png" alt="一&lt;只&gt;猫">乙'],
    [
      '{{< figure src="/a.png" title="题" caption="**甲**" link="https://b.example" width=300 >}}',
      '<figure><a href="https://b.example"><img src="/a.png" alt="题 甲"></a><figcaption markdown="span">题 **甲**</figcaption></figure>',
    ],
    [
      '{% include figure image_path="/a.png" alt="甲" caption="say \\"hi\\"" %}',
      '<figure><img src="/a.png" alt="甲"><figcaption markdown="span">say "hi"</figcaption></figure>',
    ],
    [
      '{% include_cached image.html url="./a.png" %}',
      '<figure><img src="./a.png" alt=""></figure>',
    ],
    [
      '{% include figure.liquid path="assets/img/9.jpg" %}',
      '<figure><img src="/assets/img/9.jpg" alt=""></figure>',
    ],
    [
      '{% figure caption:"甲" %}\n![](a.png)\n{% endfigure %}',
      '<figure markdown="1">\n![](a.png)\n<figcaption markdown="span">甲</figcaption>\n</figure>',
    ],
  ])("shows the picture of %j", (source, text) => {
    expect(liquid(source)).toEqual({ text, kinds: [] });
  });

  it.each([
    ["{% youtube cleK43E6M6o %}", "https://www.youtube.com/watch?v=cleK43E6M6o"],
    [
      '{{< youtube id="cleK43E6M6o" autoplay="true" >}}',
      "https://www.youtube.com/watch?v=cleK43E6M6o",
    ],
    [
      "{% include embed/youtube.html id='cleK43E6M6o' %}",
      "https://www.youtube.com/watch?v=cleK43E6M6o",
    ],
    [
      "{% youtube https://www.youtube.com/embed/cleK43E6M6o %}",
      "https://www.youtube.com/watch?v=cleK43E6M6o",
    ],
    [
      '{% include video id="cleK43E6M6o?t=1" provider="youtube" %}',
      "https://www.youtube.com/watch?v=cleK43E6M6o",
    ],
    ["{{< bilibili BV1xx411c7mD >}}", "https://www.bilibili.com/video/BV1xx411c7mD"],
    ["{% vimeo 22439234 %}", "https://vimeo.com/22439234"],
    ["{{< tweet 987286302721806337 >}}", "https://twitter.com/i/status/987286302721806337"],
    ["{% gist 1234/5678 %}", "https://gist.github.com/1234/5678"],
    ["{{< gist spf13 7896402 >}}", "https://gist.github.com/spf13/7896402"],
  ])("links to what %j shows", (source, page) => {
    expect(liquid(source)).toEqual({ text: `<p><a href="${page}">${page}</a></p>`, kinds: [] });
    expect(liquid(`甲${source}`).text).toBe(`甲<a href="${page}">${page}</a>`);
  });

  it.each([
    ['{{< video src="a.mp4" >}}', '<video src="a.mp4"></video>'],
    ['{% include audio.html src="media/a.mp3" %}', '<audio src="/media/a.mp3"></audio>'],
    ['[甲]({{< ref "/posts/b.md#c" >}})', "[甲](/posts/b.md#c)"],
    [
      "{{< highlight go >}}\na<b\n{{< /highlight >}}",
      '<pre><code class="language-go">a&lt;b</code></pre>',
    ],
    ["{{</* figure src=1 */>}}", "{{&lt; figure src=1 &gt;}}"],
    ["`{{%/* notice */%}}`", "`{{% notice %}}`"],
  ])("carries out Hugo's %j", (source, text) => {
    expect(liquid(source)).toEqual({ text, kinds: [] });
  });

  it("counts what it leaves out by name, and says nothing of the ends of pairs", () => {
    const source =
      "{% include toc.html x=1 %}{% include {{ page.part }} %}{% notice %}甲{% endnotice %}{{ site.data.team.first | size }}{{% tab name=a %}}乙{{% /tab %}}{% if x %}{% else %}{% endif %}";
    expect(renderLiquid(source, VALUES).problems.map(({ name }) => name)).toEqual([
      "{% include toc.html %}",
      "{% include … %}",
      "{% notice %}",
      "{{ site.data.team }}",
      "{{< tab >}}",
      "{% if %}",
    ]);
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
      { kind: "unsupported", mark: "{{ x }}", name: "{{ x }}", index: 2 },
    ]);
  });

  it.each([
    ["甲{% for team in site.data.teams %}- {{ team.name }}{% endfor %}乙", "甲乙", ["loop"]],
    [
      "{%- for a in site.tags -%}{% for b in a[1] %}{% if b %}x{% endif %}{% endfor %}y{%- endfor -%}乙",
      "乙",
      ["loop"],
    ],
    ["{% tablerow a in site.members cols:2 %}{{ a }}{% endtablerow %}", "", ["loop"]],
    ["{% if x %}甲{% endif %}", "甲", ["unsupported"]],
    // Nothing says where these end.
    ["{% for a in site.posts %}甲", "甲", ["unsupported"]],
    ["甲{% endfor %}", "甲", ["unsupported"]],
    ["{% for a in b %}{% tablerow c in d %}甲{% endfor %}", "甲", ["unsupported", "unsupported"]],
    [
      "`{% for a in b %}`甲`{% endfor %}`",
      "`{% for a in b %}`甲`{% endfor %}`",
      ["in-code", "in-code"],
    ],
  ])("shows of %j, whose lists nobody knows, %j", (source, text, kinds) => {
    expect(liquid(source)).toEqual({ text, kinds });
  });

  it.each([
    ["<ul>\n\n    {{ x }}\n</ul>\n", "html"],
    ["<p>`{{ x }}` ```</p>", "html"],
    ["<div class='a'>\n  <div>\n\n    {{ x }}\n  </div>\n</div>", "markdown"],
    ["<section>\n\n\t{{ x }}\n\n</section>", "markdown"],
  ] as const)("takes nothing in %j, which is %s, for code", (source, format) => {
    expect(liquid(source, format)).toEqual({
      text: source.replace("{{ x }}", ""),
      kinds: ["unsupported"],
    });
  });

  it.each([
    ["<pre>\n\n{{ x }}</pre>", "html"],
    ["<div>甲</div>\n\n    {{ x }}\n", "markdown"],
    ["<div>\n\n    {{ x }}\n", "markdown"],
    ["a <div> b\n\n    {{ x }}\n\n</div>", "markdown"],
  ] as const)("takes what is in %j, which is %s, for code", (source, format) => {
    expect(liquid(source, format)).toEqual({ text: source, kinds: ["in-code"] });
  });
});
