// Every neuron's values over a plane or along a line of inputs, and where a border runs: computed, never interpolated.
import { addDerived } from "./derived.js";
import { forward, outputPlane, pointCost } from "./forward.js";

const MOVING_NS = 4e6, STILL_NS = 60e6, MOVING_SIDE = 160, LEAST_SIDE = 24, BORDER_STEPS = 2;

/** How many points a side there is time for: while it moves, and once it stands still; never more than pixels. */
export function rasterSide(network, pixels, still) {
  const side = Math.floor(Math.sqrt((still ? STILL_NS : MOVING_NS) / pointCost(network)));
  return Math.max(LEAST_SIDE, Math.min(side, pixels, still ? pixels : MOVING_SIDE));
}

/** From `low` to `high` in `count` points, both ends included: a picture reaches its edges. */
export const spread = (low, high, count) => Float64Array.from({ length: count }, (_, k) => low + ((high - low) * k) / (count - 1));

/**
 * Values over the plane of two inputs, the others held: side x side points, the top row first.
 * `features` as `forward` takes them, `layers` as it gives them; `box` is {x: [low, high], y: [low, high]}.
 */
export function planeRaster(network, frame, box, axes, held, side, buffers) {
  const xs = spread(...box.x, side), ys = spread(box.y[1], box.y[0], side), count = side * side;
  const x = new Float64Array(count), y = new Float64Array(count);
  for (let p = 0; p < count; p++) { x[p] = xs[p % side]; y[p] = ys[Math.floor(p / side)]; }
  const features = addDerived(network.derived, held.map((value, i) => (i === axes[0] ? x : i === axes[1] ? y : value)));
  return { kind: "plane", frame, side, count, xs, ys, features, axes, held, box, layers: forward(network, frame, features, count, buffers) };
}

/** Values along one input, the others held: `count` points from low to high. */
export function lineRaster(network, frame, [low, high], axis, held, count, buffers) {
  const xs = spread(low, high, count);
  const features = addDerived(network.derived, held.map((value, i) => (i === axis ? xs : value)));
  return { kind: "line", frame, count, xs, features, layers: forward(network, frame, features, count, buffers) };
}

/**
 * What parts the plane: `label(p, outputs)` is the region of point p, and `gap(p, outputs, a, b)` a number that is
 * positive in region a and negative in region b. `outputs` are planes, one a target, in the table's units.
 */
export const winnerRegions = {
  label: (p, outputs) => { let best = 0; for (let k = 1; k < outputs.length; k++) if (outputs[k][p] > outputs[best][p]) best = k; return best; },
  gap: (p, outputs, a, b) => outputs[a][p] - outputs[b][p],
};
export const thresholdRegions = (k, middle) => ({
  label: (p, outputs) => Number(outputs[k][p] > middle),
  gap: (p, outputs, a) => (a ? 1 : -1) * (outputs[k][p] - middle),
});

export const outputPlanes = (network, layers, count) => Array.from({ length: network.sizes.at(-1) }, (_, k) => outputPlane(network, layers, k, count));

/**
 * The border between regions as pieces of line, [x0, y0, x1, y1, ...] in the inputs' units. Between two neighbouring
 * points in different regions the place where it crosses is looked for with the network itself, not guessed. Where both
 * are `undecided` there is none: what tells them apart is rounding.
 */
export function borderLines(network, raster, regions) {
  const { side, count, xs, ys } = raster, outputs = outputPlanes(network, raster.layers, count);
  const labels = new Uint8Array(count);
  for (let p = 0; p < count; p++) labels[p] = regions.label(p, outputs);
  const right = new Int32Array(count).fill(-1), down = new Int32Array(count).fill(-1), crossings = [];
  const isDecided = (p, q) => Math.abs(regions.gap(p, outputs, labels[p], labels[q])) > regions.undecided;
  const isCrossed = (p, q) => labels[p] !== labels[q] && (isDecided(p, q) || isDecided(q, p));
  for (let p = 0; p < count; p++) {
    if (p % side < side - 1 && isCrossed(p, p + 1)) right[p] = crossings.push([p, p + 1]) - 1;
    if (p + side < count && isCrossed(p, p + side)) down[p] = crossings.push([p, p + side]) - 1;
  }
  if (!crossings.length) return new Float64Array(0);
  const points = crossingPoints(network, raster, regions, outputs, labels, crossings);
  const lines = [], x = (at) => points[2 * at], y = (at) => points[2 * at + 1];
  for (let p = 0; p + side < count; p++) {
    if (p % side === side - 1) continue;
    const around = [right[p], down[p + 1], right[p + side], down[p]].filter((at) => at >= 0);
    if (around.length === 2) lines.push(x(around[0]), y(around[0]), x(around[1]), y(around[1]));
    else for (const at of around) lines.push(x(at), y(at), (xs[p % side] + xs[(p % side) + 1]) / 2, (ys[Math.floor(p / side)] + ys[Math.floor(p / side) + 1]) / 2);
  }
  return Float64Array.from(lines);
}

/** Where each pair of neighbours is crossed, [x, y, ...]: the false-position method, every step of it with the network. */
function crossingPoints(network, { frame, side, xs, ys, axes, held }, regions, outputs, labels, crossings) {
  const count = crossings.length;
  const low = new Float64Array(count), high = new Float64Array(count).fill(1), from = new Float64Array(count), to = new Float64Array(count);
  crossings.forEach(([p, q], at) => {
    from[at] = regions.gap(p, outputs, labels[p], labels[q]);
    to[at] = regions.gap(q, outputs, labels[p], labels[q]);
  });
  const share = (at) => low[at] + (high[at] - low[at]) * Math.min(Math.max(from[at] / (from[at] - to[at]) || 0.5, 0), 1);
  const x = new Float64Array(count), y = new Float64Array(count);
  const place = () => crossings.forEach(([p, q], at) => {
    const t = share(at), px = p % side, qx = q % side, py = Math.floor(p / side), qy = Math.floor(q / side);
    x[at] = xs[px] + t * (xs[qx] - xs[px]);
    y[at] = ys[py] + t * (ys[qy] - ys[py]);
  });
  for (let step = 0; step < BORDER_STEPS; step++) {
    place();
    const there = addDerived(network.derived, held.map((value, i) => (i === axes[0] ? x : i === axes[1] ? y : value)));
    const reached = outputPlanes(network, forward(network, frame, there, count), count);
    crossings.forEach(([p, q], at) => {
      const gap = regions.gap(at, reached, labels[p], labels[q]), t = share(at);
      if (gap > 0) { low[at] = t; from[at] = gap; } else { high[at] = t; to[at] = gap; }
    });
  }
  place();
  return Float64Array.from({ length: 2 * count }, (_, k) => (k % 2 ? y : x)[k >> 1]);
}
