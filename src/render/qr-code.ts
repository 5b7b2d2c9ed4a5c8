import { encodeQR } from "qr";
import type { Markup } from "./markup.ts";
import { markup } from "./markup.ts";

/** Light modules around the code, without which scanners do not find it (ISO/IEC 18004, 9.1). */
const QUIET_ZONE_MODULES = 4;

/**
 * A QR code as an SVG element. It is dark on white whatever the page's colours are, because scanners read no other.
 *
 * @param label describes the code to those who cannot see it
 */
export function renderQrCode(text: string, label: string): Markup {
  return markup`<svg class="qr" role="img" aria-label="${label}" ${qrCodeDrawing(text)}</svg>`;
}

/** The same code as an SVG file. */
export function qrCodeFile(text: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" ${qrCodeDrawing(text).html}</svg>\n`;
}

/** The size as attributes of the `svg` element, and then its content. */
function qrCodeDrawing(text: string): Markup {
  const rows = encodeQR(text, "raw", { ecc: "medium", border: QUIET_ZONE_MODULES });
  const size = rows.length;
  return markup`viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${rows.flatMap(darkRuns).join("")}"/>`;
}

/** Each run of dark modules in a row as a rectangle, in the syntax of SVG paths. */
function darkRuns(row: readonly boolean[], y: number): readonly string[] {
  const modules = row.map((isDark) => (isDark ? "#" : " ")).join("");
  return Array.from(
    modules.matchAll(/#+/g),
    ({ 0: run, index }) => `M${index} ${y}h${run.length}v1H${index}z`,
  );
}
