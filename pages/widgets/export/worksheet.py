"""The worksheet: the first update of a network to work out by hand, with blanks on one page and answers on another."""

from collections.abc import Sequence
from html import escape
from pathlib import Path
from string import Template

import numpy as np

from engine import ACTIVATIONS, LOSSES, OPTIMIZERS, Experiment, train
from engine.explanation.ledger import Update, explain_epoch, with_bias_row
from engine.model.activation_functions import softmax_delta
from engine.model.losses import difference
from engine.model.types import Array
from engine.model.weight_index import layer_name, neuron_names, source_names
from pages.charts.style.format import format_number
from pages.widgets.export.latex_to_html import latex_to_html

PAGE = Template(Path(__file__).with_suffix(".html").read_text(encoding="utf-8"))

MOST_ROWS, MOST_WEIGHTS = 12, 24
"""The largest network and table that anyone would work out by hand, and that fit on paper."""


def fits_on_paper(experiment: Experiment) -> bool:
    """Whether an update is small enough for a worksheet."""
    weights = sum(fan_in * fan_out for fan_in, fan_out in experiment.shapes)
    count = len(experiment.table_after(0).train_rows)
    rows = min(count, experiment.batch_size or count)
    return rows <= MOST_ROWS and weights <= MOST_WEIGHTS


def worksheet(experiment: Experiment) -> str:
    """The worksheet and its answers, as an HTML page to print on A4 or Letter."""
    (start,) = train(experiment, [0])
    experiment = experiment.table_after(0)
    update = explain_epoch(experiment, start).updates[0]
    return PAGE.substitute(sections=section(experiment, update, False) + section(experiment, update, True))


def section(e: Experiment, update: Update, answers: bool) -> str:
    """The whole update, with its numbers blank or filled in."""
    title = "Answers" if answers else "One epoch by hand"
    steps = [f"<h1>{title}</h1>", "" if answers else given_section(e, update)]
    steps += [forward_section(e, update, index, answers) for index in range(len(update.layers))]
    for index in reversed(range(len(update.layers))):
        steps += [backward_section(e, update, index, answers), gradient_section(e, update, index, answers)]
    last = [steps.pop(), *(new_weights_section(e, update, index, answers) for index in range(len(update.layers)))]
    return f"<section>{''.join(steps)}<div class=beside>{''.join(last)}</div></section>"


def given_section(e: Experiment, update: Update) -> str:
    """What is given: the table and the start weights."""
    rows = np.hstack([update.layers[0].inputs, update.targets])
    heads = (*e.feature_names, *(f"{name} (target)" for name in e.target_names))
    tables = [table_html("the table", [f"row {row + 1}" for row in update.rows], heads, rows, True)]
    for index, layer in enumerate(update.layers):
        sources, neurons = source_names(e, index), neuron_names(e, index)
        both = with_bias_row(layer.weights, layer.biases)
        tables.append(table_html(f"start weights, {layer_words(e, index)}", sources, neurons, both, True))
    first = "" if e.batches == 1 else f" Only the first of {e.batches} batches is on this sheet."
    words = f"Work out one update of this network with a calculator; three digits are enough.{first}"
    return f"<p>{words}</p><div class=side>{''.join(tables)}</div>"


def forward_section(e: Experiment, update: Update, index: int, answers: bool) -> str:
    """z and f(z) of every row."""
    layer, activation = update.layers[index], ACTIVATIONS[e.activations[index]]
    neurons = neuron_names(e, index)
    rows = [f"row {row + 1}" for row in update.rows]
    into = "inputs" if index == 0 else f"outputs of the {layer_words(e, index - 1)}"
    bias = ", plus the bias" * e.bias
    return step_html(
        f"Forward, {layer_words(e, index)}",
        f"z = {into} times weights, added up{bias}. "
        f"{escape(activation.label)}: f(z) = {latex_to_html(activation.formula)}",
        table_html("z", rows, neurons, layer.pre_activations, answers),
        table_html("f(z)", rows, neurons, layer.outputs, answers),
    )


