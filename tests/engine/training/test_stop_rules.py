"""Training stops at the first kept epoch at which one of its rules holds, and up to there it is the same to the bit."""

import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from engine import PRESETS, Experiment, ExperimentError, record, record_many
from engine.diagnosis.diagnosis import diagnose_run
from engine.export.expected_output import expected_output
from engine.model.outcome import has_learned
from engine.model.targets import correct_rows
from engine.training.history import History
from engine.training.recorder import Recorder
from tests.engine.changed_experiments import with_stop_rules
from tests.engine.stacks.trained_alone import assert_same_as_alone
from tests.engine.strategies import STEADY, experiments

FREE: dict[str, Any] = {"stop_loss": None, "stop_when_right": False, "patience": None}
HELD_OUT = replace(PRESETS["xor"], test_rows=(3,))


def stop_by_hand(e: Experiment, full: History) -> int | None:
    """The epoch at which the rules stop a training, told from all of it, one kept epoch after the other."""
    lowest, waited = np.inf if full.test_loss is None else full.test_loss[0], 0
    for frame, epoch in list(enumerate(full.epochs.tolist()))[1:]:
        if full.test_loss is not None:
            waited = 0 if full.test_loss[frame] < lowest else waited + 1
            lowest = min(lowest, full.test_loss[frame])
        right = correct_rows(e, full.outputs[frame])[list(e.train_rows)].all()
        below = e.stop_loss is not None and full.loss[frame] < e.stop_loss
        if below or (e.stop_when_right and right) or (e.patience is not None and waited >= e.patience):
            return int(epoch)
    return None


@STEADY
@given(experiments(most_epochs=20).flatmap(with_stop_rules))
def test_it_stops_where_a_rule_first_holds(e: Experiment) -> None:
    history, full = record(e), record(replace(e, **FREE))
    assert full.stopped_at is None
    assert history.stopped_at == stop_by_hand(e, full)
    frames = len(history.epochs)
    assert history.epochs[-1] == (history.stopped_at or e.epochs)
    assert np.array_equal(history.outputs, full.outputs[:frames])
    assert np.array_equal(history.loss, full.loss[:frames])
    assert history.is_finished
    assert_same_as_alone(record_many([e, replace(e, seed=7)]))


@pytest.mark.parametrize(
    ("experiment", "rules"),
    [
        (Experiment(), {"stop_loss": 0.01}),
        (PRESETS["xor"], {"stop_when_right": True}),
        (PRESETS["fruit"], {"stop_when_right": True, "stop_loss": 0.05}),
        (PRESETS["line"], {"stop_when_right": True}),
        (HELD_OUT, {"patience": 10}),
        (replace(PRESETS["fruit"], test_rows=(0, 4), batch_size=3), {"patience": 4, "stop_loss": 0.01}),
    ],
)
def test_long_trainings_stop_at_the_same_epoch(experiment: Experiment, rules: dict[str, Any]) -> None:
    e = replace(experiment, **rules)
    history = record(e)
    assert history.stopped_at == stop_by_hand(e, record(experiment))
    assert history.stopped_at is not None
    assert 0 < history.stopped_at < e.epochs
    assert f"Output after epoch {history.stopped_at}:" in expected_output(history)


def test_a_rule_that_never_holds_lets_it_train_to_its_end() -> None:
    history = record(Experiment(stop_loss=1e-9))
    assert (history.stopped_at, history.epochs[-1]) == (None, 10_000)
    assert np.array_equal(history.loss, record(Experiment()).loss)


def test_numbers_past_all_bounds_come_before_a_rule_that_has_not_held() -> None:
    e = Experiment(activations=("linear",), learning_rate=10.0, stop_loss=1e-3)
    history = record(e)
    assert history.diverged_at is not None
    assert history.stopped_at is None


def test_progress_ends_at_one() -> None:
    told: list[float] = []
    record(Experiment(stop_when_right=True), told.append)
    assert told[-1] == 1.0


def test_a_run_that_a_visitor_stopped_is_not_finished() -> None:
    recorder = Recorder(Experiment(stop_loss=1e-9, epochs=1_000_000))
    next(iter(recorder))
    assert not recorder.history().is_finished
    assert "Output after epoch" in expected_output(record(Experiment(stop_loss=0.1)))


def test_a_run_that_stopped_too_early_is_told_so() -> None:
    e = replace(PRESETS["xor"], stop_loss=0.4)
    findings = diagnose_run(record(e))
    assert [found.key for found in findings] == ["stopped_early"]
    assert findings[0].remedy == replace(e, stop_loss=None)
    assert findings[0].remedy_label == "No loss to stop at"


@pytest.mark.parametrize("name", ["xor", "fruit", "line", "tutorial"])
def test_a_run_that_stopped_when_all_was_right_has_learned_and_is_not_told_otherwise(name: str) -> None:
    e = replace(PRESETS[name], stop_when_right=True)
    history = record(e)
    assert history.stopped_at is not None
    assert has_learned(e, history.outputs[-1])
    assert diagnose_run(history) == ()


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"stop_loss": 0}, "stop_loss", "No loss is below 0"),
        ({"stop_loss": -1}, "stop_loss", "must not be negative"),
        ({"stop_loss": "x"}, "stop_loss", "'x' is not a number"),
        ({"stop_when_right": "yes"}, "stop_when_right", "'yes'"),
        ({"patience": 5}, "patience", "No row is held out"),
        ({"patience": 0, "test_rows": (1,)}, "patience", "The patience: 0 is outside 1 to 200."),
        ({"patience": 1.5, "test_rows": (1,)}, "patience", "1.5 is not a whole number"),
    ],
)
def test_what_is_no_rule_is_refused(given: dict[str, Any], field: str, words: str) -> None:
    with pytest.raises(ExperimentError, match=re.escape(words)) as error:
        Experiment(**given)
    assert error.value.field == field
