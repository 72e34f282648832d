"""Helpers for the page Step by step, and assertions on the ledger it must show."""

import json
import re
from functools import partial
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from engine import Experiment, record
from engine.explanation.ledger import Update, explain_epoch
from engine.model.types import Array
from engine.model.weight_index import WeightIndex
from engine.training.train import train
from pages.charts.update.layer_view import Focus
from pages.charts.update.matrices import MOST_COLUMNS, MOST_ROWS
from tests.charts.update.updates import stack
from tests.pages.components import player, send, trigger
from tests.pages.visit import come_to, control, read, state_of

PAGE = "pages/views/step.py"
come = partial(come_to, PAGE)

BROAD = Experiment(
    inputs=((0.5, -1.5, 1), (2, 0.25, 0), (-0.75, 1, 1), (1, 1, 0.5)),
    targets=((0, 1), (1, 0.5), (1, 0), (0.25, 1)),
    hidden=(4,),
    activations=("tanh", "sigmoid"),
    initializer="uniform_-1_1",
    learning_rate=0.5,
    bias=True,
    epochs=300,
)
"""A 3-4-2 network with biases."""


def update_at(experiment: Experiment, epoch: int, batch: int = 0) -> Update:
    """One update of a network that is trained from the start for it, without a history."""
    return explain_epoch(experiment, next(train(experiment, [epoch]))).updates[batch]


def opening_epoch(experiment: Experiment) -> int:
    """The epoch at which the page opens where none is chosen: where the loss begins its steepest drop, or the first."""
    history = record(experiment)
    drops = (history.loss[:-1] - history.loss[1:]).tolist()
    return int(history.epochs[drops.index(max(drops))]) if max(drops) > 0 else 0


def step_epoch(at: AppTest, way: int) -> AppTest:
    """Press the player's Next epoch (1) or Previous epoch (-1)."""
    widget, told = player(at)
    moved = {"run": told["run"], "epoch": told["epochs"][told["cursor"]] + way, "typed": True, "at": way}
    return send(at, widget, json.dumps({"moved": moved}), "json_value")


def pictures(at: AppTest) -> dict[str, dict[str, Any]]:
    """The equations as sent, by title, in the order of the page; fails if they are not valid JSON."""

    def improper(constant: str) -> float:
        raise AssertionError(f"{constant} is not JSON")

    return {
        proto.id.partition("-picture ")[2]: json.loads(proto.json, parse_constant=improper) for proto in mounted(at)
    }


def mounted(at: AppTest) -> list[Any]:
    """The data sent for each equation."""
    protos = [component.proto for component in at.get("bidi_component")]
    return [proto for proto in protos if proto.component_name == "glassbox_matrices"]


def plain_name(name: str) -> str:
    """The name of a matrix without the mention of the bias: X for "X and 1", new W1 for "new W1 and b1"."""
    return re.sub(r" and (1|b\d*)$", "", name)


def matrices(at: AppTest) -> list[tuple[str, Array]]:
    """Every matrix on the page: its plain name and its numbers."""
    return [
        (plain_name(part["name"]), np.array([[float(value) for value in row] for row in part["values"]]))
        for picture in pictures(at).values()
        for part in picture["parts"]
        if isinstance(part, dict)
    ]


def numbers_of(update: Update, experiment: Experiment) -> dict[str, list[Array]]:
    """The numbers that a matrix of each name may show; outputs also as inputs, with the ones of the bias."""
    several = len(update.layers) > 1
    found = {"y": [update.targets], "inputs": [update.table.inputs], "targets": [update.table.targets]}
    for scale in (update.table.input_scale, update.table.target_scale):
        if scale:
            name = " and ".join(measure.name for measure in scale.scaling.measures)
            found.setdefault(name, []).append(np.array([scale.first, scale.second]))
    for number, layer in enumerate(update.layers, 1):
        end = str(number) if several else ""
        below = f"a{number - 1}" if number > 1 else "X"
        ones = np.ones((len(update.rows), int(experiment.bias)))
        found[below] = [np.hstack([layer.inputs, ones]), layer.inputs]
        found[f"{below}ᵀ"] = [found[below][0].T]
        own = stack(layer.weights, layer.biases)
        found |= {f"W{end}": [own, layer.weights], f"W{end}ᵀ": [layer.weights.T], f"z{end}": [layer.pre_activations]}
        found |= {f"a{end}": [layer.outputs], f"error{end}": [layer.error], f"delta{end}": [layer.delta]}
        found[f"gradient{end}"] = [stack(layer.weight_gradient, layer.bias_gradient)]
        found[f"change{end}"] = [stack(layer.weight_change, layer.bias_change)]
        found[f"new W{end}"] = [stack(layer.new_weights, layer.new_biases)]
        zeros = None if layer.biases is None else np.zeros_like(layer.biases)
        found[f"penalty{end}"] = [stack(layer.penalty, zeros)]
        if layer.slope is not None:
            found[f"slope{end}"] = [layer.slope]
    return found


