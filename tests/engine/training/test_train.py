"""Which epochs are kept."""

from itertools import pairwise

from engine import LIMITS, Experiment, train
from engine.training.train import kept_epochs


def test_kept_epochs_of_every_length() -> None:
    for epochs in [*range(1, 5_001), 9_999, 10_000, 123_457, LIMITS["epochs"]]:
        kept = kept_epochs(epochs)
        assert kept[0] == 0
        assert kept[-1] == epochs
        assert all(a < b for a, b in pairwise(kept))
        assert min(epochs + 1, 140) <= len(kept) <= 200


def test_kept_epochs_are_log_spaced() -> None:
    kept = kept_epochs(1_000_000)
    assert kept[:6] == (0, 1, 2, 3, 4, 5)
    late = [after / before for before, after in pairwise(kept[-60:])]
    assert max(late) / min(late) < 1.01


def test_train_stops_at_the_last_epoch_asked_for() -> None:
    steps = list(train(Experiment(), (0, 3, 5)))
    assert [step.epoch for step in steps] == [0, 3, 5]


def test_train_gives_the_kept_epochs_by_itself() -> None:
    assert [step.epoch for step in train(Experiment(epochs=300))] == list(kept_epochs(300))
