// The network as a drawing: a picture in every neuron, a link as wide as its weight |w|, its colour the weight's sign, and
// in it the signal |w a| that it carries. What is chosen or pointed at is lit, and everything else fades.
import { signInk } from "./colors.js";
import { linkPoint, networkLayout, placePills, traceLink } from "./network_layout.js";
import { drawLinks, linkWeight } from "./network_links.js";
import { paintNeuron, scaleOf } from "./neuron_maps.js";
import { formatNumber, shorten } from "./numbers.js";
import { biasAt, isFrozen, isRight, weightAt } from "./scene.js";
import { drawLock, drawPill, drawRow, drawText, pillSize } from "./shapes.js";

const MOST_LIT_PILLS = 14, MOST_LOCKS = 60, LOCK = 11, LEAST_DOTTED = 28;
const layouts = new WeakMap();

/** The layout of a canvas, made anew when its size, the run or what is chosen changes. */
export function layoutOf(canvas, view, width, height) {
  const { chosen, scene, sizes } = view, key = `${width} ${height} ${chosen?.layer} ${chosen?.unit}`, kept = layouts.get(canvas);
  if (kept?.key === key && kept.scene === scene && kept.sizes === sizes) return kept.layout;
  const layout = networkLayout(view, width, height, chosen), last = scene.frames.length - 1;
  const strength = ({ layer, i, j }) => Math.abs(weightAt(scene.network, last, layer, i, j));
  const all = layout.links.flat();
  layout.pills = placePills(view, layout, all, strength, false);
  layout.pillsOf = (links) => placePills(view, layout, links, strength, true).slice(0, MOST_LIT_PILLS);
  layouts.set(canvas, { key, scene, sizes, layout });
  return layout;
}

/** What is lit: the chosen neuron and what is pointed at, each with its links and their other ends, or what a presenter has lit; null: all alike. */
export function litParts({ pointed, chosen, light }) {
  if (light.bias && !pointed && !chosen) return { link: () => false, neuron: (layer, unit) => layer === light.bias.layer && unit === light.bias.unit };
  const neurons = [pointed?.neuron, pointed?.neuron || pointed?.link ? null : chosen].filter(Boolean), link = pointed?.link ?? (neurons.length ? null : light.link);
  if (!link && !neurons.length) return null;
  const ends = (l) => [[l.layer, l.i], [l.layer + 1, l.j]], same = (layer, unit, n) => n?.layer === layer && n.unit === unit;
  return {
    link: (l) => (link ? l.layer === link.layer && l.i === link.i && l.j === link.j : neurons.some((n) => ends(l).some(([layer, unit]) => same(layer, unit, n)))),
    neuron: (layer, unit) => same(layer, unit, chosen) || (link ? ends(link).some(([at, k]) => at === layer && k === unit) : neurons.some((n) => same(layer, unit, n) || Math.abs(layer - n.layer) === 1)),
  };
}

export function paintNetwork(ctx, view, width, height, canvas) {
  const layout = layoutOf(canvas, view, width, height), lit = litParts(view);
  const pills = withChosen(view, layout, lit ? layout.pillsOf(layout.links.flat().filter(lit.link)) : layout.pills);
  markWeight(ctx, view, layout);
  drawLinks(ctx, view, layout, lit, new Set(pills.map(({ link }) => link)));
  for (const node of layout.nodes.flat()) if (!isChosen(view, node)) drawNeuron(ctx, view, node, lit);
  drawNames(ctx, view, layout, lit);
  for (const pill of pills) {
    const weight = linkWeight(view, pill.link);
    drawPill(ctx, view, formatNumber(weight, 3, view.scene.zero_weight), pill, signInk(view.palette, weight), lit ? 600 : 500);
  }
  drawLocks(ctx, view, layout, lit, pills);
  for (const node of layout.nodes.flat()) if (isChosen(view, node)) drawNeuron(ctx, view, node, lit);
}

/** The pills, and one for the chosen weight. */
function withChosen(view, { links }, pills) {
  const link = view.weight && links[view.weight.layer].find((each) => isWeight(view.weight, each));
  return !link || pills.some((pill) => pill.link === link) ? pills : [...pills, { ...linkPoint(link, 0.5), ...pillSize(view, 5), link }];
}

const isWeight = (weight, link) => weight?.layer === link.layer && weight.i === link.i && weight.j === link.j;

/** The chosen weight: an outline round its link, or of a bias one round its neuron. */
function markWeight(ctx, { weight, palette, sizes }, { links, nodes }) {
  if (!weight) return;
  const link = links[weight.layer].find((each) => isWeight(weight, each)), { x, y, size } = nodes[weight.layer + 1][weight.j], line = sizes.thin_line + 0.5, inside = sizes.edge[1] + 4;
  for (const [strokeStyle, lineWidth] of [[palette.muted, inside + 2 * line], [palette.background, inside]]) {
    ctx.beginPath();
    if (link) traceLink(ctx, link);
    else ctx.roundRect(x - size / 2, y - size / 2, size, size, Math.min(7, size / 5));
    Object.assign(ctx, { strokeStyle, lineWidth, lineCap: "butt" });
    ctx.stroke();
  }
}

