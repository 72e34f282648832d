"""Start weights set by hand: first the drawn ones, then those typed."""

from dataclasses import replace

import numpy as np
from streamlit.testing.v1 import AppTest

from engine import Experiment, record
from engine.model.network import initial_parameters
from tests.pages.visit import (
    assert_same_run,
    assert_shows,
    assert_still_shows,
    messages,
    on_stage,
    press,
    turn,
    type_in,
    visit,
)

SHORT = replace(Experiment(), epochs=60)
WITH_BIAS = replace(SHORT, bias=True, hidden=(2,), activations=("tanh", "sigmoid"))
LINK = {"n": "60", "bias": "1", "h": "2", "a": "tanh,sigmoid"}


def by_hand(at: AppTest) -> AppTest:
    return turn(at, "toggle", "by hand", True)


def tables(at: AppTest) -> list[str]:
    """The keys of the tables of start weights, a layer each."""
    return [key for key in (str(editor.key) for editor in at.data_editor) if key.startswith("start ")]


def change(at: AppTest, layer: int, row: int, column: int, value: float | str | None) -> AppTest:
    edits = {"edited_rows": {str(row): {str(column): value}}, "added_rows": [], "deleted_rows": []}
    return type_in(at, tables(at)[layer], edits)


def test_they_begin_as_they_were_drawn() -> None:
    at = by_hand(visit({"n": "60"}))
    (drawn,) = initial_parameters(SHORT)[0]
    given = replace(SHORT, initial_weights=(tuple(map(tuple, drawn.tolist())),))
    assert_shows(at, given)
    assert np.array_equal(on_stage(at).outputs, record(SHORT).outputs)
    assert "w" in at.query_params
    (table,) = [editor.value for editor in at.data_editor if editor.key in tables(at)]
    assert np.array_equal(table.to_numpy().astype(float), drawn)


def test_a_typed_weight_is_trained_from() -> None:
    at = change(by_hand(visit({"n": "60"})), 0, 1, 0, -2.5)
    (drawn,) = initial_parameters(SHORT)[0]
    drawn[1, 0] = -2.5
    assert_shows(at, replace(SHORT, initial_weights=(tuple(map(tuple, drawn.tolist())),)))
    assert float(on_stage(at).weights[0][0, 1, 0]) == -2.5


def test_every_layer_has_a_table_with_its_biases_last() -> None:
    at = by_hand(visit(LINK))
    assert len(tables(at)) == 2
    change(at, 0, 3, 1, 0.75)
    change(at, 1, 2, 0, -0.25)
    history = on_stage(at)
    assert messages(at) == []
    assert history.biases[0][0].tolist() == [0, 0.75]
    assert history.biases[1][0].tolist() == [-0.25]
    assert_shows(at, history.experiment)


def test_two_edits_one_after_the_other_both_count() -> None:
    at = by_hand(visit({"n": "60"}))
    change(at, 0, 0, 0, 1.5)
    edits = {"edited_rows": {"0": {"0": 1.5}, "2": {"0": 3.5}}, "added_rows": [], "deleted_rows": []}
    type_in(at, tables(at)[0], edits)
    assert on_stage(at).weights[0][0, :, 0].tolist() == [1.5, initial_parameters(SHORT)[0][0][1, 0], 3.5]


def test_switched_off_they_are_drawn_again() -> None:
    at = by_hand(visit({"n": "60"}))
    change(at, 0, 0, 0, 9.0)
    turn(at, "toggle", "by hand", False)
    assert_shows(at, SHORT)
    assert tables(at) == []


def test_an_emptied_cell_says_so_and_leaves_the_stage() -> None:
    at = by_hand(visit({"n": "60"}))
    before = on_stage(at).experiment
    change(at, 0, 0, 0, None)
    assert messages(at) == ["The start weight of layer 1, row 1, neuron 1 is empty: type a number."]
    assert_still_shows(at, before)
    change(at, 0, 0, 0, 2.0)
    assert messages(at) == []
    assert on_stage(at).weights[0][0, 0, 0] == 2.0


def test_an_emptied_cell_is_empty_still_when_it_is_seen_again() -> None:
    at = change(by_hand(visit({"n": "60"})), 0, 0, 0, None)
    for unfolded in (False, True):
        at.session_state["more"] = unfolded
        at.run()
    (table,) = [editor.value for editor in at.data_editor if editor.key in tables(at)]
    assert (table == "").to_numpy().tolist() == [[True], [False], [False]]
    change(at, 0, 0, 0, 0.5)
    assert messages(at) == []
    assert float(on_stage(at).weights[0][0, 0, 0]) == 0.5


def test_they_go_where_they_would_not_fit_any_more() -> None:
    at = by_hand(visit({"n": "60"}))
    turn(at, "selectbox", "hidden", "2")
    assert_shows(at, replace(SHORT, hidden=(2,), activations=("tanh", "sigmoid")))
    by_hand(at)
    press(at, "Add input")
    assert messages(at) == []
    assert on_stage(at).experiment.initial_weights == ()


def test_the_bias_comes_and_goes_under_weights_given_by_hand() -> None:
    at = by_hand(visit({"n": "60"}))
    change(at, 0, 0, 0, 9.0)
    turn(at, "toggle", "bias", True)
    assert messages(at) == []
    assert on_stage(at).weights[0][0, 0, 0] == 9.0
    assert on_stage(at).experiment.bias
    turn(at, "toggle", "bias", False)
    assert messages(at) == []
    assert on_stage(at).experiment.initial_biases == ()


def test_a_link_brings_them_along() -> None:
    at = by_hand(visit(LINK))
    change(at, 1, 0, 0, 0.125)
    again = visit(at.query_params)
    assert_same_run(on_stage(again), on_stage(at))
    assert len(tables(again)) == 2