def backward_section(e: Experiment, update: Update, index: int, answers: bool) -> str:
    """Error, slope and delta of every row."""
    layer, activation = update.layers[index], ACTIVATIONS[e.activations[index]]
    neurons = neuron_names(e, index)
    rows = [f"row {row + 1}" for row in update.rows]
    if index == len(update.layers) - 1:
        loss = LOSSES[e.loss]
        scale, slope = loss.scale(*update.targets.shape), "(f(z) − target)"
        if loss.slope is not difference:
            slope = f"{latex_to_html(loss.slope_formula)}, where a = f(z) and y is the target"
        error = f"error = {slope.strip('()')}" if scale == 1 else f"error = {format_number(scale)} × {slope}"
        error += " (programs that take target − f(z) add where this sheet subtracts: the new weights are the same)"
    else:
        error = f"error = deltas of the {layer_words(e, index + 1)} times the weights they came in by, added up"
    pictures = [table_html("error", rows, neurons, layer.error, answers)]
    if layer.slope is None:
        words = f"{error}. This loss is made for this activation: delta = error."
    elif activation.backward is softmax_delta:
        words = f"{error}. Softmax: delta = f(z) × (error − the sum of error × f(z) over the layer)."
    elif activation.backward is not None:
        words = f"{error}. {escape(activation.label)}: {latex_to_html(activation.delta_formula)}."
    else:
        words = f"{error}. Slope f′(z) = {latex_to_html(activation.slope_formula)}. delta = error × slope."
        pictures.append(table_html("slope", rows, neurons, layer.slope, answers))
    pictures.append(table_html("delta", rows, neurons, layer.delta, answers))
    return step_html(f"Back, {layer_words(e, index)}", words, *pictures)


def gradient_section(e: Experiment, update: Update, index: int, answers: bool) -> str:
    """The gradient of every weight."""
    layer = update.layers[index]
    sums = with_bias_row(layer.weight_gradient + layer.penalty, layer.bias_gradient)
    penalty = ", plus the penalty" * bool(e.l1 or e.l2)
    return step_html(
        f"Gradient, {layer_words(e, index)}",
        f"gradient of a weight = its input × delta, added up over the rows{penalty}.",
        table_html("gradient", source_names(e, index), neuron_names(e, index), sums, answers),
    )


def new_weights_section(e: Experiment, update: Update, index: int, answers: bool) -> str:
    """The new weights."""
    layer = update.layers[index]
    sources, neurons = source_names(e, index), neuron_names(e, index)
    new = with_bias_row(layer.new_weights, layer.new_biases)
    optimizer = OPTIMIZERS[update.optimizer]
    words = optimizer.first_change.format(rate=format_number(update.rate)) or latex_to_html(optimizer.formula)
    return step_html(
        f"New weights, {layer_words(e, index)}",
        f"{words}. New weight = weight + change.",
        table_html("new weights", sources, neurons, new, answers),
    )


def layer_words(e: Experiment, index: int) -> str:
    """The name of a layer."""
    return f"{layer_name(index, len(e.shapes))} layer"


def step_html(title: str, words: str, *pictures: str) -> str:
    """A heading, the instructions, and the tables to fill in."""
    return f"<div class=step><h2>{escape(title)}</h2><p>{words}</p><div class=side>{''.join(pictures)}</div></div>"


def table_html(title: str, rows: Sequence[str], columns: Sequence[str], values: Array, filled: bool) -> str:
    """A table, with its numbers or with blank cells."""
    head = "".join(f"<th>{escape(name)}</th>" for name in ("", *columns))
    body = "".join(
        f"<tr><th>{escape(row)}</th>"
        + "".join(f"<td>{format_number(value)}</td>" if filled else "<td class=blank></td>" for value in line)
        + "</tr>"
        for row, line in zip(rows, values.tolist(), strict=True)
    )
    return f"<table><caption>{escape(title)}</caption><tr>{head}</tr>{body}</table>"
