"""The settings of a sweep's axes: values that the engine takes, ranges, and what is no number."""

import pytest

from engine import PRESETS, ExperimentError
from engine.comparison.sweep import Axis, make_sweep
from pages.reading.swept_settings import COUNTS, SWEPT, spread_numbers


@pytest.mark.parametrize("name", SWEPT)
def test_first_values_of_every_setting_make_a_sweep(name: str) -> None:
    swept, xor = SWEPT[name], PRESETS["xor"]
    choices = tuple(swept.options or ())[:2] or swept.numbers(*swept.span, swept.count)
    if name in ("output activation", "loss"):  # which not every network can have
        choices = ("sigmoid", "tanh") if name == "output activation" else ("half_squared_error", "mean_squared_error")
    values = tuple(dict.fromkeys(swept.value(xor, choice) for choice in choices))
    sweep = make_sweep(xor, [Axis(swept.field, values)], range(2))
    assert [getattr(e, swept.field) for e in sweep.experiments[::2]] == list(values)
    assert all(swept.text(choice) for choice in choices)


def test_values_of_an_experiment() -> None:
    xor = PRESETS["xor"]
    assert [SWEPT["neurons"].value(xor, n) for n in (0, 3)] == [(), (3,)]
    assert [SWEPT["batch"].value(xor, n) for n in (1, 4, 64)] == [1, None, None]
    assert SWEPT["hidden activation"].value(xor, "relu") == ("relu", "sigmoid")
    assert SWEPT["output activation"].value(xor, "tanh") == ("tanh", "tanh")
    assert not SWEPT["hidden activation"].suits(PRESETS["tutorial"])


@pytest.mark.parametrize("count", COUNTS)
def test_a_range_has_its_ends_and_no_number_twice(count: int) -> None:
    for low, high, is_whole in (
        (0.01, 10.0, False),
        (10.0, 0.01, False),
        (0.0, 1.0, False),
        (0, 3, True),
        (1, 64, True),
    ):
        numbers = spread_numbers(low, high, count, is_whole)
        assert (numbers[0], numbers[-1]) == (low, high)
        assert len(set(numbers)) == len(numbers) <= count
        assert sorted(numbers, reverse=high < low) == list(numbers)
        assert not is_whole or all(isinstance(number, int) for number in numbers)


@pytest.mark.parametrize(
    ("setting", "ends", "message"),
    [
        ("rate", (0.1, "abc"), r"^Learning rate, To: 'abc' is not a number: type another\.$"),
        ("rate", (0.1, None), r"^Learning rate, To: nothing is typed: type a number\.$"),
        ("rate", (float("inf"), 1.0), r"^Learning rate, From: inf is not a number"),
        ("rate", (0.1, float("nan")), r"^Learning rate, To: nan is not a number"),
        ("neurons", (0, 2.5), r"^Hidden neurons, To: 2\.5 is not a whole number: type one\.$"),
    ],
)
def test_what_is_no_number_is_refused_by_the_name_of_its_box(
    setting: str, ends: tuple[object, object], message: str
) -> None:
    with pytest.raises(ExperimentError, match=message):
        SWEPT[setting].numbers(*ends, 3)
