"""Hidden parts are not on the page, and locked ones can be read but not changed; the experiment is the same."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from engine import PRESETS, Experiment
from engine.serialization.url_format import to_url
from pages.state.restrictions import PARTS, Restrictions
from tests.pages.visit import (
    assert_same_run,
    grid,
    linked,
    messages,
    on_stage,
    press,
    state_of,
    type_in,
    type_number,
    visit,
)

CONTROLS = ("hidden", "output activation", "loss", "learning_rate", "epochs", "epochs slid")
MORE = ("optimizer", "batch_size", "initializer", "seed", "l1", "l2", "bias")


def widgets(at: AppTest) -> dict[str, bool]:
    """The keys on the page without their editions, and whether each control is disabled."""
    kinds = ("selectbox", "text_input", "select_slider", "toggle", "button")
    found = {}
    for kind in kinds:
        for widget in at.get(kind):
            found[str(widget.key or getattr(widget, "label", "")).partition(" · ")[0]] = bool(widget.proto.disabled)
    return found


SHOWN = {
    "presets": {"preset"},
    "table": {"Add input"},
    "files": {"files comma"},
    "controls": set(CONTROLS),
    "more": set(MORE),
    "advice": {"remedy 0"},
}


@pytest.mark.parametrize("part", PARTS)
def test_a_hidden_part_is_not_there_and_its_settings_are(part: str) -> None:
    link = {"preset": "xor_one_neuron"} | to_url(PRESETS["xor_one_neuron"])
    everything = visit(link)
    at = visit(link | {"hide": part})
    assert messages(at) == []
    assert SHOWN[part] <= set(widgets(everything))
    assert not SHOWN[part] & set(widgets(at))
    assert linked(at) == linked(everything)
    assert_same_run(on_stage(at), on_stage(everything))


@pytest.mark.parametrize(("part", "keys"), [("controls", CONTROLS), ("more", MORE)])
def test_a_locked_part_can_be_read_and_not_changed(part: str, keys: tuple[str, ...]) -> None:
    link = to_url(PRESETS["xor"])
    free, locked = widgets(visit(link)), widgets(visit(link | {"lock": part}))
    for key in keys:
        assert not free[key]
        assert locked[key]
    others = set(CONTROLS + MORE) - set(keys)
    assert not any(locked[key] for key in others)


def test_hidden_layers_have_locked_activations_too() -> None:
    link = to_url(Experiment(hidden=(3, 2), activations=("tanh", "relu", "sigmoid"), epochs=50))
    locked = widgets(visit(link | {"lock": "controls,more"}))
    names = [key for key in locked if key.startswith("activation")]
    assert len(names) == 3
    assert all(locked[key] for key in names)


def test_a_locked_table_is_there_to_read_with_its_outputs() -> None:
    at = visit({"seed": "1", "test": "1", "lock": "table"})
    assert messages(at) == []
    (editor,) = at.data_editor
    assert editor.proto.disabled
    assert editor.proto.editing_mode == editor.proto.FIXED
    table = grid(at)
    assert table["x1"].tolist() == ["0", "1", "1", "0"]
    assert table["held"].tolist() == ["False", "True", "False", "False"]
    assert len(set(table["o1"])) == 4
    assert "Add input" not in widgets(at)
    type_number(at, "epochs", 20)
    assert on_stage(at).experiment == Experiment(test_rows=(1,), epochs=20)


@pytest.mark.parametrize(
    "sent",
    [
        {"edited_rows": {0: {"x2": "5"}, 1: {"held": False}}, "added_rows": [], "deleted_rows": []},
        {"edited_rows": {}, "added_rows": [{"x1": "1", "x2": "1", "x3": "0", "y1": "1"}], "deleted_rows": []},
        {"edited_rows": {}, "added_rows": [], "deleted_rows": [0, 1]},
        {"edited_rows": {9: {"x9": "tea"}}, "added_rows": [{}] * 2_000, "deleted_rows": [77]},
    ],
    ids=["edited", "added", "deleted", "nonsense"],
)
def test_an_edit_sent_to_a_locked_table_is_not_taken(sent: dict[str, Any]) -> None:
    at = visit({"seed": "1", "test": "1", "lock": "table"})
    before = grid(at)
    type_in(at, state_of(at).draft.grid_key, sent)
    for _ in range(2):
        assert messages(at) == []
        assert on_stage(at).experiment == linked(at) == Experiment(test_rows=(1,))
        assert grid(at).equals(before)
        at.run()


def test_training_works_with_everything_put_away() -> None:
    at = visit({"seed": "1", "n": "50", "hide": ",".join(PARTS)})
    press(at, "train")
    assert state_of(at).run.plays == 1
    assert messages(at) == []
    assert at.query_params == {"seed": "1", "n": "50", "hide": ",".join(PARTS)}


def test_a_reload_and_another_page_keep_what_is_hidden_and_locked() -> None:
    link = {"seed": "1", "hide": "presets,more", "lock": "table,controls"}
    at = visit(link)
    assert at.query_params == link
    at.switch_page("pages/views/about.py").run()
    assert at.query_params == link
    assert (
        state_of(visit(at.query_params)).link.restrictions
        == state_of(at).link.restrictions
        == Restrictions.read("presets,more", "table,controls", "")[0]
    )
