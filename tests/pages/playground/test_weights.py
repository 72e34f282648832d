"""The tables of weights below the pictures show every weight with its sign, and as many digits as there is room for."""

from dataclasses import replace

import pytest

from engine import Experiment
from engine.serialization.url_format import to_url
from tests.pages.visit import visit
from tests.pages.weight_table import weight_texts


@pytest.mark.parametrize(
    ("weights", "texts"),
    [
        ((0.5, -1.25, 3.0), ("0.50000000", "-1.25000000", "3.00000000")),
        ((-99_999.5, 100_000.25, 1.0), ("-99999.50000000", "100000.25000000", "1.00000000")),
        ((-123_456.7, 0.5, 0.0), ("-1.23456700e+05", "5.00000000e-01", "0.00000000e+00")),
        ((-999_999.999999999, 0.5, 0.0), ("-1.00000000e+06", "5.00000000e-01", "0.00000000e+00")),
        ((1e6, 0.5, 0.0), ("1.00000000e+06", "5.00000000e-01", "0.00000000e+00")),
    ],
)
def test_a_weight_has_its_sign_and_eight_digits(weights: tuple[float, ...], texts: tuple[str, ...]) -> None:
    start = replace(Experiment(), initial_weights=(tuple((weight,) for weight in weights),), learning_rate=1e-12)
    at = visit(to_url(start) | {"at": "0"})
    assert not at.exception
    assert tuple(weight_texts(at)) == texts
