"""Rows to hold out of training, drawn at random."""

from collections.abc import Sequence

import numpy as np

from engine.model.validation import ExperimentError


def choose_test_rows(targets: Sequence[Sequence[object]], share: float, seed: int) -> tuple[int, ...]:
    """The rows to test on: a share of the rows that have targets, drawn with a seed, in their order in the table.

    `targets` are the rows of a table; questions, whose targets are all None, are never chosen. Where targets repeat, as
    classes do, each class gives its share (stratified), and no class all of its rows. ExperimentError where the share
    is not between 0 and 1, or where too few rows are there to train on some and test on others.

    >>> choose_test_rows([[0], [0], [0], [1], [1], [1]], 1 / 3, seed=1)
    (0, 4)
    """
    if not 0 < share < 1:
        raise ExperimentError("test_rows", "The share held out must be more than 0 % and less than 100 %.")
    groups: dict[tuple[object, ...], list[int]] = {}
    for row, cells in enumerate(targets):
        if any(cell is not None for cell in cells):
            groups.setdefault(tuple(cells), []).append(row)
    rows = sum(map(len, groups.values()))
    if rows < 2:
        raise ExperimentError("test_rows", "It takes two rows with targets to train on one and test on another.")
    if len(groups) * 2 > rows:  # numbers, or classes of one row each
        groups = {(): [row for group in groups.values() for row in group]}
    random = np.random.RandomState(seed)
    wanted = min(max(round(share * rows), 1), rows - 1)
    chosen: list[int] = []
    for group, count in zip(groups.values(), share_out(wanted, [len(group) for group in groups.values()]), strict=True):
        chosen += random.permutation(group)[:count].tolist()
    return tuple(sorted(chosen))


def share_out(wanted: int, sizes: Sequence[int]) -> list[int]:
    """How many of each group make up `wanted`: in proportion, by largest remainder, never all of a group of several.

    >>> share_out(3, [10, 5])
    [2, 1]
    """
    total = sum(sizes)
    exact = [wanted * size / total for size in sizes]
    counts = [min(int(part), size - 1) for part, size in zip(exact, sizes, strict=True)]
    by_remainder = sorted(range(len(sizes)), key=lambda group: counts[group] - exact[group])
    while sum(counts) < wanted:
        before = sum(counts)
        for group in by_remainder:
            if sum(counts) < wanted and counts[group] < sizes[group] - 1:
                counts[group] += 1
        if sum(counts) == before:
            break
    return counts
