// The pictures of a run on the page: they follow the player's time cursor, and what is chosen or pointed at in one of
// them shows in both. On the document `glassbox-run` brings the bytes of a run and `glassbox-epoch` says {run, index,
// playing, row, drawn}, where Python drew the page at the index `drawn`; `glassbox-ask-run` and `glassbox-ask` ask for
// them. `glassbox-save` {run, format} makes files of them. `glassbox-outputs` tells the table what to show.
import { paintConfusion } from "./confusion.js";
import { paintCurve } from "./answer_curve.js";
import { paintPlane } from "./answer_plane.js";
import { paintRows } from "./answer_rows.js";
import { paletteFor, schemeOf } from "./colors.js";
import { mountControls } from "./controls.js";
import { mountDrawing } from "./drawing.js";
import { mountEditing } from "./editing.js";
import { drawText } from "./shapes.js";
import { formatEpoch } from "./numbers.js";
import { networkCaption } from "./network_links.js";
import { paintNetwork } from "./network.js";
import { listenTo, rowOnPlane } from "./pointer.js";
import { readScene, sentFrame } from "./scene.js";
import { savePicture } from "./save.js";
import { outputCells } from "./table_outputs.js";
import { firstLook, makeViewer } from "./view.js";
import { DESK } from "./palettes.js";

const STILL_AFTER_MS = 150, LEAST_HEIGHT = 360, MOST_HEIGHT = 600, PER_NEURON = 1.6, NEURON_PIXELS = 140, UNLIT = { isOnRow: false, link: null, bias: null, covered: false }, ANSWERS = { plane: paintPlane, curve: paintCurve, rows: paintRows, confusion: paintConfusion };
const MISSING = "An activation of this network has no formula in JavaScript,\nso your browser cannot compute this picture.";

/**
 * Mount the pictures in an element that holds stage.html. `chosenRow(row)` is called when a row is clicked, `send(name,
 * value)` with changes of the network and typed numbers. The others are how they look, which `present` changes: `sizes`;
 * `height` in pixels or null; whether the network `hasAnswer` beside it; and `light`, a presenter's: {isOnRow, link, bias,
 * covered}, where covered outputs are not told; `drawing` (drawing.js); `table`, where the outputs stand (grid_outputs.js),
 * null for nowhere; and `gradients`, whether links are to be coloured by gradient, undefined where nobody can send any.
 * Gives `load(bytes)`, `seek(index, playing)`, `set({row, target, discrete, axes, held, answer})`, `present`, `stop()`
 * and what editing.js adds.
 */
