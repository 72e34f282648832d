// Points are drawn on the map: added, moved, deleted, by mouse, finger and keyboard. Each operation stands on the map at once and goes out as
// `glassbox-operation` on the document when the finger leaves; whoever listens gives it its number `n`. The page says up to which number it is.
import { planeArea } from "./answer_plane.js";
import { mountTools, HINTS } from "./draw_tools.js";
import { applyOperations, roundWithin, rowsFrom, rowsOf, sceneWithRows } from "./drawn_rows.js";
import { formatNumber } from "./numbers.js";

const MOVED = 4, SPACING = 9, SPREAD = 16, STEP = 1 / 40, BIG_STEP = 1 / 8, ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/**
 * Have the canvas of the answer drawn on, with its tools in `place`. `near(view, x, y, touch, but)` is the row at a place, or null.
 * Gives `present(facts)`, where facts are the page's: {run, applied, rows, held, most, locked, choices, values}, or null where
 * there is no table to draw into; `settle()`, for when another run is there; `over(view)`, the view with what was drawn; `show(view)`; `isOn()`.
 */
export function mountDrawing(place, canvas, stage, near, on) {
  const { tools, ...toolRow } = mountTools(place, () => stage.paintNow());
  let facts = null, coming = null, sent = [], stroke = null, carried = null, base = null;

  /** What the page says of the table counts from the moment at which the run is there that it speaks of. */
  function present(fresh) {
    coming = fresh;
    settle();
  }

  function settle() {
    if (!coming || !facts || coming.run === stage.scene?.run) facts = coming;
    sent = sent.filter(({ n }) => n > (facts?.applied ?? 0));
    base = null;
  }

  const rows = (operations = stroke ? [...sent, stroke] : sent) => applyOperations((base ??= facts?.rows ? rowsFrom(stage.scene, facts.rows, facts.held) : rowsOf(stage.scene)), operations);

  function show(view) {
    toolRow.show(facts, view.answer === "plane" && view.scene.computed);
    canvas.classList.toggle("drawn", isOn());
  }

  function over(view) {
    if (view.answer !== "plane" || !facts || !(facts.rows || sent.length || stroke)) return view;
    const now = rows(), chosen = now.findIndex(({ from }) => from === view.row);
    return { ...view, scene: sceneWithRows(view.scene, now), row: carried ? carried.row : chosen };
  }

  const isOn = () => Boolean(facts && tools.on && stage.state.look?.answer === "plane");

  /** With an operation on rows goes what they were: the table may have got or lost others that the map does not know of yet. */
  function send(operation, words) {
    const before = rows(sent), were = { move: [operation.row], delete: operation.rows }[operation.kind];
    const detail = { ...operation, ...(were && { were: were.map((at) => before[at].inputs) }) };
    stroke = carried = null;
    document.dispatchEvent(new CustomEvent("glassbox-operation", { detail }));
    if (detail.n) sent.push(detail);
    toolRow.say(words);
    stage.paintNow();
  }

  /** A place on the map as a new row's cells, or as inputs that are to change. */
  const valuesAt = (view, point) => view.axes.map((_, k) => roundWithin(point[k], [view.box.x, view.box.y][k]));
  const moveTo = (view, at, point) => ({ kind: "move", row: at, inputs: view.axes.map((input, k) => [input, valuesAt(view, point)[k]]) });
  function cellsAt(view, point) {
    const values = valuesAt(view, point);
    return [...view.held.map((held, i) => (view.axes.includes(i) ? values[view.axes.indexOf(i)] : held)), ...toolRow.targets(facts)];
  }
  const placeWords = (view, cells) => view.axes.map((input) => `${view.scene.inputs[input]} = ${formatNumber(cells[input])}`).join(", ");
  const room = (more = 0) => facts.most - rows().length - more;
  const full = () => toolRow.say(`A table like this has room for ${facts.most.toLocaleString("en-US")} rows.`);

  const addition = (...cells) => ({ kind: "add", rows: cells, width: stage.scene.inputs.length });
  const sendAdded = (view, operation) => {
    const { rows: added } = operation, count = rows().length;
    send(operation, added.length === 1 ? `Row ${count} added, ${toolRow.name(facts)}: ${placeWords(view, added[0])}.` : `${added.length} points added, ${toolRow.name(facts)}. The table has ${count.toLocaleString("en-US")} rows.`);
  };
  const remove = (...gone) => send({ kind: "delete", rows: gone }, gone.length === 1 ? `Row ${gone[0] + 1} deleted.` : `${gone.length} rows deleted.`);

  const press = { id: null, view: null, area: null, row: null, from: null, last: null };
  const inside = ({ area }, x, y) => area.inverse(Math.min(Math.max(x, area.left), area.left + area.width), Math.min(Math.max(y, area.top), area.top + area.height));

  function start(event) {
    if (!isOn() || event.button > 0 || press.id !== null) return;
    const { offsetX: x, offsetY: y } = event, view = stage.view(), area = planeArea(view, canvas.clientWidth, canvas.clientHeight), hit = near(view, x, y, event.pointerType === "touch");
    if (hit === null && !area.holds(x, y)) return;
    carried = stroke = null;
    Object.assign(press, { id: event.pointerId, view, area, row: hit, from: [x, y], last: [x, y] });
    canvas.setPointerCapture?.(event.pointerId);
    if (tools.tool === "erase") stroke = { kind: "delete", rows: [] };
    else if (tools.tool === "brush" || hit === null) {
      if (room() < 1) { press.id = null; full(); return; }
      stroke = addition(cellsAt(view, inside(press, x, y)));
    }
    draw(event);
  }

  function draw(event) {
    if (press.id !== event.pointerId) return;
    event.stopImmediatePropagation();
    const { offsetX: x, offsetY: y } = event, { view } = press, far = Math.hypot(x - press.from[0], y - press.from[1]);
    if (tools.tool === "erase") erase(event, x, y);
    else if (tools.tool === "brush") scatter(x, y);
    else if (press.row !== null) stroke = far >= MOVED || stroke ? moveTo(view, press.row, inside(press, x, y)) : null;
    else stroke = addition(cellsAt(view, inside(press, x, y)));
    stage.point(null);
  }

  function erase(event, x, y) {
    const hit = near(press.view, x, y, event.pointerType === "touch", stroke.rows);
    if (hit !== null) stroke = { kind: "delete", rows: [...stroke.rows, hit] };
  }

  function scatter(x, y) {
    if (Math.hypot(x - press.last[0], y - press.last[1]) < SPACING) return;
    if (room() < 1) { full(); return; }
    press.last = [x, y];
    const far = SPREAD * Math.sqrt(Math.random()), turn = 2 * Math.PI * Math.random();
    stroke = addition(...stroke.rows, cellsAt(press.view, inside(press, x + far * Math.cos(turn), y + far * Math.sin(turn))));
  }

  function finish(event) {
    if (press.id !== event.pointerId) return;
    event.stopImmediatePropagation();
    const { view, row: hit } = press;
    press.id = null;
    if (event.type === "pointercancel") { stroke = null; stage.paintNow(); }
    else if (stroke?.kind === "add") sendAdded(view, stroke);
    else if (stroke?.kind === "move") send(stroke, `Row ${hit + 1} moved: ${placeWords(view, Object.fromEntries(stroke.inputs))}.`);
    else if (stroke?.rows.length) remove(...stroke.rows);
    else { stroke = null; if (hit !== null && tools.tool === "point") chooseRow(hit); }
  }

  function chooseRow(at) {
    const { from } = rows()[at];
    if (from !== null) stage.chosenRow(from);
  }

  function key(event) {
    if (!isOn() || event.ctrlKey || event.metaKey || event.altKey || press.id !== null) return;
    const view = stage.view(), part = stage.state.pointedIn === "answer" ? stage.state.pointed : null, { key: name } = event;
    if (name === "Enter" || name === " ") {
      if (stroke) send(stroke, `Row ${carried.row + 1} put down.`);
      else if (carried) { carried = null; toolRow.say(HINTS.point); stage.paintNow(); }
      else if (part?.row !== undefined) { carried = { row: part.row, inputs: [...view.scene.row(part.row)] }; toolRow.say(`Row ${part.row + 1} picked up: arrows move it, Enter puts it down, Escape leaves it where it was.`); stage.point(null); }
      else if (room() < 1) full();
      else sendAdded(view, addition(cellsAt(view, view.axes.map((input) => (part?.inputs ?? view.point)[input]))));
    } else if (name === "Delete" || name === "Backspace") {
      const at = carried?.row ?? part?.row ?? view.row;
      if (at >= 0 && at < rows().length) { stage.point(null); remove(at); }
    } else if (carried && ARROWS[name]) {
      view.axes.forEach((input, k) => { const [low, high] = [view.box.x, view.box.y][k]; carried.inputs[input] = Math.min(Math.max(carried.inputs[input] + ARROWS[name][k] * (high - low) * (event.shiftKey ? BIG_STEP : STEP), low), high); });
      stroke = moveTo(view, carried.row, view.axes.map((input) => carried.inputs[input]));
      toolRow.say(placeWords(view, Object.fromEntries(stroke.inputs)));
      stage.paintNow();
    } else if (carried && name === "Escape") { carried = stroke = null; toolRow.say(HINTS.point); stage.paintNow(); }
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  const first = { ...on, capture: true };
  canvas.addEventListener("pointerdown", start, first);
  canvas.addEventListener("pointermove", draw, first);
  for (const type of ["pointerup", "pointercancel"]) canvas.addEventListener(type, finish, first);
  canvas.addEventListener("click", (event) => { if (isOn()) event.stopImmediatePropagation(); }, first); // a press has done all
  canvas.addEventListener("keydown", key, first);
  canvas.addEventListener("blur", () => { if (carried) { carried = stroke = null; stage.paintNow(); } }, first);

  return { present, settle, over, show, isOn };
}
