"""A history agrees with the weights at its epochs."""

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import engine.training.history
from engine import OPTIMIZERS, PRESETS, Experiment, History, Recorder, record, train
from engine.training.train import TrainingState
from tests.engine.state_equality import assert_same_bits
from tests.engine.strategies import STEADY, experiments

TWO_LAYERS = Experiment(
    hidden=(3,), activations=("tanh", "sigmoid"), bias=True, initializer="uniform_-1_1", epochs=500, test_rows=(1,)
)


def arrays(history: History) -> list[np.ndarray[tuple[int, ...], np.dtype[np.float64]]]:
    tests = [] if history.test_loss is None else [history.test_loss]
    return [*history.weights, *history.biases, history.outputs, history.loss, history.memory, *tests]


@STEADY
@given(experiments(most_epochs=300))
def test_shapes_epochs_and_finiteness(e: Experiment) -> None:
    history = record(e)
    frames = len(history.epochs)
    assert history.experiment == e
    assert history.epochs[0] == 0
    assert history.epochs[-1] == e.epochs
    assert (np.diff(history.epochs) > 0).all()
    assert frames <= 200
    assert [w.shape for w in history.weights] == [(frames, *shape) for shape in e.shapes]
    assert [b.shape for b in history.biases] == [(frames, fan_out) for _, fan_out in e.shapes if e.bias]
    assert history.outputs.shape == (frames, len(e.inputs), len(e.targets[0]))
    size = sum((fan_in + e.bias) * fan_out for fan_in, fan_out in e.shapes)
    assert history.memory.shape == (frames, OPTIMIZERS[e.optimizer].slots, size)
    assert (history.test_loss is None) == (not e.test_rows)
    assert history.diverged_at is None
    for array in arrays(history):
        assert len(array) == frames
        assert np.isfinite(array).all()


def test_arrays_are_read_only() -> None:
    history = record(TWO_LAYERS)
    assert len(arrays(history)) == 8
    for array in (history.epochs, *arrays(history)):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1


def test_outputs_and_losses_come_from_the_kept_weights() -> None:
    history = record(TWO_LAYERS)
    inputs, targets = np.array(TWO_LAYERS.inputs), np.array(TWO_LAYERS.targets)
    assert history.test_loss is not None
    for frame in range(len(history.epochs)):
        hidden = np.tanh(inputs @ history.weights[0][frame] + history.biases[0][frame])
        outputs = 1 / (1 + np.exp(-(hidden @ history.weights[1][frame] + history.biases[1][frame])))
        np.testing.assert_allclose(history.outputs[frame], outputs, rtol=1e-13)
        squares = 0.5 * (outputs - targets) ** 2
        assert history.loss[frame] == pytest.approx(squares[[0, 2, 3]].sum(), rel=1e-12)
        assert history.test_loss[frame] == pytest.approx(squares[[1]].sum(), rel=1e-12)


def test_the_loss_leaves_the_penalty_out() -> None:
    history = record(Experiment(l1=0.1, l2=0.1, epochs=10))
    squares = 0.5 * (history.outputs - np.array(Experiment().targets)) ** 2
    np.testing.assert_allclose(history.loss, squares.sum(axis=(1, 2)), rtol=1e-13)


def test_held_out_rows_never_influence_training() -> None:
    e = PRESETS["line"]
    targets = list(e.targets)
    for row in e.test_rows:
        targets[row] = (-1_000.0,)
    changed = Experiment(
        inputs=e.inputs,
        targets=tuple(targets),
        test_rows=e.test_rows,
        activations=e.activations,
        loss=e.loss,
        learning_rate=e.learning_rate,
        bias=e.bias,
        epochs=e.epochs,
    )
    before, after = record(e), record(changed)
    assert before.test_loss is not None
    assert after.test_loss is not None
    assert np.array_equal(before.weights[0], after.weights[0])
    assert np.array_equal(before.loss, after.loss)
    assert after.test_loss[-1] > 1_000 * before.test_loss[-1]


def test_equal_experiments_give_equal_bits() -> None:
    for one, two in zip(arrays(record(TWO_LAYERS)), arrays(record(TWO_LAYERS)), strict=True):
        assert np.array_equal(one, two)


def test_frame_is_the_last_kept_one_not_after_an_epoch() -> None:
    history = record(Experiment(epochs=1_000))
    assert history.frame_at(None) == len(history.epochs) - 1
    assert history.frame_at(0) == 0
    assert history.frame_at(10**9) == len(history.epochs) - 1
    for index, epoch in enumerate(history.epochs):
        assert history.frame_at(int(epoch)) == index
    late = int(history.epochs[-1])
    assert history.frame_at(late - 1) == len(history.epochs) - 2


@STEADY
@given(experiments(most_epochs=400), st.data())
def test_step_is_the_network_at_any_epoch_bit_for_bit(e: Experiment, data: st.DataObject) -> None:
    history = record(e)
    epochs = sorted(data.draw(st.sets(st.integers(0, e.epochs), min_size=1, max_size=5)))
    for expected in train(e, epochs):
        assert_same_bits(history.state_at(expected.epoch), expected)


@pytest.mark.parametrize("name", sorted(PRESETS))
def test_step_of_every_preset(name: str) -> None:
    e = PRESETS[name]
    history = record(e)
    for expected in train(e, (0, 1, e.epochs // 2 + 1, e.epochs - 1, e.epochs)):
        assert_same_bits(history.state_at(expected.epoch), expected)


@pytest.mark.parametrize(("asked", "given"), [(-5, 0), (0, 0), (1_000, 1_000), (10**12, 1_000), (None, 1_000)])
def test_step_beyond_the_ends_is_the_end(asked: int | None, given: int) -> None:
    assert record(Experiment(epochs=1_000)).state_at(asked).epoch == given


def test_step_trains_on_from_the_last_kept_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    history = record(Experiment())
    starts: list[int] = []

    def watched(experiment: Experiment, at: list[int], start: TrainingState) -> Iterator[TrainingState]:
        starts.append(start.epoch)
        return train(experiment, at, start)

    monkeypatch.setattr(engine.training.history, "train", watched)
    before = int(history.epochs[-2])
    assert history.state_at(9_999).epoch == 9_999
    assert starts == [before]
    assert history.state_at(before).epoch == before
    assert starts == [before]


def test_step_of_a_diverged_training_ends_before_the_divergence() -> None:
    e = Experiment(activations=("linear",), learning_rate=1.2, epochs=5_000)
    history = record(e)
    assert history.diverged_at is not None
    assert history.state_at(None).epoch == history.state_at(history.diverged_at).epoch == history.diverged_at - 1
    for expected in train(e, (history.diverged_at // 2 + 1, history.diverged_at - 1)):
        assert_same_bits(history.state_at(expected.epoch), expected)


def test_step_of_a_stopped_training() -> None:
    e = Experiment(hidden=(8,), activations=("tanh", "sigmoid"), optimizer="adam", learning_rate=0.01, epochs=20_000)
    recorder = Recorder(e)
    for epoch, _ in recorder:
        if epoch > 1_000:
            break
    history = recorder.history()
    last = int(history.epochs[-1])
    for expected in train(e, (last - 1, last)):
        assert_same_bits(history.state_at(expected.epoch), expected)
    assert history.state_at(20_000).epoch == last
