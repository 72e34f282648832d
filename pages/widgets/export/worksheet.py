"""A worksheet is the first update of a network to work out by hand: blanks on one page, the answers on another."""

from collections.abc import Sequence
from html import escape
from pathlib import Path
from string import Template

import numpy as np

from engine import ACTIVATIONS, LOSSES, Experiment, train
from engine.explanation.ledger import Update, explain_epoch, with_bias_row
from engine.model.types import Array
from pages.charts.history.series import layer_name, names_of
from pages.charts.style.base import label
from pages.widgets.export.latex_to_html import formula

PAGE = Template(Path(__file__).with_suffix(".html").read_text(encoding="utf-8"))

ROWS, WEIGHTS = 12, 24
"""More than this nobody works out by hand, and it would not fit on paper."""

CHANGES = {
    "sgd": "change = −{rate} × gradient",
    "momentum": "change = −{rate} × velocity; the first velocity is the gradient",
    "rmsprop": "square = 0.01 × gradient²; change = −{rate} × gradient / √square",
    "adam": "in the very first update, change = −{rate} × the sign of the gradient, very nearly",
}


def fits(experiment: Experiment) -> bool:
    """Whether an update is small enough for paper."""
    weights = sum(fan_in * fan_out for fan_in, fan_out in experiment.shapes)
    rows = min(len(experiment.train_rows), experiment.batch_size or len(experiment.train_rows))
    return rows <= ROWS and weights <= WEIGHTS


def worksheet(experiment: Experiment) -> str:
    """The sheet and its answers, as a page to print on A4 or Letter."""
    (start,) = train(experiment, [0])
    update = explain_epoch(experiment, start).updates[0]
    return PAGE.substitute(sections=section(experiment, update, False) + section(experiment, update, True))


def section(e: Experiment, update: Update, answers: bool) -> str:
    """The whole update, its numbers blank or filled in."""
    title = "Answers" if answers else "One epoch by hand"
    steps = [f"<h1>{title}</h1>", "" if answers else intro(e, update)]
    steps += [forward(e, update, index, answers) for index in range(len(update.layers))]
    for index in reversed(range(len(update.layers))):
        steps += [backward(e, update, index, answers), gradient(e, update, index, answers)]
    last = [steps.pop(), *(renewed(e, update, index, answers) for index in range(len(update.layers)))]
    return f"<section>{''.join(steps)}<div class=beside>{''.join(last)}</div></section>"


def intro(e: Experiment, update: Update) -> str:
    """What is given: the table and the start weights."""
    rows = np.hstack([update.layers[0].inputs, update.targets])
    heads = (*e.input_names, *(f"{name} (target)" for name in e.target_names))
    tables = [grid("the table", [f"row {row + 1}" for row in update.rows], heads, rows, True)]
    for index, layer in enumerate(update.layers):
        sources, neurons = names_of(e, index)
        both = with_bias_row(layer.weights, layer.biases)
        tables.append(grid(f"start weights, {place(e, index)}", sources, neurons, both, True))
    first = "" if e.batches == 1 else f" Only the first of {e.batches} batches is on this sheet."
    words = f"Work out one update of this network with a calculator; three digits are enough.{first}"
    return f"<p>{words}</p><div class=side>{''.join(tables)}</div>"


def forward(e: Experiment, update: Update, index: int, answers: bool) -> str:
    """z and f(z) of every row."""
    layer, activation = update.layers[index], ACTIVATIONS[e.activations[index]]
    _, neurons = names_of(e, index)
    rows = [f"row {row + 1}" for row in update.rows]
    into = "inputs" if index == 0 else f"outputs of the {place(e, index - 1)}"
    bias = ", plus the bias" * e.bias
    return step(
        f"Forward, {place(e, index)}",
        f"z = {into} times weights, added up{bias}. {escape(activation.label)}: f(z) = {formula(activation.formula)}",
        grid("z", rows, neurons, layer.pre_activations, answers),
        grid("f(z)", rows, neurons, layer.outputs, answers),
    )


def backward(e: Experiment, update: Update, index: int, answers: bool) -> str:
    """Error, slope and delta of every row."""
    layer = update.layers[index]
    _, neurons = names_of(e, index)
    rows = [f"row {row + 1}" for row in update.rows]
    if index == len(update.layers) - 1:
        scale = LOSSES[e.loss].scale(*update.targets.shape)
        error = "error = f(z) − target" if scale == 1 else f"error = {label(scale)} × (f(z) − target)"
        error += " (programs that take target − f(z) add where this sheet subtracts: the new weights are the same)"
    else:
        error = f"error = deltas of the {place(e, index + 1)} times the weights they came in by, added up"
    pictures = [grid("error", rows, neurons, layer.error, answers)]
    if layer.slope is None:
        words = f"{error}. This loss is made for this activation: delta = error."
    elif layer.mixes:
        words = f"{error}. Softmax: delta = f(z) × (error − the sum of error × f(z) over the layer)."
    else:
        slope = formula(ACTIVATIONS[e.activations[index]].slope_formula)
        words = f"{error}. Slope f′(z) = {slope}. delta = error × slope."
        pictures.append(grid("slope", rows, neurons, layer.slope, answers))
    pictures.append(grid("delta", rows, neurons, layer.delta, answers))
    return step(f"Back, {place(e, index)}", words, *pictures)


def gradient(e: Experiment, update: Update, index: int, answers: bool) -> str:
    """The gradient of every weight."""
    layer = update.layers[index]
    sums = with_bias_row(layer.weight_gradient + layer.penalty, layer.bias_gradient)
    penalty = ", plus the penalty" * bool(e.l1 or e.l2)
    return step(
        f"Gradient, {place(e, index)}",
        f"gradient of a weight = its input × delta, added up over the rows{penalty}.",
        grid("gradient", *names_of(e, index), sums, answers),
    )


def renewed(e: Experiment, update: Update, index: int, answers: bool) -> str:
    """The new weights."""
    layer = update.layers[index]
    sources, neurons = names_of(e, index)
    new = with_bias_row(layer.new_weights, layer.new_biases)
    words = CHANGES[e.optimizer].format(rate=label(e.learning_rate))
    return step(
        f"New weights, {place(e, index)}",
        f"{words}. New weight = weight + change.",
        grid("new weights", sources, neurons, new, answers),
    )


def place(e: Experiment, index: int) -> str:
    """A layer by its name."""
    return f"{layer_name(index, len(e.shapes))} layer"


def step(title: str, words: str, *pictures: str) -> str:
    """A heading, what to do, and where to write it."""
    return f"<div class=step><h2>{escape(title)}</h2><p>{words}</p><div class=side>{''.join(pictures)}</div></div>"


def grid(title: str, rows: Sequence[str], columns: Sequence[str], values: Array, filled: bool) -> str:
    """A table with its numbers, or with room for them."""
    head = "".join(f"<th>{escape(name)}</th>" for name in ("", *columns))
    body = "".join(
        f"<tr><th>{escape(row)}</th>"
        + "".join(f"<td>{label(value)}</td>" if filled else "<td class=blank></td>" for value in line)
        + "</tr>"
        for row, line in zip(rows, values.tolist(), strict=True)
    )
    return f"<table><caption>{escape(title)}</caption><tr>{head}</tr>{body}</table>"
