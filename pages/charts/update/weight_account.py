"""The account of one weight: each row's contribution, their sum, the optimizer's change, and the new weight.

All numbers added up have the same number of decimals, so that the printed terms add up to the printed sum; if rounding
leaves a remainder, it has a line of its own.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from engine import Experiment
from engine.explanation.ledger import LayerLedger, Update, with_bias_row
from engine.model.optimizers import OPTIMIZERS, Line, WeightUpdate
from engine.model.types import Array
from engine.model.weight_index import WeightIndex
from pages.charts.style.format import format_plain
from pages.charts.update.layer_view import Focus, with_bias_column

MOST_ROWS = 12
"""The most rows printed one by one; the others are added up."""

MOST_DECIMALS = 14
"""The most decimals that are written out; beyond that, numbers have exponents."""

DIGITS = 8
"""Digits of the largest number in a sum."""


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One line of an account: its name, how it is computed, and the number as printed."""

    name: str
    how: str
    number: str


@dataclass(frozen=True, slots=True)
class WeightAccount:
    """The table of the rows, with the gradient as its last line, and the lines from the gradient to the new weight."""

    rows: tuple[tuple[str, ...], ...]
    heads: tuple[str, ...]
    lines: tuple[AccountLine, ...]


def decimal_places(terms: Sequence[float], result: float) -> int:
    """The number of decimals that shows `DIGITS` digits of the largest number and, within MOST_DECIMALS, three of each.

    Up to four more are used if the rounded numbers then add up.
    """
    sizes = [abs(value) for value in (*terms, result) if value and math.isfinite(value)]
    if not sizes:
        return DIGITS
    places = DIGITS - 1 - math.floor(math.log10(max(sizes)))
    if places <= MOST_DECIMALS:
        places = min(max(places, 2 - math.floor(math.log10(min(sizes)))), MOST_DECIMALS)
    for more in range(5):
        if (
            rounding_rest(
                [format_decimals(term, places + more) for term in terms], format_decimals(result, places + more)
            )
            is None
        ):
            return places + more
    return places


def format_decimals(value: float, places: int) -> str:
    """A number with this many decimals; with an exponent if these are very many, or the number is very large.

    >>> format_decimals(-0.25, 3), format_decimals(0.0, 3), format_decimals(-1.25e-20, 27), format_decimals(1e150, -143)
    ('-0.250', '0', '-1.2500000e-20', '1.0000000e150')
    """
    if value == 0 or not math.isfinite(value):
        return f"{value:g}".removeprefix("-") if value == 0 else f"{value}"
    if -2 <= places <= MOST_DECIMALS:
        text = f"{value:.{max(places, 0)}f}"
    else:
        power = DIGITS - 1 - places
        text = f"{Decimal(value).scaleb(-power):.{DIGITS - 1}f}e{power}"
    return text if any(digit in text.partition("e")[0] for digit in "123456789") else text.removeprefix("-")


def rounding_rest(terms: Sequence[str], result: str) -> str | None:
    """The printed result minus the sum of the printed terms; None if that is 0."""
    if not all(math.isfinite(float(term)) for term in (*terms, result)):
        return None
    missing = Decimal(result) - sum(map(Decimal, terms), Decimal(0))
    return (f"{missing:f}" if 1e-14 <= abs(missing) < 1e12 else f"{missing:.7e}") if missing else None


def weight_account(experiment: Experiment, update: Update, focus: Focus) -> WeightAccount:
    """The account of the chosen weight in an update."""
    layer, i, j = update.layers[focus.weight.layer], focus.weight.source, focus.weight.neuron
    into = with_bias_column(layer.inputs, experiment.bias)[:, i]
    parts = layer.contributions(i, j)
    gradient = float(with_bias_row(layer.weight_gradient, layer.bias_gradient)[i, j])
    places = decimal_places(parts.tolist(), gradient)
    heads, columns = contribution_factors(layer, j)
    first = [index for index in range(len(parts)) if index < MOST_ROWS or update.rows[index] == focus.row]
    table = [
        (
            f"row {update.rows[k] + 1}",
            *(format_plain(float(c[k])) for c in columns),
            format_plain(float(into[k])),
            format_decimals(parts[k], places),
        )
        for k in first
    ]
    blank = [""] * (len(columns) + 1)
    if len(first) < len(parts):
        others = float(np.delete(parts, first).sum())
        table.append((f"{len(parts) - len(first)} other rows", *blank, format_decimals(others, places)))
    end = format_decimals(gradient, places)
    if missing := rounding_rest([row[-1] for row in table], end):
        table.append(("rounding", *blank, missing))
    table.append(("gradient", *blank, end))
    return WeightAccount(
        tuple(table),
        ("row", *heads, "input", "product"),
        tuple(lines_to_new_weight(experiment, update, focus, gradient)),
    )


