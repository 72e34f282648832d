// The marks of a row, the same in every picture: a class has a shape and a colour, a held-out row is hollow, a wrong one
// is crossed, a question is a question mark; and words on pills.
import { SHAPES } from "./palettes.js";
import { classColor, inkOn, signColor } from "./colors.js";

const MOST_NUMBERED = 12, TURN = 2 * Math.PI;

/** Half the width of a row's mark; of few rows it has room for the row's number. */
export const markRadius = ({ rows }, { sizes }) => (rows <= MOST_NUMBERED ? 0.72 * sizes.small_text : (rows <= 250 && !sizes.projector ? 0.38 : 0.3) * sizes.small_text);

/**
 * The colour of a row: its class's. Where targets are numbers, on a plane the target's sign and size, to be held against
 * the plane's; elsewhere its own, as its line over the epochs has it, or of many rows one for all.
 */
export function rowColor(view, row) {
  const { scene, palette, sizes } = view, k = view.target ?? 0, target = scene.target(row, k);
  if (scene.isQuestion.has(row)) return palette.text;
  if (scene.middles) return classColor(palette, rowShape(view, row));
  if (view.answer === "plane") return signColor(palette, target / targetScale(scene, k));
  return classColor(palette, scene.targets.length > 1 ? k : scene.rows <= sizes.most_named ? row : 0);
}

/** The largest target of a column, plus or minus: what colours of numbers are measured by. */
export const targetScale = (scene, k) => Math.max(Math.abs(scene.low[k]), Math.abs(scene.high[k])) || 1;

/** The shape of a row's class, by number; all alike where there are no classes. */
export function rowShape({ scene, target }, row) {
  if (scene.row_classes) return scene.row_classes[row] ?? 0;
  return scene.middles && !scene.isQuestion.has(row) ? Number(scene.target(row, target ?? 0) > scene.middles[target ?? 0]) : 0;
}

/** The outline of a shape round a point, of about the area of a circle of this radius. */
export function traceShape(ctx, shape, x, y, radius) {
  const name = SHAPES[shape % SHAPES.length], corners = { square: 4, diamond: 4, "triangle-up": 3, pentagon: 5, star: 10 }[name];
  ctx.beginPath();
  if (!corners) ctx.arc(x, y, radius, 0, TURN);
  else {
    const size = radius * { square: 1.28, diamond: 1.3, "triangle-up": 1.4, pentagon: 1.15, star: 1.45 }[name], from = name === "square" ? TURN / 8 : -TURN / 4;
    for (let k = 0; k < corners; k++) {
      const far = name === "star" && k % 2 ? 0.5 * size : size, angle = from + (k * TURN) / corners;
      ctx[k ? "lineTo" : "moveTo"](x + far * Math.cos(angle), y + far * Math.sin(angle) + (name === "triangle-up" ? 0.15 * radius : 0));
    }
    ctx.closePath();
  }
}

/** A cross through a point: what is wrong has it, in a colour and with a rim of background. */
export function drawCross(ctx, palette, x, y, reach, width) {
  for (const [color, stroke] of [[palette.background, width + 3], [palette.wrong, width]]) {
    ctx.beginPath();
    for (const side of [1, -1]) { ctx.moveTo(x - reach, y - side * reach); ctx.lineTo(x + reach, y + side * reach); }
    Object.assign(ctx, { strokeStyle: color, lineWidth: stroke, lineCap: "round" });
    ctx.stroke();
  }
}

/** The mark of a row: `wrong` crosses it, `chosen` rings it, `pointed` rings it wider, `faint` leaves it behind. */
export function drawRow(ctx, view, row, x, y, { wrong = false, chosen = false, pointed = false, faint = false } = {}) {
  const { palette, sizes, scene } = view, shape = rowShape(view, row), radius = markRadius(scene, view) * (faint ? 0.6 : 1);
  ctx.globalAlpha = faint ? 0.4 : 1;
  if (scene.rows <= MOST_NUMBERED && !faint) drawNumberedMark(ctx, view, row, x, y, shape, radius, wrong);
  else if (ctx.isVector) drawMark(ctx, view, x, y, shape, radius, rowColor(view, row), scene.isHeldOut.has(row) || scene.isQuestion.has(row), wrong && !faint);
  else drawStamp(ctx, view, row, x, y, shape, radius, wrong && !faint);
  if (scene.isQuestion.has(row) && scene.rows > MOST_NUMBERED) drawText(ctx, view, "?", x, y + 0.5, { size: numberSize(sizes), weight: 700 });
  for (const [isSo, gap, width] of [[chosen, 4, 0.5], [pointed, 7, 1.5]]) {
    if (!isSo) continue;
    traceShape(ctx, shape, x, y, radius + gap);
    Object.assign(ctx, { strokeStyle: palette.text, lineWidth: sizes.thin_line + width });
    ctx.stroke();
  }
  ctx.globalAlpha = 1;
}

