// The picture inside a neuron: its value over the plane, along the line, or for every row, as the answer is drawn.
import { oneClassTable, signColor, signTable, tableIndex } from "./colors.js";
import { rowColor } from "./shapes.js";
import { answerPixels, paintAnswers } from "./answer_plane.js";
import { outputPlanes } from "./raster.js";

const DOT = 2, LEAST_PICTURE = 14;

/** A neuron's value as a colour: its sign, or for an output the colours of the answer. */
export function valueColor(view, layer, unit, value) {
  const { scene, palette } = view;
  if (layer === scene.sizes.length - 1 && scene.middles) return answerColor(view, unit, value);
  return signColor(palette, value / scaleOf(view, layer, unit));
}

function answerColor(view, unit, value) {
  const pixels = new Uint32Array(1), outputs = view.scene.targets.map((_, k) => Float64Array.of(k === unit ? value : 0));
  paintAnswers({ ...view, target: unit, discrete: false }, outputs, 1, pixels);
  return `rgb(${pixels[0] & 255},${(pixels[0] >> 8) & 255},${(pixels[0] >> 16) & 255})`;
}

/** What a neuron's colours are measured by: an input by its own column, a layer by its largest value of all epochs. */
export function scaleOf({ scene, box, range, axes }, layer, unit) {
  if (layer > 0) return scene.scales[layer];
  const drawn = box && unit === axes[0] ? box.x : box && unit === axes[1] ? box.y : range && unit === axes[0] ? range : scene.column(unit);
  return drawn.reduce((top, value) => Math.max(top, Math.abs(value)), 0) || 1;
}

/** A neuron's values over the raster of the picture: a number where they are all alike. */
function neuronValues({ scene, raster }, layer, unit) {
  if (layer === 0) return raster.features[unit];
  return raster.layers[layer - 1].subarray(unit * raster.count, (unit + 1) * raster.count);
}

/** Paint the inside of a neuron at its place; the smallest, and those without a picture, have their value's colour. */
export function paintNeuron(ctx, view, node, value) {
  const { x, y, size } = node, left = x - size / 2, top = y - size / 2, round = Math.min(7, size / 5);
  ctx.beginPath();
  ctx.roundRect(left, top, size, size, round);
  if (!view.scene.computed || size < LEAST_PICTURE || value === null || (view.raster === null && view.rowLayers === null)) {
    ctx.fillStyle = value === null ? view.palette.tints[1] : valueColor(view, node.layer, node.unit, value);
    ctx.fill();
    return;
  }
  ctx.fillStyle = view.palette.tints[1];
  ctx.fill();
  ctx.save();
  ctx.clip();
  if (view.raster?.kind === "plane") paintMap(ctx, view, node, left, top);
  else if (view.raster?.kind === "line") paintLine(ctx, view, node, left, top);
  else paintDots(ctx, view, node, left, top);
  ctx.restore();
}

/** Every pixel has the colour of the nearest point that was computed. */
function paintMap(ctx, view, { layer, unit, size }, left, top) {
  const { scene, raster, palette, density } = view, pixels = Math.max(1, Math.round(size * density)), { side } = raster;
  const image = new ImageData(pixels, pixels), paint = new Uint32Array(image.data.buffer);
  const values = neuronValues(view, layer, unit), nearest = Int32Array.from({ length: pixels }, (_, k) => Math.round((k / Math.max(1, pixels - 1)) * (side - 1)));
  const isAnswer = layer === scene.sizes.length - 1 && scene.middles;
  const colorOf = isAnswer ? outputPixels(view, unit) : signPixels(palette, scaleOf(view, layer, unit));
  for (let py = 0, at = 0; py < pixels; py++) {
    const line = nearest[py] * side;
    for (let px = 0; px < pixels; px++, at++) {
      const value = typeof values === "number" ? values : values[line + nearest[px]];
      paint[at] = colorOf(value);
    }
  }
  const cells = view.scratch(pixels, pixels);
  cells.getContext("2d").putImageData(image, 0, 0);
  ctx.drawImage(cells, 0, 0, pixels, pixels, left, top, size, size);
}

