"""A link to a gate whose inputs were called a and b, as the ready tables had them once, opens the same numbers."""

from dataclasses import replace
from urllib.parse import parse_qsl

import pytest

from engine import PRESETS, record
from tests.pages.visit import assert_shows, control, state_of, visit

LINKS = {
    "and": "x=0,0_0,1_1,0_1,1&y=0_0_0_1&xn=a,b&yn=answer&n=5000&bias=1&init=uniform_-1_1&seed=1",
    "xor": "x=0,0_0,1_1,0_1,1&xn=a,b&yn=answer&h=3&a=tanh,sigmoid&n=5000&bias=1&init=uniform_-1_1&seed=1&preset=xor",
    "parity": "x=0,0,0_0,0,1_0,1,0_0,1,1_1,0,0_1,0,1_1,1,0_1,1,1&y=0_1_1_0_1_0_0_1&xn=a,b,c&yn=odd&h=4&a=tanh,sigmoid"
    "&loss=binary_cross_entropy&n=5000&bias=1&init=uniform_-1_1&seed=1",
}


@pytest.mark.parametrize("name", LINKS)
def test_an_old_gate_opens_as_a_table_of_its_own_with_the_same_numbers(name: str) -> None:
    at = visit(dict(parse_qsl(LINKS[name])))
    preset = PRESETS[name]
    shown = state_of(at).run
    assert_shows(at, replace(preset, input_names=("a", "b", "c")[: len(preset.input_names)]))
    assert shown.history is not None
    assert shown.history.outputs.tobytes() == record(preset).outputs.tobytes()
    assert control(at, "selectbox", "preset").value == 1
    assert not at.warning
