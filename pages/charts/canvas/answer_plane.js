// The answer over the plane of two inputs: colour, a border where the answer changes, and the rows of the table.
import { axisMargins, drawAxes, paddedRange, plotArea } from "./axes.js";
import { classColor, oneClassTable, signTable, tableIndex, twoClassTable } from "./colors.js";
import { borderLines, outputPlanes, thresholdRegions, winnerRegions } from "./raster.js";
import { isRight } from "./scene.js";
import { drawLegend, legendHeight } from "./legend.js";
import { drawRow, markRadius, targetScale } from "./shapes.js";

const PADDING = 0.28, STAYS_ABOVE = 0.5;

/**
 * The part of the plane that is drawn: all rows and a margin. While a row moves within the box of `before`, that stays,
 * or the picture would jump with every edit; also unless the rows have come to fill but a small part of it.
 */
export function planeBox(scene, [i, j], before) {
  const [xs, ys] = [scene.column(i), scene.column(j)], fresh = { x: paddedRange(xs, PADDING), y: paddedRange(ys, PADDING) };
  const length = ([low, high]) => high - low, fits = (values, [low, high]) => values.every((value) => value >= low && value <= high);
  const stays = before && fits(xs, before.x) && fits(ys, before.y) && ["x", "y"].every((side) => length(fresh[side]) > STAYS_ABOVE * length(before[side]));
  return stays ? before : fresh;
}

export function planeArea(view, width, height) {
  const { left, bottom } = axisMargins(view);
  return plotArea(view, width, height, view.box.x, view.box.y, { left, bottom, top: legendHeight(view) });
}

/** Paint it from `view.raster`, the values over the plane at the frame that is shown. */
export function paintPlane(ctx, view, width, height) {
  const { scene, palette, raster, axes } = view, area = planeArea(view, width, height);
  drawLegend(ctx, view, area);
  drawCells(ctx, view, area, raster);
  const regions = regionsOf(view);
  if (regions) drawBorder(ctx, view, area, borderLines(scene.network, raster, regions));
  drawAxes(ctx, view, area, scene.inputs[axes[0]], scene.inputs[axes[1]]);
  const rows = rowsInOrder(view).map((row) => [row, scene.row(row)]);
  for (const faint of [true, false]) {
    for (const [row, values] of rows) {
      if (liesOnSlice(view, values) !== faint) drawRow(ctx, view, row, area.x(values[axes[0]]), area.y(values[axes[1]]), { ...rowStyle(view, row), faint });
    }
  }
  if (view.probe && view.pointed?.row === undefined) drawProbe(ctx, palette, area.x(view.probe[axes[0]]), area.y(view.probe[axes[1]]), markRadius(scene, view));
}

/** Rows in the order in which they are drawn: those that are wrong on top of the others, the chosen one last. */
export function rowsInOrder({ scene, frame, row: chosen, pointed }) {
  const rank = (row) => (row === pointed?.row ? 3 : row === chosen ? 2 : Number(isRight(scene, frame, row) === false));
  return Array.from({ length: scene.rows }, (_, row) => [rank(row), row]).sort(([a], [b]) => a - b).map(([, row]) => row);
}

/** How a row's mark is drawn in any of the pictures. */
export const rowStyle = ({ scene, frame, row: chosen, pointed, light }, row) => ({ wrong: isRight(scene, frame, row) === false, chosen: row === chosen, pointed: row === pointed?.row || (light.isOnRow && row === chosen) });

/** Whether a row has the values at which the inputs that are not drawn are held. */
export const liesOnSlice = ({ axes, held, scene }, values) => values.every((value, i) => axes.includes(i) || !scene.varying.includes(i) || value === held[i]);

/** What parts the plane: the winning class, or the middle of one target's two answers; nothing where it is a number. */
export function regionsOf({ scene, target }) {
  const k = target ?? 0, isOfClasses = scene.kind === "multiclass";
  if (!scene.middles) return null;
  const regions = isOfClasses && target === null ? winnerRegions : thresholdRegions(k, isOfClasses ? 0.5 : scene.middles[k]);
  return { ...regions, undecided: scene.undecided };
}

