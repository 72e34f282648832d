"""After an edit the run before stays faint in the charts, and a line says what changed."""

from dataclasses import replace

from streamlit.testing.v1 import AppTest

from engine import PRESETS, record
from engine.serialization.url_format import to_url
from pages.charts.style.format import format_number
from tests.pages.visit import charts, edit, press, state_of, turn, type_number, visit

XOR = replace(PRESETS["xor"], hidden=(2,), epochs=300)


def change_lines(at: AppTest) -> list[str]:
    return [text.value for text in at.caption if text.value.startswith("Faint")]


def count_traces(at: AppTest) -> dict[str, int]:
    return {name: len(chart["data"]) for name, chart in charts(at).items()}


def test_after_an_edit_of_a_setting() -> None:
    at = visit(to_url(XOR))
    assert change_lines(at) == []
    alone = count_traces(at)
    type_number(at, "learning_rate", "0.5")
    losses = [format_number(float(record(e).loss[-1])) for e in (XOR, replace(XOR, learning_rate=0.5))]
    faint = "Faint, where the axes are the same: the run before."
    assert change_lines(at) == [f"{faint} Learning rate: 1, now 0.5. Last loss: {losses[0]}, now {losses[1]}."]
    assert all(count > alone[name] for name, count in count_traces(at).items())
    press(at, "undo")
    assert "Learning rate: 0.5, now 1." in change_lines(at)[0]


def test_after_an_edit_of_a_cell() -> None:
    at = visit(to_url(XOR))
    edit(at, {0: {"y1": 1}})
    assert "Table changed." in change_lines(at)[0]


def test_a_look_at_the_run_or_another_page_keeps_it() -> None:
    at = visit(to_url(XOR))
    type_number(at, "learning_rate", "0.5")
    told = change_lines(at)
    turn(at, "segmented_control", "look at", 2)
    at.switch_page("pages/views/surface.py").run()
    at.switch_page("pages/views/playground.py").run()
    assert change_lines(at) == told != []


def test_another_table_has_no_run_before() -> None:
    at = visit(to_url(XOR))
    type_number(at, "learning_rate", "0.5")
    turn(at, "selectbox", "preset", "sine")
    assert state_of(at).run.before is None
    assert change_lines(at) == []


def test_a_long_training_has_it_from_the_start() -> None:
    at = visit(to_url(XOR))
    type_number(at, "epochs", "1000000")
    assert change_lines(at) == [], "it is not trained yet"
    state_of(at).run.request()
    visit_state = state_of(at)
    visit_state.want(replace(XOR, epochs=1_000_000))
    visit_state.show_run(visit_state.run.begin().history())
    assert visit_state.run.before is not None
    assert visit_state.run.before.experiment == XOR
