"""Remedies do what they promise, and the one that helps most comes first."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import count
from typing import Any

import pytest

from engine import PRESETS, Experiment, ExperimentError, record
from engine.diagnosis.diagnosis import diagnose_run
from engine.diagnosis.fix_search import FixSearch
from engine.model.outcome import has_learned
from tests.engine.diagnosis.cases import CASES, LINE, TUTORIAL, assert_learns, of

pytestmark = pytest.mark.usefixtures("no_hurry")

NOISY = replace(
    LINE,
    inputs=tuple((x / 30,) for x in range(60)),
    targets=tuple((x / 30 + 0.35 * (-1) ** x,) for x in range(60)),
    test_rows=(),
    learning_rate=1e-3,
    initializer="zeros",
    epochs=50,
)


def faults() -> Iterator[Experiment]:
    """What people do to the presets: rates far off, few epochs, no bias, penalties, targets out of reach, and so on."""
    for e in (PRESETS[name] for name in sorted(set(PRESETS) - {"or", "nand"})):
        inside, mean = e.activations[:-1], {"loss": "mean_squared_error"}
        changes: list[dict[str, Any]] = [{"learning_rate": e.learning_rate * times} for times in (1e-3, 30, 1000)]
        changes += [{"epochs": 3}, {"bias": False}, {"l2": 1.0}, {"l1": 1.0}, {"initializer": "zeros"}]
        changes += [{"activations": (*inside, name), **mean} for name in ("linear", "step", "sigmoid", "relu")]
        changes += [{"targets": tuple(tuple(5 * y for y in row) for row in e.labelled_targets), **mean}]
        changes += [{"targets": tuple(tuple(y - 1 for y in row) for row in e.labelled_targets), **mean}]
        changes += [{"hidden": (1,), "activations": ("tanh", *e.activations[-1:])}]
        for change in changes:
            with suppress(ExperimentError):
                yield replace(e, **change)


ILL = [*faults(), *(earns for _, earns, *_ in CASES)]


@pytest.mark.parametrize("part", range(4))
def test_what_a_remedy_promises_holds_one_press_later(part: int) -> None:
    """Nothing is said of the run with the remedy, or it was said before that it only gets closer."""
    findings = [finding for e in ILL[part::4] for finding in diagnose_run(record(e))]
    assert len(findings) > 20
    for finding in findings:
        if finding.remedy is not None:
            assert diagnose_run(record(finding.remedy)) == () or "closer" in finding.words, finding
    assert sum(finding.remedy is None for finding in findings) < len(findings) / 4


def test_a_remedy_that_learns_comes_before_one_that_only_gets_closer() -> None:
    """With a rate of 0.001 the marks are nearly right, with 3 epochs too: neither is enough."""
    for ill, label in (
        (replace(LINE, learning_rate=1e-4), "Learning rate 0.01"),
        (replace(LINE, epochs=3), "90 epochs"),
    ):
        (finding,) = diagnose_run(record(ill))
        assert finding.remedy_label == label
        assert finding.words.endswith("it learns: that was tried.")


def test_a_remedy_that_only_gets_closer_is_called_so() -> None:
    """The marks of every second row are well off the line: no straight line gets there."""
    finding = diagnose_run(record(NOISY))[0]
    assert finding.remedy is not None
    assert "it learns" not in finding.words
    assert finding.words.endswith("gets closer, but not all the way: that was tried.")
    assert not finding.learns
    assert_learns(finding.remedy, NOISY)
    assert not has_learned(finding.remedy, record(finding.remedy).outputs[-1])


def test_targets_no_straight_line_reaches() -> None:
    for targets in ((0, 5, 1, 0), (0, -1, 1, 0)):
        e = replace(TUTORIAL, targets=tuple((y,) for y in targets))
        finding = diagnose_run(record(e))[0]
        assert finding.key == "out_of_range"
        assert finding.remedy is not None
        assert finding.remedy.hidden
        assert_learns(finding.remedy, e)


def test_the_clock_ends_trying(monkeypatch: pytest.MonkeyPatch) -> None:
    ill = record(replace(LINE, learning_rate=1))
    cures = [{"learning_rate": rate} for rate in (0.3, 0.03)]
    assert FixSearch(1.0).remedy(ill.experiment, cures) is not None
    assert FixSearch(1.0, deadline=-1.0).remedy(ill.experiment, cures) is None
    for tick, cured in ((1e-4, True), (0.1, False)):
        ticks = count(0.0, tick)
        monkeypatch.setattr("engine.diagnosis.fix_search.monotonic", lambda ticks=ticks: next(ticks))
        finding = of("rate_too_high", diagnose_run(ill))
        assert finding is not None
        assert (finding.remedy is not None) is cured
