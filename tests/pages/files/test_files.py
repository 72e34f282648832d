"""Files on the Playground: dropped, previewed, and only then loaded; a bad file changes nothing."""

from dataclasses import replace

import pytest

from engine import LIMITS, PRESETS, Experiment, record
from engine.serialization.json_format import to_json
from pages.reading.sheets.decoding import MOST_MEGABYTES
from pages.widgets.files.exports import table_csv
from tests.pages.files.file_dialog import OPEN, USE, asked, assert_untouched, drop, offered, refusals
from tests.pages.visit import (
    CHARTS,
    PLAIN,
    assert_same_run,
    assert_shows,
    charts,
    control,
    edit,
    messages,
    on_stage,
    press,
    read,
    state_of,
    turn,
    visit,
)


def test_a_table_is_shown_first_and_used_then() -> None:
    at = drop(visit(), "a.csv", "a,b,c\n0,1,1\n1,0,0\n1,1,1\n")
    assert_untouched(at, Experiment())
    assert refusals(at) == []
    assert offered(at) == [USE]
    shown = at.dataframe[-1].value
    assert list(shown.columns) == ["a", "b", "c: target"]
    assert shown.to_numpy().tolist() == [["0", "1", "1"], ["1", "0", "0"], ["1", "1", "1"]]
    press(at, USE)
    expected = Experiment(
        inputs=((0, 1), (1, 0), (1, 1)),
        targets=((1,), (0,), (1,)),
        input_names=("a", "b"),
        target_names=("c",),
        bias=True,
    )
    assert_shows(at, expected)
    assert offered(at) == []
    assert at.file_uploader[0].value is None


def test_a_file_that_was_being_looked_at_is_let_go_with_its_page() -> None:
    at = drop(visit(), "a.csv", "a,b\n0,1\n1,0\n")
    at.switch_page("pages/views/code.py").run()
    assert offered(at) == []
    at.switch_page("pages/views/playground.py").run()
    assert offered(at) == []
    assert_untouched(at, Experiment())
    assert offered(drop(at, "b.csv", "a,b\n0,1\n1,0\n")) == [USE]


def test_without_a_target_there_is_nothing_to_use() -> None:
    at = drop(visit(), "a.csv", "a,b\n0,1\n1,0\n")
    asked(at.multiselect, "Targets").set_value([])
    at.run()
    (words,) = refusals(at)
    assert words.startswith("Choose a target")
    assert offered(at) == []
    assert_untouched(at, Experiment())


def test_an_experiment_is_shown_first_and_opened_then() -> None:
    e = replace(PRESETS["xor"], seed=77, epochs=300, test_rows=(3,))
    at = drop(visit(), "my.JSON", to_json(e))
    assert_untouched(at, Experiment())
    assert offered(at) == [OPEN]
    press(at, OPEN)
    assert state_of(at).run.wanted == e
    assert_same_run(on_stage(at), record(e))
    assert at.file_uploader[0].value is None


def test_an_opened_table_is_no_changed_preset() -> None:
    at = visit({"preset": "xor"})
    press(drop(at, "a.csv", "size,weight,ripe\n0,1,1\n1,0,0\n"), USE)
    for page in (at, visit(at.query_params)):
        table = control(page, "selectbox", "preset")
        assert (table.index, table.options[0]) == (0, "Your table")
        assert "Your table, none of the ready ones. Seed 1." in [text.value for text in page.caption]
        (reset,) = (button for button in page.button if button.label == "Reset")
        assert reset.proto.disabled
        assert "preset" not in page.query_params
        assert page.query_params == at.query_params
    turn(at, "selectbox", "preset", "and")
    assert_shows(at, PRESETS["and"])
    press(drop(at, "b.json", to_json(replace(PRESETS["fruit"], seed=8))), OPEN)
    assert control(at, "selectbox", "preset").value == "fruit"
    assert at.query_params["preset"] == "fruit"


