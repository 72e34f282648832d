// Where everything of the network's drawing goes: neurons, links, and the pills with the weights that are written out.
import { shorten } from "./numbers.js";
import { pillSize } from "./shapes.js";

const LARGEST = 1.35, MOST_PITCH = 2.5, ENLARGED = 4.2, WIDENED = 0.62, LEAST_NUMBERED = 22, MOST_ACROSS = 0.5, PORTS = 0.55, BEND = 0.45;
const ROOM_FOR_VALUE = 4.4, ROOM_FOR_BIAS = 8.4; // between two layers, in sizes of the numbers inside
const MOST_WRITTEN_A_GAP = 3, SPOTS = [0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73, 0.8, 0.2];
export const NAME_LENGTH = 12;

/**
 * `nodes[layer][unit]` is {x, y, size, numbered, biased}, the inputs first, with room for its value and its bias or not; `links[layer]` has a link's ends and its index,
 * from source i to neuron j at i * fan_out + j. A neuron that is `chosen` has more room.
 */
export function networkLayout(view, width, height, chosen) {
  const { scene, sizes } = view, columns = scene.network.sizes, line = 1.5 * sizes.inside, top = 0.5 * sizes.inside;
  const longest = (names) => Math.max(...names.map((name) => shorten(name, NAME_LENGTH).length));
  const letter = 0.56 * sizes.text, usable = height - 2 * top, middle = height / 2;
  const sides = [letter * longest(scene.features) + 12, letter * Math.max(longest(scene.targets), 11) + 12];
  const across = (size) => (width - sides[0] - sides[1] - size) / (columns.length - 1);
  const widest = Math.min(LARGEST * sizes.unit, MOST_ACROSS * across(sizes.unit)), written = across(widest) > ROOM_FOR_VALUE * sizes.inside;
  const cells = columns.map((units) => {
    const pitch = usable / units, free = pitch - line - 0.5 * sizes.inside, numbered = written && free >= LEAST_NUMBERED;
    return { pitch: Math.min(pitch, MOST_PITCH * LARGEST * sizes.unit), size: Math.max(3, Math.min(widest, numbered ? free : 0.8 * pitch)), numbered };
  });
  const left = sides[0] + cells[0].size / 2, right = sides[1] + cells.at(-1).size / 2;
  const apart = (width - left - right) / (columns.length - 1), biased = apart > ROOM_FOR_BIAS * sizes.inside;
  const nodes = columns.map((units, layer) => Array.from({ length: units }, (_, unit) => {
    const { pitch, size, numbered } = cells[layer], lift = numbered ? line / 2 : 0;
    return { layer, unit, x: left + layer * apart, y: middle - lift + pitch * (unit - (units - 1) / 2), size, numbered, biased: numbered && biased };
  }));
  const large = chosen && nodes[chosen.layer]?.[chosen.unit];
  if (large) {
    large.size = Math.max(large.size, Math.min(ENLARGED * sizes.unit, large.size + WIDENED * (apart - large.size), usable - line));
    large.numbered = large.biased = true;
    large.y = Math.min(Math.max(large.y, top + large.size / 2), height - top - line - large.size / 2);
    large.x = Math.min(Math.max(large.x, 4 + large.size / 2), width - 4 - large.size / 2);
  }
  const links = columns.slice(1).map((units, layer) => nodes[layer].flatMap((from) => nodes[layer + 1].map((to) => ({
    layer, i: from.unit, j: to.unit,
    x0: from.x + from.size / 2, y0: from.y + port(to.unit, units, from.size),
    x1: to.x - to.size / 2, y1: to.y + port(from.unit, columns[layer], to.size),
  }))));
  return { nodes, links, apart, width, height };
}

/** How far from a neuron's middle the link to unit k of `count` joins it. */
const port = (k, count, size) => PORTS * size * ((k + 0.5) / count - 0.5);

/** The path of a link, level at both ends. */
export function traceLink(ctx, { x0, y0, x1, y1 }) {
  const bend = BEND * (x1 - x0);
  ctx.moveTo(x0, y0);
  ctx.bezierCurveTo(x0 + bend, y0, x1 - bend, y1, x1, y1);
}

/** The point of a link at a share t of its curve. */
export function linkPoint({ x0, y0, x1, y1 }, t) {
  const u = 1 - t, bend = BEND * (x1 - x0), [a, b, c, d] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t];
  return { x: a * x0 + b * (x0 + bend) + c * (x1 - bend) + d * x1, y: a * y0 + b * y0 + c * y1 + d * y1 };
}

/**
 * Which links have a pill, and where: the strongest first, each at the first place on its own line where it meets no
 * other pill and no neuron. `links` are those that may have one; `strength(link)` must not change with the epoch, or
 * the pills would jump. With `all`, as many as there is room for, on top of neurons that have faded; else all of few, and
 * of many a few a layer.
 */
export function placePills(view, layout, links, strength, all) {
  const size = pillSize(view, 5), placed = [], written = new Map();
  const total = layout.links.reduce((sum, layer) => sum + layer.length, 0);
  const solid = layout.nodes.flat().filter((node) => node.size > 10 && !all).map((node) => ({
    x: node.x, y: node.y + (node.numbered ? 0.75 * view.sizes.inside : 0), width: node.size + 6, height: node.size + (node.numbered ? 1.5 * view.sizes.inside : 0) + 2,
  }));
  const meets = (a, b, room) => Math.abs(a.x - b.x) < (a.width + b.width) / 2 + room && Math.abs(a.y - b.y) < (a.height + b.height) / 2 + room;
  for (const link of [...links].sort((a, b) => strength(b) - strength(a))) {
    if (!all && total > view.sizes.most_numbered && (written.get(link.layer) ?? 0) >= MOST_WRITTEN_A_GAP) continue;
    const spots = SPOTS.map((t) => ({ ...linkPoint(link, t), ...size }));
    const spot = spots.find((pill) => !placed.some((other) => meets(pill, other, 2)) && !solid.some((node) => meets(pill, node, 0)));
    if (!spot) continue;
    placed.push({ ...spot, link });
    written.set(link.layer, (written.get(link.layer) ?? 0) + 1);
  }
  return placed;
}
