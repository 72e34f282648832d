"""While the table cannot be trained, the charts are dimmed and say so, every bad cell is listed and marked."""

from streamlit.testing.v1 import AppTest

from engine import PRESETS, Experiment
from engine.serialization.url_format import to_url
from tests.pages.visit import (
    assert_shows,
    assert_still_shows,
    edit,
    grid,
    messages,
    outputs,
    state_of,
    type_number,
    visit,
)

NOTE = "What is typed cannot be trained yet"
SHORT = Experiment(epochs=60)


def is_dimmed(at: AppTest) -> bool:
    """Whether the charts are; the words and the style come together."""
    words = any(NOTE in text.value for text in at.markdown)
    assert words == any("opacity: 0.3" in str(html.proto.body) for html in at.get("html"))
    return words


def marks(at: AppTest) -> list[str]:
    return list(grid(at)["row"])


def test_a_table_that_can_be_trained_is_not_dimmed() -> None:
    assert not is_dimmed(visit())


def test_a_bad_target_dims_the_charts_and_empties_the_outputs() -> None:
    at = edit(visit({"n": "60"}), {0: {"y1": "abc"}})
    assert is_dimmed(at)
    assert_still_shows(at, SHORT)
    assert outputs(at) == [[""]] * 4
    assert marks(at) == ["1 !", "2", "3", "4"]
    edit(at, {0: {"y1": "0"}})
    assert not is_dimmed(at)
    assert_shows(at, SHORT)


def test_every_bad_cell_is_listed() -> None:
    at = edit(visit({"n": "60"}), {0: {"x1": "abc", "x2": ""}, 2: {"y1": "2,104"}, 3: {"x3": "1e300"}})
    (message,) = messages(at)
    assert message.splitlines() == [
        "4 cells are in the way.",
        "",
        "- Row 1, column x1: 'abc' is not a number.",
        "- Row 1, column x2 is empty: type a number.",
        "- Row 3, column y1: 2,104 can be 2104 or 2.104.",
        "- Row 4, column x3: 1e+300 is too large: stay within 1,000,000,000.",
    ]
    assert marks(at) == ["1 !", "2", "3 !", "4 !"]


def test_of_many_bad_cells_the_first_are_listed_and_the_rest_counted() -> None:
    at = edit(visit({"preset": "fruit"}), {row: {"x1": "abc"} for row in range(12)})
    lines = messages(at)[0].splitlines()
    assert (lines[0], lines[-1], len(lines)) == ("12 cells are in the way.", "- And 7 more.", 8)


def test_the_empty_cells_of_one_row_are_one_line() -> None:
    at = edit(visit({"n": "60"}), added=[{"x1": "1"}])
    assert messages(at) == ["Row 5, column x2 is empty: type a number."]


def test_train_says_why_it_does_not() -> None:
    at = visit({"n": "60"})
    at.button(key="train").click()
    edit(at, {0: {"y1": "abc"}})
    assert [toast.value.replace("\u2060", "") for toast in at.toast] == [
        "Not trained. Row 1, column y1: 'abc' is not a number."
    ]
    assert not state_of(at).run.is_requested


def test_a_deleted_bad_row_leaves_outputs_in_all_others() -> None:
    at = visit(to_url(PRESETS["and"]))
    edit(at, added=[{"x1": "abc", "x2": "1", "y1": "1"}])
    assert is_dimmed(at)
    edit(at, added=[])
    assert all(text for (text,) in outputs(at))
    edit(at, {0: {"x1": "abc"}})
    edit(at, deleted=[0])
    assert len(outputs(at)) == 3
    assert all(text for (text,) in outputs(at))


def test_settings_in_the_way_dim_the_charts_too() -> None:
    at = visit({"n": "60"})
    type_number(at, "learning_rate", "fast")
    assert is_dimmed(at)
    assert "'fast' is not a number" in messages(at)[0]
    assert marks(at) == ["1", "2", "3", "4"]
