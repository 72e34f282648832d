// Mouse, touch and keyboard on a picture: each leads to a part of it that is pointed at, and to the same words.
import { curveArea } from "./answer_curve.js";
import { liesOnSlice, planeArea } from "./answer_plane.js";
import { rowPlaces, rowsArea } from "./answer_rows.js";
import { confusionArea } from "./confusion.js";
import { layoutOf, networkPart } from "./network.js";
import { markRadius } from "./shapes.js";
import { wordsOf } from "./words.js";

const STEP = 1 / 40, BIG_STEP = 1 / 8;

/** The mark of a row within reach of a point, the nearest of them; `place(row)` is where it lies. */
function rowNear({ scene }, place, x, y, reach, but = []) {
  let best = null, nearest = reach;
  for (let row = 0; row < scene.rows; row++) {
    if (but.includes(row)) continue;
    const [px, py] = place(row), far = Math.hypot(px - x, py - y);
    if (far <= nearest) [best, nearest] = [row, far];
  }
  return best;
}

/** What every kind of answer has at a point, where a part of it lies, and where a key leads from it. */
const ANSWERS = {
  plane: {
    place: (view, area) => (row) => { const values = view.scene.row(row); return liesOnSlice(view, values) ? [area.x(values[view.axes[0]]), area.y(values[view.axes[1]])] : [NaN, NaN]; },
    area: planeArea,
    at(view, area, x, y) {
      if (!area.holds(x, y)) return null;
      const [a, b] = area.inverse(x, y);
      return { inputs: view.held.map((value, i) => (i === view.axes[0] ? a : i === view.axes[1] ? b : value)) };
    },
    spot: (view, area, { inputs }) => [area.x(inputs[view.axes[0]]), area.y(inputs[view.axes[1]])],
  },
  curve: {
    place: (view, area) => (row) => { const k = view.target ?? 0, target = view.scene.target(row, k); return [area.x(view.scene.row(row)[view.axes[0]]), target === null ? NaN : area.y(target)]; },
    area: curveArea,
    at(view, area, x, y) {
      if (!area.holds(x, y)) return null;
      const [a] = area.inverse(x, y);
      return { inputs: view.held.map((value, i) => (i === view.axes[0] ? a : value)) };
    },
    spot: (view, area, { inputs }) => [area.x(inputs[view.axes[0]]), area.y(view.probeOutputs[view.target ?? 0])],
  },
  rows: {
    place: (view, area) => { const place = rowPlaces(view); return (row) => { if (view.scene.isQuestion.has(row)) return [NaN, NaN]; const [x, y] = place(row); return [area.x(x), Math.min(Math.max(area.y(y), area.top), area.top + area.height)]; }; },
    area: rowsArea,
    at: () => null,
  },
};

/** The row on the map at a point, or null; none of `but`. */
export function rowOnPlane(canvas, view, x, y, touch, but) {
  const area = planeArea(view, canvas.clientWidth, canvas.clientHeight);
  return rowNear(view, ANSWERS.plane.place(view, area), x, y, reachOf(view, touch), but);
}

const reachOf = (view, touch) => markRadius(view.scene, view) + (touch ? 14 : 5);

/** A row as a part that is pointed at. */
const rowPart = ({ scene }, row) => ({ row, inputs: scene.row(row) });

/** The part of the answer at a point, or null. */
function answerPart(view, x, y, width, height, touch) {
  if (view.answer === "confusion") {
    const { at, counts } = confusionArea(view, width, height), cell = at(x, y);
    return cell && { cell: { ...cell, count: counts[cell.target][cell.answer] } };
  }
  const kind = ANSWERS[view.answer], area = kind.area(view, width, height), row = rowNear(view, kind.place(view, area), x, y, reachOf(view, touch));
  return row === null ? kind.at(view, area, x, y) : rowPart(view, row);
}

/** Where a key leads from the part that is pointed at. */
function answerKey(view, part, key, big) {
  const { scene, axes } = view, rows = { PageDown: 1, PageUp: -1 }[key] ?? (view.answer === "rows" ? { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[key] : undefined);
  if (view.answer === "confusion") {
    const { counts, across, down } = confusionArea(view, 400, 400), from = part?.cell ?? { target: 0, answer: 0 };
    const step = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }[key] ?? [0, 0];
    const target = Math.min(Math.max(from.target + step[0], 0), down - 1), answer = Math.min(Math.max(from.answer + step[1], 0), across - 1);
    return { cell: { target, answer, count: counts[target][answer] } };
  }
  if (rows) return scene.rows ? rowPart(view, ((part?.row ?? (rows > 0 ? view.row - 1 : view.row + 1)) + rows + scene.rows) % scene.rows) : part;
  const step = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[key];
  if (!step || view.answer === "rows") return part ?? rowPart(view, view.row);
  const inputs = [...(part?.inputs ?? scene.row(part?.row ?? view.row))], ranges = view.range ? [view.range] : [view.box.x, view.box.y];
  axes.forEach((input, k) => { const [low, high] = ranges[k]; inputs[input] = Math.min(Math.max(inputs[input] + step[k] * (high - low) * (big ? BIG_STEP : STEP), low), high); });
  return { inputs: inputs.map((value, i) => (axes.includes(i) ? value : view.held[i])) };
}