/** A lock on every frozen link, at its pill where it has one, and on the corner of a neuron with a frozen bias; of many, on those that are lit. */
function drawLocks(ctx, view, layout, lit, pills) {
  const { scene } = view, written = new Map(pills.map((pill) => [pill.link, pill])), lock = view.sizes.projector ? view.sizes.small_text : LOCK;
  const links = layout.links.flat().filter((link) => isFrozen(scene, link.layer, link.i, link.j) && (!lit || lit.link(link)));
  for (const link of links.length > MOST_LOCKS ? links.filter((each) => written.has(each)) : links) {
    const pill = written.get(link), middle = linkPoint(link, 0.5);
    if (pill) drawLock(ctx, view, pill.x - pill.width / 2, pill.y, lock);
    else drawLock(ctx, view, middle.x, middle.y, lock);
  }
  if (!scene.biased) return;
  for (const { layer, unit, x, y, size } of layout.nodes.flat()) {
    if (layer && size > lock && isFrozen(scene, layer - 1, scene.network.sizes[layer - 1], unit) && (!lit || lit.neuron(layer, unit))) drawLock(ctx, view, x + size / 2, y + size / 2, lock);
  }
}

const isChosen = ({ chosen }, { layer, unit }) => chosen?.layer === layer && chosen.unit === unit;

/** A neuron: its picture, and below it its value and its bias, as far as there is room. */
function drawNeuron(ctx, view, node, lit) {
  const { palette, sizes, scene, frame } = view, { layer, unit, x, y, size, numbered } = node, chosen = isChosen(view, node);
  const shown = !lit || lit.neuron(layer, unit), covered = isCovered(view, layer), value = view.values && !covered ? view.values[layer][unit] : null;
  ctx.globalAlpha = shown || sizes.projector ? 1 : 0.22;
  paintNeuron(ctx, view, node, value);
  ctx.beginPath();
  ctx.roundRect(x - size / 2, y - size / 2, size, size, Math.min(7, size / 5));
  const focused = view.pointed?.neuron?.layer === layer && view.pointed.neuron.unit === unit;
  Object.assign(ctx, { strokeStyle: chosen || focused || sizes.projector ? palette.text : palette.muted, lineWidth: size < 14 && !sizes.projector ? 0.75 : chosen || focused ? sizes.thin_line + 1.5 : sizes.thin_line });
  ctx.stroke();
  if (size >= 28 && !covered) markPlaces(ctx, view, node, chosen);
  const bias = layer && scene.biased ? biasAt(scene.network, frame, layer - 1, unit) : null;
  if (bias && !node.biased && size > (sizes.projector ? LEAST_DOTTED : 10)) markBias(ctx, view, node, bias);
  const zero = layer === scene.network.sizes.length - 1 ? scene.zero_output : 0;
  if (numbered) writeNumbers(ctx, view, node, covered ? "?" : value === null ? "" : formatNumber(value, 3, zero), node.biased ? bias : null);
  ctx.globalAlpha = 1;
}

const isCovered = ({ light, scene }, layer) => light.covered && layer === scene.network.sizes.length - 1;

/** A dot at a neuron's lower left corner, blue or orange, where there is no room for the bias as a number. */
function markBias(ctx, { palette, sizes }, { x, y, size }, bias) {
  ctx.beginPath();
  ctx.arc(x - size / 2, y + size / 2, Math.max(sizes.projector ? 0.4 * sizes.small_text : 3, size / 11), 0, 2 * Math.PI);
  Object.assign(ctx, { fillStyle: signInk(palette, bias), strokeStyle: palette.background, lineWidth: 1.5 });
  ctx.fill();
  ctx.stroke();
}

/** Below a neuron: its value in bold, and behind that or below it its bias, in the colour of its sign. */
function writeNumbers(ctx, view, { x, y, size, biased }, text, bias) {
  const { sizes, palette } = view, below = y + size / 2 + 0.85 * sizes.inside;
  if (bias === null) return drawText(ctx, view, text, x, below, { size: sizes.inside + 1, weight: 600, halo: true });
  const told = `bias ${formatNumber(bias, 3, view.scene.zero_weight)}`, gap = 0.9 * sizes.inside, color = signInk(palette, bias);
  if (biased === "below") {
    drawText(ctx, view, text, x, below, { size: sizes.inside + 1, weight: 600, halo: true });
    return drawText(ctx, view, told, x, below + 1.2 * sizes.inside, { size: sizes.inside, halo: true, color });
  }
  ctx.font = `600 ${sizes.inside + 1}px ${view.family}`;
  const wide = ctx.measureText(text).width;
  ctx.font = `400 ${sizes.inside}px ${view.family}`;
  const whole = wide + gap + ctx.measureText(told).width, left = x - whole / 2;
  drawText(ctx, view, text, left, below, { size: sizes.inside + 1, weight: 600, halo: true, align: "left" });
  drawText(ctx, view, told, left + wide + gap, below, { size: sizes.inside, halo: true, align: "left", color });
  return undefined;
}

