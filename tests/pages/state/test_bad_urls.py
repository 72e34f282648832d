"""What cannot be understood in an address is left out, with a message; the page opens nevertheless."""

import pytest

from engine import Experiment
from tests.pages.visit import assert_shows, edit, linked, messages, on_stage, press, raw_messages, state_of, visit

LEFT_OUT = "Parts of the link could not be understood and were left out:\n- "

BAD: list[tuple[dict[str, str], str]] = [
    ({"n": "1000000000"}, "n: The number of epochs: 1000000000 is outside 1 to 1,000,000."),
    ({"n": "0"}, "n: The number of epochs: 0 is outside 1 to 1,000,000."),
    ({"n": "many"}, "n='many' cannot be read."),
    ({"lr": "nan"}, "lr: The learning rate: nan is not a number."),
    ({"lr": "inf"}, "lr: The learning rate: inf is too large: stay within 1,000,000,000."),
    ({"lr": "-1"}, "lr: The learning rate is -1: it must not be negative."),
    ({"seed": "-3"}, "seed: The seed: -3 is outside 0 to 4,294,967,295."),
    ({"foo": "1"}, "'foo' is not known here."),
    ({"<script>alert(1)</script>": "1"}, "'<script>alert(1)</script>' is not known here."),
    ({"a": "$x$"}, "a: There is no activation called '$x$': choose from "),
    ({"opt": "<b>adam</b>"}, "opt: There is no optimizer called '<b>adam</b>': choose from "),
    ({"xn": "![a](http://evil),b,c"}, "xn: The name of input column 1, '![a](http://evil)': use letters"),
    ({"x": "1,2_3"}, "x: "),
    ({"x": "~2~notbase64"}, "x='~2~notbase64' cannot be read."),
    ({"y": "1_2"}, "y: 4 rows of inputs but 2 of targets"),
    ({"h": "65", "a": "tanh,sigmoid"}, "h: The units of a hidden layer: 65 is outside 1 to 64."),
    ({"batch": "0"}, "batch: The batch size: 0 is outside 1 to 1,000."),
    ({"w": "1,2"}, "w: The start weights of layer 1 must be 3 x 1."),
    ({"at": "abc"}, "at='abc' is not a whole number from 0 to 10,000."),
    ({"at": "-1"}, "at='-1' is not a whole number from 0 to 10,000."),
    ({"at": "10001"}, "at='10001' is not a whole number from 0 to 10,000."),
    ({"at": "٣"}, "at='٣' is not a whole number from 0 to 10,000."),
    ({"row": "0"}, "row='0' is not a whole number from 1 to 4."),
    ({"row": "5"}, "row='5' is not a whole number from 1 to 4."),
    ({"row": "9" * 5000}, "row='999999999999999999999999999999' is not a whole number from 1 to 4."),
    ({"axis": "diagonal"}, "axis='diagonal' is neither log nor linear."),
    ({"axis": "![a](http://evil)"}, "axis='![a](http://evil)' is neither log nor linear."),
    ({"preset": "nonsense"}, "preset='nonsense' is not one of ours."),
    ({"preset": "<script>"}, "preset='<script>' is not one of ours."),
]


@pytest.mark.parametrize(
    ("link", "problem"), BAD, ids=["&".join(f"{k}={v}"[:20] for k, v in link.items()) for link, _ in BAD]
)
def test_the_page_opens_and_names_what_it_left_out(link: dict[str, str], problem: str) -> None:
    at = visit(link)
    (message,) = messages(at)
    assert message.startswith(LEFT_OUT + problem)
    left_in = Experiment() if link.keys() != {"h", "a"} else on_stage(at).experiment
    assert on_stage(at).experiment == left_in
    assert linked(at) == left_in
    assert (state_of(at).view.cursor, state_of(at).view.row, state_of(at).view.has_log_axis) == (None, 0, True)
    edit(at, {0: {"x2": 5}})
    assert messages(at) == []
    assert on_stage(at).experiment.inputs[0] == (0, 5, 1)


def test_several_problems_are_all_named_and_the_rest_is_kept() -> None:
    at = visit({"n": "70", "lr": "nan", "foo": "1", "bias": "maybe", "seed": "6", "row": "2", "at": "71"})
    lines = messages(at)[0].removeprefix(LEFT_OUT).split("\n- ")
    assert len(lines) == 4
    for line, key in zip(sorted(lines), ("'foo'", "at=", "bias=", "lr:"), strict=True):
        assert line.startswith(key)
    assert on_stage(at).experiment == Experiment(epochs=70, seed=6)
    assert state_of(at).view.row == 1


def test_hostile_text_is_escaped() -> None:
    at = visit({"axis": "![a](http://evil)", "opt": ":red[x] $y$ <i>", "~~z~~": "1"})
    (raw,) = raw_messages(at)
    for harmful in ("![", " $", " <", "~~", ":red[", "http://"):
        assert harmful not in raw
        assert harmful in messages(at)[0]


def test_the_notice_goes_with_the_experiment_it_was_about() -> None:
    at = visit({"foo": "1"})
    assert len(messages(at)) == 1
    at.run()
    assert len(messages(at)) == 1
    press(at, "Reset")
    assert_shows(at, Experiment())
    assert at.query_params == {"seed": "1"}
