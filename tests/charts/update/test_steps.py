"""The steps: equations show the ledger's numbers, the NumPy lines compute them, the formulas give them."""

import math
import re
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from engine import ACTIVATIONS, LOSSES, OPTIMIZERS, Experiment, record
from engine.explanation.ledger import Update, explain_epoch
from engine.model.weight_index import WeightIndex
from pages.charts.style.format import format_number
from pages.charts.style.palette import LIGHT
from pages.charts.update.all_steps import all_steps
from pages.charts.update.latex import rounded_value
from pages.charts.update.layer_view import Focus, with_bias_column
from pages.charts.update.matrices import MOST_COLUMNS, MOST_ROWS, Matrix, equation
from pages.charts.update.step import Step
from tests.charts.update.updates import EPOCHS, EXPERIMENTS, built, focuses, matrices, stack, update_at
from tests.engine.made_up import add_made_up_entries, made_up_experiment


def expected(update: Update, bias: bool) -> list[list[Any]]:
    """What each step's matrices must hold, step by step, straight from the ledger."""
    layers, found, back = update.layers, [], []
    table = update.table
    for scale, values, scaled in (
        (table.input_scale, table.inputs, layers[0].inputs),
        (table.target_scale, table.targets, update.targets),
    ):
        if scale:
            found.append([values, np.array([scale.first, scale.second]), scaled])
    for layer in layers:
        found.append([with_bias_column(layer.inputs, bias), stack(layer.weights, layer.biases), layer.pre_activations])
        found.append([layer.pre_activations, layer.outputs])
    for index, layer in reversed(list(enumerate(layers))):
        if index == len(layers) - 1:
            back.append([layer.outputs, update.targets, layer.error])
        else:
            back.append([layers[index + 1].delta, layers[index + 1].weights.T, layer.error])
        if layer.slope is None:
            back.append([layer.error, layer.delta])
        else:
            back.append([layer.error, layer.outputs if not layer.is_elementwise else layer.slope, layer.delta])
        gradient = [
            with_bias_column(layer.inputs, bias).T,
            layer.delta,
            stack(layer.weight_gradient, layer.bias_gradient),
        ]
        back.append(gradient)
    found += back
    return found + [
        [
            stack(layer.weights, layer.biases),
            stack(layer.weight_change, layer.bias_change),
            stack(layer.new_weights, layer.new_biases),
        ]
        for layer in layers
    ]


@pytest.mark.parametrize("epoch", EPOCHS)
@pytest.mark.parametrize("name", EXPERIMENTS)
def test_the_pictures_hold_the_numbers_of_the_ledger(name: str, epoch: int) -> None:
    update, found = built(name, epoch)
    wanted = expected(update, EXPERIMENTS[name].bias)
    assert len(found) == len(wanted)
    for step, numbers in zip(found, wanted, strict=True):
        drawn = [part for part in equation(step.parts, LIGHT)["parts"] if isinstance(part, dict)]
        parts = matrices(step)
        penalised = bool(EXPERIMENTS[name].l1) and "Gradient" in step.title
        assert len(drawn) == len(parts) == len(numbers) + penalised
        for part, picture, number in zip(parts, drawn, numbers, strict=False):
            shown = np.array([[float(value) for value in row] for row in picture["values"]])
            assert np.array_equal(part.values, number)
            rows = [part.rows.index(row) for row in part.crop().rows]
            columns = [part.columns.index(column) for column in part.crop().columns]
            assert np.array_equal(shown, number[np.ix_(rows, columns)])
            if part.values.shape[0] <= MOST_ROWS and part.values.shape[1] <= MOST_COLUMNS:
                assert np.array_equal(shown, number)


def assert_lines_do_what_they_say(experiment: Experiment, update: Update, steps: list[Step]) -> None:
    """All lines together, run from the weights shown, arrive at the ledger's numbers."""
    several = len(update.layers) > 1
    space: dict[str, Any] = {"np": np, "X": update.layers[0].inputs, "y": update.targets}
    space |= {
        "learning_rate": experiment.learning_rate,
        "l1": experiment.l1,
        "l2": experiment.l2,
        "k": update.optimizer_number,
    }
    for activation in ACTIVATIONS.values():
        functions = (activation.value, activation.slope, activation.backward)
        space |= {function.__name__: function for function in functions if function is not None}
    space |= {loss.slope.__name__: loss.slope for loss in LOSSES.values()}
    space |= {optimizer.step.__name__: optimizer.step for optimizer in OPTIMIZERS.values()}
    for kind, scale in (("", update.table.input_scale), ("_y", update.table.target_scale)):
        if scale:
            names = [f"{measure.name}{kind}" for measure in scale.scaling.measures]
            space |= dict(zip(names, (scale.first, scale.second), strict=True))
            space[scale.scaling.scale.__name__] = scale.scaling.scale
    space |= {"inputs": update.table.inputs, "targets": update.table.targets}
    start = 0
    for number, layer in enumerate(update.layers, 1):
        end = str(number) if several else ""
        space[f"W{end}"], space[f"b{end}"] = layer.weights, layer.biases
        for kind, values in (("memory", layer.weights), ("memory_b", layer.biases)):
            if values is not None:
                memory = update.memory[:, start : start + values.size]
                space[f"{kind}{end}"] = memory.reshape(len(memory), *values.shape)
                start += values.size
    for step in steps:
        exec(step.code, space)
    for number, layer in enumerate(update.layers, 1):
        end = str(number) if several else ""
        for key, values in (
            ("z", layer.pre_activations),
            ("a", layer.outputs),
            ("error", layer.error),
            ("delta", layer.delta),
        ):
            assert np.allclose(space[f"{key}{end}"], values, rtol=1e-12, atol=0), key
        for key, values in (("gradient", layer.weight_gradient), ("W", layer.new_weights), ("b", layer.new_biases)):
            assert values is None or np.allclose(space[f"{key}{end}"], values, rtol=1e-12, atol=1e-15), key