def contribution_factors(layer: LayerLedger, neuron: int) -> tuple[tuple[str, ...], tuple[Array, ...]]:
    """The factors of each row's product besides the input: error and slope, or delta if it is not their product."""
    if layer.slope is None or not layer.is_elementwise:
        return ("delta",), (layer.delta[:, neuron],)
    return ("error", "slope"), (layer.error[:, neuron], layer.slope[:, neuron])


def lines_to_new_weight(experiment: Experiment, update: Update, focus: Focus, gradient: float) -> list[AccountLine]:
    """The lines from the gradient to the new weight."""
    layer, place = update.layers[focus.weight.layer], (focus.weight.source, focus.weight.neuron)
    old = float(with_bias_row(layer.weights, layer.biases)[place])
    change = float(with_bias_row(layer.weight_change, layer.bias_change)[place])
    new = float(with_bias_row(layer.new_weights, layer.new_biases)[place])
    lines, whole = [], "gradient"
    if (experiment.l1 or experiment.l2) and focus.weight.source < len(layer.weights):
        penalty = float(layer.penalty[place])
        terms = [f"{format_plain(experiment.l2)} × w"] * bool(experiment.l2)
        terms += [f"{format_plain(experiment.l1)} × sign of w"] * bool(experiment.l1)
        places = decimal_places([gradient, penalty], gradient + penalty)
        added = [format_decimals(gradient, places), format_decimals(penalty, places)]
        gradient += penalty
        lines.append(AccountLine("penalty", " + ".join(terms), added[1]))
        if missing := rounding_rest(added, format_decimals(gradient, places)):
            lines.append(AccountLine("rounding", "", missing))
        whole = "gradient in all"
        lines.append(AccountLine(whole, "gradient + penalty", format_decimals(gradient, places)))
    lines += optimizer_lines(experiment, update, focus.weight, whole, change)
    places = decimal_places([old, change], new)
    terms = [format_decimals(old, places), format_decimals(change, places)]
    lines += [AccountLine("weight before", "", terms[0]), AccountLine("plus the change", "", terms[1])]
    if missing := rounding_rest(terms, format_decimals(new, places)):
        lines.append(AccountLine("rounding", "", missing))
    lines.append(AccountLine("new weight", "", format_decimals(new, places)))
    return lines


def optimizer_lines(
    experiment: Experiment, update: Update, weight: WeightIndex, gradient: str, change: float
) -> list[AccountLine]:
    """The lines from the gradient, by its name on the page, to the change of the weight.

    For an optimizer whose record does not say how it computes the change, only the results are shown.
    """
    optimizer, index = OPTIMIZERS[update.optimizer], weight.position(experiment)
    before = [float(slot[index]) for slot in update.memory]
    after = [float(slot[index]) for slot in update.new_memory]
    if optimizer.arithmetic is None:
        names = ["memory"] if optimizer.slots == 1 else [f"memory {slot + 1}" for slot in range(optimizer.slots)]
        rule = f"by the rule of {optimizer.label}"
        lines = [
            Line(name, (rule, ", before: ", old), new) for name, old, new in zip(names, before, after, strict=True)
        ]
        lines.append(Line("change", (rule,)))
    else:
        found = WeightUpdate(gradient, before, after, update.rate, update.optimizer_number)
        lines = list(optimizer.arithmetic(found))
    if weight.is_frozen(experiment):
        lines[-1] = Line("change", ("none: it is frozen",))
    return [
        AccountLine(
            line.name,
            "".join(part if isinstance(part, str) else format_plain(part) for part in line.arithmetic),
            format_plain(change if line.value is None else line.value),
        )
        for line in lines
    ]
