"""The charts' alt texts and table agree with numbers computed from the history, for every run."""

import re

import numpy as np
import pytest

from engine import Experiment, record
from pages.charts.history.alt_text import MOST_NAMED, alt_texts, run_summary, table_frames, value_table
from pages.charts.history.curves import loss_curve
from pages.charts.history.run_figures import CHART_NAMES
from pages.charts.style.base import EpochAxis
from pages.charts.style.palette import palette_for
from tests.charts.runs import EXPERIMENTS, number, run


def three(value: float) -> float:
    """A number to the three digits that are written."""
    return float(f"{value:.3g}")


def test_a_small_loss_is_written_alike_in_words_and_beside_its_curve() -> None:
    history = record(Experiment(epochs=20_000))
    label = loss_curve(history, EpochAxis(20_000, True), palette_for("light"), "a1")["frames"][-1]["data"][-1]["text"]
    assert label == ["0.0000640"]
    assert f"loss {label[0]} after" in run_summary(history)
    assert alt_texts(history, ("loss",), 0)["loss"].endswith(f"to {label[0]}.")


def test_the_tutorial_in_words() -> None:
    told = alt_texts(run("tutorial"), CHART_NAMES, 0)
    assert told["loss"] == "The loss against the epoch. Over 10,000 epochs it falls from 0.460 to 0.000129."
    assert "row 3 rises from 0.603 to 0.994, target 1" in told["outputs"]
    assert told["weights"].endswith(
        "x1 rises from 0.417 to 9.67; x2 falls from 0.720 to -0.208; x3 falls from 0.000114 to -4.63."
    )
    assert told["network"] == (
        "The network: 3 inputs, 1 output neuron (Sigmoid). At epoch 10,000 row 1 makes y1 = 0.00967; "
        "weights x1: 9.67, x2: -0.208, x3: -4.63."
    )


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_the_loss_is_told_as_it_went(name: str) -> None:
    history = run(name)
    told = alt_texts(history, CHART_NAMES, 0)["loss"]
    found = re.search(r"it (rises|falls) from (\S+) to (\S+?)\.(?: |$)", told)
    assert found
    way, first, last = found.groups()
    assert (number(first), number(last)) == pytest.approx((history.loss[0], history.loss[-1]), rel=5e-3, abs=5e-8)
    assert way == ("rises" if history.loss[-1] > history.loss[0] else "falls")
    assert ("held-out" in told) == (history.test_loss is not None)


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_outputs_are_told_with_their_targets(name: str) -> None:
    history = run(name)
    e, told = history.experiment, alt_texts(history, CHART_NAMES, 0)["outputs"]
    ends = [number(text) for text in re.findall(r"(?: to |began, at )(\S+?), target", told)]
    targets = [number(text) for text in re.findall(r"target (\S+?)[.;](?: |$)", told)]
    wanted = np.array(e.targets).ravel()
    if wanted.size <= MOST_NAMED:
        assert ends == pytest.approx(history.outputs[-1].ravel().tolist(), rel=5e-3, abs=5e-8)
        assert targets == pytest.approx(wanted.tolist(), rel=5e-3)
    else:
        errors = np.abs(history.outputs[-1].ravel() - wanted)
        assert abs(ends[0] - targets[0]) == pytest.approx(errors.max(), rel=0.05, abs=5e-3)


def test_a_loss_that_was_lower_once_is_told() -> None:
    e = Experiment(inputs=((1.0,), (2.0,)), targets=((1.0,), (0.0,)), learning_rate=30.0, epochs=50)
    history = record(e)
    lowest = int(np.argmin(history.loss))
    if three(float(history.loss[lowest])) in {three(float(history.loss[0])), three(float(history.loss[-1]))}:
        pytest.fail("This run no longer passes its best.")
    assert f"It was lowest at epoch {int(history.epochs[lowest]):,}" in alt_texts(history, CHART_NAMES, 0)["loss"]


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_the_table_has_the_numbers_of_the_run_at_its_moments(name: str) -> None:
    history = run(name)
    heads, rows = value_table(history, CHART_NAMES, 35)
    frames = table_frames(history, 35)
    epochs = [int(history.epochs[k]) for k in frames]
    assert [int(head.replace(",", "")) for head in heads[1:]] == epochs
    assert {0, int(history.epochs[-1]), int(history.epochs[history.frame_at(35)])} <= set(epochs)
    assert [number(text) for text in rows[0][1:]] == pytest.approx(history.loss[frames].tolist(), rel=5e-3, abs=5e-8)
    assert len(heads) <= 16
    assert len(rows) <= 2 + 2 * MOST_NAMED
    assert value_table(history, ("network",), None)[1] == []
