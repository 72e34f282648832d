"""Links are read by the reader of all other numbers, and those that the page writes come back to the bit."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import Experiment
from engine.serialization.url_format import URL_FIELDS, from_url, to_url
from pages.reading.link_numbers import (
    EARLIER_KEY,
    LAYER_KEYS,
    NUMBER_KEYS,
    TABLE_KEYS,
    WHOLE_NUMBER_KEYS,
    read_link_numbers,
)
from tests.engine.strategies import MANY, SEVERAL, experiments
from tests.reading.spellings import SPELLINGS, Spelling

WITHOUT_SPELLINGS = {
    *("xn", "yn", "xd", "test", "h", "a", "loss", "opt", "bias", "init", "scale", "yscale"),
    *("frozen", "rates", "opts", "right"),
}
"""Names, formulas, choices and places: none of them is a number that somebody might spell otherwise."""

TWO_ROWS = {"x": "1_2", "y": "0_1"}


ONE_NUMBER = [each for each in SPELLINGS if not each.decimal and not each.beside]
COLUMNS = [
    each
    for each in SPELLINGS
    if not each.decimal and not any(set(cell) & set(",_;") for cell in (each.text, *each.beside))
]
"""What a column of a link can hold: "," parts its cells."""

OF_PYTHON = "1_000"
"""Links have always been open to this one, as Python is."""

OF_PROGRAMS = ("2.104", "1.600", "852")
"""Nobody knows of this column in a file; in a link each is what programs read in it."""


def test_every_field_of_a_link_is_read_or_has_nothing_to_spell() -> None:
    read = {*TABLE_KEYS, *LAYER_KEYS, *NUMBER_KEYS, *WHOLE_NUMBER_KEYS, EARLIER_KEY}
    assert read | WITHOUT_SPELLINGS >= {field.key for field in URL_FIELDS}
    assert not read & WITHOUT_SPELLINGS


def test_earlier_tables_are_read_cell_by_cell() -> None:
    typed = {"before": "500:1/2,0,1_25%,1,1:0_100%;700:1,0,1:0.5"}
    assert read_link_numbers(typed) == ({"before": "500:0.5,0,1_0.25,1,1:0_1;700:1,0,1:0.5"}, ())
    assert read_link_numbers({"before": "500:1,a,1:0"}) == (
        {},
        ("before: 'a' in row 1, column 2 is not a number.",),
    )
    for text in ("", ":", "5", "5:1;", ";;", ":" * 99_999, "1" + ":½" * 49_000, ";" * 50_000):
        assert from_url(read_link_numbers({"before": text})[0])[1]


def test_a_number_beyond_a_float_is_said_as_it_was_typed() -> None:
    words = "'1e400' is too large: stay within 1,000,000,000"
    assert read_link_numbers({"lr": "1e400"}) == ({}, (f"lr: {words}.",))
    assert read_link_numbers({"n": "1e400"}) == ({}, (f"n: {words}.",))
    assert read_link_numbers({"x": "0,1e400"})[0] == {"x": "0,1e400"}, "what programs write is left to the engine"
    assert read_link_numbers({"x": "1/2,1e400"}) == ({}, (f"x: row 1, column 2: {words}.",))


@pytest.mark.parametrize("spelling", ONE_NUMBER, ids=lambda each: each.text)
def test_one_number_of_a_link(spelling: Spelling) -> None:
    read, questions = read_link_numbers({"lr": spelling.text})
    if spelling.meaning == "ask":
        assert read == {}
        (question,) = questions
        assert " can be " in question
        assert ": write " in question
        return
    assert questions == ()
    if isinstance(spelling.meaning, float):
        assert float(read["lr"]) == spelling.meaning
    else:
        assert read == {"lr": spelling.text}
        assert from_url(read)[1] or spelling.text == OF_PYTHON


@pytest.mark.parametrize("spelling", COLUMNS, ids=lambda each: each.text)
def test_a_column_of_a_link(spelling: Spelling) -> None:
    cells = (spelling.text, *spelling.beside)
    read, questions = read_link_numbers({"x": "_".join(f"{cell},7" for cell in cells)})
    if cells == OF_PROGRAMS:
        assert read == {"x": "2.104,7_1.600,7_852,7"}
    elif spelling.meaning == "ask":
        assert (read, len(questions)) == ({}, 1)
    elif isinstance(spelling.meaning, float):
        assert float(read["x"].partition(",")[0]) == spelling.meaning
    else:
        problems = from_url(read | {"y": "_".join("0" for _ in cells)})[1]
        assert problems


@pytest.mark.parametrize(
    ("parameters", "experiment"),
    [
        ({"lr": "0,05"}, Experiment(learning_rate=0.05)),
        ({"n": "2,000", "seed": "10.000"}, Experiment(epochs=2000, seed=10_000)),
        ({"n": "1e3", "batch": "2.0"}, Experiment(epochs=1000, batch_size=2)),
        ({"w": "1/2_25%_\u22121"}, Experiment(initial_weights=(((0.5,), (0.25,), (-1,)),))),
        (
            {"x": "1/2,$3_50%,4", "y": "½_1"},
            Experiment(inputs=((0.5, 3), (0.5, 4)), targets=((0.5,), (1,)), input_names=("x1", "x2")),
        ),
    ],
)
def test_a_link_that_somebody_typed(parameters: dict[str, str], experiment: Experiment) -> None:
    read, questions = read_link_numbers(parameters)
    assert from_url(read) == (experiment, questions)


def test_a_column_of_two_meanings_is_asked_and_all_else_stays() -> None:
    parameters = {"x": "½,2.104_1,852", "y": "0_1", "lr": "0.1"}
    read, questions = read_link_numbers(parameters)
    assert read == {"y": "0_1", "lr": "0.1"}
    assert questions == ("x: 2.104 can be 2.104 or 2104: write 2.1040 or 2104.",)


@pytest.mark.parametrize(
    ("parameters", "question"),
    [
        ({"x": "1,2_3,abc"}, "x: 'abc' in row 2, column 2 is not a number."),
        ({"y": "yes_no"}, "y: 'yes' in row 1, column 1 is not a number."),
        ({"w": "1_2;3,1-2"}, "w: '1-2' in row 1, column 2 is not a number."),
    ],
)
def test_a_cell_that_is_no_number_is_named_with_its_place(parameters: dict[str, str], question: str) -> None:
    assert read_link_numbers(parameters) == ({}, (question,))


def test_an_empty_input_is_named_with_its_place() -> None:
    read, _ = read_link_numbers({"x": "n.a.,1_2,3", "y": "0_1"})
    assert from_url(read)[1] == ("x, y: Row 1, column x1: nan is not a number.",)


def test_a_target_that_is_missing_makes_a_question() -> None:
    read, _ = read_link_numbers({"x": "1,2_3,4", "y": "n.a._1"})
    experiment, problems = from_url(read)
    assert (experiment.question_rows, problems) == ((0,), ())


@SEVERAL
@given(experiments())
def test_a_link_of_the_page_is_left_as_it_is(experiment: Experiment) -> None:
    link = to_url(experiment)
    assert read_link_numbers(link) == (link, ())
    large = to_url(replace(experiment, initial_weights=(), initial_biases=(), learning_rate=2.104))
    assert read_link_numbers(large) == (large, ())


@MANY
@given(st.dictionaries(st.sampled_from([field.key for field in URL_FIELDS]), st.text(max_size=40)))
def test_any_link_is_read(parameters: dict[str, str]) -> None:
    read, questions = read_link_numbers(parameters)
    assert set(read) <= set(parameters)
    assert len(read) + len(questions) == len(parameters)
    from_url(read)
