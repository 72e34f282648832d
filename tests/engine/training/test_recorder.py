"""A training can be watched, stopped and resumed."""

import numpy as np

from engine import Experiment, History, Recorder, record

LONG = Experiment(hidden=(8,), activations=("tanh", "sigmoid"), bias=True, epochs=60_000)


def test_progress_rises_to_exactly_one() -> None:
    heard: list[float] = []
    record(LONG, heard.append)
    assert heard[0] == 0.0
    assert heard[-1] == 1.0
    assert heard == sorted(set(heard))
    assert len(heard) > 5


def test_progress_ends_at_one_even_where_training_diverges() -> None:
    heard: list[float] = []
    record(Experiment(activations=("linear",), learning_rate=1e6), heard.append)
    assert heard[-1] == 1.0


def test_each_turn_tells_the_epoch_and_its_loss() -> None:
    recorder = Recorder(LONG)
    told = []
    for epoch, loss in recorder:
        history = recorder.history()
        assert (epoch, loss) == (history.epochs[-1], history.loss[-1])
        told.append(epoch)
    assert (told[0], told[-1]) == (0, LONG.epochs)
    assert len(told) > 5


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


def test_history_may_be_taken_at_every_turn_and_changes_nothing() -> None:
    recorder = Recorder(LONG)
    taken = [recorder.history() for _ in recorder]
    whole = record(LONG)
    for history in taken:
        assert_same_start(history, whole)
    assert_same_start(whole, taken[-1])


def assert_same_start(history: History, whole: History) -> None:
    """All epochs of a history but its last, which need not be one to keep, stand at the same place in the whole one."""
    count = len(history.epochs) - 1
    assert count < len(whole.epochs)
    for name in ("epochs", "outputs", "loss", "memory"):
        assert np.array_equal(getattr(history, name)[:count], getattr(whole, name)[:count])
    for ours, theirs in zip((*history.weights, *history.biases), (*whole.weights, *whole.biases), strict=True):
        assert np.array_equal(ours[:count], theirs[:count])
