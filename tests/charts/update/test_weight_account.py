"""The account of a weight balances to the last digit printed, and its numbers are the ledger's."""

import math
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest

from engine import Experiment, record
from engine.explanation.ledger import Update, explain_epoch
from engine.model.weight_index import WeightIndex
from pages.charts.update.layer_view import Focus
from pages.charts.update.weight_account import MOST_ROWS, WeightAccount, format_decimals, weight_account
from tests.charts.update.updates import EPOCHS, EXPERIMENTS, focuses, update_at


def cases() -> list[tuple[str, int]]:
    return [(name, epoch) for name in EXPERIMENTS for epoch in EPOCHS]


def of(found: WeightAccount, name: str) -> str:
    (number,) = (line.number for line in found.lines if line.name == name)
    return number


def value(update: Update, focus: Focus, kind: str) -> float:
    """The chosen entry of the ledger: of its weights, or of its biases."""
    layer = update.layers[focus.weight.layer]
    bias = focus.weight.source == len(layer.weights)
    names = {"weights": "biases", "new_weights": "new_biases", "weight_gradient": "bias_gradient"}
    array = getattr(layer, names[kind] if bias else kind)
    return float(array[focus.weight.neuron] if bias else array[focus.weight.source, focus.weight.neuron])


@pytest.mark.parametrize(("name", "epoch"), cases())
def test_it_balances_to_the_last_digit(name: str, epoch: int) -> None:
    update = update_at(name, epoch)
    for focus in focuses(EXPERIMENTS[name], update):
        found = weight_account(EXPERIMENTS[name], update, focus)
        *rows, end = (Decimal(row[-1]) for row in found.rows)
        assert sum(rows) == end
        assert_rounding_is_small(found.rows)
        before, change, new = (Decimal(of(found, n)) for n in ("weight before", "plus the change", "new weight"))
        rounding = sum(
            Decimal(line.number)
            for line in found.lines[found.lines.index(last_change(found)) :]
            if line.name == "rounding"
        )
        assert before + change + rounding == new


def assert_rounding_is_small(rows: tuple[tuple[str, ...], ...]) -> None:
    """Half a unit of the last digit for every number that was rounded, and no more."""
    unit = max(Decimal(10) ** int(Decimal(row[-1]).as_tuple().exponent) for row in rows)
    for row in rows:
        if row[0] == "rounding":
            assert abs(Decimal(row[-1])) <= len(rows) * unit


def last_change(found: WeightAccount) -> object:
    return next(line for line in found.lines if line.name == "plus the change")


@pytest.mark.parametrize(("name", "epoch"), cases())
def test_its_numbers_are_those_of_the_ledger(name: str, epoch: int) -> None:
    update = update_at(name, epoch)
    for focus in focuses(EXPERIMENTS[name], update):
        found = weight_account(EXPERIMENTS[name], update, focus)
        parts = update.layers[focus.weight.layer].contributions(focus.weight.source, focus.weight.neuron)
        for row, part in zip(found.rows, parts, strict=False):
            places = len(row[-1].partition(".")[2]) if part else 1
            assert "e" in row[-1] or row[-1] == format_decimals(part, places)
            assert math.isclose(float(row[-1]), part, rel_tol=1e-6, abs_tol=1e-7 * abs(parts).max())
            product = math.prod(float(cell) for cell in row[1:-1])
            assert math.isclose(product, part, rel_tol=1e-8, abs_tol=1e-300)
        gradient = value(update, focus, "weight_gradient")
        assert math.isclose(float(found.rows[-1][-1]), gradient, rel_tol=1e-6, abs_tol=1e-7 * abs(parts).max())
        assert math.isclose(
            float(of(found, "weight before")), value(update, focus, "weights"), rel_tol=1e-6, abs_tol=1e-7
        )
        assert math.isclose(
            float(of(found, "new weight")), value(update, focus, "new_weights"), rel_tol=1e-6, abs_tol=1e-7
        )


