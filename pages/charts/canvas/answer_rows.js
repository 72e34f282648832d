// The answer for every row, where inputs are too many for a plane: target against output, a mark a row.
import { axisMargins, drawAxes, paddedRange, plotArea } from "./axes.js";
import { rowStyle, rowsInOrder } from "./answer_plane.js";
import { classNames, drawLegend, legendHeight } from "./legend.js";
import { outputPlane } from "./forward.js";
import { shorten } from "./numbers.js";
import { drawRow } from "./shapes.js";

const PADDING = 0.12;

/**
 * Where each row lies, a function of the row: target and output along the diagonal; of classes, within the lane of its
 * class in the table's order, and as high as the output that should be high.
 */
export function rowPlaces(view) {
  const { scene, rowLayers } = view, shown = view.target ?? 0, count = scene.rows;
  const planes = scene.targets.map((_, k) => outputPlane(scene.network, rowLayers, k, count));
  if (!scene.middles) return (row) => [scene.target(row, shown), planes[shown][row]];
  const classOf = (row) => (scene.row_classes ? scene.row_classes[row] : Number(scene.target(row, shown) > scene.middles[shown]));
  const lanes = new Map(), within = [];
  for (let row = 0; row < count; row++) {
    const lane = scene.isQuestion.has(row) ? null : classOf(row);
    within[row] = lanes.get(lane) ?? 0;
    lanes.set(lane, within[row] + 1);
  }
  return (row) => {
    const lane = classOf(row), x = lane - 0.36 + 0.72 * ((within[row] + 0.5) / lanes.get(lane));
    return [x, planes[scene.kind === "multiclass" ? view.target ?? lane : shown][row]];
  };
}

export function rowsArea(view, width, height) {
  const { scene } = view, { left, bottom } = axisMargins(view), k = view.target ?? 0, lanes = classNames(view).length;
  const values = paddedRange([scene.low[k], scene.high[k]], PADDING);
  return plotArea(view, width, height, lanes ? [-0.5, lanes - 0.5] : values, values, { left, bottom, top: legendHeight(view) });
}

export function paintRows(ctx, view, width, height) {
  const { scene, palette } = view, area = rowsArea(view, width, height), k = view.target ?? 0, lanes = classNames(view).length;
  drawLegend(ctx, view, area);
  const lane = area.width / Math.max(1, lanes), names = classNames(view, Math.max(2, Math.floor(lane / (0.6 * view.sizes.small_text))));
  const output = scene.kind === "multiclass" && view.target === null ? "output for its class" : `output ${scene.targets[k]}`;
  const xLabels = names.length ? names.map((name, at) => [at, name]) : null;
  drawAxes(ctx, view, area, names.length ? "target" : `target ${scene.targets[k]}`, output, { xLabels });
  ctx.beginPath();
  if (!names.length) { // where output and target are equal
    const [low, high] = area.xRange;
    ctx.moveTo(area.x(low), area.y(low));
    ctx.lineTo(area.x(high), area.y(high));
  } else if (scene.kind === "binary" || view.target !== null) {
    const middle = scene.kind === "binary" ? scene.middles[k] : 0.5;
    ctx.moveTo(area.left, area.y(middle));
    ctx.lineTo(area.left + area.width, area.y(middle));
  }
  Object.assign(ctx, { strokeStyle: palette.muted, lineWidth: view.sizes.thin_line, lineCap: "butt" });
  ctx.setLineDash([6, 5]);
  ctx.stroke();
  ctx.setLineDash([]);
  const place = rowPlaces(view);
  for (const row of rowsInOrder(view)) {
    if (scene.isQuestion.has(row)) continue;
    const [x, y] = place(row), at = Math.min(Math.max(area.y(y), area.top), area.top + area.height);
    drawRow(ctx, view, row, area.x(x), at, rowStyle(view, row));
  }
}
