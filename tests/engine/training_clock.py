"""A clock that only training moves on, for tests of what is done in how many turns."""

import pytest

from engine.stacks import stack_recorder
from engine.stacks.stacked_training import StackedTraining

EPOCH_SECONDS = 0.001


def let_training_tell_the_time(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Have an epoch of a stack take a millisecond, whatever the machine; gives a list that holds the time."""
    time, advance = [0.0], StackedTraining.advance

    def advance_clock(training: StackedTraining, epoch: int) -> None:
        time[0] += EPOCH_SECONDS * (epoch - training.epoch)
        advance(training, epoch)

    monkeypatch.setattr(StackedTraining, "advance", advance_clock)
    monkeypatch.setattr(stack_recorder, "perf_counter", lambda: time[0])
    return time