def test_our_own_table_comes_back() -> None:
    e = replace(PRESETS["fruit"], test_rows=(1, 2), seed=3)
    at = visit()
    press(drop(at, "experiment.json", to_json(e)), OPEN)
    press(at, "Reset")
    press(drop(at, "table.csv", table_csv(e)), USE)
    assert state_of(at).run.wanted == replace(e, seed=PRESETS["fruit"].seed)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.csv", b"", "nothing in it"),
        ("a.csv", b"a,b\n", "no rows under them"),
        ("a.csv", b"a,b\n1,2\n3\n", "Line 3"),
        ("a.csv", b"\x89PNG\x00", "not text"),
        ("a.csv", ",".join(f"c{i}" for i in range(5_000)) + "\n" + "1," * 4_999 + "1", "5,000 columns"),
        ("a.csv", "a,b\n1,1e308\n2,3\n", "Row 1, column b"),
        ("a.csv", "a,b\n" + "1,2\n" * 1_001, "1,000 rows"),
        ("a.csv", b"1,2\n" * 2**19, f"at most {MOST_MEGABYTES}"),
        ("a.csv", "\n".join(",".join(["1"] * 20) for _ in range(300)), f"at most {LIMITS['cells']:,}"),
        ("a.json", "", "nothing in it"),
        ("a.json", "[" * 100_000, "nested"),
        ("a.json", '{"glassbox": 1, "seed": ' + "1" * 100_000 + "}", "digits"),
        ("a.json", '{"glassbox": 1, "loss": "<b>$x$</b>"}', "no loss called '<b>$x$</b>'"),
        ("a.json", '{"glassbox": 1, "epochs": 1000000000}', "1,000,000"),
        ("a.json", "a,b\n1,2\n", "not JSON"),
        ("a.json", "[[1, 2], [3, 4]]", "a table is opened as CSV"),
        ("a.json", '{"a": [1, 2]}', "A table is opened as CSV"),
    ],
    ids=range(17),
)
def test_a_bad_file_changes_nothing_and_says_why(name: str, data: bytes | str, words: str) -> None:
    edited = edit(visit(), {0: {"x2": 3}})
    before = state_of(edited).run.wanted
    at = drop(edited, name, data)
    (told,) = refusals(at)
    assert words in told
    assert offered(at) == []
    assert_untouched(at, before)
    at = edit(at, {0: {"x2": 3}, 1: {"x1": 7}})
    assert state_of(at).run.wanted.inputs[:2] == ((0, 3, 1), (7, 1, 1))


@pytest.mark.parametrize(
    "name", ["**a**.csv", "<img src=x>.csv", "$x$.csv", ":red[a].csv", "=cmd().csv", "a" * 300 + ".csv"]
)
def test_a_files_name_is_no_markup(name: str) -> None:
    at = drop(visit(), name, "a,b\n1,2\n2,3\n")
    (title,) = (text.value for text in at.caption if read(text.value).startswith(f"'{name[:5]}"))
    assert PLAIN.fullmatch(title)
    assert len(title) < 90


def test_a_table_typed_wrong_does_not_stand_in_the_way() -> None:
    at = edit(visit(), {0: {"x2": "tea"}})
    assert messages(at)
    press(drop(at, "a.csv", "a,b\n0,1\n1,0\n"), USE)
    assert messages(at) == []
    assert state_of(at).run.wanted.input_names == ("a",)


def test_three_files_can_be_taken_away() -> None:
    at = visit()
    assert [button.label for button in at.download_button] == ["Table as CSV", "Experiment as JSON", "History as CSV"]
    kept = f"{len(on_stage(at).epochs)} epochs, log-spaced: close together at first, where most happens, "
    assert any(text.value.startswith(kept) for text in at.caption)
    assert "21 epochs, from 0 on every one." in [text.value for text in visit({"seed": "1", "n": "20"}).caption]
    assert all(button.proto.deferred_file_id for button in at.download_button)  # written when asked for
    assert len(charts(at)) == CHARTS


def test_a_link_that_locks_lets_nothing_in() -> None:
    at = visit({"lock": "table"})
    assert len(at.file_uploader) == 0
    assert len(at.download_button) == 3
    assert len(visit({"hide": "files"}).download_button) == 0