const numberSize = ({ small_text: size, projector }) => (projector ? size : 0.85 * size);

function drawNumberedMark(ctx, view, row, x, y, shape, radius, wrong) {
  const { palette, sizes, scene } = view, question = scene.isQuestion.has(row), hollow = scene.isHeldOut.has(row) || question;
  drawMark(ctx, view, x, y, shape, radius, rowColor(view, row), hollow, wrong);
  const color = hollow ? palette.text : inkOn(palette, rowColor(view, row));
  drawText(ctx, view, question ? "?" : String(row + 1), x, y + 0.5, { size: numberSize(sizes), weight: 700, color });
}

/** A mark: crossed where wrong, with a rim that parts it from what lies below, hollow or filled. */
function drawMark(ctx, { palette, sizes, scene, answer }, x, y, shape, radius, color, hollow, wrong) {
  if (wrong) drawCross(ctx, palette, x, y, 0.95 * radius + 0.28 * sizes.small_text, sizes.thin_line + 1);
  traceShape(ctx, shape, x, y, radius);
  const alike = answer === "plane" && !scene.middles; // the marks have the plane's own colours
  Object.assign(ctx, { lineJoin: "round", lineWidth: alike ? Math.max(2.5, sizes.projector && sizes.thin_line) : 3.5, strokeStyle: alike ? palette.text : palette.background, fillStyle: hollow ? palette.background : color });
  ctx.stroke();
  ctx.fill();
  if (!hollow) return;
  Object.assign(ctx, { strokeStyle: color, lineWidth: sizes.thin_line + 0.5 });
  ctx.stroke();
}

/** One of many marks, from a small picture that is painted once for all that look alike. */
function drawStamp(ctx, view, row, x, y, shape, radius, wrong) {
  const { scene, palette, density, stamps, answer } = view, color = rowColor(view, row), hollow = scene.isHeldOut.has(row) || scene.isQuestion.has(row);
  const key = `${shape} ${color} ${hollow} ${wrong} ${radius} ${palette.background} ${density} ${answer}`;
  if (!stamps.has(key)) {
    const half = Math.ceil(2 * radius + 8), canvas = Object.assign(document.createElement("canvas"), { width: 2 * half * density, height: 2 * half * density });
    const paint = canvas.getContext("2d");
    paint.scale(density, density);
    drawMark(paint, view, half, half, shape, radius, color, hollow, wrong);
    if (stamps.size > 500) stamps.clear();
    stamps.set(key, { canvas, half });
  }
  const { canvas, half } = stamps.get(key), toPixel = (value) => Math.round(value * density) / density;
  ctx.drawImage(canvas, toPixel(x - half), toPixel(y - half), 2 * half, 2 * half);
}

/** Words at a point; with a `halo` of background they can be read on top of lines. */
export function drawText(ctx, { palette, family, sizes }, text, x, y, { size = sizes.text, weight = 400, color = palette.text, align = "center", baseline = "middle", halo = false } = {}) {
  ctx.font = `${weight} ${size}px ${family}`;
  ctx.textAlign = align;
  ctx.textBaseline = baseline;
  if (halo) {
    Object.assign(ctx, { strokeStyle: palette.background, lineWidth: 4, lineJoin: "round" });
    ctx.strokeText(text, x, y);
  }
  ctx.fillStyle = color;
  ctx.fillText(text, x, y);
}

/** Words on a pill with a rim, its middle at a point. */
export function drawPill(ctx, view, text, { x, y, width, height }, color, weight = 500) {
  const { palette, sizes } = view;
  ctx.beginPath();
  ctx.roundRect(x - width / 2, y - height / 2, width, height, height / 2);
  Object.assign(ctx, { fillStyle: palette.background, strokeStyle: color, lineWidth: sizes.thin_line });
  ctx.fill();
  ctx.stroke();
  drawText(ctx, view, text, x, y + 0.5, { size: sizes.number, weight });
}

/** A padlock of this height, its middle at a point: on what is frozen. */
export function drawLock(ctx, { palette }, x, y, height) {
  const width = 0.8 * height, body = 0.58 * height, top = y - height / 2;
  ctx.beginPath();
  ctx.arc(x, top + 0.42 * height, 0.26 * height, Math.PI, 0);
  for (const [color, wide] of [[palette.background, 0.36 * height], [palette.text, 0.14 * height]]) {
    Object.assign(ctx, { strokeStyle: color, lineWidth: wide, lineCap: "butt" });
    ctx.stroke();
  }
  ctx.beginPath();
  ctx.roundRect(x - width / 2, top + height - body, width, body, 0.1 * height);
  Object.assign(ctx, { fillStyle: palette.text, strokeStyle: palette.background, lineWidth: 1.5 });
  ctx.stroke();
  ctx.fill();
}

/** How large a pill with so many letters is. */
export const pillSize = ({ sizes }, letters) => ({ width: 0.56 * sizes.number * letters + 1.1 * sizes.number, height: 1.5 * sizes.number });
