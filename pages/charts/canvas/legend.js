// What the marks of a picture mean, in one line above it.
import { classColor, signColor } from "./colors.js";
import { formatNumber, shorten } from "./numbers.js";
import { drawCross, drawText, targetScale, traceShape } from "./shapes.js";

const MOST_CLASSES = 6;

export const legendHeight = ({ sizes }) => 2 * sizes.text + 4;

/** The names of the answers, a class an entry, of at most so many characters where that is enough to tell them apart; of numbers none. */
export function classNames({ scene, target }, most = Infinity) {
  if (scene.kind === "multiclass") return scene.classes.map((name) => shorten(name, most));
  if (!scene.middles) return [];
  const k = target ?? 0, answers = scene.classes ?? [scene.low[k], scene.high[k]].map((answer) => formatNumber(answer));
  return answers.map((answer) => `${shorten(scene.targets[k], Math.max(2, most - ` = ${answer}`.length))} = ${answer}`);
}

/** Classes with their shapes, then held-out, question and wrong rows where there may be any; of numbers their scale. */
export function drawLegend(ctx, view, area) {
  const { palette, sizes, scene } = view, y = legendHeight(view) / 2 - 2, radius = 0.36 * sizes.small_text;
  let x = area.left;
  const write = (text, draw) => {
    const size = sizes.small_text;
    ctx.font = `400 ${size}px ${view.family}`;
    const width = ctx.measureText(text).width;
    if (x + 2.4 * radius + width > area.left + area.width) return;
    draw(x + radius, y);
    drawText(ctx, view, text, x + 2.9 * radius, y, { size, align: "left", color: palette.muted });
    x += 2.9 * radius + width + 1.1 * size;
  };
  const names = classNames(view, 16);
  names.slice(0, MOST_CLASSES).forEach((name, k) => write(name, (at, middle) => {
    traceShape(ctx, k, at, middle, radius + 0.5);
    ctx.fillStyle = classColor(palette, k);
    ctx.fill();
  }));
  if (!names.length && view.answer === "plane") x = drawScale(ctx, view, x, y);
  if (scene.held_out.length) write("held out", (at, middle) => {
    traceShape(ctx, 0, at, middle, radius);
    Object.assign(ctx, { strokeStyle: palette.muted, lineWidth: sizes.thin_line + 0.5 });
    ctx.stroke();
  });
  if (view.answer === "curve") write("at the start", (at, middle) => {
    ctx.beginPath();
    ctx.moveTo(at - radius, middle);
    ctx.lineTo(at + 1.4 * radius, middle);
    Object.assign(ctx, { strokeStyle: palette.muted, lineWidth: sizes.thin_line });
    ctx.setLineDash([0.9 * radius, 0.6 * radius]);
    ctx.stroke();
    ctx.setLineDash([]);
  });
  write("wrong", (at, middle) => drawCross(ctx, palette, at, middle, 0.85 * radius, sizes.thin_line + 0.5));
}

/** A bar of the colours of numbers with its ends and its middle; where it ends. */
function drawScale(ctx, view, x, y) {
  const { sizes, palette, scene, target } = view, scale = targetScale(scene, target ?? 0), width = 7 * sizes.small_text, high = 0.7 * sizes.small_text;
  const text = (words, at, align) => drawText(ctx, view, words, at, y, { size: sizes.small_text, align, color: palette.muted });
  const [low, top] = [formatNumber(-scale), formatNumber(scale)];
  ctx.font = `400 ${sizes.small_text}px ${view.family}`;
  const [before, after] = [ctx.measureText(low).width + 6, ctx.measureText(top).width + 6];
  text(low, x, "left");
  for (let k = 0; k < width; k++) { ctx.fillStyle = signColor(palette, (2 * k) / (width - 1) - 1); ctx.fillRect(x + before + k, y - high / 2, 1.5, high); }
  text(top, x + before + width + 6, "left");
  return x + before + width + after + 1.1 * sizes.small_text;
}
