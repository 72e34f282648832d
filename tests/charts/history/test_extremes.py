"""Charts can be built for large tables and networks, runs that diverged or never started, and losses of 0."""

import json
from dataclasses import replace

import numpy as np
import pytest

from engine import LIMITS, PRESETS, Experiment, History, Recorder, record
from pages.charts.history.network_layout import network_height
from pages.charts.style.base import EpochAxis
from pages.charts.style.palette import palette_for
from tests.charts.runs import BUILDERS, axis_of

MOST_BYTES = 1_500_000


def large(hidden: tuple[int, ...], rows: int = 8, inputs: int = 3, targets: int = 2, epochs: int = 200) -> Experiment:
    random = np.random.RandomState(3)
    return Experiment(
        inputs=tuple(map(tuple, random.uniform(-1, 1, (rows, inputs)))),
        targets=tuple(map(tuple, random.uniform(0, 1, (rows, targets)))),
        hidden=hidden,
        activations=("tanh",) * len(hidden) + ("sigmoid",),
        learning_rate=0.01,
        loss="mean_squared_error",
        initializer="glorot_uniform",
        bias=True,
        epochs=epochs,
    )


EXTREMES = {
    "64 units": large((LIMITS["units"],)),
    "64 units and 64 inputs": large((LIMITS["units"],), inputs=LIMITS["inputs"], targets=10),
    "6 layers": large((28,) * LIMITS["hidden layers"]),
    "1,000 rows": large((4,), rows=LIMITS["rows"], targets=1),
    "500 rows, 10 targets": large((), rows=454, inputs=1, targets=10),
    "64 targets": large((), rows=60, inputs=8, targets=LIMITS["targets"]),
    "64 units and 64 targets": large((LIMITS["units"],), targets=LIMITS["targets"]),
    "one weight": large((), rows=1, inputs=1, targets=1),
    "diverged": replace(
        PRESETS["line"], learning_rate=5.0, activations=("linear",), loss="half_squared_error", epochs=400
    ),
    "loss 0": replace(Experiment(), targets=((1,),) * 4, activations=("step",), epochs=30),
    "loss falls to 0": replace(PRESETS["or"], activations=("relu",), learning_rate=0.3, epochs=5_000),
    "zeros": replace(PRESETS["xor"], initializer="zeros", epochs=20),
}


def built(name: str) -> History:
    return record(EXTREMES[name])


def untrained(experiment: Experiment) -> History:
    recorder = Recorder(experiment)
    next(iter(recorder))
    return recorder.history()


def assert_sound(history: History) -> None:
    """Every chart is JSON a browser can read, of bearable size, with a frame a kept epoch."""
    for builder in BUILDERS.values():
        for log in (True, False):
            figure = builder(history, axis_of(history, log), palette_for("dark"))
            text = json.dumps(figure, allow_nan=False, separators=(",", ":"))
            assert len(text) < MOST_BYTES
            assert [frame["name"] for frame in figure["frames"]] == list(map(str, history.epochs.tolist()))


@pytest.mark.parametrize("name", EXTREMES)
def test_charts_of_extreme_runs(name: str) -> None:
    assert_sound(built(name))


def test_the_extremes_are_what_they_are_called() -> None:
    assert built("diverged").diverged_at is not None
    assert built("loss 0").loss.tolist() == [0.0] * 31
    assert not built("zeros").weights[0][0].any()
    assert sum(w[0].size for w in built("6 layers").weights) > 0.8 * LIMITS["weights"]


@pytest.mark.parametrize("name", ["tutorial", "line", "fruit", "sine"])
def test_charts_of_a_network_before_training(name: str) -> None:
    history = untrained(PRESETS[name])
    assert history.epochs.tolist() == [0]
    assert_sound(history)


def test_charts_of_numbers_at_the_end_of_what_a_float_can_hold() -> None:
    history = record(replace(EXTREMES["diverged"], learning_rate=1e8))
    assert history.diverged_at is not None
    assert_sound(history)


def test_the_drawing_of_a_large_network_stays_on_the_screen() -> None:
    assert max(network_height(built(name)) for name in EXTREMES) < 700


def test_long_names_are_clipped_in_pictures() -> None:
    names = ("a" * LIMITS["name"], "b" * LIMITS["name"])
    history = record(replace(PRESETS["and"], input_names=names, target_names=("c" * LIMITS["name"],), epochs=3))
    for name, builder in BUILDERS.items():
        text = json.dumps(builder(history, EpochAxis(3, log=True), palette_for("light")), ensure_ascii=False)
        for letter in "abc":
            assert letter * (LIMITS["name"] if name == "network" else 12) not in text
        if name == "network":
            assert "a" * 11 + "…" in text
            assert "c" * 11 + "…" in text
