"""No run ends wrong, worse than it began or far from the best straight line with nothing said about it."""

from dataclasses import replace

import numpy as np
import pytest

from engine import PRESETS, Experiment, record
from engine.diagnosis.diagnosis import diagnose_run
from engine.model.outcome import best_line_r_squared, has_learned, rows_not_learned
from tests.engine.diagnosis.random_runs import ends_badly, runs

pytestmark = pytest.mark.usefixtures("no_hurry")

LEARNED_ALL_THE_SAME = {"overfitting", "contradiction", "out_of_range", "penalty"}
AND, LINE = PRESETS["and"], PRESETS["line"]


@pytest.mark.parametrize("part", range(4))
def test_of_a_hundred_random_runs_none_ends_badly_in_silence(part: int) -> None:
    badly = 0
    for history, findings in runs(range(25 * part, 25 * part + 25)):
        if ends_badly(history):
            badly += 1
            assert findings, history.experiment
            assert all(0 < len(finding.words) < 400 for finding in findings)
        else:
            assert {finding.key for finding in findings} <= LEARNED_ALL_THE_SAME, history.experiment
    assert 10 < badly < 25


def test_right_by_a_hair_is_not_learned() -> None:
    assert has_learned(AND, np.array([[0.1], [0.1], [0.44], [0.56]]))
    outputs = np.array([[0.1], [0.46], [0.2], [0.9]])
    assert not has_learned(AND, outputs)
    assert rows_not_learned(AND, outputs) == (1,)
    fruit = PRESETS["fruit"]
    ahead = 0.3 + 0.11 * fruit.unscaled_targets
    assert has_learned(fruit, ahead)
    assert not has_learned(fruit, 0.3 + 0.09 * fruit.unscaled_targets)


def test_far_from_the_best_straight_line_is_not_learned() -> None:
    e = replace(LINE, targets=tuple((2 * hours + 1,) for (hours,) in LINE.inputs))
    targets = e.unscaled_targets
    assert best_line_r_squared(e) == pytest.approx(1)
    spread = np.square(targets - targets.mean()).sum() / len(targets)
    near, far = (targets + np.sqrt(share * spread) * np.array([[1.0], [-1]] * 5) for share in (0.005, 0.015))
    assert has_learned(e, near)
    assert not has_learned(e, far)  # and yet R2 is above 0.98
    noise = replace(LINE, targets=((0.5,), *((float(i % 2),) for i in range(9))))
    assert best_line_r_squared(noise) < 0.2


def test_where_nothing_helps_the_numbers_are_told() -> None:
    random = np.random.RandomState(0)
    noise = Experiment(
        inputs=tuple((i / 40,) for i in range(40)),
        targets=tuple((value,) for value in random.uniform(0, 1, 40)),
        activations=("linear",),
        loss="mean_squared_error",
        bias=True,
        learning_rate=0.1,
        epochs=2_000,
    )
    findings = diagnose_run(record(noise))
    assert findings
    (last,) = (finding for finding in findings if finding.key == "unexplained")
    assert "No straight line predicts more than" in last.words
    assert last.remedy is None
