"""A run with one weight changed, as the engine has it: what a trial in the browser is held to."""

from dataclasses import replace

import numpy as np

from engine import History
from engine.model.network import forward, loss_over_rows
from engine.model.weight_index import WeightIndex


def with_weight(history: History, frame: int, weight: WeightIndex, value: float) -> History:
    """The history of one epoch, its weights as they were but for one."""
    one = history.only_frame(frame)
    weights, biases = [w.copy() for w in one.weights], [b.copy() for b in one.biases]
    if weight.is_bias(history.experiment):
        biases[weight.layer][0, weight.neuron] = value
    else:
        weights[weight.layer][0, weight.source, weight.neuron] = value
    changed = replace(one, weights=tuple(weights), biases=tuple(biases))
    outputs = history.experiment.unscale_outputs(changed.forward(0).outputs[-1])
    return replace(changed, outputs=outputs[np.newaxis])


def losses(changed: History) -> tuple[float, float | None]:
    """The loss over the rows that are trained on, and over those held out."""
    e = changed.experiment
    run = forward(e, [w[0] for w in changed.weights], [b[0] for b in changed.biases], e.input_array)
    held_out = loss_over_rows(e, run, e.target_array, e.test_rows) if e.test_rows else None
    return loss_over_rows(e, run, e.target_array, e.train_rows), held_out
