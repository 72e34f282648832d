"""The curves, markers and labels show the engine's numbers."""

from operator import itemgetter

import numpy as np
import pytest

from engine import Experiment, History, record
from engine.model.weight_index import neuron_names, source_names
from pages.charts.history.curves import loss_curve, output_convergence, weight_evolution
from pages.charts.style.base import Dict
from pages.charts.style.palette import palette_for
from pages.charts.style.sizes import DESK
from tests.charts.runs import EXPERIMENTS, Numbers, axis_of, layers_at, loss_at, number, run, sample
from tests.engine.explanation.test_rounded_to_zero import NO_LINE

COLORS = palette_for("light")
NAMED = DESK.most_named
FEW = [name for name in EXPERIMENTS if sum(w[0].size for w in (*run(name).weights, *run(name).biases)) <= NAMED]
MANY = sorted(set(EXPERIMENTS) - set(FEW))
LAST = itemgetter(-1)  # Adam's first steps are equal but for rounding, the last are not


def curves(figure: Dict) -> list[tuple[str, list[float], list[float]]]:
    """Every whole curve: its trace's name, x and y; what is drawn as one trace is taken apart at the gaps."""
    found = []
    for trace in figure["data"]:
        if "x" not in trace:  # a trace of the cursor
            continue
        ends = [at for at, x in enumerate([*trace["x"], None]) if x is None]
        starts = [0, *(end + 1 for end in ends)]
        found += [
            (trace.get("name", ""), trace["x"][a:b], trace["y"][a:b])
            for a, b in zip(starts, ends, strict=False)
            if a < b
        ]
    return [curve for curve in found if curve[0]]


def heads(figure: Dict, k: int, count: int) -> tuple[list[float], list[float], list[str]]:
    """The markers of a frame: x, y, and the labels beside them."""
    _, markers, labels = figure["frames"][k]["data"]
    names = figure["data"][figure["frames"][k]["traces"][2]]["customdata"]
    assert len(markers["y"]) == len(labels["y"]) == len(names) == len(labels["text"])
    return [markers["x0"]] * count, markers["y"], [": ".join(pair) for pair in zip(names, labels["text"], strict=True)]


def parameters(history: History) -> dict[str, Numbers]:
    """Every weight and bias over the epochs, under the name that a chart of few lines gives it."""
    e, found = history.experiment, {}
    alone = not e.hidden and len(e.target_names) == 1
    names = [e.feature_names]
    for layer, units in enumerate(e.hidden):
        mark = "h" if len(e.hidden) == 1 else ("h1.", "h2.")[layer]
        names.append(tuple(f"{mark}{unit + 1}" for unit in range(units)))
    names.append(e.target_names)
    for layer, weights in enumerate(history.weights):
        for j, neuron in enumerate(names[layer + 1]):
            for i, source in enumerate(names[layer]):
                found[source if alone else f"{source} → {neuron}"] = weights[:, i, j]
            if e.bias:
                found[f"bias {neuron}"] = history.biases[layer][:, j]
    return found


@pytest.mark.parametrize("hidden", [(4,), (3, 4), (2, 2, 2, 2, 2, 2)])
def test_no_neuron_is_called_like_a_matrix_or_a_column_or_another_neuron(hidden: tuple[int, ...]) -> None:
    matrices = {f"{letter}{layer}" for letter in ("X", "W", "a", "b", "z", "delta") for layer in range(1, 8)}
    columns = ("a", "b", "a1", "b2")
    e = Experiment(
        inputs=((0, 0, 0, 1),),
        targets=((1,),),
        input_names=columns,
        hidden=hidden,
        activations=("tanh",) * (len(hidden) + 1),
    )
    named = [neuron_names(e, layer) for layer in range(len(hidden))]
    neurons = [name for names in named for name in names]
    assert tuple(map(len, named)) == hidden
    assert len(set(neurons)) == len(neurons)
    assert not set(neurons) & ({*columns} | matrices)
    sources = [source_names(e, layer) for layer in range(len(hidden) + 1)]
    assert sources == [columns, *named]  # a layer is called the same from both sides


@pytest.mark.parametrize("log", [True, False])
@pytest.mark.parametrize("name", FEW)
def test_few_weights_have_a_curve_a_marker_and_a_label_each(name: str, log: bool) -> None:
    history = run(name)
    figure = weight_evolution(history, axis_of(history, log), COLORS, "a1")
    expected = parameters(history)
    x = np.log10(1 + history.epochs) if log else history.epochs
    assert [curve[0] for curve in curves(figure)] == list(expected)
    for (_, xs, ys), values in zip(curves(figure), expected.values(), strict=True):
        assert xs == pytest.approx(x, rel=0.0006)
        assert ys == pytest.approx(values, rel=0.0006)
    for k in sample(history):
        xs, ys, labels = heads(figure, k, len(expected))
        assert xs == pytest.approx([x[k]] * len(expected), rel=0.0006)
        assert ys == pytest.approx([values[k] for values in expected.values()], rel=0.0006)
        for text, (key, values) in zip(labels, expected.items(), strict=True):
            assert text.startswith(f"{key}: ")
            assert number(text.removeprefix(f"{key}: ")) == pytest.approx(values[k], rel=0.0051, abs=1e-12)