/** The colour of every point that was computed, each as large as its share of the plot; nothing in between. */
function drawCells(ctx, view, area, { side, count, layers }) {
  const image = new ImageData(side, side), pixels = new Uint32Array(image.data.buffer);
  paintAnswers(view, outputPlanes(view.scene.network, layers, count), count, pixels);
  const cells = view.scratch(side, side);
  cells.getContext("2d").putImageData(image, 0, 0);
  const [wide, high] = [area.width / (side - 1), area.height / (side - 1)];
  ctx.save();
  ctx.beginPath();
  ctx.rect(area.left, area.top, area.width, area.height);
  ctx.clip();
  ctx.imageSmoothingEnabled = false; // a point's colour ends where the next one's begins
  ctx.drawImage(cells, 0, 0, side, side, area.left - wide / 2, area.top - high / 2, area.width + wide, area.height + high);
  ctx.restore();
}

/** The pixels of the answer at every point: the winning class, a share of one class, one of two answers, a number. */
export function paintAnswers(view, outputs, count, pixels) {
  const { scene, palette, target, discrete } = view, k = target ?? 0;
  if (scene.kind === "multiclass" && target === null) {
    const tables = outputs.map((_, at) => twoClassTable(palette, at, at, discrete)), even = 1 / outputs.length;
    for (let p = 0; p < count; p++) {
      const best = winnerRegions.label(p, outputs);
      pixels[p] = tables[best][tableIndex((outputs[best][p] - even) / (1 - even))];
    }
  } else if (scene.kind === "multiclass") {
    const table = oneClassTable(palette, k, discrete);
    for (let p = 0; p < count; p++) pixels[p] = table[tableIndex(outputs[k][p])];
  } else if (scene.middles) {
    const colorOf = answerPixels(view, k, discrete);
    for (let p = 0; p < count; p++) pixels[p] = colorOf(outputs[k][p]);
  } else {
    const table = signTable(palette), scale = targetScale(scene, k);
    for (let p = 0; p < count; p++) pixels[p] = table[tableIndex(outputs[k][p] / scale)];
  }
}

/** The pixel of a value of a target with two answers; one that says neither has the background's colour. */
export function answerPixels({ scene, palette }, k, discrete) {
  const table = twoClassTable(palette, 0, 1, discrete), [neither] = oneClassTable(palette, 0, discrete);
  const middle = scene.middles[k], reach = Math.max(scene.high[k] - middle, middle - scene.low[k]) || 0.5;
  return (value) => (Math.abs(value - middle) <= scene.undecided ? neither : table[tableIndex((value - middle) / reach)]);
}

function drawBorder(ctx, view, area, lines) {
  const { palette, sizes } = view;
  for (const [color, width] of [[palette.background, sizes.line + 2], [palette.text, sizes.line - 0.5]]) {
    ctx.beginPath();
    for (let at = 0; at < lines.length; at += 4) {
      ctx.moveTo(area.x(lines[at]), area.y(lines[at + 1]));
      ctx.lineTo(area.x(lines[at + 2]), area.y(lines[at + 3]));
    }
    Object.assign(ctx, { strokeStyle: color, lineWidth: width, lineCap: "butt" });
    ctx.stroke();
  }
}

/** The cross of lines at the point that is looked at. */
export function drawProbe(ctx, palette, x, y, reach) {
  for (const [color, width] of [[palette.background, 5], [palette.text, 2]]) {
    ctx.beginPath();
    for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) { ctx.moveTo(x + 0.5 * reach * dx, y + 0.5 * reach * dy); ctx.lineTo(x + 2 * reach * dx, y + 2 * reach * dy); }
    Object.assign(ctx, { strokeStyle: color, lineWidth: width, lineCap: "round" });
    ctx.stroke();
  }
}
