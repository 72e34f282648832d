// A run with one weight changed at one epoch, and nothing trained: what every row then gets, which are right, the loss.
import { ACTIVATIONS } from "./activations.js";
import { forward, outputPlane } from "./forward.js";
import { LOSSES } from "./losses.js";
import { weightPlace } from "./scene.js";
import { isOutputRight } from "./table_outputs.js";

/** The frame after the last one, which is that of a trial. */
export const trialFrame = (scene) => scene.frames.length;

/**
 * Put a frame with one weight changed behind all others, and what comes of it at `scene.trial`: {outputs, a plane a target
 * in the table's units; answers, one a row as scene.py writes them; loss and testLoss, null where they are not known}.
 * `weight` is {layer, i, j, value}, layers from 0; a bias comes from a unit i after the last one.
 */
export function computeTrial(scene, frame, { layer, i, j, value }) {
  const { network, rows, targets } = scene, { perFrame } = network, spare = trialFrame(scene);
  if (network.parameters.length === spare * perFrame) {
    const longer = new Float64Array((spare + 1) * perFrame);
    longer.set(network.parameters);
    network.parameters = longer;
  }
  network.parameters.copyWithin(spare * perFrame, frame * perFrame, (frame + 1) * perFrame);
  network.parameters[weightPlace(network, spare, layer, i, j)] = value;
  const features = scene.features.map((_, feature) => scene.column(feature)), layers = forward({ ...network, activations: [...network.activations.slice(0, -1), null] }, spare, features, rows);
  const sums = layers.pop();
  layers.push(sums.slice());
  ACTIVATIONS[network.activations.at(-1)].run(layers.at(-1), network.sizes.at(-1), rows);
  const outputs = targets.map((_, k) => outputPlane(network, layers, k, rows)), all = Array.from({ length: rows }, (_, row) => row);
  const known = all.filter((row) => !scene.isQuestion.has(row)), loss = (part) => lossOver(scene, sums, layers.at(-1), part);
  scene.trial = {
    outputs, answers: all.map((row) => answerOf(scene, outputs.map((plane) => plane[row]), row)),
    loss: loss(known.filter((row) => !scene.isHeldOut.has(row))), testLoss: scene.held_out.length ? loss(known.filter((row) => scene.isHeldOut.has(row))) : null,
  };
}

/** The number of the class that a row's outputs say, 2 for neither of two; else 1 for right and 0 for wrong: the rule of `correct_answers` in targets.py. */
function answerOf(scene, outputs, row) {
  const { kind, middles, undecided, close } = scene;
  if (kind === "multiclass") return outputs.reduce((best, value, k) => (value > outputs[best] ? k : best), 0);
  if (kind === "binary" && outputs.length === 1) return Math.abs(outputs[0] - middles[0]) <= undecided ? 2 : Number(outputs[0] > middles[0]);
  if (scene.isQuestion.has(row)) return 0;
  return Number(outputs.every((value, k) => isOutputRight(scene, row, k, value)));
}

/** The loss over these rows as training computes it: in scaled targets, without penalties. Layers lie as forward.js has them. */
function lossOver({ network, rows, loss, target, targets }, sums, outputs, part) {
  if (!LOSSES[loss]) return null;
  const scaled = (row, k) => (target(row, k) - (network.targetOffset?.[k] ?? 0)) / (network.targetScale?.[k] ?? 1);
  const values = (read) => targets.map((_, k) => read(k));
  return part.reduce((sum, row) => sum + LOSSES[loss](values((k) => sums[k * rows + row]), values((k) => outputs[k * rows + row]), values((k) => scaled(row, k)), part.length), 0);
}