@pytest.mark.parametrize("name", MANY)
def test_many_weights_are_bundled_by_layer_and_all_there(name: str) -> None:
    history = run(name)
    figure = weight_evolution(history, axis_of(history), COLORS, "a1")
    layers = len(history.weights)
    for layer in range(layers):
        bundle = "output" if layer == layers - 1 else "hidden" if layers == 2 else f"hidden {layer + 1}"
        ours = [ys for kind, _, ys in curves(figure) if kind == bundle]
        columns = history.weights[layer].reshape(len(history.epochs), -1)
        columns = np.concatenate([columns, history.biases[layer]], axis=1)
        expected = sorted(columns.T.tolist(), key=LAST)
        assert sorted(ours, key=LAST) == [pytest.approx(column, rel=0.0006) for column in expected]
    assert all(len(frame["data"]) == 1 for frame in figure["frames"])  # the mask alone moves


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_outputs_are_what_the_weights_of_that_epoch_give(name: str) -> None:
    history = run(name)
    figure = output_convergence(history, axis_of(history), COLORS, "a1")
    for k in sample(history):
        outputs = layers_at(history, k)[-1].ravel().tolist()
        if len(outputs) <= NAMED:
            assert heads(figure, k, len(outputs))[1] == pytest.approx(outputs, rel=0.0006, abs=1e-12)
        assert sorted(curve[2][k] for curve in curves(figure)) == pytest.approx(sorted(outputs), rel=0.0006, abs=1e-12)


@pytest.mark.parametrize("name", ["tutorial", "line"])
def test_every_row_is_labelled_with_its_output(name: str) -> None:
    history = run(name)
    figure = output_convergence(history, axis_of(history), COLORS, "a1")
    outputs = layers_at(history, 2)[-1][:, 0].tolist()
    for row, (text, output) in enumerate(zip(heads(figure, 2, len(outputs))[2], outputs, strict=True), 1):
        assert text.startswith(f"row {row}: ")
        assert number(text.split()[-1]) == pytest.approx(output, rel=0.0051)


def test_held_out_rows_are_dotted() -> None:
    history = run("line")
    lines = output_convergence(history, axis_of(history), COLORS, "a1")["data"][1:-3]
    assert [line["line"]["dash"] == "dot" for line in lines] == [row in (3, 7) for row in range(10)]


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_targets_are_dashed_lines_right_across(name: str) -> None:
    history = run(name)
    dashes = output_convergence(history, axis_of(history), COLORS, "a1")["data"][0]
    targets = {target for row in history.experiment.labelled_targets for target in row}
    assert (dashes["line"].get("dash") == "dash") == (len(targets) <= NAMED)
    assert sorted({y for y in dashes["y"] if y is not None}) == pytest.approx(sorted(targets), rel=0.0006)


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_the_loss_is_that_of_the_books(name: str) -> None:
    history = run(name)
    figure = loss_curve(history, axis_of(history), COLORS, "a1")
    e = history.experiment
    on_log = "log" in figure["layout"]["title"]["text"]
    expected = [[loss_at(history, k, e.train_rows) for k in sample(history)]]
    if e.test_rows:
        expected.append([loss_at(history, k, e.test_rows) for k in sample(history)])
    assert len(curves(figure)) == len(expected)
    for (_, _, ys), values in zip(curves(figure), expected, strict=True):
        seen = [10 ** ys[k] if on_log else ys[k] for k in sample(history)]
        assert seen == pytest.approx(values, rel=0.02 if on_log else 0.001)
    for at, k in enumerate(sample(history)):
        told = [number(text.split()[-1]) for text in heads(figure, k, len(expected))[2]]
        assert told == pytest.approx([values[at] for values in expected], rel=0.01)


def test_a_log_scale_names_losses_not_powers() -> None:
    history = run("tutorial")
    axis = loss_curve(history, axis_of(history), COLORS, "a1")["layout"]["yaxis"]
    assert [number(text) for text in axis["ticktext"]] == pytest.approx([10.0**power for power in axis["tickvals"]])


def test_a_loss_that_hardly_falls_looks_so() -> None:
    """From 0.51 to 0.50: on an axis from 0 that is a fiftieth of its height."""
    e = Experiment(targets=((0,), (1,), (0,), (1,)), learning_rate=1e-4, epochs=1_000)
    history = record(e)
    figure = loss_curve(history, axis_of(history), COLORS, "a1")
    low, high = figure["layout"]["yaxis"]["range"]
    assert low <= 0 < history.loss[-1]
    assert high > 1.05 * history.loss[0], "the line is not cut"
    assert (history.loss[0] - history.loss[-1]) / (high - low) < 0.05
    assert figure["layout"]["yaxis"]["ticktext"][0] == "0"


@pytest.mark.parametrize("size", [1e-4, 1.0, 1e7])
def test_ticks_are_numbers_of_the_page(size: float) -> None:
    history = record(Experiment(targets=((0,), (size,), (size,), (0,)), activations=("linear",), epochs=5, bias=True))
    for draw in (weight_evolution, output_convergence, loss_curve):
        axis = draw(history, axis_of(history), COLORS, "a1")["layout"]["yaxis"]
        assert 2 <= len(axis["tickvals"]) <= 7
        on_log = "log" in draw(history, axis_of(history), COLORS, "a1")["layout"]["title"]["text"]
        values = [10.0**power if on_log else power for power in axis["tickvals"]]
        assert [number(text) for text in axis["ticktext"]] == pytest.approx(values, rel=1e-6, abs=1e-300)


def test_a_weight_that_rounding_left_is_written_as_nearly_0() -> None:
    history = record(NO_LINE)
    figure = weight_evolution(history, axis_of(history), COLORS, "a1")
    assert heads(figure, -1, 3)[2] == ["x1: ≈0", "x2: ≈0", "bias y1: 0.5"]


def test_an_output_that_has_not_reached_1_does_not_look_as_if_it_had() -> None:
    e = Experiment(initial_weights=(((40.0,), (0.0,), (-20.0,)),), epochs=1)
    history = record(e)
    figure = output_convergence(history, axis_of(history), COLORS, "a1")
    labels = heads(figure, 0, 4)[2]
    assert labels[1] == "row 2: ≈1"
    assert 0.99999999 < history.outputs[0, 1, 0] < 1
