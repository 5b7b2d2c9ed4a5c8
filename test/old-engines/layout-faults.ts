/**
 * What is wrong with a page as it is laid out, as an expression for the page itself: old engines must understand it, so it
 * is a text and not a function. Its value is a list of sentences, empty where all is well.
 */
export const LAYOUT_FAULTS = String.raw`(function () {
  var faults = [];
  var all = function (selector) { return Array.from(document.querySelectorAll(selector)); };
  var box = function (element) { return element.getBoundingClientRect(); };
  var name = function (element) {
    return element.tagName.toLowerCase() + " “" + element.textContent.trim().slice(0, 20) + "”";
  };
  var isShown = function (element) { return element.getClientRects().length > 0; };
  var pixels = function (element, property) { return parseFloat(getComputedStyle(element)[property]); };
  var isRightToLeft = document.documentElement.dir === "rtl";

  var root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) {
    faults.push("scrolls sideways: " + root.scrollWidth + " pixels on " + root.clientWidth);
  }
  all("body *").forEach(function (element) {
    if (element.closest("pre, table, .skip, svg, details:not([open])") || !isShown(element)) return;
    var edges = box(element);
    if (edges.right > root.clientWidth + 1 || edges.left < -1) faults.push("out of the page: " + name(element));
  });

  all(".body p").forEach(function (paragraph) {
    var next = paragraph.nextElementSibling;
    if (next === null || next.tagName !== "P" || paragraph.parentElement.tagName === "LI" || !isShown(next)) return;
    if (box(next).top - box(paragraph).bottom <= pixels(paragraph, "fontSize") / 2) {
      faults.push("no space behind the paragraph " + name(paragraph));
    }
  });
  all(".body > ul, .body > ol, .body > table, .body > pre, .body > figure, .body > blockquote").forEach(function (block) {
    var previous = block.previousElementSibling;
    if (previous !== null && box(block).top - box(previous).bottom <= 4) faults.push("no space before " + name(block));
  });

  // Gaps are padding, which belongs to the items.
  var inside = function (element) {
    var edges = box(element);
    return {
      top: edges.top,
      bottom: edges.bottom,
      left: edges.left + pixels(element, "paddingLeft"),
      right: edges.right - pixels(element, "paddingRight"),
    };
  };
  all(".row").filter(isShown).forEach(function (row) {
    var items = Array.from(row.children).filter(isShown).map(inside).sort(function (a, b) { return a.left - b.left; });
    items.forEach(function (item, index) {
      items.slice(index + 1).forEach(function (other) {
        var isBeside = item.top < other.bottom && other.top < item.bottom;
        if (isBeside && other.left - item.right < 4) faults.push("items run together: " + name(row));
      });
    });
  });

  // What is there in the markup is there to be seen; links that only lead elsewhere are not printed.
  var isPrinted = matchMedia("print").matches;
  all("main *, header *, footer *").forEach(function (element) {
    if (element.closest(".address, details:not([open])") || (isPrinted && element.closest(".row:not(.meta), nav"))) return;
    if (/^(wbr|br|source|path|rp|script|style)$/i.test(element.tagName)) return;
    var edges = box(element);
    if (edges.width === 0 || edges.height === 0) faults.push("not to be seen: " + name(element));
  });

  all(".body ul, .body ol").forEach(function (list) {
    var side = isRightToLeft ? "paddingRight" : "paddingLeft";
    if (pixels(list, side) < 16) faults.push("no place for the marks of " + name(list));
  });
  all(".body blockquote").forEach(function (quote) {
    var side = isRightToLeft ? "Right" : "Left";
    var isLined = pixels(quote, "border" + side + "Width") >= 2 && pixels(quote, "padding" + side) >= 12;
    if (!isLined && pixels(quote, "margin" + side) < 24) {
      faults.push("a quotation that looks like any text: " + name(quote));
    }
  });
  all("th, td, pre").forEach(function (cell) {
    if (pixels(cell, "borderTopWidth") < 1) faults.push("no line around " + name(cell));
  });
  all("code, pre, kbd").forEach(function (code) {
    if (pixels(code, "fontSize") < 13) faults.push("code of " + pixels(code, "fontSize") + " pixels: " + name(code));
  });
  all("table").forEach(function (table) {
    var isNarrow = table.rows[0].cells.length < 7;
    if (isPrinted && isNarrow && pixels(table.rows[0].cells[0], "fontSize") < 16) {
      faults.push("a table that shrinks though it fits: " + name(table));
    }
  });
  all("sup a, .footnotes [href^='#']").forEach(function (link) {
    var edges = box(link);
    if (edges.width < 24 || edges.height < 24) {
      faults.push("a footnote's link of " + edges.width + " by " + edges.height + " pixels");
    }
  });
  all(".qr").forEach(function (code) {
    if (box(code).width < 120 || box(code).height < 120) faults.push("a QR code too small to scan");
  });
  all(".chips a").forEach(function (chip) {
    if (pixels(chip, "borderTopWidth") < 1 || (isShown(chip) && box(chip).height < 44)) {
      faults.push("not to be seen as a button: " + name(chip));
    }
  });
  return Array.from(new Set(faults));
})()`;
