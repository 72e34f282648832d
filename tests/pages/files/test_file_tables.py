"""What becomes of the table in a dropped file: its targets, its layout, its classes and the settings that suit it."""

from dataclasses import replace

from engine import Experiment
from tests.pages.files.file_dialog import USE, asked, drop, notes, offered
from tests.pages.visit import assert_shows, figures, messages, on_stage, press, state_of, visit
from tests.reading.tables import DATA


def test_targets_and_inputs_are_chosen() -> None:
    at = drop(visit(), "a.csv", "a,b,c,d\n0,1,1,5\n1,0,0,6\n1,1,1,7\n")
    asked(at.multiselect, "Targets").set_value([0, 2])
    at.run()
    assert asked(at.multiselect, "Inputs").value == [1, 3]
    asked(at.multiselect, "Inputs").set_value([1])
    press(at.run(), USE)
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
    assert at.dataframe[-1].value.to_numpy().tolist() == [["2.5", "3"]]
    asked(at.selectbox, "Decimals").set_value(".")
    at.run()
    assert offered(at) == []
    asked(at.selectbox, "Decimals").set_value(",")
    asked(at.toggle, "Names").set_value(False)
    press(at.run(), USE)
    assert state_of(at).run.wanted.inputs == ((1.5,), (2.5,))


def test_iris_comes_with_a_column_a_class() -> None:
    at = drop(visit(), "iris.csv", (DATA / "r-write-csv2.csv").read_bytes())
    press(at, USE)
    assert state_of(at).run.wanted.target_names == ("setosa", "versicolor", "virginica")
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
    assert state_of(at).run.wanted.target_names == ("virginica 0", "virginica 1", "virginica 2")
    assert state_of(at).run.wanted.activations == ("softmax",)
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
    assert (state_of(at).run.wanted.activations, state_of(at).run.wanted.loss) == (("linear",), "mean_squared_error")
    assert state_of(at).run.wanted.input_names == ("cmd()", "b x /b")


def test_settings_that_suit_stay() -> None:
    at = drop(visit({"preset": "xor", "seed": "5", "lr": "0.25"}), "a.csv", "a,b,c\n0,1,1\n1,0,0\n1,1,1\n")
    before = state_of(at).run.wanted
    assert notes(at) == []
    press(at, USE)
    table = Experiment(inputs=((0, 1), (1, 0), (1, 1)), targets=((1,), (0,), (1,)))
    assert state_of(at).run.wanted == replace(
        before, inputs=table.inputs, targets=table.targets, input_names=("a", "b"), target_names=("c",)
    )


def test_a_first_row_of_numbers_and_names_is_remarked_on() -> None:
    at = drop(visit(), "iris.csv", (DATA / "iris-scikit-learn.csv").read_bytes())
    assert HALF_NUMBERS in notes(at)
    assert HALF_NUMBERS not in notes(drop(visit(), "a.csv", "a,b\n1,2\n2,3\n"))