/** Where the values that the numbers belong to lie in a neuron's picture; in the chosen one, all rows. */
function markPlaces(ctx, view, { x, y, size }, chosen) {
  const { raster, scene, axes, palette, point } = view;
  if (raster?.kind !== "plane" || !point) return;
  const { box } = raster, px = (value) => x - size / 2 + ((value - box.x[0]) / (box.x[1] - box.x[0])) * size, py = (value) => y + size / 2 - ((value - box.y[0]) / (box.y[1] - box.y[0])) * size;
  if (chosen && size > 90) for (let row = 0; row < scene.rows; row++) { const values = scene.row(row); drawRow(ctx, { ...view, sizes: { ...view.sizes, small_text: 9 } }, row, px(values[axes[0]]), py(values[axes[1]])); }
  const line = view.sizes.thin_line;
  for (const [color, width] of [[palette.background, line + 2], [palette.text, line]]) {
    ctx.beginPath();
    ctx.arc(px(point[axes[0]]), py(point[axes[1]]), Math.max(2.5, size / 16), 0, 2 * Math.PI);
    Object.assign(ctx, { strokeStyle: color, lineWidth: width });
    ctx.stroke();
  }
}

/** The columns' names beside the first and the last layer or above them, and the targets of the row that is looked at. */
function drawNames(ctx, view, { nodes, stacked, nameLength }, lit) {
  const { scene, sizes, palette } = view, quiet = { size: sizes.small_text, color: palette.muted, halo: true };
  const name = (node, text, side, below = "") => {
    ctx.globalAlpha = !lit || sizes.projector || lit.neuron(node.layer, node.unit) ? 1 : 0.3;
    const x = node.x + side * (node.size / 2 + 8), align = side < 0 ? "right" : "left", short = shorten(text, nameLength);
    if (stacked) {
      drawText(ctx, view, short, node.x, node.y - node.size / 2 - 0.7 * sizes.text, { halo: true });
      if (below) drawText(ctx, view, below, node.x, node.y + node.size / 2 + node.below - 0.5 * sizes.text, quiet);
    } else {
      drawText(ctx, view, short, x, node.y - (below ? 0.62 * sizes.text : 0), { align, halo: true });
      if (below) drawText(ctx, view, below, x, node.y + 0.62 * sizes.text, { ...quiet, align });
    }
    ctx.globalAlpha = 1;
  };
  const room = (column) => column.length < 2 || column[1].y - column[0].y > 1.1 * sizes.text;
  if (room(nodes[0])) nodes[0].forEach((node, i) => isChosen(view, node) || name(node, scene.features[i], -1));
  const row = view.shownRow, right = row === null || view.light.covered ? null : isRight(scene, view.frame, row);
  nodes.at(-1).forEach((node, k) => {
    const target = row === null ? null : scene.target(row, k), mark = right === null || scene.targets.length > 1 ? "" : right ? " ✓" : " ✗";
    if (!isChosen(view, node)) name(node, scene.targets[k], 1, target === null ? "" : `target ${formatNumber(target)}${mark}`);
  });
}

/** The neuron whose bias is written or dotted at a point; null for none. */
function biasNear({ scene, sizes }, layout, x, y, reach) {
  if (!scene.biased) return null;
  return layout.nodes.slice(1).flat().find((node) => {
    const corner = Math.min(reach, node.size / 3), line = node.y + node.size / 2 + (node.biased === "below" ? 2.05 : 0.85) * sizes.inside;
    if (!node.biased) return node.size > 10 && Math.hypot(x - node.x + node.size / 2, y - node.y - node.size / 2) < corner;
    return Math.abs(y - line) < 0.75 * sizes.inside && Math.abs(x - node.x - (node.biased === "below" ? 0 : 2.6 * sizes.inside)) < 2.6 * sizes.inside;
  });
}

/** What is at a point of the drawing: a neuron, its bias, or the link that runs nearest; a bias is a link from after the last source. */
export function networkPart(view, layout, x, y, reach = 7) {
  const of = biasNear(view, layout, x, y, reach);
  if (of) return { link: { layer: of.layer - 1, i: view.scene.network.sizes[of.layer - 1], j: of.unit } };
  for (const node of layout.nodes.flat().sort((a, b) => isChosen(view, b) - isChosen(view, a))) {
    if (Math.abs(x - node.x) <= Math.max(node.size / 2, reach) && Math.abs(y - node.y) <= Math.max(node.size / 2, Math.min(reach, node.size))) return { neuron: { layer: node.layer, unit: node.unit } };
  }
  let best = null, nearest = reach;
  for (const link of layout.links.flat()) {
    if (x < link.x0 - reach || x > link.x1 + reach || y < Math.min(link.y0, link.y1) - reach || y > Math.max(link.y0, link.y1) + reach) continue;
    for (let t = 0; t <= 1; t += 1 / 32) {
      const at = linkPoint(link, t), far = Math.hypot(at.x - x, at.y - y);
      if (far < nearest) { nearest = far; best = link; }
    }
  }
  return best && { link: { layer: best.layer, i: best.i, j: best.j } };
}
