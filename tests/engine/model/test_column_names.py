"""Column names that could do harm on the page or in a script are refused."""

from typing import Any

import pytest

from engine import Experiment, ExperimentError

X, Y = ((0, 1), (1, 0), (1, 1)), ((0,), (1,), (1,))

HOSTILE = [
    "<b>x</b>",
    r"$\alpha$",
    'x"); import os #',
    "a'b",
    "%{x}",
    "`x`",
    "[x](http://x)",
    "a,b",
    "a\nb",
    "x<b>",
    "x<b",
    "x$y$",
    "x{y}",
    'x"',
    "x\\",
    "x;y",
    "x*y*",
    "x&lt;",
    "x=1",
    "x#",
    " a",
    "a ",
    "_a",
    "",
    "  ",
    "\ud800",
    "n" * 25,
    "x" * 10**6,
    None,
    1,
    ("a",),
]


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("field", ["input_names", "target_names"])
def test_hostile_column_names(field: str, name: object) -> None:
    settings: dict[str, Any] = {field: ("fine", name) if field == "input_names" else (name,)}
    with pytest.raises(ExperimentError) as caught:
        Experiment(inputs=X, targets=Y, **settings)
    assert caught.value.field == field
    kind, place = ("input", 2) if field == "input_names" else ("target", 1)
    assert str(caught.value).startswith(f"The name of {kind} column {place}")
    assert len(str(caught.value)) < 250


def test_two_columns_of_one_name() -> None:
    with pytest.raises(ExperimentError, match="Two columns are called a: rename one") as caught:
        Experiment(inputs=X, targets=Y, input_names=("a", "a"))
    assert caught.value.field == "input_names"
    with pytest.raises(ExperimentError, match="Two columns are called a: rename one") as caught:
        Experiment(inputs=X, targets=Y, input_names=("a", "b"), target_names=("a",))
    assert caught.value.field == "target_names"


def test_too_few_names() -> None:
    with pytest.raises(ExperimentError, match="1 names for 2 columns"):
        Experiment(inputs=X, targets=Y, input_names=("a",))
