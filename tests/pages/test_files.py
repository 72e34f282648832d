"""Files on the Playground: dropped, looked at, and only then on the page; whatever is wrong changes nothing."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Multiselect, Selectbox, Toggle

from engine import LIMITS, PRESETS, Experiment, record
from engine.document import to_json
from pages.widgets.exports import table_csv
from pages.widgets.spreadsheet import MEGABYTES
from tests.pages.visit import (
    PLAIN,
    assert_same_run,
    assert_shows,
    charts,
    control,
    edit,
    figures,
    lab,
    linked,
    messages,
    on_stage,
    press,
    read,
    turn,
    visit,
)

DATA = Path(__file__).resolve().parents[1] / "data"
W = TypeVar("W", Multiselect[int], Selectbox[str], Toggle)
USE, OPEN = "Use this table", "Open this experiment"


def drop(at: AppTest, name: str, data: bytes | str) -> AppTest:
    """Drop a file on the page."""
    (place,) = at.file_uploader
    place.set_value((name, data.encode() if isinstance(data, str) else data, "text/plain"))
    return at.run()


def offered(at: AppTest) -> list[str]:
    """The buttons by which a dropped file could get onto the page."""
    return [button.label for button in at.button if button.label in (USE, OPEN)]


def asked(boxes: Iterable[W], label: str) -> W:
    """The control of the dialog that begins with these words."""
    (found,) = (box for box in boxes if box.proto.label.startswith(label))
    return found


def assert_untouched(at: AppTest, experiment: Experiment) -> None:
    """A file is being looked at, and everything else is as it was."""
    assert not at.exception
    assert on_stage(at).experiment == experiment
    assert linked(at) == experiment
    assert len(charts(at)) == 4


def notes(at: AppTest) -> list[str]:
    """What the dialog says of the file, each on a line of its own and without markup."""
    lists = [text.value for text in at.markdown if text.value.startswith("- ")]
    lines = [line.removeprefix("- ") for text in lists for line in text.split("\n")]
    assert all(PLAIN.fullmatch(line) for line in lines)
    return [read(line) for line in lines]


def refusals(at: AppTest) -> list[str]:
    assert not at.exception
    assert all(PLAIN.fullmatch(error.value) for error in at.error)
    return [read(error.value) for error in at.error]


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
        inputs=((0, 1), (1, 0), (1, 1)), targets=((1,), (0,), (1,)), input_names=("a", "b"), target_names=("c",)
    )
    assert_shows(at, expected)
    assert offered(at) == []
    assert at.file_uploader[0].value is None


def test_targets_and_inputs_are_chosen() -> None:
    at = drop(visit(), "a.csv", "a,b,c,d\n0,1,1,5\n1,0,0,6\n1,1,1,7\n")
    asked(at.multiselect, "Targets").set_value([0, 2])
    at.run()
    assert asked(at.multiselect, "Inputs").value == [1, 3]
    asked(at.multiselect, "Inputs").set_value([1])
    press(at.run(), USE)
    wanted = lab(at).wanted
    assert (wanted.input_names, wanted.target_names) == (("b",), ("a", "c"))
    assert wanted.targets == ((0, 1), (1, 0), (1, 1))
    assert_shows(at, wanted)


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


def test_the_layout_can_be_said() -> None:
    at = drop(visit(), "a.csv", "1,5;2\n2,5;3\n")
    assert asked(at.selectbox, "Between cells").value == ";"
    assert asked(at.selectbox, "Decimals").value == ","
    assert not asked(at.toggle, "Names").value
    asked(at.toggle, "Names").set_value(True)
    at.run()
    assert at.dataframe[-1].value.to_numpy().tolist() == [["2.5", "3"]]
    asked(at.selectbox, "Decimals").set_value(".")
    at.run()
    assert offered(at) == []
    asked(at.selectbox, "Decimals").set_value(",")
    asked(at.toggle, "Names").set_value(False)
    press(at.run(), USE)
    assert lab(at).wanted.inputs == ((1.5,), (2.5,))


def test_iris_comes_with_a_column_a_class() -> None:
    at = drop(visit(), "iris.csv", (DATA / "r-write-csv2.csv").read_bytes())
    press(at, USE)
    assert lab(at).wanted.target_names == ("setosa", "versicolor", "virginica")
    assert len(on_stage(at).experiment.inputs) == 150
    assert messages(at) == []


HALF_NUMBERS = "The first row is taken for names, but 150, 4 in it are numbers."


def test_numbers_that_are_classes_are_spread_where_it_is_said() -> None:
    def suits(words: str) -> list[str]:
        return [f"To suit these targets: {words}. All other settings stay.", HALF_NUMBERS]

    at = drop(visit(), "iris.csv", (DATA / "iris-scikit-learn.csv").read_bytes())
    assert notes(at) == suits("Linear output with mean squared error")
    asked(at.toggle, "virginica").set_value(True)
    at.run()
    assert notes(at) == suits("Softmax output with categorical cross-entropy, learning rate 0.1")
    press(at, USE)
    assert lab(at).wanted.target_names == ("virginica 0", "virginica 1", "virginica 2")
    assert lab(at).wanted.activations == ("softmax",)
    assert float(figures(at)["Accuracy"].removesuffix("%")) > 95


def test_what_became_of_the_file_is_said() -> None:
    at = drop(visit(), "a.csv", "=cmd(),<b>x</b>,who,out\n1,2,ann,58\n,3,bob,63\n2,3,_x_,72\n4,4,`c`,60\n")
    assert notes(at) == [
        "To suit these targets: Linear output with mean squared error. All other settings stay.",
        "Column 1, '=cmd()', is now called cmd().",
        "Column 2, '<b>x</b>', is now called b x /b.",
        "Column who is left out: it has text, first 'ann' in row 1.",
        "Row 2 is left out for an empty cell.",
    ]
    press(at, USE)
    assert (lab(at).wanted.activations, lab(at).wanted.loss) == (("linear",), "mean_squared_error")
    assert lab(at).wanted.input_names == ("cmd()", "b x /b")


def test_settings_that_suit_stay() -> None:
    at = drop(visit({"preset": "xor", "seed": "5", "lr": "0.25"}), "a.csv", "a,b,c\n0,1,1\n1,0,0\n1,1,1\n")
    before = lab(at).wanted
    assert notes(at) == []
    press(at, USE)
    table = Experiment(inputs=((0, 1), (1, 0), (1, 1)), targets=((1,), (0,), (1,)))
    assert lab(at).wanted == replace(
        before, inputs=table.inputs, targets=table.targets, input_names=("a", "b"), target_names=("c",)
    )


def test_an_experiment_is_shown_first_and_opened_then() -> None:
    e = replace(PRESETS["xor"], seed=77, epochs=300, test_rows=(3,))
    at = drop(visit(), "my.JSON", to_json(e))
    assert_untouched(at, Experiment())
    assert offered(at) == [OPEN]
    press(at, OPEN)
    assert lab(at).wanted == e
    assert_same_run(on_stage(at), record(e))
    assert at.file_uploader[0].value is None


def test_an_opened_table_is_no_changed_preset() -> None:
    at = visit({"preset": "xor"})
    press(drop(at, "a.csv", "size,weight,ripe\n0,1,1\n1,0,0\n"), USE)
    for page in (at, visit(at.query_params)):
        assert control(page, "selectbox", "preset").value == ""
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


def test_a_first_row_of_numbers_and_names_is_remarked_on() -> None:
    at = drop(visit(), "iris.csv", (DATA / "iris-scikit-learn.csv").read_bytes())
    assert HALF_NUMBERS in notes(at)
    assert HALF_NUMBERS not in notes(drop(visit(), "a.csv", "a,b\n1,2\n2,3\n"))


def test_our_own_table_comes_back() -> None:
    e = replace(PRESETS["fruit"], test_rows=(1, 2), seed=3)
    at = visit()
    press(drop(at, "experiment.json", to_json(e)), OPEN)
    press(at, "Reset")
    press(drop(at, "table.csv", table_csv(e)), USE)
    assert lab(at).wanted == replace(e, seed=PRESETS["fruit"].seed)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.csv", b"", "empty"),
        ("a.csv", b"a,b\n", "no rows under them"),
        ("a.csv", b"a,b\n1,2\n3\n", "Line 3"),
        ("a.csv", b"\x89PNG\x00", "not text"),
        ("a.csv", ",".join(f"c{i}" for i in range(5_000)) + "\n" + "1," * 4_999 + "1", "5,000 columns"),
        ("a.csv", "a,b\n1,1e308\n2,3\n", "Row 1, column b"),
        ("a.csv", "a,b\n" + "1,2\n" * 1_001, "1,000 rows"),
        ("a.csv", b"1,2\n" * 2**19, f"at most {MEGABYTES}"),
        ("a.csv", "\n".join(",".join(["1"] * 20) for _ in range(300)), f"at most {LIMITS['cells']:,}"),
        ("a.json", "", "empty"),
        ("a.json", "[" * 100_000, "nested"),
        ("a.json", '{"glassbox": 1, "seed": ' + "1" * 100_000 + "}", "digits"),
        ("a.json", '{"glassbox": 1, "loss": "<b>$x$</b>"}', "no loss called '<b>$x$</b>'"),
        ("a.json", '{"glassbox": 1, "epochs": 1000000000}', "1,000,000"),
        ("a.json", "a,b\n1,2\n", "not JSON"),
    ],
    ids=range(15),
)
def test_a_bad_file_changes_nothing_and_says_why(name: str, data: bytes | str, words: str) -> None:
    edited = edit(visit(), {0: {"x2": 3}})
    before = lab(edited).wanted
    at = drop(edited, name, data)
    (told,) = refusals(at)
    assert words in told
    assert offered(at) == []
    assert_untouched(at, before)
    at = edit(at, {0: {"x2": 3}, 1: {"x1": 7}})
    assert lab(at).wanted.inputs[:2] == ((0, 3, 1), (7, 1, 1))


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
    assert lab(at).wanted.input_names == ("a",)


def test_three_files_can_be_taken_away() -> None:
    at = visit()
    assert [button.label for button in at.download_button] == ["Table as CSV", "Experiment as JSON", "History as CSV"]
    kept = f"{len(on_stage(at).epochs)} epochs, log-spaced: close together at first, where most happens, "
    assert any(text.value.startswith(kept) for text in at.caption)
    assert "21 epochs, from 0 on every one." in [text.value for text in visit({"seed": "1", "n": "20"}).caption]
    assert all(button.proto.deferred_file_id for button in at.download_button)  # written when asked for
    assert len(charts(at)) == 4


def test_a_link_that_locks_lets_nothing_in() -> None:
    at = visit({"lock": "table"})
    assert len(at.file_uploader) == 0
    assert len(at.download_button) == 3
    assert len(visit({"hide": "files"}).download_button) == 0
