"""What becomes of the table in a dropped file: its targets, its layout, its words and the settings that suit it."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from engine import Experiment
from tests.pages.files.file_dialog import USE, asked, assert_untouched, drop, notes, offered, refusals
from tests.pages.visit import assert_shows, figures, messages, on_stage, press, state_of, visit
from tests.reading.sheets import DATA

BIAS = "So that it learns: a bias (for the answer to a row of zeros). All other settings stay."


def shown(at: AppTest) -> list[list[str]]:
    """The first rows as they are shown."""
    rows: list[list[str]] = at.dataframe[-1].value.to_numpy().tolist()
    return rows


def test_targets_and_inputs_are_chosen() -> None:
    at = drop(visit(), "a.csv", "a,b,c,d\n0,1,1,5\n1,0,0,6\n1,1,1,7\n")
    asked(at.multiselect, "Targets").set_value([0, 2])
    at.run()
    assert asked(at.multiselect, "Inputs").value == [1, 3]
    asked(at.multiselect, "Inputs").set_value([1])
    at.run()
    assert "Column d is left out: it is not chosen." in notes(at)
    press(at, USE)
    wanted = state_of(at).run.wanted
    assert (wanted.input_names, wanted.target_names) == (("b",), ("a", "c"))
    assert wanted.targets == ((0, 1), (1, 0), (1, 1))
    assert_shows(at, wanted)


def test_the_layout_can_be_said() -> None:
    at = drop(visit(), "a.csv", "1,5;2\n2,5;3\n")
    assert asked(at.selectbox, "Between cells").value == ";"
    assert asked(at.selectbox, "Decimals").value == ","
    assert not asked(at.toggle, "Names").value
    asked(at.toggle, "Names").set_value(True)
    at.run()
    assert shown(at) == [["2.5", "3"]]
    asked(at.selectbox, "Decimals").set_value(".")
    at.run()
    assert offered(at) == []
    asked(at.selectbox, "Decimals").set_value(",")
    asked(at.toggle, "Names").set_value(False)
    press(at.run(), USE)
    assert state_of(at).run.wanted.inputs == ((1.5,), (2.5,))


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        ("a b\n1 2\n3 4\n", " "),
        ("a|b\n1|2\n3|4\n", "|"),
        ("a\tb\n1\t2\n3\t4\n", "\t"),
        ("a\t\tb\n1\t2\n3\t4\n", "\t+"),
        ("a;b\n1;2\n3;4\n", ";"),
        ("a,b\n1,2\n3,4\n", ","),
    ],
)
def test_every_separator_is_guessed_and_offered(text: str, separator: str) -> None:
    at = drop(visit(), "a.csv", text)
    box = asked(at.selectbox, "Between cells")
    assert box.value == separator
    assert box.options == ["comma", "semicolon", "tab", "tabs, any number", "blanks, any number", "upright line |"]
    assert shown(at) == [["1", "2"], ["3", "4"]]
    box.set_value(";" if separator != ";" else ",")
    at.run()
    (words,) = refusals(at)
    assert "two columns or more" in words
    assert_untouched(at, Experiment())


def test_a_number_of_two_meanings_is_asked_and_nothing_is_used_before() -> None:
    at = drop(visit(), "a.csv", "size;rent\n2,104;3\n1,600;4\n1,700;5\n")
    assert refusals(at) == ["Column size, row 1: 2,104 can be 2104 or 2.104. Say what parts decimals."]
    assert offered(at) == []
    box = asked(at.selectbox, "Decimals")
    assert box.value is None
    assert box.options == ["point, 0.5: 2,104 is 2104", "comma, 0,5: 2,104 is 2.104"]
    for mark, first in ((".", "2104"), (",", "2.104")):
        asked(at.selectbox, "Decimals").set_value(mark)
        at.run()
        assert refusals(at) == []
        assert shown(at)[0] == [first, "3"]
    press(at, USE)
    assert state_of(at).run.wanted.inputs == ((2.104,), (1.6,), (1.7,))


def test_cells_that_differ_in_their_decimal_marks_are_told_and_may_be_forced() -> None:
    at = drop(visit(), "a.csv", "a;b\n0,5;1\n0.25;2\n1;3\n")
    assert asked(at.selectbox, "Decimals").value == ""
    assert notes(at)[1].startswith("Column a has two decimal marks: 0,5 in row 1 and 0.25 in row 2.")
    assert [row[0] for row in shown(at)] == ["0.5", "0.25", "1"]
    asked(at.selectbox, "Decimals").set_value(",")
    at.run()
    assert "Column a, row 2: '0.25' is no number and counts as an empty cell." in notes(at)
    assert [row[0] for row in shown(at)] == ["0.5", "1"]


def test_iris_comes_with_a_column_a_class() -> None:
    at = drop(visit(), "iris.csv", (DATA / "r-write-csv2.csv").read_bytes())
    press(at, USE)
    assert state_of(at).run.wanted.target_names == ("setosa", "versicolor", "virginica")
    assert len(on_stage(at).experiment.inputs) == 150
    assert messages(at) == []


def test_numbers_that_are_classes_may_be_taken_as_they_are() -> None:
    at = drop(visit(), "iris.csv", (DATA / "iris-scikit-learn.csv").read_bytes())
    assert notes(at) == [
        "So that it learns: Softmax output with categorical cross-entropy (each row is one class of several), a bias "
        "(for the answer to a row of zeros), learning rate 0.1 (1 was tried and learned less). All other "
        "settings stay.",
        "A line above the table is left out: '150,4,setosa...lor,virginica'.",
        "Column 5: a column each for 0, 1 and 2.",
    ]
    asked(at.selectbox, "column 5 as numbers").set_value("numbers")
    at.run()
    assert "Linear output with mean squared error (the answers are numbers)" in notes(at)[0]
    asked(at.selectbox, "column 5 as numbers").set_value("classes")
    press(at.run(), USE)
    assert state_of(at).run.wanted.target_names == ("class 0", "class 1", "class 2")
    assert state_of(at).run.wanted.activations == ("softmax",)
    assert float(figures(at)["Accuracy"].removesuffix("%")) > 95


WEATHER = "weather,windy,temp,play\nsunny,T,1,no\nrain,F,2,yes\nsunny,F,3,no\ncloudy,T,4,yes\n"


def test_words_become_numbers_as_the_visitor_says() -> None:
    at = drop(visit(), "a.csv", WEATHER)
    assert shown(at)[0] == ["1", "0", "0", "1", "1", "0"]
    box = asked(at.selectbox, "play as numbers")
    assert box.options == ["yes is 1, no is 0", "no is 1, yes is 0", "a column each for no and yes"]
    box.set_value("first_is_1")
    at.run()
    assert shown(at)[0] == ["1", "0", "0", "1", "1", "1"]
    assert "Column play: no is 1, yes is 0." in notes(at)
    asked(at.selectbox, "windy as numbers").set_value("classes")
    press(at.run(), USE)
    assert state_of(at).run.wanted.input_names == (
        "weather sunny",
        "weather rain",
        "weather cloudy",
        "windy T",
        "windy F",
        "temp",
    )


def test_many_columns_of_words_are_asked_behind_a_line_that_opens() -> None:
    names = ",".join(f"q{n}" for n in range(9))
    rows = "\n".join(",".join("yn"[n % 2] for n in range(row, row + 9)) for row in range(3))
    at = drop(visit(), "a.csv", f"{names}\n{rows}\n")
    assert "How 9 columns become numbers" in [box.label for box in at.expander]


def test_empty_cells_are_left_out_or_filled() -> None:
    at = drop(visit(), "a.csv", "a,b\n1,2\n,3\n5,7\n9,\n")
    box = asked(at.selectbox, "1 empty cell in the inputs")
    assert box.options == ["leave the row out", "fill in the mean, or the commonest word"]
    assert shown(at) == [["1", "2"], ["5", "7"], ["9", ""]]
    assert "Row 2 is left out for an empty cell in a." in notes(at)
    box.set_value("fill")
    at.run()
    assert shown(at) == [["1", "2"], ["5", "3"], ["5", "7"], ["9", ""]]
    assert "Column a: 1 empty cell filled with the mean, 5 (row 2)." in notes(at)
    assert "Row 4 has no target: it is a question, which the network answers." in notes(at)


def test_a_column_that_numbers_the_rows_is_left_out_and_offered() -> None:
    rows = "".join(f"{n},{n * n},{n % 2}\n" for n in range(1, 9))
    at = drop(visit(), "a.csv", f"Id,a,b\n{rows}")
    assert "Column Id is left out: it only numbers the rows, 1 to 8, first 1 in row 1." in notes(at)
    box = asked(at.multiselect, "Inputs")
    assert (box.options, box.value) == (["Id", "a"], [1])
    box.set_value([0, 1])
    press(at.run(), USE)
    assert state_of(at).run.wanted.input_names == ("Id", "a")


def test_what_became_of_the_file_is_said() -> None:
    at = drop(visit(), "a.csv", "=cmd(),<b>x</b>,who,out\n1,2,ann,58\n,3,bob,63\n2,3,_x_,72\n4,4,`c`,60\n")
    assert notes(at) == [
        "So that it learns: Linear output with mean squared error (the answers are numbers), a bias (for the answer to "
        "a row of zeros), targets scaled (large, small or unlike numbers are hard to learn from), "
        "learning rate 0.03 (1 was tried and learned less). All other settings stay.",
        "Column 1, '=cmd()', is now called cmd().",
        "Column 2, '<b>x</b>', is now called b x /b.",
        "Row 2 is left out for an empty cell in cmd().",
        "Column who is left out: it has 4 different words, first 'ann' in row 1.",
    ]
    press(at, USE)
    assert (state_of(at).run.wanted.activations, state_of(at).run.wanted.loss) == (("linear",), "mean_squared_error")
    assert state_of(at).run.wanted.input_names == ("cmd()", "b x /b")


def test_settings_that_suit_stay() -> None:
    at = drop(visit({"preset": "xor", "seed": "5", "lr": "0.25"}), "a.csv", "a,b,c\n0,1,1\n1,0,0\n1,1,1\n")
    before = state_of(at).run.wanted
    assert notes(at) == [BIAS]
    press(at, USE)
    table = Experiment(inputs=((0, 1), (1, 0), (1, 1)), targets=((1,), (0,), (1,)))
    assert state_of(at).run.wanted == replace(
        before, inputs=table.inputs, targets=table.targets, input_names=("a", "b"), target_names=("c",), bias=True
    )


def test_a_first_row_of_numbers_and_names_is_remarked_on() -> None:
    at = drop(visit(), "a.csv", "7,size\n1,2\n2,3\n")
    assert "The first row is taken for names, but 7 in it are numbers." in notes(at)
    assert notes(drop(visit(), "a.csv", "a,b\n1,2\n2,3\n"))[1:] == []
