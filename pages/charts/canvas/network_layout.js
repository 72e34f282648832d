// Where everything of the network's drawing goes: neurons, links, and the pills with the weights that are written out.
import { shorten } from "./numbers.js";
import { pillSize } from "./shapes.js";

const LARGEST = 1.35, MOST_PITCH = 2.5, ENLARGED = 4.2, WIDENED = 0.62, LEAST_NUMBERED = 22, MOST_ACROSS = 0.5, PORTS = 0.55, BEND = 0.45;
const ROOM_FOR_VALUE = 4.4, ROOM_FOR_BIAS = 10.8, ROOM_BELOW = 7; // between two layers, in sizes of the numbers inside
const LEAST_STACKED = 2.15, LINE = 1.3, WORDS = 5.6, DESK_WORDS = 5.2; // of a neuron with words above and below it, in the same; and of a line of them, in its letters'
const MOST_WRITTEN_A_GAP = 3, SPOTS = [0.5, 0.46, 0.54, 0.42, 0.58, 0.38, 0.62, 0.34, 0.66, 0.3, 0.7, 0.27, 0.73, 0.8, 0.2];
const NAME_LENGTH = 12, TARGET_LENGTH = 11; // in letters

/**
 * `nodes[layer][unit]` is {x, y, size, above, below, numbered, biased}, the inputs first: how much room there is for words
 * above and below it, whether its value is written, and where its bias is, "beside" that or "below" it or nowhere; `links[layer]`
 * has a link's ends and its index, from source i to neuron j at i * fan_out + j. A neuron that is `chosen` has more room.
 * Names of up to `nameLength` letters are beside the first and the last layer, or `stacked` above their neurons.
 */
export function networkLayout(view, width, height, chosen) {
  const { scene, sizes } = view, columns = scene.network.sizes, line = 1.5 * sizes.inside, top = 0.5 * sizes.inside, last = columns.length - 1;
  const letter = 0.56 * sizes.text, usable = height - 2 * top, middle = height / 2, wordLine = LINE * sizes.text;
  const roomFor = (units, lines) => usable / units - line - top - lines * wordLine >= LEAST_STACKED * sizes.inside;
  const stacked = sizes.projector && roomFor(columns[0], 1) && roomFor(columns[last], scene.biased ? 3 : 2);
  const nameLength = stacked ? Math.floor(width / columns.length / letter) : NAME_LENGTH;
  const longest = (names) => Math.max(...names.map((name) => shorten(name, nameLength).length));
  const sides = [longest(scene.features), Math.max(longest(scene.targets), TARGET_LENGTH)].map((letters) => letter * letters * (stacked ? 0.5 : 1) + (stacked ? 0 : 12));
  const across = (size) => (width - sides[0] - sides[1] - (stacked ? 0 : size)) / last;
  const widest = Math.min(LARGEST * sizes.unit, MOST_ACROSS * across(sizes.unit)), written = across(widest) > ROOM_FOR_VALUE * sizes.inside;
  const beside = !sizes.projector && across(widest) > ROOM_FOR_BIAS * sizes.inside;
  const isBelow = !beside && (sizes.projector || across(widest) > ROOM_BELOW * sizes.inside); // where layers are closer, weights need the room
  const cells = columns.map((units, layer) => {
    const above = stacked && (layer === 0 || layer === last) ? wordLine : 0, target = stacked && layer === last ? wordLine : 0;
    const pitch = usable / units, room = pitch - top - above - target, numbered = written && room - line >= LEAST_NUMBERED;
    const lower = isBelow && scene.biased && layer > 0 && numbered && room - line - wordLine >= LEAST_STACKED * sizes.inside;
    const below = (numbered ? line : 0) + (lower ? wordLine : 0) + target, size = Math.max(3, Math.min(widest, numbered ? pitch - top - above - below : 0.8 * pitch));
    return { pitch: Math.min(pitch, MOST_PITCH * LARGEST * sizes.unit), size, above, below, numbered, lower };
  });
  const [left, right] = [0, last].map((layer, k) => (stacked ? Math.max(sides[k], cells[layer].size / 2) + 4 : sides[k] + cells[layer].size / 2));
  const apart = (width - left - right) / last;
  const nodes = columns.map((units, layer) => Array.from({ length: units }, (_, unit) => {
    const { pitch, size, above, below, numbered, lower } = cells[layer], biased = lower ? "below" : numbered && beside ? "beside" : null;
    return { layer, unit, x: left + layer * apart, y: middle - (below - above) / 2 + pitch * (unit - (units - 1) / 2), size, above, below, numbered, biased };
  }));
  const large = chosen && nodes[chosen.layer]?.[chosen.unit];
  if (large) {
    large.size = Math.max(large.size, Math.min(ENLARGED * sizes.unit, large.size + WIDENED * (apart - large.size), usable - line));
    Object.assign(large, { numbered: true, biased: "beside", above: 0, below: line });
    large.y = Math.min(Math.max(large.y, top + large.size / 2), height - top - line - large.size / 2);
    large.x = Math.min(Math.max(large.x, 4 + large.size / 2), width - 4 - large.size / 2);
  }
  const links = columns.slice(1).map((units, layer) => nodes[layer].flatMap((from) => nodes[layer + 1].map((to) => ({
    layer, i: from.unit, j: to.unit,
    x0: from.x + from.size / 2, y0: from.y + port(to.unit, units, from.size),
    x1: to.x - to.size / 2, y1: to.y + port(from.unit, columns[layer], to.size),
  }))));
  return { nodes, links, stacked, nameLength };
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
  const wide = (node) => (node.biased === "beside" ? ROOM_FOR_BIAS : view.sizes.projector ? WORDS : DESK_WORDS) * view.sizes.inside; // of a value, or a value and a bias
  const solid = layout.nodes.flat().filter((node) => node.size > 10 && !all).flatMap((node) => [{
    x: node.x, y: node.y + (node.below - node.above) / 2, width: node.size + 6, height: node.size + node.above + node.below + 2,
  }, { x: node.x, y: node.y + (node.size + node.below) / 2, width: node.below && wide(node), height: node.below }]);
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
