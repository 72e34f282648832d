// A drawing context that writes SVG: what the pictures ask of a canvas, and no more. Pixels become images within it.
const SHIFT = { middle: 0.35, top: 0.83, bottom: -0.22, alphabetic: 0 }; // of a line of text, in its size: few programs know dominant-baseline
const ANCHORS = { left: "start", center: "middle", right: "end" };

const escapeXml = (text) => String(text).replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const round = (value) => Number(value.toFixed(2));

/** The context, of a picture of this size; `text()` gives the file. `like` is a canvas' own, which measures words. */
export function svgContext(width, height, background, like) {
  const written = [], open = [0];
  let path = [], dash = [], clips = 0;
  const point = (...values) => values.map(round).join(" ");
  const add = (tag, attributes, inside) => {
    const text = Object.entries(attributes).map(([name, value]) => ` ${name}="${escapeXml(value)}"`).join("");
    written.push(inside === undefined ? `<${tag}${text}/>` : `<${tag}${text}>${inside}</${tag}>`);
  };
  const group = (attributes) => { written.push(`<g ${attributes}>`); open[open.length - 1]++; };
  const alpha = () => (ctx.globalAlpha < 1 ? { opacity: round(ctx.globalAlpha) } : {});
  const line = () => ({
    stroke: ctx.strokeStyle, "stroke-width": round(ctx.lineWidth), "stroke-linecap": ctx.lineCap, "stroke-linejoin": ctx.lineJoin,
    ...(dash.length ? { "stroke-dasharray": dash.join(" "), "stroke-dashoffset": round(ctx.lineDashOffset) } : {}), ...alpha(),
  });
  const write = (text, x, y, paint) => {
    const [, weight, size, family] = ctx.font.match(/^(\d+) ([\d.]+)px (.*)$/);
    add("text", {
      x: round(x), y: round(y + SHIFT[ctx.textBaseline] * size), "font-size": size, "font-weight": weight, "font-family": family, "text-anchor": ANCHORS[ctx.textAlign], ...paint,
    }, escapeXml(text));
  };
  const box = (x, y, w, h) => ({ x: round(x), y: round(y), width: round(w), height: round(h) });
  const ctx = {
    isVector: true, globalAlpha: 1, fillStyle: "#000", strokeStyle: "#000", lineWidth: 1, lineCap: "butt", lineJoin: "miter", lineDashOffset: 0,
    font: "400 10px sans-serif", textAlign: "left", textBaseline: "alphabetic",
    save: () => open.push(0),
    restore: () => written.push("</g>".repeat(open.pop())),
    translate: (x, y) => group(`transform="translate(${point(x, y)})"`),
    rotate: (angle) => group(`transform="rotate(${round((180 * angle) / Math.PI)})"`),
    clip() {
      written.push(`<clipPath id="clip${++clips}"><path d="${path.join("")}"/></clipPath>`);
      group(`clip-path="url(#clip${clips})"`);
    },
    setLineDash: (pattern) => { dash = pattern; },
    beginPath: () => { path = []; },
    closePath: () => path.push("Z"),
    moveTo: (x, y) => path.push(`M${point(x, y)}`),
    lineTo: (x, y) => path.push(`L${point(x, y)}`),
    bezierCurveTo: (...ends) => path.push(`C${point(...ends)}`),
    arc: (x, y, r) => path.push(`M${point(x - r, y)}A${point(r, r)} 0 1 0 ${point(x + r, y)}A${point(r, r)} 0 1 0 ${point(x - r, y)}Z`), // whole circles alone
    rect: (x, y, w, h) => path.push(`M${point(x, y)}h${round(w)}v${round(h)}h${round(-w)}Z`),
    roundRect(x, y, w, h, r) {
      const corner = (dx, dy) => `a${point(r, r)} 0 0 1 ${point(dx, dy)}`;
      path.push(`M${point(x + r, y)}h${round(w - 2 * r)}${corner(r, r)}v${round(h - 2 * r)}${corner(-r, r)}h${round(2 * r - w)}${corner(-r, -r)}v${round(2 * r - h)}${corner(r, -r)}Z`);
    },
    fill: () => add("path", { d: path.join(""), fill: ctx.fillStyle, ...alpha() }),
    stroke: () => add("path", { d: path.join(""), fill: "none", ...line() }),
    fillRect: (x, y, w, h) => add("rect", { ...box(x, y, w, h), fill: ctx.fillStyle, ...alpha() }),
    strokeRect: (x, y, w, h) => add("rect", { ...box(x, y, w, h), fill: "none", ...line() }),
    fillText: (text, x, y) => write(text, x, y, { fill: ctx.fillStyle, ...alpha() }),
    strokeText: (text, x, y) => write(text, x, y, { fill: "none", ...line() }),
    measureText(text) { like.font = ctx.font; return like.measureText(text); },
    drawImage(image, ...place) { // (image, x, y, w, h), or with a part of the image before: the whole of it, always
      add("image", { ...box(...place.slice(-4)), preserveAspectRatio: "none", style: "image-rendering:pixelated", href: image.toDataURL(), ...alpha() });
    },
    text: () => `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><rect width="100%" height="100%" fill="${background}"/>${written.join("\n")}</svg>\n`,
  };
  return ctx;
}
