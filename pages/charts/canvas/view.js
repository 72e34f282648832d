// All that a picture is painted from: the run at one epoch, seen for one row or point, in the page's colours.
import { lineRange } from "./answer_curve.js";
import { planeBox } from "./answer_plane.js";
import { addDerived } from "./derived.js";
import { forward, outputPlane } from "./forward.js";
import { dotOrder } from "./neuron_maps.js";
import { lineRaster, planeRaster, rasterSide } from "./raster.js";
import { sentFrame } from "./scene.js";
import { trialFrame } from "./what_if.js";

const LINE_POINTS = 401;

/** Where a run is looked at from until somebody chooses otherwise: the two inputs that vary, or the one, or the rows. */
export function firstLook(scene) {
  const answer = { 1: "curve", 2: "plane" }[scene.varying.length] ?? "rows", axes = axesFor(scene, answer, null);
  return { axes, held: {}, target: scene.kind === "multiclass" || answer === "curve" ? null : 0, discrete: false, answer };
}

/** Which pictures of the answer there are; `drawn` is the one that stands. */
export const possibleAnswers = (scene, drawn) => [
  ...(scene.varying.length > 1 || drawn === "plane" ? ["plane"] : []), ...(scene.varying.length ? ["curve"] : []), "rows", ...(scene.classes ? ["confusion"] : []),
];

/** The inputs along which a picture runs, those of `before` as far as they fit; of the others, those of the neurons' pictures. */
export function axesFor(scene, answer, before) {
  const count = { plane: 2, curve: 1 }[answer] ?? (scene.varying.length <= 2 ? scene.varying.length : 0);
  const axes = [...(before ?? []), ...scene.varying.filter((input) => !before?.includes(input))].slice(0, count);
  return count ? axes : null;
}

/**
 * Makes views of a scene, and keeps what is costly: rasters, the rows' values, small canvases to paint pixels on.
 * `boxes` has the part of each plane that was drawn last, and is kept from run to run.
 */
export function makeViewer(scene, boxes) {
  const kept = new Map(), canvases = new Map(), stamps = new Map();
  const columns = scene.features.map((_, i) => scene.column(i));
  const remember = (slot, key, make) => {
    if (kept.get(slot)?.key !== key) kept.set(slot, { key, value: make(kept.get(slot)?.value?.layers) });
    return kept.get(slot).value;
  };
  const scratch = (width, height) => {
    const key = `${width} ${height}`;
    if (!canvases.has(key)) {
      if (canvases.size > 40) canvases.clear();
      canvases.set(key, Object.assign(document.createElement("canvas"), { width, height }));
    }
    return canvases.get(key);
  };

  /** The raster of a frame: the fine one where it is there or asked for, else the one that there is time for. `weights` names what it is computed from. */
  function rasterOf(look, frame, weights, pixels, still) {
    const { axes, held, box, range } = look, network = scene.network;
    if (!axes || !scene.computed) return null;
    const place = `${axes} ${held}`;
    if (axes.length === 1) return remember("line", `${weights} ${place}`, (buffers) => lineRaster(network, frame, range, axes[0], held, LINE_POINTS, buffers));
    const fine = rasterSide(network, pixels, true), key = `${weights} ${place} ${fine}`;
    if (still || kept.get("still")?.key === key) return remember("still", key, (buffers) => planeRaster(network, frame, box, axes, held, fine, buffers));
    const side = rasterSide(network, pixels, false);
    return remember("moving", `${weights} ${place} ${side}`, (buffers) => planeRaster(network, frame, box, axes, held, side, buffers));
  }

  /** `state` is what the stage knows: index, row, probe, pointed, chosen, weight, whatIf, look; `paint` what the page does. */
  return function view(state, paint) {
    const trained = sentFrame(scene, state.index), { whatIf } = state, frame = whatIf ? trialFrame(scene) : trained, weights = `${trained} ${whatIf && Object.values(whatIf)}`;
    const { network } = scene, row = Math.min(state.row, scene.rows - 1);
    const point = state.probe ?? scene.row(row), held = scene.row(row).map((value, i) => state.look.held[i] ?? value);
    const { axes } = state.look, look = { ...state.look, held };
    if (axes?.length === 2) look.box = remember("box", `${axes}`, () => planeBox(scene, axes, boxes.get(`${axes}`)));
    if (look.box) boxes.set(`${axes}`, look.box);
    if (axes?.length === 1) look.range = remember("range", `${axes}`, () => lineRange(scene, axes[0]));
    const features = addDerived(network.derived, point), layers = scene.computed ? forward(network, frame, features, 1) : null;
    const view = {
      ...look, ...paint, scene, frame, row, point, scratch, stamps, trained, epoch: scene.epochs[scene.frames[trained]],
      probe: state.probe, pointed: state.pointed, chosen: state.chosen, weight: state.weight, whatIf,
      shownRow: state.probe ? state.pointed?.row ?? null : row,
      signals: layers && [features.map((x, i) => (x - (network.inputOffset?.[i] ?? 0)) / (network.inputScale?.[i] ?? 1)), ...layers],
      values: layers && [features, ...layers.slice(0, -1), scene.targets.map((_, k) => outputPlane(network, layers, k, 1)[0])],
      raster: rasterOf(look, frame, weights, paint.pixels, state.still),
      rowLayers: null,
    };
    view.probeOutputs = view.values?.at(-1);
    if (axes?.length === 1 && scene.computed) view.startRaster = remember("start", `${axes} ${held}`, () => lineRaster(network, 0, look.range, axes[0], held, LINE_POINTS));
    if (scene.computed && (!axes || look.answer === "rows")) view.rowLayers = remember("rows", weights, (layers) => ({ layers: forward(network, frame, columns, scene.rows, layers) })).layers;
    if (!axes) Object.assign(view, remember("dots", `${paint.palette.background} ${look.target} ${look.answer}`, () => dotOrder(view)));
    return view;
  };
}