def assert_shows_update(at: AppTest, experiment: Experiment, update: Update) -> None:
    """Assert that every number drawn in the equations, and in the account, is this update's."""
    assert not at.exception
    expected, shown = numbers_of(update, experiment), matrices(at)
    for name, numbers in shown:
        whole = [wanted for wanted in expected[name] if np.array_equal(numbers, wanted)]
        cut = numbers.shape[0] == MOST_ROWS or numbers.shape[1] == MOST_COLUMNS
        assert whole or (cut and np.isin(numbers, expected[name][0]).all()), name
    layers = range(1, len(update.layers) + 1)
    if len(update.layers) <= 3:
        ends = [str(number) for number in layers] if len(layers) > 1 else [""]
        kinds = ("W", "z", "a", "error", "delta", "gradient", "change", "new W")
        assert {name for name, _ in shown} >= {"X", "Xᵀ", "y", *(kind + end for kind in kinds for end in ends)}
    assert_accounts(at, experiment, update, focus(at, update))


def focus(at: AppTest, update: Update) -> Focus:
    """The row and the weight in the select boxes."""
    boxes = {str(box.key).partition(" · ")[0].removeprefix("focus ") for box in at.selectbox}

    def value(name: str) -> int:
        return int(control(at, "selectbox", f"focus {name}").value) if name in boxes else 0

    found = Focus(value("Row"), WeightIndex(value("Layer"), value("Weight from"), value("to")))
    assert found.row in update.rows
    return found


def tables(at: AppTest) -> list[list[list[str]]]:
    """The two tables of the account: the rows, and the lines from the gradient to the new weight."""
    return [[[read(text).strip("*") for text in row] for row in table.value.to_numpy().tolist()] for table in at.table]


def assert_accounts(at: AppTest, experiment: Experiment, update: Update, chosen: Focus) -> None:
    """Assert that the account is the chosen weight's: every row's factors and product, gradient, change, new weight."""
    layer, j = update.layers[chosen.weight.layer], chosen.weight.neuron
    place = chosen.weight.source, j
    rows, steps = tables(at)
    into = np.hstack([layer.inputs, np.ones((len(update.rows), int(experiment.bias)))])[:, chosen.weight.source]
    pair = [layer.delta] if layer.slope is None or not layer.is_elementwise else [layer.error, layer.slope]
    by_name = {row[0]: row[1:] for row in rows}
    for index, row in enumerate(update.rows):
        if f"row {row + 1}" in by_name:
            told = [float(text) for text in by_name[f"row {row + 1}"]]
            wanted = [*(factor[index, j] for factor in pair), into[index], layer.contributions(*place)[index]]
            assert told == pytest.approx(wanted, rel=1e-6, abs=1e-8)
    gradient = stack(layer.weight_gradient, layer.bias_gradient)[place]
    assert rows[-1][0] == "gradient"
    assert float(rows[-1][-1]) == pytest.approx(gradient, rel=1e-6, abs=1e-8)
    line = {name: number for name, _, number in steps}
    ends = {
        "change": stack(layer.weight_change, layer.bias_change),
        "weight before": stack(layer.weights, layer.biases),
        "plus the change": stack(layer.weight_change, layer.bias_change),
        "new weight": stack(layer.new_weights, layer.new_biases),
    }
    for name, values in ends.items():
        assert float(line[name]) == pytest.approx(values[place], rel=1e-6, abs=1e-7), name


def click(at: AppTest, title: str, pick: object) -> AppTest:
    """Send what the browser sends for a click on a number, or anything that someone else might send."""
    (proto,) = (proto for proto in mounted(at) if proto.id.endswith(f"-picture {title}"))
    return trigger(at, proto.id, "picked", pick)


def click_number(at: AppTest, title: str, matrix: str, row: int, column: int) -> AppTest:
    """Click a number of a matrix, with the pick that the equation has for it."""
    parts = [part for part in pictures(at)[title]["parts"] if isinstance(part, dict)]
    (part,) = (part for part in parts if plain_name(part["name"]) == matrix)
    return click(at, title, part["picks"][row][column])


def chosen(at: AppTest) -> tuple[int, int, int, int]:
    """The chosen row and weight in the visit: row, layer, source, neuron."""
    weight = state_of(at).view.weight
    return state_of(at).view.row, weight.layer, weight.source, weight.neuron


def epochs_told(at: AppTest) -> str:
    """The line that says which epoch it is."""
    (found,) = (text.value for text in at.markdown if text.value.startswith("From epoch"))
    return found.replace("**", "")
