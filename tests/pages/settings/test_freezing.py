"""Weights are frozen one by one or a layer at a time: they stay, are drawn with a lock, and the ledger says so."""

from dataclasses import replace

import numpy as np
from streamlit.testing.v1 import AppTest

from engine import PRESETS, Experiment
from engine.serialization.url_format import to_url
from tests.pages.components import components, scene
from tests.pages.visit import assert_shows, come_to, control, on_stage, press, state_of, turn, type_in, visit

XOR = replace(PRESETS["xor"], epochs=200)


def opened(experiment: Experiment = XOR, **link: str) -> AppTest:
    return turn(visit(to_url(experiment) | link), "toggle", "freezing", True)


def tick(at: AppTest, layer: int, row: int, column: int, on: bool = True) -> AppTest:
    """Tick one box of a layer's table."""
    (key,) = (str(editor.key) for editor in at.data_editor if str(editor.key).startswith(f"locks {layer} "))
    return type_in(at, key, {"edited_rows": {row: {str(column): on}}, "added_rows": [], "deleted_rows": []})


def test_a_weight_and_a_bias_stay_as_they_start_and_the_others_learn() -> None:
    at = tick(tick(opened(), 0, 1, 2), 1, 3, 0)
    e = replace(XOR, frozen=("W1[1,2]", "b2"))
    assert_shows(at, e)
    history = on_stage(at)
    assert len({*history.weights[0][:, 1, 2].tolist()}) == 1
    assert len({*history.weights[0][:, 1, 1].tolist()}) > 1
    assert len({*history.biases[1][:, 0].tolist()}) == 1
    assert scene(at)["frozen"] == [5, 12]
    assert "Frozen: switch 2 → h3, bias answer." in scene(at)["alt"]["network"]
    assert any("What has a lock is frozen" in caption.value for caption in at.caption)
    assert_shows(press(at, "undo"), replace(XOR, frozen=("W1[1,2]",)))
    assert_shows(tick(at, 0, 1, 2, on=False), XOR)


def test_a_layer_is_frozen_at_once_and_thawed_by_the_switch() -> None:
    at = turn(opened(), "checkbox", "freeze 0", True)
    assert_shows(at, replace(XOR, frozen=("W1", "b1")))
    at = tick(at, 0, 0, 0, on=False)
    assert not control(at, "checkbox", "freeze 0").value
    assert "W1" not in on_stage(at).experiment.frozen
    assert_shows(turn(at, "toggle", "freezing", False), XOR)
    assert not [editor for editor in at.data_editor if str(editor.key).startswith("locks")]


def test_another_shape_has_nothing_frozen() -> None:
    at = turn(opened(replace(XOR, frozen=("W1",))), "selectbox", "hidden", "4")
    assert state_of(at).run.wanted.frozen == ()
    assert [toast.value for toast in at.toast] == ["Nothing is frozen any more: the network has other weights now."]
    at = turn(opened(replace(XOR, frozen=("W1[0,0]", "b1"))), "toggle", "bias", False)
    assert state_of(at).run.wanted.frozen == ("W1[0,0]",)


def test_locked_settings_show_what_is_frozen() -> None:
    at = visit(to_url(replace(XOR, frozen=("W2",))) | {"lock": "more"})
    assert control(at, "toggle", "freezing").proto.disabled
    assert control(at, "checkbox", "freeze 1").proto.disabled


def test_step_by_step_says_that_it_stays() -> None:
    e = replace(XOR, frozen=("W1[0,0]",))
    at = come_to("pages/views/step.py", e)
    assert any("Frozen ones stay as they are." in mount.json for mount in components(at).values())
    assert np.ptp(on_stage(at).weights[0][:, 0, 0]) == 0
