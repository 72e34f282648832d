"""The two pictures of a fan, and its words: held against the runs one by one."""

from dataclasses import replace

import numpy as np
import plotly.graph_objects as go
import pytest

from engine import PRESETS, Experiment, ManyRecorder, Runs, record, record_many
from pages.charts.comparison.loss_fan import last_loss_histogram, loss_fan
from pages.charts.comparison.words import fan_words, luck_words
from pages.charts.style.base import EpochAxis
from pages.charts.style.palette import LIGHT, palette_for

XOR = replace(PRESETS["xor"], hidden=(2,), epochs=400)
AXIS = EpochAxis(400, log=True)


@pytest.fixture(scope="module")
def runs() -> Runs:
    return record_many([replace(XOR, seed=seed) for seed in range(41)])


@pytest.fixture(scope="module")
def wild() -> Runs:
    """Most diverge."""
    e = Experiment(activations=("linear",), epochs=400)
    return record_many([replace(e, learning_rate=rate) for rate in (0.1, 5.0, 0.05, 3.0, 1e9)])


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", ["runs", "wild"])
def test_plotly_accepts_both(request: pytest.FixtureRequest, kind: str, scheme: str) -> None:
    some: Runs = request.getfixturevalue(kind)
    for this in (None, record(some.experiments[0]), record(some.experiments[1])):
        for figure in (
            loss_fan(some, this, AXIS, palette_for(scheme)),
            last_loss_histogram(some, this, palette_for(scheme)),
        ):
            assert go.Figure(figure).data


def test_the_middle_line_is_the_middle_loss_and_the_bold_one_this_runs(runs: Runs) -> None:
    this = record(XOR)
    *_, middle, own = loss_fan(runs, this, AXIS, LIGHT)["data"]
    losses = np.stack([record(e).loss for e in runs.experiments])
    assert 10.0 ** np.array(middle["y"]) == pytest.approx(np.median(losses, axis=0), rel=0.01)
    assert 10.0 ** np.array(own["y"]) == pytest.approx(this.loss, rel=0.01)
    assert own["line"]["width"] > middle["line"]["width"]
    assert own["name"] == f"this one, seed {XOR.seed}"


def test_bars_count_every_run_and_those_that_diverged_have_their_own(runs: Runs, wild: Runs) -> None:
    (bars,) = last_loss_histogram(runs, None, LIGHT)["data"]
    assert sum(bars["y"]) == 41
    (bars,) = last_loss_histogram(wild, None, LIGHT)["data"]
    assert sum(bars["y"]) == 5
    assert (bars["y"][-1], bars["text"][-1]) == (3, "3 starts diverged")


def test_no_loss_is_written_beside_the_word_diverged(wild: Runs) -> None:
    axis = last_loss_histogram(wild, None, LIGHT)["layout"]["xaxis"]
    low, high = axis["range"]
    *losses, diverged = axis["tickvals"]
    assert axis["ticktext"][-1] == "diverged"
    assert losses
    assert all(diverged - tick > (high - low) / 5 for tick in losses)
    lost = record_many([e for e in wild.experiments if e.learning_rate > 1])
    assert last_loss_histogram(lost, None, LIGHT)["layout"]["xaxis"]["ticktext"] == ["diverged"]


def test_luck_in_words(runs: Runs, wild: Runs) -> None:
    learned = sum(bool(right) for right in runs.learned)
    assert 4 < learned < 37, "a fan of which some learn"
    words = luck_words(runs, record(XOR))
    assert words.startswith(f"**Yes, luck has a part in it.** {learned} of 41 starts learned ({learned / 41:.0%})")
    last = record(XOR).loss[-1]
    lower = sum(record(e).loss[-1] < last for e in runs.experiments)
    assert words.endswith(f"{lower} of 41 ended lower." if lower else "none ended lower.")
    lesson = record_many([Experiment(seed=seed, epochs=2_000) for seed in range(5)])
    assert luck_words(lesson).startswith("**No luck needed.** All 5 starts learned. ")
    stuck = record_many([replace(PRESETS["xor"], hidden=(), activations=("sigmoid",), seed=s) for s in range(3)])
    assert luck_words(stuck).startswith("**It is not bad luck.** None of 3 starts learned: ")
    alike = record_many([replace(PRESETS["xor_one_neuron"], epochs=500, seed=seed) for seed in range(30)])
    assert 0 < np.ptp(alike.final_loss) < 1e-12, "rounding sets them apart"
    assert luck_words(alike, record(alike.experiments[3])).endswith("ended at a loss of 0.5: none ended lower.")
    assert luck_words(wild, record(wild.experiments[1])).endswith(" diverged.")
    assert "3 diverged" in fan_words(wild)["histogram"]


def test_a_fan_that_has_hardly_begun() -> None:
    recorder = ManyRecorder([replace(XOR, seed=seed) for seed in range(3)])
    assert luck_words(recorder.runs()) == "Nothing has been trained yet."
    next(iter(recorder))
    go.Figure(loss_fan(recorder.runs(), None, AXIS, LIGHT))
    go.Figure(last_loss_histogram(recorder.runs(), None, LIGHT))
