"""Rows to hold out: as many as the share says, by class where there are classes, the same for the same seed."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import ExperimentError
from engine.data.held_out import choose_test_rows, share_out
from tests.engine.strategies import STEADY

TARGETS = st.lists(st.sampled_from([(0.0,), (1.0,), (2.0,), (None,)]), min_size=2, max_size=60)
SHARES = st.floats(0.01, 0.99)


@STEADY
@given(TARGETS, SHARES, st.integers(0, 99))
def test_some_rows_are_tested_and_some_are_trained_on(
    targets: list[tuple[float | None]], share: float, seed: int
) -> None:
    labelled = [row for row, (target,) in enumerate(targets) if target is not None]
    if len(labelled) < 2:
        with pytest.raises(ExperimentError):
            choose_test_rows(targets, share, seed)
        return
    held = choose_test_rows(targets, share, seed)
    assert held == choose_test_rows(targets, share, seed)
    assert held == tuple(sorted(set(held)))
    assert set(held) <= set(labelled)
    assert len(held) < len(labelled)
    sizes, taken = Counter(targets[row] for row in labelled), Counter(targets[row] for row in held)
    if len(sizes) * 2 <= len(labelled):  # classes: each has rows left to train on
        assert all(taken[each] < size for each, size in sizes.items() if size > 1)
    fits = sum(max(0, size - 1) for size in sizes.values()) if len(sizes) * 2 <= len(labelled) else len(labelled) - 1
    assert len(held) == min(max(round(share * len(labelled)), 1), len(labelled) - 1, fits)


def test_each_class_gives_its_share() -> None:
    targets = [(0,)] * 50 + [(1,)] * 30 + [(2,)] * 20
    held = choose_test_rows(targets, 0.2, 1)
    assert Counter(targets[row] for row in held) == {(0,): 10, (1,): 6, (2,): 4}


@STEADY
@given(st.lists(st.integers(2, 30), min_size=1, max_size=6), st.data())
def test_shares_are_in_proportion(sizes: list[int], data: st.DataObject) -> None:
    wanted = data.draw(st.integers(1, sum(sizes) - len(sizes)))
    counts = share_out(wanted, sizes)
    assert sum(counts) == wanted
    assert all(0 <= count < size for count, size in zip(counts, sizes, strict=True))


@pytest.mark.parametrize("share", [0.0, 1.0, -0.5, 2.0, float("nan")])
def test_a_share_must_leave_something(share: float) -> None:
    with pytest.raises(ExperimentError, match="more than 0 % and less than 100 %"):
        choose_test_rows([(0,), (1,)], share, 1)


@pytest.mark.parametrize("targets", [[], [(1.0,)], [(1.0,), (None,)]])
def test_two_rows_with_targets_are_needed(targets: list[tuple[float | None]]) -> None:
    with pytest.raises(ExperimentError, match="two rows with targets"):
        choose_test_rows(targets, 0.5, 1)
