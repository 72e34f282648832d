// The forward pass over many points at once, in float64, from NumPy's weights: z = a W + b, a = f(z), layer by layer.
// A layer's values lie neuron after neuron, count numbers each: neuron j at point p is values[j * count + p].
import { ACTIVATIONS } from "./activations.js";

/** Whether every activation of the network has a formula in JavaScript. */
export const canCompute = (network) => network.activations.every((name) => ACTIVATIONS[name]?.run);

/**
 * What every layer puts out at `count` points, one Float64Array a layer, in the network's own units.
 * `features` has an entry an input and after them one a derived input (see derived.js), in the table's units: a number
 * that all points share, or a Float64Array(count).
 * A layer whose activation is null puts out its z.
 * `buffers` may be what an earlier call gave: arrays of the right length are written over.
 */
export function forward(network, frame, features, count, buffers = []) {
  const { sizes, activations, parameters, perFrame, biased } = network;
  let at = frame * perFrame, planes = [], constants = [];
  features.forEach((input, i) => {
    const [offset, scale] = [network.inputOffset?.[i] ?? 0, network.inputScale?.[i] ?? 1];
    if (typeof input === "number") constants.push([i, (input - offset) / scale]);
    else planes.push([i, offset === 0 && scale === 1 ? input : input.map((x) => (x - offset) / scale), 0]);
  });
  const layers = [];
  for (let layer = 0; layer < activations.length; layer++) {
    const units = sizes[layer + 1], biasesAt = at + sizes[layer] * units;
    const values = buffers[layer]?.length === units * count ? buffers[layer] : new Float64Array(units * count);
    for (let j = 0; j < units; j++) {
      const weight = (i) => parameters[at + i * units + j];
      let constant = biased ? parameters[biasesAt + j] : 0;
      for (const [i, value] of constants) constant += weight(i) * value;
      values.fill(constant, j * count, (j + 1) * count);
      addWeighted(values, j * count, count, planes, weight);
    }
    ACTIVATIONS[activations[layer]]?.run(values, units, count);
    at = biasesAt + (biased ? units : 0);
    constants = [];
    planes = Array.from({ length: units }, (_, j) => [j, values, j * count]);
    layers.push(values);
  }
  return layers;
}

/** values[at + p] += the sum over planes of weight x plane at p; four planes a turn, as each turn reads and writes all. */
function addWeighted(values, at, count, planes, weight) {
  let k = 0;
  for (; k + 3 < planes.length; k += 4) {
    const [[i0, a0, o0], [i1, a1, o1], [i2, a2, o2], [i3, a3, o3]] = planes.slice(k, k + 4);
    const w0 = weight(i0), w1 = weight(i1), w2 = weight(i2), w3 = weight(i3);
    for (let p = 0; p < count; p++) {
      values[at + p] += w0 * a0[o0 + p] + w1 * a1[o1 + p] + w2 * a2[o2 + p] + w3 * a3[o3 + p];
    }
  }
  for (; k < planes.length; k++) {
    const [i, a, o] = planes[k], w = weight(i);
    for (let p = 0; p < count; p++) values[at + p] += w * a[o + p];
  }
}

/** The last layer's values of output k at every point, in the table's units. */
export function outputPlane(network, layers, k, count) {
  const plane = layers.at(-1).subarray(k * count, (k + 1) * count);
  const [offset, scale] = [network.targetOffset?.[k] ?? 0, network.targetScale?.[k] ?? 1];
  return offset === 0 && scale === 1 ? plane : plane.map((value) => value * scale + offset);
}

/** About the nanoseconds that one point takes: measured on two shared cores, good enough to choose a resolution by. */
export function pointCost(network) {
  const products = network.sizes.slice(1).reduce((sum, units, layer) => sum + units * network.sizes[layer], 0);
  return 0.5 * products + 13 * network.sizes.slice(1).reduce((sum, units) => sum + units, 0);
}
