"""What was chosen for a table that was opened stands on the page, with Undo beside it, until something changes."""

from engine import PRESETS
from tests.pages.files.file_dialog import USE, drop
from tests.pages.visit import assert_shows, edit, press, state_of, visit

CELSIUS = "celsius,fahrenheit\n-40,-40\n-10,14\n0,32\n8,46\n15,59\n22,72\n38,100\n"
BEGINNING = "So that it learns: "


def note(text: str) -> bool:
    return text.startswith(BEGINNING)


def test_the_choices_are_on_the_page_and_undo_takes_the_file_back() -> None:
    at = press(drop(visit({"preset": "xor"}), "c.csv", CELSIUS), USE)
    (told,) = (caption.value for caption in at.caption if note(caption.value))
    assert "scal" in told
    assert state_of(at).run.wanted.scaling == "standard"
    assert_shows(press(at, "undo opening"), PRESETS["xor"])
    assert not [caption for caption in at.caption if note(caption.value)]


def test_they_go_with_the_next_change() -> None:
    at = press(drop(visit(), "c.csv", CELSIUS), USE)
    assert [caption for caption in at.caption if note(caption.value)]
    edit(at, {0: {"x1": "-41"}})
    assert not [caption for caption in at.caption if note(caption.value)]


def test_a_table_that_suits_the_settings_has_none() -> None:
    at = press(drop(visit({"preset": "xor"}), "a.csv", "a,b,answer\n0,0,0\n0,1,1\n1,0,1\n1,1,1\n"), USE)
    assert not [caption for caption in at.caption if note(caption.value)]
