// The answer along one input: the curve through its points, and the curve of the untrained network.
import { axisMargins, drawAxes, paddedRange, plotArea } from "./axes.js";
import { drawProbe, liesOnSlice, rowStyle, rowsInOrder } from "./answer_plane.js";
import { classColor } from "./colors.js";
import { drawLegend, legendHeight } from "./legend.js";
import { outputPlane } from "./forward.js";
import { drawRow, drawText, markRadius } from "./shapes.js";

const PADDING = 0.12, VALUE_PADDING = 0.18;

export const lineRange = (scene, axis) => paddedRange(scene.column(axis), PADDING);

/** Outputs from the smallest to the largest target and a margin: curves that leave it are cut off, so that it stays. */
export function curveArea(view, width, height) {
  const { scene } = view, { left, bottom } = axisMargins(view);
  const shown = view.target === null ? scene.targets.map((_, k) => k) : [view.target];
  const range = paddedRange(shown.flatMap((k) => [scene.low[k], scene.high[k]]), VALUE_PADDING);
  return plotArea(view, width, height, view.range, range, { left, bottom, top: legendHeight(view) });
}

export function paintCurve(ctx, view, width, height) {
  const { scene, palette, raster, sizes, axes } = view, area = curveArea(view, width, height);
  const shown = view.target === null ? scene.targets.map((_, k) => k) : [view.target];
  drawLegend(ctx, view, area);
  const name = shown.length === 1 ? scene.targets[shown[0]] : "answer";
  drawAxes(ctx, view, area, scene.inputs[axes[0]], name);
  ctx.save();
  ctx.beginPath();
  ctx.rect(area.left, area.top, area.width, area.height);
  ctx.clip();
  if (scene.middles) drawLevel(ctx, view, area, scene.middles[shown[0]]);
  const line = (source, k) => trace(ctx, area, source.xs, outputPlane(scene.network, source.layers, k, source.count));
  for (const k of shown) {
    line(view.startRaster, k);
    Object.assign(ctx, { strokeStyle: palette.muted, lineWidth: sizes.thin_line, lineJoin: "round", lineCap: "butt" });
    ctx.setLineDash([6, 5]);
    ctx.stroke();
    ctx.setLineDash([]);
  }
  for (const k of shown) {
    line(raster, k);
    Object.assign(ctx, { strokeStyle: shown.length > 1 ? classColor(palette, k) : palette.text, lineWidth: sizes.line + 0.5, lineJoin: "round" });
    ctx.stroke();
  }
  ctx.restore();
  tellBeyond(ctx, view, area, shown.map((k) => outputPlane(scene.network, raster.layers, k, raster.count)));
  const k = shown[0];
  for (const row of rowsInOrder(view)) {
    const values = scene.row(row), value = scene.target(row, k);
    if (value === null || shown.length > 1) continue;
    drawRow(ctx, view, row, area.x(values[axes[0]]), area.y(value), { ...rowStyle(view, row), faint: !liesOnSlice(view, values) });
  }
  if (view.probe) drawProbe(ctx, palette, area.x(view.probe[axes[0]]), area.y(view.probeOutputs[k]), markRadius(scene, view));
}

/** Where the curve is, if all of it is above or below what is drawn. */
function tellBeyond(ctx, view, area, planes) {
  const [low, high] = area.yRange, size = view.sizes.text, lies = (test) => planes.every((plane) => plane.every(test));
  const words = (side, y) => drawText(ctx, view, `The curve is ${side} the picture`, area.left + area.width / 2, y, { size });
  if (lies((value) => value > high)) words("above", area.top + size);
  if (lies((value) => value < low)) words("below", area.top + area.height - size);
}

function trace(ctx, area, xs, values) {
  ctx.beginPath();
  for (let p = 0; p < xs.length; p++) ctx[p ? "lineTo" : "moveTo"](area.x(xs[p]), area.y(values[p]));
}

function drawLevel(ctx, { palette, sizes }, area, level) {
  ctx.beginPath();
  ctx.moveTo(area.left, area.y(level));
  ctx.lineTo(area.left + area.width, area.y(level));
  Object.assign(ctx, { strokeStyle: palette.muted, lineWidth: sizes.projector ? sizes.thin_line : 1 });
  ctx.stroke();
}
