"""A draft makes its table and its experiment once, and anew as soon as anything is typed otherwise."""

from dataclasses import replace
from typing import Any

import pytest

from engine import Experiment, ExperimentError
from pages.state.draft import Draft

START = Experiment(hidden=(2,), activations=("tanh", "sigmoid"), bias=True)


@pytest.fixture
def draft(monkeypatch: pytest.MonkeyPatch) -> Draft:
    monkeypatch.setattr("streamlit.session_state", {})
    return Draft.from_experiment(START)


def test_while_nothing_changes_they_are_made_once(draft: Draft) -> None:
    assert draft.table is draft.table
    assert draft.experiment() is draft.experiment()
    assert draft.experiment() == START


def test_edits_of_the_grid_count_at_once(draft: Draft, monkeypatch: pytest.MonkeyPatch) -> None:
    before = draft.experiment()
    for value in (0.25, 0.5):
        edits = {"edited_rows": {"0": {"x2": value}}}
        monkeypatch.setattr("streamlit.session_state", {draft.grid_key: edits})
        assert draft.experiment().inputs == ((0.0, value, 1.0), *before.inputs[1:])
    monkeypatch.setattr("streamlit.session_state", {})
    assert draft.experiment() == before


def test_another_table_counts_at_once(draft: Draft) -> None:
    other = replace(START, inputs=((1, 2), (3, 4)), targets=((0,), (1,)), input_names=())
    draft.experiment()
    draft.load(other)
    assert draft.experiment() == other
    draft.hold_out([1])
    assert draft.experiment().test_rows == (1,)


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ({"learning_rate": 0.5}, {"learning_rate": 0.25}),
        ({"bias": True}, {"bias": False}),
        ({"hidden": (2,)}, {"hidden": (3,)}),
        ({"l2": 0.0}, {"l2": 0.1}),
    ],
)
def test_settings_count_at_once(draft: Draft, first: dict[str, Any], then: dict[str, Any]) -> None:
    for settings in (first, then, first):
        draft.change(**settings)
        assert draft.experiment() == replace(START, **settings)


def test_an_activation_that_is_set_in_place_counts_at_once(draft: Draft) -> None:
    draft.experiment()
    draft.set_activation(0, "relu")
    assert draft.experiment().activations == ("relu", "sigmoid")


def test_what_is_equal_and_not_the_same_is_refused_as_ever(draft: Draft) -> None:
    draft.change(epochs=1)
    assert draft.experiment().epochs == 1
    draft.change(epochs=True)
    with pytest.raises(ExperimentError, match="epochs"):
        draft.experiment()
    draft.change(epochs=1)
    assert draft.experiment().epochs == 1