function signPixels(palette, scale) {
  const table = signTable(palette);
  return (value) => table[tableIndex(value / scale)];
}

/** The pixel of what output neuron k computes, which is in the table's units once it is scaled back. */
function outputPixels(view, k) {
  const { scene, palette } = view, factor = scene.network.targetScale?.[k] ?? 1, start = scene.network.targetOffset?.[k] ?? 0;
  if (scene.kind !== "multiclass") {
    const colorOf = answerPixels(view, k, false);
    return (value) => colorOf(value * factor + start);
  }
  const table = oneClassTable(palette, k, false);
  return (value) => table[tableIndex(value * factor + start)];
}

/** The neuron's curve, what lies above 0 in blue and below in orange. */
function paintLine(ctx, view, { layer, unit, size }, left, top) {
  const { palette, raster } = view, values = neuronValues(view, layer, unit), scale = 1.08 * scaleOf(view, layer, unit);
  const height = (value) => top + size / 2 - (Math.min(Math.max(value / scale, -1), 1) * size) / 2, columns = Math.max(2, Math.round(size));
  const value = (column) => (typeof values === "number" ? values : values[Math.round((column / (columns - 1)) * (raster.count - 1))]);
  for (const sign of [1, -1]) {
    ctx.beginPath();
    for (let column = 0; column < columns; column++) {
      if (sign * value(column) > 0) ctx.rect(left + column, Math.min(height(0), height(value(column))), 1.2, Math.abs(height(value(column)) - height(0)));
    }
    ctx.fillStyle = signColor(palette, 0.4 * sign);
    ctx.fill();
  }
  ctx.beginPath();
  for (let column = 0; column < columns; column++) ctx[column ? "lineTo" : "moveTo"](left + (column / (columns - 1)) * size, height(value(column)));
  Object.assign(ctx, { strokeStyle: palette.text, lineWidth: Math.max(view.sizes.projector ? view.sizes.thin_line : 1.25, size / 60), lineJoin: "round" });
  ctx.stroke();
}

/** A dot a row: its class, or target, from left to right, the neuron's value upwards, the middle line at 0. */
function paintDots(ctx, view, { layer, unit, size }, left, top) {
  const { scene, rowLayers, palette } = view, scale = 1.1 * scaleOf(view, layer, unit), count = scene.rows, dot = Math.max(DOT, Math.min(size / 9, (0.7 * size) / count));
  const values = layer === 0 ? scene.column(unit) : rowLayers[layer - 1].subarray(unit * count, (unit + 1) * count);
  ctx.fillStyle = palette.grid;
  ctx.fillRect(left, top + size / 2 - 0.5, size, 1);
  const order = view.rowOrder, colors = view.rowColors;
  for (let k = 0; k < order.length; k++) {
    const x = left + 3 + ((k + 0.5) / order.length) * (size - 6) - dot / 2, share = Math.min(Math.max(values[order[k]] / scale, -1), 1);
    ctx.fillStyle = colors[k];
    ctx.fillRect(x, top + size / 2 - (share * (size - 6)) / 2 - dot / 2, dot, dot);
  }
}

/** The rows in the order in which a neuron's dots stand, class by class or by target, and their colours. */
export function dotOrder(view) {
  const { scene } = view, order = Array.from({ length: scene.rows }, (_, row) => row).filter((row) => !scene.isQuestion.has(row));
  const rank = (row) => (scene.row_classes ? scene.row_classes[row] : scene.target(row, view.target ?? 0));
  order.sort((a, b) => rank(a) - rank(b) || a - b);
  return { rowOrder: order, rowColors: order.map((row) => rowColor(view, row)) };
}
