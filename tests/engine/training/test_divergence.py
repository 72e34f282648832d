"""Divergence is noticed at the exact epoch, and only finite numbers are kept."""

import numpy as np
import pytest

from engine import Experiment, record
from engine.model.network import forward, loss_over_rows
from tests.engine.plain_training import train_plainly


def first_bad_epoch(e: Experiment) -> int | None:
    """Found by looking at every epoch of the readable form."""
    inputs, targets = np.array(e.inputs), np.array(e.targets)
    for epoch, (weights, biases) in enumerate(train_plainly(e)):
        passed = forward(e, weights, biases, inputs)
        losses = np.array([loss_over_rows(e, passed, targets, rows) for rows in (e.train_rows, e.test_rows) if rows])
        if not all(np.isfinite(a).all() for a in (*weights, *biases, passed.outputs[-1], losses)):
            return epoch
    return None


def wild(optimizer: str, rate: float, epochs: int, **others: bool) -> Experiment:
    """A network of linear neurons with a rate far too high."""
    return Experiment(
        hidden=(3,),
        activations=("linear", "linear"),
        optimizer=optimizer,
        learning_rate=rate,
        epochs=epochs,
        bias=others.get("bias", False),
        batch_size=3 if others.get("small") else None,
        test_rows=(1,) if others.get("held_out") else (),
    )


@pytest.mark.parametrize("held_out", [False, True])
@pytest.mark.parametrize("small", [False, True])
@pytest.mark.parametrize("bias", [False, True])
@pytest.mark.parametrize("rate", [0.9, 3.0, 1e3, 1e9])
@pytest.mark.parametrize("optimizer", ["sgd", "momentum"])
def test_diverged_at_is_the_first_epoch_that_is_not_finite(
    optimizer: str, rate: float, bias: bool, small: bool, held_out: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    e = wild(optimizer, rate, 20_000, bias=bias, small=small, held_out=held_out)
    history = record(e)
    bad = first_bad_epoch(e)
    assert bad is not None
    assert history.diverged_at == bad
    assert history.epochs[-1] == bad - 1
    assert (np.diff(history.epochs) > 0).all()
    for array in (*history.weights, *history.biases, history.outputs, history.loss):
        assert np.isfinite(array).all()
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("epochs", [139, 5_000])
def test_slow_divergence_is_found_between_kept_epochs(epochs: int) -> None:
    # w grows by the factor 1 - rate = -1.2 an epoch, its square by 1.44
    e = Experiment(
        inputs=((1,),),
        targets=((0,),),
        activations=("linear",),
        learning_rate=2.2,
        initial_weights=(((1.0,),),),
        epochs=epochs,
    )
    history = record(e)
    # the first k with 1.44 ** k > 1.797e308, the largest float: the square overflows before it is halved
    expected = int(np.ceil(np.log(np.finfo(float).max) / np.log(1.44)))
    assert history.diverged_at == (expected if epochs > expected else None)
    assert history.epochs[-1] == min(expected - 1, epochs)


@pytest.mark.parametrize("optimizer", ["rmsprop", "adam"])
def test_optimizers_that_scale_their_steps_stay_finite_at_any_rate(
    optimizer: str, capsys: pytest.CaptureFixture[str]
) -> None:
    e = wild(optimizer, 1e9, 3_000, bias=True)
    history = record(e)
    assert history.diverged_at is None
    assert first_bad_epoch(e) is None
    assert history.epochs[-1] == e.epochs
    assert np.isfinite(history.loss).all()
    assert history.loss.max() > 1e30
    assert capsys.readouterr() == ("", "")
