// A run as the browser has it: the bytes of scene.py, read, and what is measured once of the whole run.
import { ACTIVATIONS } from "./activations.js";
import { addDerived } from "./derived.js";
import { canCompute, forward } from "./forward.js";

const MEASURED_FRAMES = 16, MEASURED_ROWS = 64;

/** The bytes of `scene_bytes` as a scene: the header's fields, the table, the answers, and `network` to compute with. */
export function readScene(bytes) {
  const own = bytes.slice(), length = new DataView(own.buffer).getUint32(0, true); // a copy begins where a float may
  const scene = JSON.parse(new TextDecoder().decode(own.subarray(8, 8 + length)));
  const { rows, inputs, targets, sizes, frames } = scene;
  const perFrame = sizes.slice(1).reduce((sum, units, layer) => sum + (sizes[layer] + (scene.biased ? 1 : 0)) * units, 0);
  let at = 8 + length;
  const take = (count) => { const array = new Float64Array(own.buffer, at, count); at += 8 * count; return array; };
  const table = take(rows * inputs.length), goals = take(rows * targets.length), parameters = take(frames.length * perFrame);
  scene.gradients = scene.has_gradients ? take(frames.length * perFrame) : null;
  const answers = own.subarray(at, at + frames.length * rows);
  const [inputOffset, inputScale] = scene.input_scale ?? [], [targetOffset, targetScale] = scene.target_scale ?? [];
  scene.network = {
    sizes, activations: scene.activations, biased: scene.biased, parameters, perFrame,
    derived: scene.derived, inputOffset, inputScale, targetOffset, targetScale,
  };
  scene.row = (row) => Array.from(table.subarray(row * inputs.length, (row + 1) * inputs.length));
  const columns = addDerived(scene.derived, inputs.map((_, column) => Float64Array.from({ length: rows }, (_, row) => table[row * inputs.length + column])));
  scene.column = (feature) => columns[feature]; // of an input, or after them of a derived one
  scene.target = (row, k) => (scene.isQuestion.has(row) ? null : goals[row * targets.length + k]);
  scene.answer = (frame, row) => (frame < frames.length ? answers[frame * rows + row] : scene.trial.answers[row]);
  scene.trial = null; // what comes of a changed weight (what_if.js), at the frame after the last one
  scene.isQuestion = new Set(scene.questions);
  scene.isHeldOut = new Set(scene.held_out);
  scene.isFrozen = new Set(scene.frozen);
  scene.computed = canCompute(scene.network);
  return Object.assign(scene, measureRun(scene));
}

/** The frame that is sent for an epoch's index: the last one that is not after it. */
export function sentFrame(scene, index) {
  const after = scene.frames.findIndex((frame) => frame > index);
  return after < 0 ? scene.frames.length - 1 : Math.max(0, after - 1);
}

/** Whether a row is right at a frame, as NumPy said; null for a question, which has no target, and for what was just drawn. */
export function isRight(scene, frame, row) {
  if (scene.isQuestion.has(row) || scene.isFresh?.has(row)) return null;
  return scene.answer(frame, row) === (scene.row_classes ? scene.row_classes[row] : 1);
}

/** Where the weights of a layer begin at a frame, row by row; its biases come after the last row. */
function weightsStart({ sizes, perFrame, biased }, frame, layer) {
  let at = frame * perFrame;
  for (let below = 0; below < layer; below++) at += (sizes[below] + (biased ? 1 : 0)) * sizes[below + 1];
  return at;
}

/** Where the weight from unit i of a layer's inputs to its neuron j is among the parameters; of the bias, where i comes after them. */
export const weightPlace = (network, frame, layer, i, j) => weightsStart(network, frame, layer) + i * network.sizes[layer + 1] + j;

/** The weight from unit i of a layer's inputs to its neuron j at a frame. */
export const weightAt = (network, frame, layer, i, j) => network.parameters[weightPlace(network, frame, layer, i, j)];

/** The gradient of a weight or bias at a frame that was trained, where gradients were sent. */
export const gradientAt = ({ gradients, network }, frame, layer, i, j) => gradients[weightPlace(network, frame, layer, i, j)];

/** The largest gradient of a frame, plus or minus: what colours are measured by. */
export function largestGradient({ gradients, network: { perFrame } }, frame) {
  return gradients.subarray(frame * perFrame, (frame + 1) * perFrame).reduce((top, value) => Math.max(top, Math.abs(value) || 0), 0) || 1;
}

/** The bias of a neuron at a frame, 0 where there is none. */
export const biasAt = (network, frame, layer, j) => (network.biased ? weightAt(network, frame, layer, network.sizes[layer], j) : 0);

/** Whether the weight from unit i of a layer's inputs to its neuron j is frozen; of the bias, where i comes after them. */
export const isFrozen = (scene, layer, i, j) => scene.isFrozen.has(weightPlace(scene.network, 0, layer, i, j));

/**
 * `scales`, one for the inputs and one a layer: how large its values get, so that colours hold for all epochs; and
 * `weightScales`, one a layer: how large its weights get. What only a tenth of the epochs reach counts as beyond the
 * scale: in a run that diverges they would leave nothing of the others.
 */
function measureRun(scene) {
  const { network, rows, frames, features } = scene, layers = network.activations.length;
  const bounds = network.activations.map((name) => ACTIVATIONS[name] ?? {});
  const spread = (length, most) => Array.from({ length: Math.min(length, most) }, (_, k) => Math.round((k * (length - 1)) / Math.max(1, Math.min(length, most) - 1)));
  const sample = spread(rows, MEASURED_ROWS), largest = (values) => values.reduce((top, value) => Math.max(top, Math.abs(value)), 0);
  const columns = features.map((_, feature) => Float64Array.from(sample, (row) => scene.column(feature)[row]));
  const seen = columns.map((column, i) => largest(column.map((x) => (x - (network.inputOffset?.[i] ?? 0)) / (network.inputScale?.[i] ?? 1))));
  const valueSizes = Array.from({ length: layers }, () => []), weightSizes = Array.from({ length: layers }, () => []);
  let buffers = [];
  for (const frame of spread(frames.length, MEASURED_FRAMES)) {
    buffers = scene.computed ? forward(network, frame, columns, sample.length, buffers) : [];
    for (let layer = 0; layer < layers; layer++) {
      const first = weightsStart(network, frame, layer);
      weightSizes[layer].push(largest(network.parameters.subarray(first, first + network.sizes[layer] * network.sizes[layer + 1])));
      valueSizes[layer].push(scene.computed ? largest(buffers[layer]) : 1);
    }
  }
  const most = (sizes) => sizes.filter(Number.isFinite).sort((a, b) => a - b)[Math.floor(0.9 * (sizes.length - 1))] || 1;
  const bounded = ({ low, high }) => (Number.isFinite(low) && Number.isFinite(high) ? Math.max(Math.abs(low), Math.abs(high)) : null);
  return {
    scales: [largest(seen) || 1, ...valueSizes.map((sizes, layer) => bounded(bounds[layer]) ?? most(sizes))],
    weightScales: weightSizes.map(most),
  };
}
