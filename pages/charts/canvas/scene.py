"""What the browser needs to draw a run on its canvases, as bytes: the table, the answers, the weights of every epoch.

The pictures are computed in the browser, from NumPy's weights: 18 maps at 100 points a side are 1.4 million numbers an
epoch, and the weights that they come from a hundred. The bytes are

    a length (uint32, and four bytes of padding), and a JSON header of that length, padded to eight
    inputs (rows, columns), targets (rows, targets) and parameters (frames, P) as float64, little-endian
    where the header says that there are some, the gradients of the parameters, (frames, P), likewise
    answers (frames, rows) as uint8

The table is in its own units, and a question's targets are nan. P runs W1 row by row, b1, W2, ... An answer is the
number of the class that NumPy's outputs say, one more than the last
class where a yes-or-no output is neither; where targets are no classes, it is 1 for a row that is right and 0 for one
that is wrong. Right and wrong are thus decided here, by `correct_outputs`. Only for a weight that is tried in the
browser (what_if.js) are they decided there, by the same rule; a test holds the two together.
"""

import json
import struct
from collections.abc import Hashable
from typing import Any

import numpy as np
import numpy.typing as npt

from engine import History
from engine.explanation.rounded_to_zero import zero_output_size, zero_weight_size
from engine.model.formulas.parser import parse_formula
from engine.model.scaling import ColumnScale
from engine.model.targets import (
    CLOSE_SHARE,
    UNDECIDED_DISTANCE,
    correct_rows,
    decision_middles,
    target_kind,
)
from engine.model.weight_index import layer_name, neuron_names
from pages.charts.canvas.alt_text import picture_alt_texts
from pages.charts.canvas.formula_tree import formula_tree
from pages.charts.canvas.gradients import gradients
from pages.charts.style.format import format_number

FAR = 2.0**200
MOST_WEIGHT_BYTES = 1_000_000
"""Of a network whose weights would take more, fewer epochs are sent; its pictures say which epoch they show."""


def scene_bytes(history: History, token: Hashable = "", has_gradients: bool = False) -> bytes:
    """All of it; by `token` the pictures know the run that the player speaks of."""
    e, frames = history.experiment, sent_frames(history)
    header = {
        "run": token,
        "alt": picture_alt_texts(history),
        "epochs": history.epochs.tolist(),
        "frames": frames.tolist(),
        "inputs": e.input_names,
        "features": e.feature_names,
        "derived": [formula_tree(parse_formula(text, e.input_names), e.input_names) for text in e.derived],
        "targets": e.target_names,
        "sizes": (len(e.feature_names), *(fan_out for _, fan_out in e.shapes)),
        "activations": e.activations,
        "biased": e.bias,
        "has_gradients": has_gradients,
        "neurons": [neuron_names(e, layer) for layer in range(len(e.shapes))],
        "layers": [layer_name(layer, len(e.shapes)) for layer in range(len(e.shapes))],
        "rows": len(e.inputs),
        "loss": e.loss,
        "frozen": [] if e.frozen_flags is None else np.flatnonzero(e.frozen_flags).tolist(),
        "held_out": e.test_rows,
        "questions": e.question_rows,
        "zero_weight": zero_weight_size(e),
        "zero_output": zero_output_size(e),
        "varying": e.varying_inputs,
        "input_scale": offset_and_factor(e.input_scale),
        "target_scale": offset_and_factor(e.target_scale),
        **answer_facts(history),
    }
    numbers = [e.unscaled_inputs, e.unscaled_targets, parameters(history, frames)]
    numbers += [gradients(history, frames)] if has_gradients else []
    return pack_header(header) + b"".join(part.tobytes() for part in numbers) + answers(history, frames).tobytes()


def pack_header(header: dict[str, Any]) -> bytes:
    """Its length and itself, both padded, so that the float64 that follow lie where a Float64Array may begin."""
    text = json.dumps(header, allow_nan=False, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<II", len(text), 0) + text


def offset_and_factor(scale: ColumnScale | None) -> tuple[list[float], list[float]] | None:
    """What is taken from each column and what it is divided by, as every scaling moves and stretches; None for none.

    The factor is told from far out, where what it is moved by is lost in rounding and the factor is not.
    """
    if scale is None:
        return None
    offset, far = (scale.undo(np.full(len(scale.first), x)) for x in (0.0, FAR))
    return offset.tolist(), (far / FAR).tolist()


def sent_frames(history: History) -> npt.NDArray[np.int64]:
    """Which frames are sent, (F',): all, or as many as there is room for, evenly spread, both ends included."""
    frames = len(history.epochs)
    room = max(2, MOST_WEIGHT_BYTES // (8 * parameter_count(history)))
    return np.unique(np.linspace(0, frames - 1, min(frames, room)).round().astype(np.int64))


def parameter_count(history: History) -> int:
    """Weights and biases of one epoch."""
    e = history.experiment
    return sum((fan_in + e.bias) * fan_out for fan_in, fan_out in e.shapes)


def parameters(history: History, frames: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """The weights and biases of these frames, (F', P): W1 row by row, b1, W2, ..."""
    parts = []
    for layer, weights in enumerate(history.weights):
        parts.append(weights[frames].reshape(len(frames), -1))
        if history.biases:
            parts.append(history.biases[layer][frames])
    return np.concatenate(parts, axis=1).astype("<f8")


def answer_facts(history: History) -> dict[str, Any]:
    """What is asked for: the classes and each row's, the middle of yes and no, the range of the targets."""
    e = history.experiment
    kind, targets, labelled = target_kind(e), e.unscaled_targets, np.array(e.labelled_targets)
    span = np.ptp(labelled, axis=0)
    facts: dict[str, Any] = {
        "kind": kind,
        "classes": None,
        "row_classes": None,
        "middles": None if kind == "regression" else np.broadcast_to(decision_middles(e), targets.shape[1]).tolist(),
        "low": labelled.min(axis=0).tolist(),
        "high": labelled.max(axis=0).tolist(),
        "undecided": UNDECIDED_DISTANCE,
        "close": (CLOSE_SHARE * np.where(span > 0, span, 1.0)).tolist(),
    }
    if kind == "multiclass":
        return facts | {"classes": e.target_names, "row_classes": targets.argmax(axis=1).tolist()}
    if kind == "binary" and targets.shape[1] == 1:
        (middle,) = decision_middles(e).tolist()
        values = [sorted({v for v in labelled[:, 0].tolist() if (v > middle) == side}) for side in (False, True)]
        names = [format_number(v[0]) if v else other for v, other in zip(values, ("no", "yes"), strict=True)]
        return facts | {"classes": names, "row_classes": (targets[:, 0] > middle).astype(int).tolist()}
    return facts


def answers(history: History, frames: npt.NDArray[np.int64]) -> npt.NDArray[np.uint8]:
    """What NumPy's outputs say at every frame that is sent, (F', rows)."""
    e, outputs = history.experiment, history.outputs[frames]
    match target_kind(e):
        case "multiclass":
            winners: npt.NDArray[np.uint8] = outputs.argmax(axis=-1).astype(np.uint8)
            return winners
        case "binary" if outputs.shape[-1] == 1:
            middle = decision_middles(e)
            undecided = np.abs(outputs - middle) <= UNDECIDED_DISTANCE
            sides: npt.NDArray[np.uint8] = np.where(undecided, 2, outputs > middle)[..., 0].astype(np.uint8)
            return sides
    return correct_rows(e, outputs).astype(np.uint8)