@pytest.mark.parametrize("optimizer", ["momentum", "rmsprop", "adam"])
def test_the_optimizers_lines_can_be_followed_with_a_calculator(optimizer: str) -> None:
    update, experiment = update_at(optimizer, 7), EXPERIMENTS[optimizer]
    focus = focuses(experiment, update)[2]
    found = weight_account(experiment, update, focus)
    numbers = {line.name: line.number for line in found.lines}
    gradient = value(update, focus, "weight_gradient")
    for line in found.lines:
        how = line.how.replace("(gradient)²", str(gradient**2)).replace("gradient", str(gradient))
        how = how.replace("×", "*").replace("−", "-").replace("^", "**")
        if line.name in ("velocity", "mean", "square"):
            assert math.isclose(eval(how), float(line.number), rel_tol=1e-6)
        elif line.name.endswith("corrected"):
            kind = line.name.partition(",")[0]
            assert math.isclose(eval(how.replace(kind, numbers[kind])), float(line.number), rel_tol=1e-6)
    rate = experiment.learning_rate
    steps = {
        "momentum": lambda: rate * float(numbers["velocity"]),
        "rmsprop": lambda: rate * gradient / (math.sqrt(float(numbers["square"])) + 1e-8),
        "adam": lambda: (
            rate * float(numbers["mean, corrected"]) / (math.sqrt(float(numbers["square, corrected"])) + 1e-8)
        ),
    }
    assert math.isclose(-steps[optimizer](), float(numbers["change"]), rel_tol=1e-8)


def test_a_penalty_has_its_line() -> None:
    update, experiment = update_at("penalties", 7), EXPERIMENTS["penalties"]
    focus = Focus(0, WeightIndex(0, 0, 1))
    found = weight_account(experiment, update, focus)
    w = float(update.layers[0].weights[0, 1])
    assert math.isclose(float(of(found, "penalty")), 0.01 * w + 0.001 * np.sign(w), rel_tol=1e-6)
    whole = float(of(found, "gradient in all"))
    assert math.isclose(float(of(found, "change")), -0.1 * whole, rel_tol=1e-6)


def test_a_bias_has_no_penalty_and_the_input_one() -> None:
    update, experiment = update_at("penalties", 7), EXPERIMENTS["penalties"]
    found = weight_account(experiment, update, Focus(0, WeightIndex(0, 2, 1)))
    assert "penalty" not in [line.name for line in found.lines]
    assert {row[-2] for row in found.rows[:4]} == {"1"}


def test_many_rows_are_summed_up_and_the_chosen_one_is_there() -> None:
    count = 100
    random = np.random.RandomState(0)
    table = Experiment(
        inputs=tuple(map(tuple, random.randn(count, 2).tolist())),
        targets=tuple((float(x),) for x in random.randint(0, 2, count)),
        epochs=1,
    )
    update = explain_epoch(table, record(table).state_at(0)).updates[0]
    found = weight_account(table, update, Focus(77, WeightIndex(0, 1, 0)))
    names = [row[0] for row in found.rows]
    assert names[: MOST_ROWS + 1] == [*(f"row {n}" for n in range(1, MOST_ROWS + 1)), "row 78"]
    (others,) = (row[-1] for row in found.rows if row[0] == f"{count - MOST_ROWS - 1} other rows")
    parts = update.layers[0].contributions(1, 0)
    expected = parts[MOST_ROWS:77].sum() + parts[78:].sum()
    assert math.isclose(float(others), expected, rel_tol=1e-6)
    assert_rounding_is_small(found.rows)
    assert sum(Decimal(row[-1]) for row in found.rows[:-1]) == Decimal(found.rows[-1][-1])


def test_tiny_numbers_are_powers_of_ten_and_balance() -> None:
    saturated = replace(Experiment(), initial_weights=(((-60.0,), (-1.0,), (-1.0,)),), epochs=1)
    update = explain_epoch(saturated, record(saturated).state_at(0)).updates[0]
    found = weight_account(saturated, update, Focus(1, WeightIndex(0, 0, 0)))
    assert all(len(row[-1]) < 20 for row in found.rows)
    assert sum(Decimal(row[-1]) for row in found.rows[:-1]) == Decimal(found.rows[-1][-1])
    assert float(found.rows[1][-1]) == pytest.approx(update.layers[0].contributions(0, 0)[1], rel=1e-6)


def test_numbers_beyond_all_bounds_are_still_written() -> None:
    wild = replace(Experiment(), activations=("linear",), learning_rate=1e6, epochs=30)
    history = record(wild)
    update = explain_epoch(wild, history.state_at(None)).updates[0]
    found = weight_account(wild, update, Focus(0, WeightIndex(0, 2, 0)))
    assert all(len(row[-1]) < 20 for row in found.rows)
    assert all(len(line.number) < 20 for line in found.lines)


@pytest.mark.parametrize(("number", "places", "text"), [(0.0, 3, "0"), (-1e-9, 3, "0.000"), (-0.5, 1, "-0.5")])
def test_nothing_is_printed_as_minus_nothing(number: float, places: int, text: str) -> None:
    assert format_decimals(number, places) == text