/** From neuron to neuron by the arrows, and through a neuron's links and its bias by Page Up and Page Down. */
function networkKey(view, part, key) {
  const { sizes, biased } = view.scene.network, from = part?.neuron ?? (part?.link ? part.of : null);
  if (!from) return { neuron: view.chosen ?? { layer: 1, unit: 0 } };
  const { layer, unit } = from, across = { ArrowRight: 1, ArrowLeft: -1 }[key], along = { ArrowDown: 1, ArrowUp: -1 }[key], turn = { PageDown: 1, PageUp: -1 }[key];
  if (across) {
    const to = Math.min(Math.max(layer + across, 0), sizes.length - 1);
    return { neuron: { layer: to, unit: Math.min(Math.round(((unit + 0.5) / sizes[layer]) * sizes[to] - 0.5), sizes[to] - 1) } };
  }
  if (along) return { neuron: { layer, unit: (unit + along + sizes[layer]) % sizes[layer] } };
  if (!turn) return part;
  const into = layer ? Array.from({ length: sizes[layer - 1] + Number(biased) }, (_, i) => ({ layer: layer - 1, i, j: unit })) : [];
  const out = layer < sizes.length - 1 ? Array.from({ length: sizes[layer + 1] }, (_, j) => ({ layer, i: unit, j })) : [];
  const links = [...into, ...out], now = part.link ? links.findIndex((l) => l.layer === part.link.layer && l.i === part.link.i && l.j === part.link.j) : turn > 0 ? -1 : 0;
  return { link: links[(now + turn + links.length) % links.length], of: from };
}

/** Where the words about a part stand: beside it. */
function spotOf(name, canvas, view, part) {
  const { clientWidth: width, clientHeight: height } = canvas;
  if (name === "network") {
    const { nodes, links } = layoutOf(canvas, view, width, height);
    const neuron = part.neuron ?? (part.link.i === view.scene.network.sizes[part.link.layer] && { layer: part.link.layer + 1, unit: part.link.j });
    if (neuron) { const { x, y, size } = nodes[neuron.layer][neuron.unit]; return [x + size / 2, y]; }
    const { x0, y0, x1, y1 } = links[part.link.layer].find(({ i, j }) => i === part.link.i && j === part.link.j);
    return [(x0 + x1) / 2, (y0 + y1) / 2 + 14];
  }
  if (part.cell) { const { left, top, cell } = confusionArea(view, width, height); return [left + cell * (part.cell.answer + 0.7), top + cell * (part.cell.target + 0.7)]; }
  const kind = ANSWERS[view.answer], area = kind.area(view, width, height);
  return part.row !== undefined ? kind.place(view, area)(part.row) : kind.spot(view, area, part);
}

/** Have a canvas answer; `tell(view)` writes the words beside what is pointed at, and says them after a key. */
export function listenTo(name, canvas, { tip, said, frame }, stage, on) {
  let byKey = false;
  const isMine = () => stage.state.pointed !== null && stage.state.pointedIn === name;
  const point = (part, key = false) => { byKey = key; stage.point(part, name); };
  const partAt = (event) => {
    const view = stage.view(), x = event.offsetX, y = event.offsetY, touch = event.pointerType === "touch";
    return name === "network" ? networkPart(view, layoutOf(canvas, view, canvas.clientWidth, canvas.clientHeight), x, y, touch ? 16 : 7) : answerPart(view, x, y, canvas.clientWidth, canvas.clientHeight, touch);
  };
  const ready = () => Boolean(stage.scene);
  canvas.addEventListener("pointermove", (event) => ready() && point(partAt(event)), on);
  canvas.addEventListener("pointerdown", (event) => ready() && event.pointerType === "touch" && point(partAt(event)), on);
  canvas.addEventListener("pointerleave", (event) => event.pointerType !== "touch" && isMine() && point(null), on);
  document.addEventListener("pointerdown", (event) => isMine() && !event.composedPath().includes(canvas) && point(null), on);
  canvas.addEventListener("click", (event) => {
    const part = ready() && partAt(event);
    if (name === "network" && part?.link && stage.canTry()) stage.chooseWeight(part.link);
    else if (name === "network") stage.choose(part?.neuron ?? null);
    else if (part?.row !== undefined) stage.chosenRow(part.row);
  }, on);
  canvas.addEventListener("blur", () => isMine() && byKey && point(null), on);
  canvas.addEventListener("keydown", (event) => {
    if (!ready() || event.ctrlKey || event.metaKey || event.altKey) return;
    const { pointed } = stage.state, view = stage.view(), key = event.key;
    if (key === "Escape") { stage.choose(null); stage.stepBack(); point(null); }
    else if (key === "Enter") { if (pointed?.neuron) stage.choose(pointed.neuron); else if (pointed?.link && stage.canTry()) stage.chooseWeight(pointed.link, true); else if (pointed?.row !== undefined) stage.chosenRow(pointed.row); }
    else if (/^(Arrow|Page)/.test(key)) point(name === "network" ? networkKey(view, isMine() ? pointed : null, key) : answerKey(view, isMine() ? pointed : null, key, event.shiftKey), true);
    else return;
    event.preventDefault();
  }, on);

  function tell(view) {
    if (!isMine()) {
      if (!stage.state.pointed) { tip.hidden = true; said.textContent = ""; }
      return;
    }
    const words = wordsOf(view, stage.state.pointed), [x, y] = spotOf(name, canvas, view, stage.state.pointed);
    if (tip.textContent !== words) tip.textContent = words;
    if (byKey && said.textContent !== words) said.textContent = words;
    tip.hidden = false;
    const box = canvas.getBoundingClientRect(), around = frame.getBoundingClientRect(), left = box.left - around.left + x, top = box.top - around.top + y;
    const room = around.width - tip.offsetWidth - 4, beside = left + 18 > room ? left - tip.offsetWidth - 18 : left + 18;
    tip.style.transform = `translate(${Math.round(Math.max(0, Math.min(beside, room)))}px, ${Math.round(Math.max(0, top - tip.offsetHeight - 10))}px)`;
  }
  return { tell };
}
