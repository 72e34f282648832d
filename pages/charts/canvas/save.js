// A picture as a file: PNG, twice as fine as the page, or SVG; its caption above it, on the page's background.
import { drawText } from "./shapes.js";
import { svgContext } from "./svg.js";

const SCALE = 2, EDGE = 12;

/** Offer a file; `paint(ctx, view)` paints a picture of this size, and `view` is what it is painted from. */
export function savePicture({ format, filename, caption, width, height, view, paint }) {
  const head = 2.4 * view.sizes.text, wide = width + 2 * EDGE, high = height + head + EDGE, { background } = view.palette;
  const canvas = Object.assign(document.createElement("canvas"), { width: SCALE * wide, height: SCALE * high }), pixels = canvas.getContext("2d");
  const ctx = format === "svg" ? svgContext(wide, high, background, pixels) : pixels;
  if (ctx === pixels) {
    ctx.scale(SCALE, SCALE);
    ctx.fillStyle = background;
    ctx.fillRect(0, 0, wide, high);
  }
  drawText(ctx, view, caption, EDGE, head / 2, { size: view.sizes.text + 2, weight: 600, align: "left" });
  ctx.save();
  ctx.translate(EDGE, head);
  paint(ctx, { ...view, density: SCALE, flowing: false });
  ctx.restore();
  if (format === "svg") offer(new Blob([ctx.text()], { type: "image/svg+xml" }), `${filename}.svg`);
  else canvas.toBlob((file) => offer(file, `${filename}.png`));
}

function offer(file, name) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(file), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // the browser reads it when it saves it
}
