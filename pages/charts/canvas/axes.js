// Axes: where a value lies in a picture, the numbers at the edge, and the names.
import { drawText } from "./shapes.js";
import { formatNumber, shorten } from "./numbers.js";

/** A range a little larger than the values', never empty. */
export function paddedRange(values, share) {
  let low = Infinity, high = -Infinity;
  for (const value of values) { low = Math.min(low, value); high = Math.max(high, value); }
  const room = (high - low) * share || Math.max(Math.abs(high), 1) * share;
  return [low - room, high + room];
}

const STEPS = [0.5, 1, 2, 5, 10];

/** About `count` round numbers within a range; never one alone, from which no other place could be told. */
export function ticks([low, high], count) {
  const raw = (high - low) / count, power = 10 ** Math.floor(Math.log10(raw)), wide = STEPS.findIndex((factor) => factor >= 1 && factor * power >= raw);
  const multiples = (step) => {
    const first = Math.ceil(low / step - 1e-9);
    return Array.from({ length: Math.max(0, Math.floor(high / step + 1e-9) - first + 1) }, (_, k) => (first + k) * step);
  };
  const at = wide < 0 ? STEPS.length - 1 : wide, few = multiples(STEPS[at] * power);
  return few.length > 1 ? few : multiples(STEPS[at - 1] * power);
}

/** The plot's rectangle within a picture, and where values of x and y lie in it. */
export function plotArea(view, width, height, xRange, yRange, { left, right = 12, top = 10, bottom }) {
  const area = { left, top, width: Math.max(20, width - left - right), height: Math.max(20, height - top - bottom), xRange, yRange };
  area.x = (value) => area.left + ((value - xRange[0]) / (xRange[1] - xRange[0])) * area.width;
  area.y = (value) => area.top + ((yRange[1] - value) / (yRange[1] - yRange[0])) * area.height;
  area.inverse = (x, y) => [xRange[0] + ((x - area.left) / area.width) * (xRange[1] - xRange[0]), yRange[1] - ((y - area.top) / area.height) * (yRange[1] - yRange[0])];
  area.holds = (x, y, room = 0) => x >= area.left - room && x <= area.left + area.width + room && y >= area.top - room && y <= area.top + area.height + room;
  return area;
}

/** Room for the numbers and names beside a plot. */
export const axisMargins = ({ sizes }) => ({ left: 3.6 * sizes.small_text + 1.1 * sizes.text, bottom: 3.1 * sizes.small_text });

/** Numbers and names at two sides, and the frame; of classes give `xLabels` in place of numbers. */
export function drawAxes(ctx, view, area, xName, yName, { xLabels = null } = {}) {
  const { palette, sizes } = view, quiet = { size: sizes.small_text, color: palette.muted };
  Object.assign(ctx, { strokeStyle: palette.muted, lineWidth: sizes.projector ? sizes.thin_line : 1, lineCap: "butt" });
  ctx.globalAlpha = sizes.projector ? 1 : 0.55;
  ctx.strokeRect(area.left, area.top, area.width, area.height);
  ctx.globalAlpha = 1;
  const below = area.top + area.height;
  const marks = xLabels ?? ticks(area.xRange, Math.max(2, Math.min(6, area.width / (5.5 * sizes.small_text)))).map((value) => [value, formatNumber(value)]);
  for (const [value, text] of marks) drawText(ctx, view, text, area.x(value), below + 0.4 * sizes.small_text, { ...quiet, baseline: "top" });
  for (const value of ticks(area.yRange, Math.max(2, Math.min(6, area.height / (3.2 * sizes.small_text))))) {
    drawText(ctx, view, formatNumber(value), area.left - 0.5 * sizes.small_text, area.y(value), { ...quiet, align: "right" });
  }
  drawText(ctx, view, shorten(xName, 40), area.left + area.width / 2, below + 1.75 * sizes.small_text, { size: sizes.text, baseline: "top", color: palette.text });
  ctx.save();
  ctx.translate(0.7 * sizes.text, area.top + area.height / 2);
  ctx.rotate(-Math.PI / 2);
  drawText(ctx, view, shorten(yName, 40), 0, 0, { size: sizes.text });
  ctx.restore();
}
