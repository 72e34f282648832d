"""The gradient of every weight and bias at the kept epochs: how steeply the loss rises with it, from NumPy."""

import numpy as np
import numpy.typing as npt

from engine import History
from engine.explanation.ledger import with_bias_row
from engine.model.network import backward, forward


def gradients(history: History, frames: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """Of the loss over all rows trained on, penalties included, at these frames, (F', P): W1 row by row, b1, W2, ..."""
    e = history.experiment
    rows = list(e.train_rows)
    inputs, targets = e.input_array[rows], e.target_array[rows]
    found = []
    for frame in frames.tolist():
        weights = [layer[frame] for layer in history.weights]
        forward_pass = forward(e, weights, [layer[frame] for layer in history.biases], inputs)
        for layer in backward(e, weights, forward_pass, inputs, targets):
            with np.errstate(all="ignore"):
                of_weights = layer.weight_gradient + layer.penalty
            found.append(with_bias_row(of_weights, layer.bias_gradient if e.bias else None).ravel())
    return np.concatenate(found).reshape(len(frames), -1).astype("<f8")
