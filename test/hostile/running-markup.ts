/*
 * Markup that runs a script in a browser, each in its own way: `ran()` is called without a click, or when the element is
 * clicked, pointed at or focused.
 */

/** Elements that load something which does not exist, or that fire an event as soon as they are there. */
const BY_THEMSELVES = [
  "<img src=x onerror=ran()>",
  "<img src=x:x onerror='ran()' alt=x>",
  "<img/src=x/onerror=ran()>",
  "<img src=x oneRRor=ran()>",
  '<img src="x" onerror="&#114;an()">',
  "<img src=x onerror=\nran()>",
  "<img src=x\fonerror=ran()>",
  "<svg onload=ran()>",
  "<svg><animate onbegin=ran() attributeName=x dur=1s>",
  "<svg><set onbegin=ran() attributeName=x>",
  "<svg><image href=x onerror=ran()></image></svg>",
  "<svg><script>ran()</script></svg>",
  "<svg><style><img src=x onerror=ran()></style></svg>",
  "<math><mi><img src=x onerror=ran()></mi></math>",
  "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=x onerror=ran()&gt;'>",
  "<details open ontoggle=ran()>x</details>",
  "<video><source onerror=ran()></video>",
  "<video src=x onerror=ran()></video>",
  "<audio src=x onerror=ran()></audio>",
  "<iframe srcdoc='<script>parent.ran()</script>'></iframe>",
  "<iframe src='javascript:parent.ran()'></iframe>",
  "<iframe onload=ran()></iframe>",
  "<object data='javascript:ran()'></object>",
  "<object data=x onerror=ran()></object>",
  "<embed src='javascript:ran()'>",
  "<input autofocus onfocus=ran()>",
  "<a href=x autofocus onfocus=ran()>x</a>",
  "<div style='animation:x 1s' onanimationstart=ran()>x</div>",
  "<p style='width:expression(ran())'>x</p>",
  "<noscript><p title='</noscript><img src=x onerror=ran()>'></noscript>",
  "<textarea><img title='</textarea><img src=x onerror=ran()>'></textarea>",
  "<title><img title='</title><img src=x onerror=ran()>'></title>",
  "<style><img title='</style><img src=x onerror=ran()>'></style>",
  "<xmp><p title='</xmp><img src=x onerror=ran()>'></xmp>",
  "<template><img src=x onerror=ran()></template><img src=x onerror=ran()>",
  "<script>ran()</script>",
  "<script src='data:text/javascript,ran()'></script>",
  "<scr<script>ipt>ran()</scr</script>ipt>",
  "<<img src=x onerror=ran()>",
  "<!--><img src=x onerror=ran()>-->",
  "<!-- --!><img src=x onerror=ran()> -->",
  "<![CDATA[<img src=x onerror=ran()>]]>",
  "<?xml <img src=x onerror=ran()> ?>",
  "`<img src=x onerror=ran()>",
  "| a |\n|---|\n| <img src=x onerror=ran()> |",
  '![x](x"onerror=ran()//)',
  '![x](x){: onerror="ran()"}',
  "<img src=x onerror=ran()>{: .a}",
  "<div markdown=1 onmouseover=ran()>\n<img src=x onerror=ran()>\n</div>",
  "{{ '<img src=x onerror=ran()>' }}",
  "{% raw %}<img src=x onerror=ran()>{% endraw %}",
  "{::nomarkdown}<img src=x onerror=ran()>{:/}",
  "<meta http-equiv=refresh content='0;url=javascript:ran()'>",
  "<link rel=stylesheet href=x onerror=ran()>",
  "<body onload=ran()>",
  "<marquee onstart=ran()>x</marquee>",
  "<form><button formaction='javascript:ran()'>x</button></form>",
] as const;

/** Elements that wait for a reader's click, pointer or focus. */
const WHEN_TOUCHED = [
  "<a href='javascript:ran()'>x</a>",
  "<a href='JaVaScRiPt:ran()'>x</a>",
  "<a href=' javascript:ran()'>x</a>",
  "<a href='java\nscript:ran()'>x</a>",
  "<a href='java&#9;script:ran()'>x</a>",
  "<a href='&#1;javascript:ran()'>x</a>",
  "<a href='javascript&colon;ran()'>x</a>",
  "[x](javascript:ran())",
  "[x](<java\tscript:ran()>)",
  "[x][y]\n\n[y]: javascript:ran()",
  "[x](javascript&#58;ran())",
  "<javascript:ran()>",
  "<svg><a xlink:href='javascript:ran()'><text y=20>x</text></a></svg>",
  "<math href='javascript:ran()'>x</math>",
  "<p onclick=ran()>x</p>",
  "<p onmouseover=ran()>x</p>",
  "<p onpointerenter=ran()>x</p>",
  "<p tabindex=0 onfocus=ran()>x</p>",
  "<p contenteditable onbeforeinput=ran() onclick=ran()>x</p>",
  '*x*{: onclick="ran()"}',
  "<area href='javascript:ran()'>",
  "<form action='javascript:ran()'><button>x</button></form>",
  "<details ontoggle=ran()><summary>x</summary>y</details>",
] as const;

/** All of it, as bodies of articles. */
export const RUNNING_MARKUP: readonly string[] = [...BY_THEMSELVES, ...WHEN_TOUCHED];

const SVG = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"';

/** Pictures and documents that run a script when they are opened by themselves. */
export const RUNNING_FILES: Readonly<Record<string, string>> = {
  "script.svg": `<svg ${SVG} width="40" height="40"><script>ran()</script><rect width="9" height="9"/></svg>`,
  "onload.svg": `<svg ${SVG} width="40" height="40" onload="ran()"></svg>`,
  "html.svg": `<svg ${SVG} width="40" height="40"><foreignObject width="40" height="40"><img xmlns="http://www.w3.org/1999/xhtml" src="x" onerror="ran()"/></foreignObject></svg>`,
  "begin.svg": `<svg ${SVG} width="40" height="40"><animate onbegin="ran()" attributeName="x" dur="1s"/></svg>`,
  "page.html": "<!doctype html><title>x</title><script>ran()</script>",
  "page.xhtml": '<html xmlns="http://www.w3.org/1999/xhtml"><script>ran()</script></html>',
  "text.csv": "<script>ran()</script>",
  "picture.png": "<!doctype html><script>ran()</script>",
};
