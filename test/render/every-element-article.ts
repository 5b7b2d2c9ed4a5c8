import type { Article } from "../../src/domain/article.ts";
import { TECHNICAL_ARTICLE } from "./sample-articles.ts";

/** A word that no line can hold. */
const LONG_ADDRESS = `https://beian.example/${"very-long-address-without-a-blank-".repeat(5)}end.html`;

const BODY = `<p>这一篇把正文里可能出现的东西都摆出来：列表、引文、表格、程序、图片、脚注。地址写在正文里也不能把页面撑宽：<a href="${LONG_ADDRESS}">${LONG_ADDRESS}</a>，后面还有字<sup id="fnref:1"><a href="#fn:1" class="footnote" role="doc-noteref">1</a></sup>。</p>
<p>第二段紧跟着第一段<sup id="fnref:2"><a href="#fn:2" class="footnote" role="doc-noteref">2</a></sup>，按 <kbd>Ctrl</kbd> 和 <kbd>P</kbd>，输入 <code>lpr -o sides=two-sided-long-edge</code>。水是 H<sub>2</sub>O，<mark>划过的</mark>、<del>删去的</del>、<ruby>注音<rt>zhùyīn</rt></ruby>都在。</p>
<figure><img src="/sample-picture.svg" alt="湖边的清晨" width="1200" height="800"><figcaption>湖边的清晨，本报记者摄</figcaption></figure>
<h2>列表</h2>
<ul><li>第一项</li><li><p>第二项是一段话。</p><p>还有第二段。</p></li><li>第三项<ol><li>里面的一项</li><li>里面的另一项</li></ol></li></ul>
<ol start="1998"><li>一九九八年开馆。</li><li>第二年添了灯。</li></ol>
<dl><dt>铅字</dt><dd>一个一个拣出来的字。</dd></dl>
<h3>引文</h3>
<blockquote><p>书借出去，总有回不来的。</p><p>回不来也好，说明有人真想要它。</p></blockquote>
<h3>表格与程序</h3>
<table tabindex="0"><thead><tr><th>项目</th><th>价钱</th></tr></thead><tbody><tr><td>八开纸</td><td>0.12</td></tr><tr><td>墨粉</td><td>89.00</td></tr></tbody></table>
<table tabindex="0"><thead><tr><th>项目</th><th>单价（元）</th><th>每期用量</th><th>供应商</th><th>第一年合计（元）</th><th>第二年合计（元）</th><th>第三年合计（元）</th><th>备注</th></tr></thead><tbody><tr><td>八开纸</td><td>0.12</td><td>400 张</td><td>城南纸行</td><td>2,496.00</td><td>2,512.00</td><td>2,600.00</td><td>70 克，米黄</td></tr></tbody></table>
<pre tabindex="0"><code>for draft in drafts/*.md; do
  pandoc --from markdown --to html5 --template=column.html "$draft" --output "build/$(basename "$draft" .md).html"
done</code></pre>
<details><summary>展开看账目</summary><p>纸、墨和茶水。</p></details>
<p class="align-center">居中的一行</p>
<p class="align-right">靠后的一行</p>
<hr>
<div class="footnotes" role="doc-endnotes"><ol><li id="fn:1"><p>纸行周一不开门。 <a href="#fnref:1" class="reversefootnote" role="doc-backlink">↩</a></p></li><li id="fn:2"><p>钥匙在门房。 <a href="#fnref:2" class="reversefootnote" role="doc-backlink">↩</a></p></li></ol></div>`;

/** An article whose text holds every element that old engines might show otherwise, and words that no line can hold. */
export const EVERY_ELEMENT_ARTICLE: Article = {
  ...TECHNICAL_ARTICLE,
  title: "一篇什么都有的文章 列表引文表格程序图片脚注",
  image: null,
  authors: ["林知秋", "何小满"],
  source: "湖城日报",
  sourceUrl: "https://beian.example/",
  tags: [
    "排版",
    "C++",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
  ],
  body: new TextEncoder().encode(BODY),
};
