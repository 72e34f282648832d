// What is said of the part of a picture that is pointed at, by mouse, finger or keyboard: the same words for all three.
import { classNames } from "./legend.js";
import { formatNumber } from "./numbers.js";
import { biasAt, gradientAt, isFrozen, isRight, weightAt } from "./scene.js";
import { ACTIVATIONS } from "./activations.js";

const MOST_TOLD = 8;

/** A few lines about what is pointed at. */
export function wordsOf(view, part) {
  if (part.link) return linkWords(view, part.link);
  if (part.neuron) return neuronWords(view, part.neuron);
  if (part.cell) return cellWords(view, part.cell);
  if (part.row !== undefined) return [rowWords(view, part.row), ...answerWords(view, part.row), ...hiddenWords(view)].join("\n");
  return [namesAndNumbers(view.scene.inputs, view.point), ...answerWords(view, null), ...hiddenWords(view)].join("\n");
}

const listed = (items) => items.slice(0, MOST_TOLD).join(", ") + (items.length > MOST_TOLD ? ` and ${items.length - MOST_TOLD} more` : "");
const namesAndNumbers = (names, values) => listed(names.map((name, i) => `${name} = ${formatNumber(values[i])}`));

/** "Row 3, held out: a = 1, b = 0". */
function rowWords({ scene }, row) {
  const kind = scene.isHeldOut.has(row) ? ", held out" : scene.isQuestion.has(row) ? ", a question" : "";
  return `Row ${row + 1}${kind}: ${namesAndNumbers(scene.inputs, scene.row(row))}`;
}

/** The outputs, and of a row its targets and whether it is right. */
function answerWords(view, row) {
  const { scene, values } = view, outputs = values?.at(-1);
  if (!outputs) return [];
  const told = scene.targets.map((name, k) => {
    const target = row === null ? null : scene.target(row, k);
    return `${name} = ${formatNumber(outputs[k], 3, scene.zero_output)}${target === null ? "" : ` (target ${formatNumber(target)})`}`;
  });
  const right = row === null ? null : isRight(scene, view.frame, row);
  return [`${listed(told)}${right === null ? "" : right ? ", right" : ", wrong"}`];
}

/** What the hidden neurons put out. */
function hiddenWords({ scene, values }) {
  if (!values || scene.neurons.length < 2) return [];
  const names = scene.neurons.slice(0, -1).flat(), numbers = values.slice(1, -1).flatMap((layer) => Array.from(layer));
  return [namesAndNumbers(names, numbers)];
}

/** A neuron: what comes into it, z, what it makes of that, and the strongest of its weights. */
function neuronWords(view, { layer, unit }) {
  const { scene, frame, values, signals } = view, { network } = scene;
  if (layer === 0) return `${scene.features[unit]}, ${unit < scene.inputs.length ? "an" : "a derived"} input\n${values ? formatNumber(values[0][unit]) : ""} ${placeWords(view)}`;
  const names = layer > 1 ? scene.neurons[layer - 2] : scene.features, weights = names.map((_, i) => weightAt(network, frame, layer - 1, i, unit));
  const bias = biasAt(network, frame, layer - 1, unit), activation = ACTIVATIONS[network.activations[layer - 1]];
  const lines = [`${scene.neurons[layer - 1][unit]}, ${scene.layers[layer - 1]}, ${activation.label}`];
  if (signals && !(view.light.covered && layer === network.sizes.length - 1)) {
    const z = weights.reduce((sum, weight, i) => sum + weight * signals[layer - 1][i], bias);
    const zero = layer === network.sizes.length - 1 ? scene.zero_output : 0;
    lines.push(`z = ${formatNumber(z)}, out = ${formatNumber(values[layer][unit], 3, zero)} ${placeWords(view)}`);
  }
  const order = weights.map((_, i) => i).sort((a, b) => Math.abs(weights[b]) - Math.abs(weights[a]));
  lines.push(`weights ${listed(order.map((i) => `${names[i]}: ${formatNumber(weights[i], 3, scene.zero_weight)}${frozenWord(scene, layer - 1, i, unit)}`))}${scene.biased ? `; bias: ${formatNumber(bias, 3, scene.zero_weight)}${frozenWord(scene, layer - 1, names.length, unit)}` : ""}`);
  return lines.join("\n");
}

const placeWords = ({ shownRow }) => (shownRow === null ? "at the point" : `for row ${shownRow + 1}`);

const frozenWord = (scene, layer, i, j) => (isFrozen(scene, layer, i, j) ? " (frozen)" : "");

/** What a weight joins, "x1 → h2", or "bias h2", as on every page. */
export function weightName({ network, neurons, features }, { layer, i, j }) {
  if (i === network.sizes[layer]) return `bias ${neurons[layer][j]}`;
  return `${layer ? neurons[layer - 1][i] : features[i]} → ${neurons[layer][j]}`;
}

/** A link: its weight, and the signal that it carries; or a bias. */
function linkWords(view, { layer, i, j }) {
  const { scene, frame, signals } = view, weight = weightAt(scene.network, frame, layer, i, j), isBias = i === scene.network.sizes[layer];
  const lines = [`${weightName(scene, { layer, i, j })}: ${isBias ? "" : "weight "}${formatNumber(weight, 3, scene.zero_weight)}${frozenWord(scene, layer, i, j)}`];
  if (scene.gradients) lines.push(`gradient ${formatNumber(gradientAt(scene, view.trained, layer, i, j))}`);
  if (signals && !isBias) lines.push(`carries ${formatNumber(weight)} × ${formatNumber(signals[layer][i])} = ${formatNumber(weight * signals[layer][i])} ${placeWords(view)}`);
  return lines.join("\n");
}

function cellWords(view, { target, answer, count }) {
  const names = classNames(view);
  return `${count === 1 ? "1 row" : `${count} rows`}: target ${names[target]}, answer ${names[answer] ?? "neither"}${target === answer ? "" : ", wrong"}`;
}
