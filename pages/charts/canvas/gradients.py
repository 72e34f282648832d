"""The gradient of every weight and bias at the kept epochs: how steeply the loss rises with it, from NumPy."""

import numpy as np
import numpy.typing as npt

from engine import Experiment, History
from engine.model.network import backward, forward
from engine.model.types import Array, join_flat


def gradients(history: History, frames: npt.NDArray[np.int64]) -> Array:
    """Of the loss over all rows trained on, penalties included, at these frames, (F', P): W1 row by row, b1, W2, ...

    The rows are those that are trained on after the frame's epoch.
    """
    found, tables = [], dict[int, tuple[Experiment, Array, Array]]()
    for frame in frames.tolist():
        e = history.experiment.table_after(int(history.epochs[frame]))
        if id(e.inputs) not in tables:
            rows = list(e.train_rows)
            tables[id(e.inputs)] = e, e.input_array[rows], e.target_array[rows]
        e, inputs, targets = tables[id(e.inputs)]
        weights = [layer[frame] for layer in history.weights]
        forward_pass = forward(e, weights, [layer[frame] for layer in history.biases], inputs)
        layers = backward(e, weights, forward_pass, inputs, targets)
        with np.errstate(all="ignore"):
            totals = [
                (layer.weight_gradient + layer.penalty, layer.bias_gradient if e.bias else None) for layer in layers
            ]
        found.append(join_flat(totals))
    return np.stack(found).astype("<f8")
