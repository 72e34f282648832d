"""The drawing's lines are coloured by gradient where a visitor asks for it: only then gradients are sent."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from engine import PRESETS
from engine.serialization.url_format import to_url
from pages.charts.canvas.scene import scene_bytes
from tests.pages.components import components, player, scene, send
from tests.pages.visit import assert_shows, on_stage, turn, visit


def ask(at: AppTest, on: object) -> AppTest:
    """Tick the box beside the map, or untick it."""
    told = {"gradients": {"run": scene(at)["run"], "on": on, "at": 1}}
    return send(at, components(at)["pictures"].id, json.dumps(told), "json_value")


def has_words(at: AppTest) -> bool:
    return any("Its colour is its gradient" in caption.value for caption in at.caption)


def test_they_are_sent_when_asked_for_and_with_the_next_run_too() -> None:
    at = visit(to_url(PRESETS["xor"]))
    assert not has_words(at)
    assert json.loads(components(at)["courier_looks"].json)["gradients"] is False
    at = ask(at, True)
    assert json.loads(components(at)["courier_looks"].json)["gradients"] is True
    assert has_words(at)
    assert components(at)["courier_run"].bytes == scene_bytes(on_stage(at), player(at)[1]["run"], has_gradients=True)
    turn(at, "selectbox", "hidden", "4")
    assert scene(at)["has_gradients"]
    assert_shows(ask(turn(at, "selectbox", "hidden", "3"), False), PRESETS["xor"])


@pytest.mark.parametrize("on", [None, "yes", 1, [], {}])
def test_a_forged_answer_asks_for_none(on: object) -> None:
    at = ask(visit(), on)
    assert not at.exception
    assert not scene(at)["has_gradients"]
