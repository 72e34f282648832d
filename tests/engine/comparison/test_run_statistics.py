"""Statistics of many runs, held against the plainest way to compute them."""

import math
from dataclasses import replace

import numpy as np
import pytest

from engine import Experiment, History, ManyRecorder, record_many
from engine.comparison.run_statistics import (
    QUANTILES,
    epochs_needed,
    loss_histogram,
    loss_quantiles,
    luckiest,
    quantile,
    share_learned,
    unluckiest,
)
from engine.model.outcome import has_learned
from engine.stacks.record_many import Runs

XOR = Experiment(
    targets=((0,), (0,), (1,), (1,)),
    hidden=(2,),
    activations=("tanh", "sigmoid"),
    learning_rate=0.5,
    bias=True,
    initializer="uniform_-1_1",
    epochs=1_500,
)


@pytest.fixture(scope="module")
def fan() -> Runs:
    """Some learn, some get stuck."""
    return record_many([replace(XOR, seed=seed) for seed in range(40)])


@pytest.fixture(scope="module")
def wild() -> Runs:
    """Three of five diverge."""
    e = Experiment(activations=("linear",), epochs=200)
    return record_many([replace(e, learning_rate=rate) for rate in (0.1, 5.0, 0.05, 3.0, 1e9)])


def test_share_and_epochs_are_those_of_each_history(fan: Runs) -> None:
    needed = [epoch_learned(fan.history(network)) for network in range(40)]
    assert 0 < share_learned(fan) < 1
    assert share_learned(fan) == sum(map(math.isfinite, needed)) / 40
    assert epochs_needed(fan).tolist() == needed


def epoch_learned(history: History) -> float:
    """The kept epoch from which on it has learned at every kept epoch, or infinity."""
    epoch = math.inf
    for k in reversed(range(len(history.epochs))):
        if not has_learned(history.experiment, history.outputs[k]):
            break
        epoch = float(history.epochs[k])
    return epoch


def test_quantiles_are_losses_that_networks_have(fan: Runs) -> None:
    bands = loss_quantiles(fan)
    assert bands.shape == (len(QUANTILES), len(fan.epochs))
    assert (np.diff(bands, axis=0) >= 0).all()
    for share, band in zip(QUANTILES, bands, strict=True):
        for frame, value in enumerate(band):
            assert value in fan.loss[:, frame]
            assert (fan.loss[:, frame] <= value).mean() >= share
            assert (fan.loss[:, frame] < value).mean() < share


def test_diverged_networks_count_as_infinite(wild: Runs) -> None:
    (median,) = loss_quantiles(wild, (0.5,))
    assert np.isfinite(median[0])
    assert median[-1] == np.inf
    assert loss_quantiles(wild, (0.4,))[0, -1] == np.nanmax(wild.loss[:, -1])
    assert share_learned(wild) == wild.learned.mean()
    histogram = loss_histogram(wild)
    assert histogram.diverged == 3
    assert histogram.counts.sum() == 2
    assert luckiest(wild) == int(np.nanargmin(wild.loss[:, -1]))
    assert unluckiest(wild) == 4


def test_networks_that_a_rule_stopped_keep_their_last_loss() -> None:
    runs = record_many([replace(XOR, seed=seed, stop_loss=0.1) for seed in range(20)])
    stopped = runs.frames < len(runs.epochs)
    assert 10 < stopped.sum() < 20
    last = np.sort(runs.final_loss)
    assert loss_quantiles(runs)[:, -1].tolist() == [last[place - 1] for place in (1, 5, 10, 15, 19)]
    assert loss_quantiles(runs, (0.5,))[0, -1] < 0.1


def test_networks_that_stop_as_soon_as_all_is_right_have_learned() -> None:
    runs = record_many([replace(XOR, seed=seed, stop_when_right=True) for seed in range(20)])
    stopped = np.array([runs.history(network).stopped_at is not None for network in range(20)])
    assert runs.learned.tolist() == stopped.tolist()
    assert np.isfinite(epochs_needed(runs)).tolist() == stopped.tolist()


def test_histogram_holds_every_last_loss_between_its_edges(fan: Runs) -> None:
    histogram = loss_histogram(fan, bins=10)
    assert len(histogram.edges) == 11
    assert histogram.counts.sum() == 40
    last = fan.loss[:, -1]
    assert (histogram.edges[0], histogram.edges[-1]) == (last.min(), last.max())
    assert np.allclose(np.diff(np.log(histogram.edges)), np.log(last.max() / last.min()) / 10)
    assert (luckiest(fan), unluckiest(fan)) == (int(last.argmin()), int(last.argmax()))


def test_histogram_of_equal_losses_and_of_zero() -> None:
    same = record_many([Experiment(epochs=3)] * 4)
    histogram = loss_histogram(same, bins=5)
    assert histogram.counts.tolist() == [0, 0, 4, 0, 0]
    e = Experiment(inputs=((1,),), targets=((0,),), activations=("linear",), initializer="zeros", epochs=3)
    histogram = loss_histogram(record_many([e]))
    assert histogram.counts.sum() == 1
    assert np.isfinite(histogram.edges).all()


def test_networks_not_begun_do_not_count(fan: Runs) -> None:
    nothing = ManyRecorder(fan.experiments).runs()
    assert math.isnan(share_learned(nothing))
    assert np.isnan(loss_quantiles(nothing)).all()
    assert np.isnan(epochs_needed(nothing)).all()
    assert (luckiest(nothing), unluckiest(nothing)) == (None, None)
    assert loss_histogram(nothing).counts.sum() == 0


def test_quantile_leaves_out_what_is_missing() -> None:
    values = np.array([[3.0, np.nan, 1.0, np.inf], [np.nan] * 4, [2.0, 2.0, 1.0, np.nan]])
    assert quantile(values, 0.5, axis=1).tolist()[::2] == [3.0, 2.0]
    assert np.isnan(quantile(values, 0.5, axis=1)[1])
    assert quantile(values[0], 0.0, axis=0) == 1.0
    assert quantile(values[0], 1.0, axis=0) == np.inf