export function mountStage(root, { chosenRow = () => {}, send = () => {}, ...looks } = {}) {
  const find = (part) => root.querySelector(`[data-part="${part}"]`), listening = new AbortController(), on = { signal: listening.signal };
  const pictures = { network: find("network"), answer: find("answer") }, frame = find("pictures");
  const state = { index: 0, row: 0, probe: null, pointed: null, pointedIn: null, chosen: null, weight: null, whatIf: null, look: null, still: true, playing: false };
  const boxes = new Map();
  let scene = null, viewer = null, queued = 0, waiting = 0, toldRow = null, drawnAt = null, table = null, sizes = DESK, height = null, light = UNLIT;
  const stage = { state, load, seek, set, present, point, choose, view, paint, paintNow, settle, stop, chosenRow, send, gradients: undefined };
  const controls = mountControls(find("choices"), stage), editing = mountEditing(root, { find, pictures, frame }, stage), answer = pictures.answer;
  const drawing = mountDrawing(find("tools"), answer, stage, (...at) => rowOnPlane(answer, ...at), on);

  function load(bytes) {
    const before = scene;
    stage.tryWeight(null);
    scene = stage.scene = readScene(bytes);
    const same = before && ["inputs", "targets", "kind"].every((name) => String(scene[name]) === String(before[name])), drawn = before && drawing.isOn() && String(scene.inputs) === String(before.inputs);
    if (!same && !drawn) boxes.clear();
    if (!drawn && (!same || String(scene.varying) !== String(before.varying))) state.look = firstLook(scene); // a map that is drawn on stays, with one point too
    if (!same || String(scene.sizes) !== String(before.sizes) || scene.biased !== before.biased) Object.assign(state, { chosen: null, weight: null });
    viewer = makeViewer(scene, boxes);
    controls.read(scene);
    state.index = scene.epochs.length - 1;
    if (!drawn || state.pointed?.row !== undefined) Object.assign(state, { probe: null, pointed: null, pointedIn: null });
    drawing.settle();
    for (const [name, canvas] of Object.entries(pictures)) canvas.setAttribute("aria-label", scene.alt[name]);
    fit();
    document.dispatchEvent(new CustomEvent("glassbox-ask"));
    settle();
  }

  /** Paint in the resolution that there is time for, and once nothing has moved for a while, in the finest. */
  function settle() {
    state.still = false;
    clearTimeout(waiting);
    if (!state.playing) waiting = setTimeout(() => { state.still = true; paint(); }, STILL_AFTER_MS);
    paint();
  }

  function seek(index, playing = false) {
    const moved = index !== state.index || playing !== state.playing;
    if (index !== state.index) stage.tryWeight(null); // a trial is of one epoch
    Object.assign(state, { index, playing });
    if (moved) settle();
  }

  /** Look at the run otherwise; another row has its own values for the inputs that are held. */
  function set({ row = state.row, ...look }) {
    if (row !== state.row) look.held = {};
    else if (Object.keys(look).length) point(null); // it may not be there any more
    state.row = row;
    Object.assign(state.look, look);
    settle();
  }

  function present({ hasAnswer = true, drawing: facts = null, table: grid = null, ...fresh }) {
    drawing.present(facts);
    table = grid;
    tellTable();
    ({ sizes = DESK, height = null, light = UNLIT, gradients: stage.gradients } = fresh);
    frame.classList.toggle("wall", sizes.projector);
    frame.classList.toggle("alone", !hasAnswer);
    if (scene) { fit(); settle(); }
  }

  /** Follow the player; the row that it names counts where it is another than before, as here one may have been chosen since. */
  function follow({ run, index, playing, row = toldRow, drawn = index }) {
    if (!scene || run !== scene.run) return (drawnAt = null); // Python has drawn a run that is still to come
    if (row !== toldRow) set({ row });
    toldRow = row;
    drawnAt = drawn;
    seek(index, playing);
    tellTable();
  }

  /** Tell the table the outputs of the player's epoch where Python has drawn those of another (private_api/grid_outputs.js). */
  function tellTable() {
    if (!scene || drawnAt === null) return;
    const sent = sentFrame(scene, state.index), isSent = scene.computed && scene.frames[sent] === state.index;
    const isElsewhere = state.playing || state.index !== drawnAt, read = (row) => outputCells(scene, sent, row);
    const epoch = formatEpoch(scene.epochs[state.index]);
    document.dispatchEvent(new CustomEvent("glassbox-outputs", { detail: { table, rows: scene.rows, isElsewhere, epoch, tint: paletteFor(schemeOf(frame)).wrong_tint, read: isSent ? read : null } }));
  }

  /** Point at a part of one of the pictures, null for none; a point or a row of the table has its inputs with it. */
  function point(part, picture = null) {
    Object.assign(state, { pointed: part, pointedIn: part && picture });
    state.probe = part?.inputs ?? (part?.row !== undefined ? scene.row(part.row) : null);
    paint();
  }

  function choose(neuron) {
    state.chosen = neuron && state.chosen?.layer === neuron.layer && state.chosen.unit === neuron.unit ? null : neuron;
    paint();
  }

  function view() {
    const palette = paletteFor(schemeOf(frame)), { width, height } = areaOf(pictures.answer), density = devicePixelRatio || 1;
    const family = getComputedStyle(frame).fontFamily, moving = state.playing && !matchMedia("(prefers-reduced-motion: reduce)").matches;
    const pixels = Math.round(Math.max(Math.min(width, height), NEURON_PIXELS) * density);
    return drawing.over(viewer(state, { palette, sizes, light, family, density, pixels, flowing: moving, now: performance.now() }));
  }

  const areaOf = (canvas) => ({ width: canvas.clientWidth, height: canvas.clientHeight });

  /** As high as the largest layer needs, within bounds; the answer no higher than wide. */
  function fit() {
    const wanted = PER_NEURON * sizes.unit * Math.max(...scene.network.sizes);
    frame.style.setProperty("--high", `${Math.round(height ?? Math.max(LEAST_HEIGHT, Math.min(MOST_HEIGHT, wanted)))}px`);
  }

  function paint() {
    if (!queued && scene) queued = requestAnimationFrame(() => { queued = 0; if (!listening.signal.aborted) paintNow(); });
  }

  function paintNow() {
    const now = view();
    for (const [name, canvas] of Object.entries(pictures)) {
      const { width, height } = areaOf(canvas);
      if (!width || !height) continue;
      const [wide, high] = [Math.round(width * now.density), Math.round(height * now.density)];
      if (canvas.width !== wide || canvas.height !== high) Object.assign(canvas, { width: wide, height: high });
      const ctx = canvas.getContext("2d");
      ctx.setTransform(now.density, 0, 0, now.density, 0, 0);
      ctx.clearRect(0, 0, width, height);
      paintPicture(name, ctx, now, width, height);
    }
    tell(now);
    Object.assign(frame.dataset, { painted: state.index, epoch: scene.epochs[state.index], still: state.still });
  }

  function paintPicture(name, ctx, now, width, height) {
    if (name === "network") paintNetwork(ctx, now, width, height, pictures.network);
    else if (scene.computed || now.answer === "confusion") ANSWERS[now.answer](ctx, now, width, height);
    else MISSING.split("\n").forEach((line, k) => drawText(ctx, now, line, width / 2, height / 2 + 1.4 * sizes.text * (k - 0.5), { color: now.palette.muted }));
  }

  /** Both pictures as files. */
  function save({ run, format }) {
    if (run !== scene?.run) return;
    const now = view();
    for (const [name, canvas] of Object.entries(pictures)) {
      if (!canvas.clientWidth) continue; // not shown
      const { width, height } = areaOf(canvas), filename = `glassbox-the-${name}-epoch-${now.epoch}`;
      savePicture({ format, filename, caption: find(`${name} caption`).textContent, width, height, view: now, paint: (ctx, look) => paintPicture(name, ctx, look, width, height) });
    }
  }

  /** The captions, and the words beside the pointer. */
  function tell(now) {
    const kept = now.epoch === scene.epochs[state.index] ? "" : `, epoch ${formatEpoch(now.epoch)}`, over = now.axes?.map((i) => scene.inputs[i]).join(" and ");
    const write = (part, text) => { if (find(part).textContent !== text) find(part).textContent = text; };
    const whatIf = now.whatIf ? "What if? " : "";
    write("network caption", `${whatIf}${networkCaption(now, kept)}`);
    write("answer caption", `${whatIf}${{ plane: `The answer over ${over}`, curve: `The answer along ${over}`, rows: "Every row's answer", confusion: "Which answers the rows got" }[now.answer]}${kept}`);
    stage.pointers?.forEach((pointer) => pointer.tell(now));
    controls.show(state.look, now.held);
    editing.tell(now);
    drawing.show(now);
  }

  function stop() {
    listening.abort();
    clearTimeout(waiting);
    sized.disconnect();
  }

  const sized = new ResizeObserver(paint);
  for (const canvas of Object.values(pictures)) sized.observe(canvas);
  frame.addEventListener("transitionend", paint, on); // the background turns when the page's scheme does
  document.addEventListener("glassbox-epoch", ({ detail }) => follow(detail), on);
  document.addEventListener("glassbox-save", ({ detail }) => save(detail), on);
  document.addEventListener("glassbox-run", ({ detail }) => load(detail), on);
  present(looks);
  stage.pointers = Object.entries(pictures).map(([name, canvas]) => listenTo(name, canvas, { tip: find("tip"), said: find("said"), frame }, stage, on));
  document.dispatchEvent(new CustomEvent("glassbox-ask-run"));
  return stage;
}
