"""The Compare page: pins, what differs, results, answers, the player, and pins in the address."""

from dataclasses import replace

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from engine import PRESETS, Experiment, record
from engine.serialization.url_format import to_url
from pages.charts.style.format import format_number
from pages.state.pins import MOST_PINS
from pages.widgets.compare.ready import READY
from tests.pages.components import player, report
from tests.pages.visit import come_to, linked, messages, pictures, press, state_of, turn, type_number, visit

PAGE = "pages/views/compare.py"
XOR = replace(PRESETS["xor"], epochs=300)
SLOW = replace(XOR, learning_rate=0.1)


def table(at: AppTest) -> pd.DataFrame:
    (found,) = at.table
    return found.value


def line(at: AppTest, name: str) -> list[str]:
    """A line of the table of results."""
    return [str(text) for text in table(at).T[name]]


def compare(*experiments: Experiment) -> AppTest:
    """The page with the last one on the Playground, and the others pinned."""
    at = visit(to_url(experiments[-1]))
    state_of(at).pins.replace(experiments[:-1])
    at.switch_page(PAGE).run()
    assert not at.exception
    return at


def test_pin_a_run_change_the_rate_and_compare_them() -> None:
    at = visit(to_url(XOR))
    press(at, "pin")
    type_number(at, "learning_rate", "0.1")
    at.switch_page(PAGE).run()
    assert list(table(at).columns) == ["A", "B"]
    assert line(at, "Learning rate") == ["1", "0.1"]
    ends = [format_number(float(record(e).loss[-1])) for e in (XOR, SLOW)]
    assert line(at, "Last loss") == ends
    assert set(pictures(at)) == {"chart compared loss", "chart compared output", "chart compared weight"}
    assert messages(at) == []


def test_every_run_says_what_differs_and_the_player_whose_loss_it_tells() -> None:
    at = compare(replace(SLOW, epochs=50), XOR)
    lines = [text.value for text in at.markdown]
    assert "Learning rate: 0.1, Epochs: 50 · pinned" in lines
    assert "Learning rate: 1, Epochs: 300 · on the Playground" in lines
    told = "The loss and the marks beside the epoch are those of B."
    assert told in [text.value for text in at.caption]
    press(at, "unpin A")
    assert told[:20] not in " ".join(text.value for text in at.caption)
    assert "on the Playground" in [text.value for text in at.markdown]


def test_losses_that_are_not_computed_alike_are_not_to_be_held_against_each_other() -> None:
    told = "Their losses are not computed alike"
    alike, unlike = compare(SLOW, XOR), compare(replace(XOR, loss="binary_cross_entropy"), XOR)
    assert not any(told in text.value for text in alike.caption)
    assert any(told in text.value for text in unlike.caption)


def test_pins_are_in_the_address_and_come_back_from_it() -> None:
    at = compare(SLOW, replace(XOR, seed=5), XOR)
    again = visit(dict(at.query_params))
    assert state_of(again).pins.experiments == (SLOW, replace(XOR, seed=5))
    assert linked(again) == XOR
    press(again, "pin")
    assert state_of(visit(dict(again.query_params))).pins.experiments == (SLOW, replace(XOR, seed=5), XOR)
    press(again, "pin")
    assert "pin3" not in again.query_params


@pytest.mark.parametrize("text", ["lr=abc", "%00", "seed=1&seed=2", "h=9999999", "x" * 5_000])
def test_a_pin_that_cannot_be_understood_is_told_and_harms_nothing(text: str) -> None:
    at = visit(to_url(XOR) | {"pin1": text, "pin2": ""})
    assert not at.exception
    at.switch_page(PAGE).run()
    assert not at.exception
    assert state_of(at).run.wanted == XOR


def test_there_is_no_room_for_a_seventh() -> None:
    at = compare(*(replace(XOR, seed=seed) for seed in range(MOST_PINS + 1)))
    (button,) = (button for button in at.button if button.key == "pin")
    assert button.disabled
    assert list(table(at).columns) == list("ABCDEFG")
    press(at, "unpin C")
    assert len(state_of(at).pins.experiments) == MOST_PINS - 1


def test_open_a_pin_on_the_playground() -> None:
    at = compare(SLOW, XOR)
    press(at, "leave with run A")
    assert linked(at) == SLOW
    assert state_of(at).page == ""
    press(at, "undo")
    assert linked(at) == XOR


def test_the_player_goes_to_the_end_of_the_longest_and_the_answers_follow() -> None:
    at = compare(replace(XOR, epochs=50), XOR)
    at.session_state["answers"] = True
    at.run()
    assert player(at)[1]["epochs"][-1] == 300
    report(at, 20)
    (answers,) = (frame.value for frame in at.dataframe)
    history = record(XOR)
    value = history.outputs[history.frame_at(20), 1, 0]
    assert answers["B: answer"][2].startswith(format_number(float(value)))
    assert state_of(at).view.cursor is None, "the Playground keeps its own epoch"


def test_a_run_with_another_table_and_one_that_diverged() -> None:
    wild = Experiment(activations=("linear",), learning_rate=5.0, epochs=200, test_rows=(0,))
    at = compare(wild, XOR)
    assert line(at, "Learned") == [f"diverged at epoch {record(wild).diverged_at:,}", "yes"]
    assert line(at, "Table") == ["x1, x2, x3 → y1, 4 rows, 1 held out", "switch 1, switch 2 → answer, 4 rows"]
    assert "chart compared held-out loss" in pictures(at)


def test_a_long_run_is_not_trained_unasked() -> None:
    long = replace(XOR, epochs=1_000_000)
    at = compare(long, XOR)
    assert any("not trained yet: open it and press Train" in text.value for text in at.markdown)
    assert line(at, "Last loss")[0] == ""


def test_pins_that_a_ready_comparison_takes_the_place_of_can_be_taken_back() -> None:
    at = compare(SLOW, replace(XOR, seed=5), XOR)
    own = state_of(at).pins.experiments
    turn(at, "selectbox", "ready comparison", 0)
    turn(at, "selectbox", "ready comparison", 1)  # of which only the first took the place of any of the visitor's own
    assert state_of(at).pins.experiments == READY[1].experiments
    press(at, "pins back")
    assert state_of(at).pins.experiments == own
    press(at, "pins back")
    assert state_of(at).pins.experiments == READY[1].experiments


def test_without_pins_of_ones_own_there_is_nothing_to_take_back() -> None:
    at = compare(XOR)
    turn(at, "selectbox", "ready comparison", 0)
    assert not [button for button in at.button if button.key == "pins back"]


@pytest.mark.parametrize("index", range(len(READY)))
def test_every_ready_comparison_opens(index: int) -> None:
    at = come_to(PAGE)
    turn(at, "selectbox", "ready comparison", index)
    ready = READY[index]
    assert state_of(at).pins.experiments == ready.experiments
    assert linked(at) == ready.experiments[-1]
    assert ready.about in [text.value for text in at.caption]
    assert list(table(at).columns) == list("ABC"[: len(ready.experiments)])
    assert messages(at) == []


def test_loss_0_is_not_knowing() -> None:
    """The twin fits the rows it is trained on, and fails on those that were held out."""
    at = come_to(PAGE)
    turn(at, "selectbox", "ready comparison", len(READY) - 1)
    assert line(at, "Right") == ["100%", "100%"]
    assert line(at, "Held-out right")[0] == "100%"
    assert float(line(at, "Held-out right")[1].strip("%")) <= 50
