"""A training can be watched, stopped and taken up again."""

import numpy as np
import pytest

from engine import Experiment, Recorder, record

LONG = Experiment(hidden=(8,), activations=("tanh", "sigmoid"), bias=True, epochs=20_000)


def test_progress_rises_to_exactly_one() -> None:
    heard: list[float] = []
    record(Experiment(epochs=777), heard.append)
    assert heard[0] == 0.0
    assert heard[-1] == 1.0
    assert heard == sorted(heard)
    assert len(heard) > 100


def test_progress_ends_at_one_even_where_training_diverges() -> None:
    heard: list[float] = []
    record(Experiment(activations=("linear",), learning_rate=1e6), heard.append)
    assert heard[-1] == 1.0


def test_each_turn_tells_the_epoch_and_its_loss() -> None:
    e = Experiment(epochs=100)
    told = dict(Recorder(e))
    history = record(e)
    assert told == dict(zip(history.epochs.tolist(), history.loss.tolist(), strict=True))


def test_stopped_half_way_it_ends_at_the_epoch_reached() -> None:
    recorder, reached = Recorder(LONG), 0
    for epoch, _ in recorder:
        reached = epoch
        if epoch > 3_000:
            break
    history = recorder.history()
    assert history.epochs[-1] == reached
    assert reached < LONG.epochs
    assert (np.diff(history.epochs) > 0).all()
    assert history.diverged_at is None
    assert np.isfinite(history.loss).all()
    assert np.isfinite(history.weights[0]).all()


def test_taken_up_again_it_carries_on_as_if_never_stopped() -> None:
    e = Experiment(epochs=2_000)
    recorder = Recorder(e)
    for epoch, _ in recorder:
        if epoch > 100:
            break
    recorder.history()
    for _ in recorder:
        pass
    whole, parts = record(e), recorder.history()
    assert np.array_equal(whole.epochs, parts.epochs)
    assert np.array_equal(whole.outputs, parts.outputs)


def test_one_turn_is_enough_for_a_history() -> None:
    recorder = Recorder(Experiment())
    assert next(iter(recorder))[0] == 0
    assert recorder.history().epochs.tolist() == [0]


@pytest.mark.parametrize("at", [1, 5, 50])
def test_history_may_be_taken_at_any_turn(at: int) -> None:
    recorder = Recorder(Experiment())
    for _, _ in zip(range(at), recorder, strict=False):
        pass
    assert len(recorder.history().epochs) == at
