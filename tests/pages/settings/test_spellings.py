"""Every spelling of a number means the same in a number box, among the start weights and in the grid of the page."""

from streamlit.testing.v1 import AppTest

from tests.pages.settings.test_start_weights import by_hand, change
from tests.pages.visit import edit, messages, state_of, turn, type_number, visit
from tests.reading.spellings import SPELLINGS, Spelling

ALONE = [spelling for spelling in SPELLINGS if not spelling.beside and not spelling.decimal]


def expected(spelling: Spelling) -> object:
    """What is kept of a spelling: its number, nothing, or the text that is asked about or refused."""
    if isinstance(spelling.meaning, float):
        return spelling.meaning
    return None if spelling.meaning == "missing" else spelling.text.strip()


def assert_asks(at: AppTest, spelling: Spelling) -> None:
    """An ambiguous spelling is asked about; another one is not."""
    assert any(f"{spelling.text.strip()} can be " in text for text in messages(at)) == (spelling.meaning == "ask")


def test_a_number_box() -> None:
    at = visit({"n": "1"})
    for spelling in ALONE:
        type_number(at, "l2", "0.5")
        type_number(at, "l2", spelling.text)
        assert (spelling, state_of(at).draft.settings["l2"]) == (spelling, expected(spelling))
        assert_asks(at, spelling)


def test_a_start_weight() -> None:
    at = by_hand(visit({"n": "1"}))
    for spelling in ALONE:
        change(at, 0, 1, 0, spelling.text)
        assert (spelling, state_of(at).draft.settings["initial_weights"][0][1][0]) == (spelling, expected(spelling))
        assert_asks(at, spelling)


def test_the_grid() -> None:
    at = visit({"n": "1"})
    for spelling in ALONE:
        edit(at, {0: {"x2": spelling.text}})
        draft = state_of(at).draft
        assert (spelling, draft.base.with_edits(draft.edits).rows[0][1]) == (spelling, expected(spelling))
        assert_asks(at, spelling)


def test_a_box_shows_what_was_read() -> None:
    at = visit({"n": "60"})
    for typed, shown in (("0,05", "0.05"), ("25%", "0.25"), ("1/4", "0.25"), ("\u22122", "-2"), (" 3 ", "3")):
        type_number(at, "learning_rate", typed)
        (box,) = (box for box in at.text_input if box.label == "Learning rate")
        assert box.value == shown
    type_number(at, "epochs", "1 000")
    (box,) = (box for box in at.text_input if box.label == "Epochs")
    assert box.value == "1000"
    assert turn(at, "selectbox", "loss", "mean_squared_error").session_state["visit"].draft.settings["epochs"] == 1000
