"""What a network of a stack is held to: the same experiment trained alone."""

from dataclasses import replace
from functools import lru_cache

import numpy as np

from engine import Experiment, record
from engine.model.network import initial_parameters
from engine.model.outcome import has_learned
from engine.stacks.record_many import Runs

record_alone = lru_cache(maxsize=64)(record)
"""To see whether an experiment is stable and to hold a stack to it, it is trained alone once."""

STEADY_SHARE = 1e-10
"""Of the largest loss: a tenth of the bound that a stack is held to."""


def is_stable(e: Experiment) -> bool:
    """Whether training alone does not blow rounding up: start weights one unit in the last place off end alike.

    Where gradients are almost 0, RMSprop divides rounding by rounding. A stack adds up in another order, so only to
    stable experiments can it be held to a bound.
    """
    weights, biases = initial_parameters(e)
    history = record_alone(e)
    for towards in (np.inf, -np.inf):
        moved = [np.nextafter(layer, towards) for layer in weights]
        start = tuple(tuple(map(tuple, layer.tolist())) for layer in moved)
        levels = tuple(tuple(layer.tolist()) for layer in biases) if e.bias else ()
        nudged = record(replace(e, initial_weights=start, initial_biases=levels))
        if (nudged.diverged_at, nudged.stopped_at) != (history.diverged_at, history.stopped_at):
            return False
        for found, wanted in ((nudged.loss, history.loss), (nudged.test_loss, history.test_loss)):
            if found is not None and wanted is not None:
                largest = float(np.abs(wanted).max())
                if not np.allclose(found, wanted, rtol=STEADY_SHARE, atol=STEADY_SHARE * largest):
                    return False
    return True


def assert_same_as_alone(runs: Runs, tolerance: float = 1e-9) -> None:
    """Losses agree to `tolerance` of the largest, what has been learned and where it diverged exactly."""
    for network, e in enumerate(runs.experiments):
        history = record_alone(e)
        frames = int(np.isin(history.epochs, runs.epochs).sum())
        assert runs.diverged_at[network] == (-1 if history.diverged_at is None else history.diverged_at)
        assert runs.frames[network] == frames
        for found, alone in ((runs.loss, history.loss), (runs.test_loss, history.test_loss)):
            if found is None or alone is None:
                assert alone is None
                continue
            largest = float(np.abs(alone[:frames]).max())
            np.testing.assert_allclose(
                found[network, :frames], alone[:frames], rtol=tolerance, atol=tolerance * largest
            )
            assert np.isnan(found[network, frames:]).all()
        if history.diverged_at is None:
            assert np.array_equal(runs.epochs[:frames], history.epochs)
            assert (frames == len(runs.epochs)) == (history.stopped_at in (None, e.epochs))
            assert runs.learned[network] == has_learned(e, history.outputs[-1])