@pytest.mark.parametrize("epoch", EPOCHS)
@pytest.mark.parametrize("name", EXPERIMENTS)
def test_the_lines_of_numpy_do_what_they_say(name: str, epoch: int) -> None:
    assert_lines_do_what_they_say(EXPERIMENTS[name], *built(name, epoch))


@pytest.mark.parametrize("output", ["softsign", "ring"])
def test_the_lines_of_made_up_parts_do_what_they_say(output: str, monkeypatch: pytest.MonkeyPatch) -> None:
    add_made_up_entries(monkeypatch)
    e = made_up_experiment(output)
    update = explain_epoch(e, record(e).state_at(7)).updates[1]
    assert_lines_do_what_they_say(e, update, all_steps(e, update, Focus(update.rows[0], WeightIndex())))


def evaluated(text: str, slope: str) -> float:
    """What a formula with numbers comes to, as somebody with a calculator finds it."""
    plain = re.sub(r"\\begin\{aligned\}|\\end\{aligned\}|\\\\|&", " ", text).replace("{,}", "")
    plain = re.sub(r"\\frac\{(.*)\}\{(e\^.*|[^{}]*)\}$", r"(\1) / (\2)", plain)
    plain = re.sub(r"\\underbrace\{(.*?)\}_\{\\text\{.*?\}\}", r"\1", plain)
    plain = re.sub(r"e\^\{([^}]*)\}", r"exp(\1)", plain)
    plain = re.sub(r"\\cdot 10\^\{([^}]*)\}", r"* 10**(\1)", plain).replace(r"\cdot", "*")
    activation = ACTIVATIONS[slope].value
    names = {"__builtins__": {}, "exp": math.exp, "f": lambda z: float(activation(np.array([float(z)]))[0])}
    found: float = eval(plain, names)
    return found


@pytest.mark.parametrize("epoch", EPOCHS)
@pytest.mark.parametrize("name", EXPERIMENTS)
def test_a_calculator_arrives_at_the_results_printed(name: str, epoch: int) -> None:
    experiment, update = EXPERIMENTS[name], update_at(name, epoch)
    checked = 0
    for focus in focuses(experiment, update):
        for step in all_steps(experiment, update, focus):
            for line in lines(step.numbers):
                assert r"\ldots" not in line
                if line.removesuffix(r" \end{aligned}").endswith(r" \approx 0"):
                    left = line.rpartition(r" \approx ")[0]
                    assert abs(evaluated(left, "linear")) < 0.02, line
                    continue
                left, equals, right = line.rpartition(" = ")
                assert equals
                if left == r"\delta":
                    continue
                activation = experiment.activations[step.layer]
                result = evaluated(right.replace(r"\end{aligned}", ""), activation)
                found = evaluated(left, activation)
                assert result in [rounded_value(found, digits) for digits in range(3, 9)], line
                checked += 1
    assert checked >= 8


def lines(formula: str) -> list[str]:
    """The formulas that stand under each other."""
    start, end = r"\begin{gathered} ", r" \end{gathered}"
    return formula[len(start) : -len(end)].split(r" \\ ") if formula.startswith(start) else [formula]


def test_a_small_change_of_a_weight_shows_in_its_formula() -> None:
    experiment = Experiment()
    update = explain_epoch(experiment, record(experiment).state_at(10_000)).updates[0]
    *_, last = all_steps(experiment, update, Focus(0, WeightIndex(0, 0, 0)))
    assert last.numbers.endswith(r"9.6730 + 0.00010244 = 9.6731 \end{gathered}"), last.numbers


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_a_mean_has_its_factor_behind_a_bracket(name: str) -> None:
    update, found = built(name)
    (step,) = (step for step in found if step.title.startswith("Error") and step.layer == len(update.layers) - 1)
    signs = [part for part in step.parts if isinstance(part, str)]
    factor = LOSSES[EXPERIMENTS[name].loss].scale(*update.targets.shape)
    assert signs == (["−", "="] if factor == 1 else ["(", "−", f") × {format_number(factor)} ="])


def test_the_pages_of_shapes_fit_together() -> None:
    """What is multiplied has the shapes that can be: 4x3 · 3x1 = 4x1."""
    for name in EXPERIMENTS:
        for step in built(name)[1]:
            for (left, sign), right in zip(pairwise(step.parts), step.parts[2:], strict=False):
                if sign == "·" and isinstance(left, Matrix) and isinstance(right, Matrix):
                    assert left.values.shape[1] == right.values.shape[0]
                if sign in ("+", "−", "×") and isinstance(left, Matrix) and isinstance(right, Matrix):
                    assert left.shape == right.shape
