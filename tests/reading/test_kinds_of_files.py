"""Files of kinds that people have open, without a choice made by hand, to the table that is meant."""

from pathlib import Path

import numpy as np
import pytest

from engine import Experiment, record
from engine.model.targets import TargetKind, accuracy, r_squared, target_kind
from pages.reading.edited_table import EditedTable, settings_of
from pages.reading.fit_network import fit_network
from tests.reading.sheets import DATA, open_sheet, open_table

KINDS = DATA / "kinds"
PIXELS = tuple(f"p{pixel}" for pixel in range(1, 16))

# name: inputs, targets, rows, one row by its place, what the targets are
MEANT: dict[str, tuple[tuple[str, ...], tuple[str, ...], int, tuple[int, tuple[float, ...]], TargetKind]] = {
    "rents-germany.csv": (
        ("Stadtteil Nord", "Stadtteil Mitte", "Stadtteil Süd", "Fläche (m²)", "Zimmer", "Baujahr"),
        ("Miete",),
        36,
        (1, (0, 1, 0, 71.1, 3, 2013, 1448.58)),
        "regression",
    ),
    "houses-usa.csv": (
        ("size (sqft)", "bedrooms", "age"),
        ("price",),
        40,
        (39, (905, 1, 13, 188811)),
        "regression",
    ),
    "tenants-switzerland.csv": (
        ("canton GE", "canton VD", "canton NE", "revenu", "part loyer", "enfants"),
        ("locataire",),
        40,
        (39, (0, 1, 0, 4599, 0.33, 4, 1)),
        "binary",
    ),
    "savetxt.txt": (
        ("depth", "salt"),
        ("density",),
        30,
        (0, (14.34059678027353257, 5.944644983514447034, 44.74160797371647647)),
        "regression",
    ),
    "tabs.txt": (("hours", "sleep", "coffee"), ("score",), 24, (1, (119, 7, 3, 99.1)), "regression"),
    "weather-words.csv": (
        ("outlook sunny", "outlook overcast", "outlook rain", "temperature", "humidity", "windy"),
        ("play",),
        14,
        (1, (1, 0, 0, 27, 90, 1, 0)),
        "binary",
    ),
    "missing.csv": (("dose", "weight", "age"), ("response",), 34, (33, (9.6, 84, 59, 24.89)), "regression"),
    "flowers-with-ids.csv": (
        ("petal length", "petal width"),
        ("setosa", "versicolor", "virginica"),
        60,
        (59, (5.7, 2.2, 0, 0, 1)),
        "multiclass",
    ),
    "animals-label-first.tsv": (
        ("height", "weight", "ears"),
        ("Label 0", "Label 1", "Label 2"),
        45,
        (0, (53.3, 25.6, 10.8, 0, 1, 0)),
        "multiclass",
    ),
    "station-units.csv": (
        ("sun (h)", "wind (m/s)", "pressure (hPa)"),
        ("melt (mm)",),
        30,
        (0, (2.9, 9, 809.2, 15.2)),
        "regression",
    ),
    "digits-15-pixels.txt": (
        PIXELS,
        tuple(f"digit {digit}" for digit in range(10)),
        40,
        (4, (0, 1, 0, 1, 1, 0, 0, 1, 0, 0, 1, 0, 1, 1, 1, 0, 1, *(0,) * 8)),
        "multiclass",
    ),
    "half-adder.csv": (("a", "b"), ("sum", "carry"), 4, (3, (1, 1, 0, 1)), "binary"),
}


def open_kind(name: str) -> tuple[EditedTable, str]:
    """The table in a file, and everything that is said of it."""
    data = (KINDS / name).read_bytes()
    table, notes = open_table(data)
    return table, "\n".join((*open_sheet(data).notes, *notes))


def test_every_file_is_meant_for_something() -> None:
    assert {path.name for path in KINDS.iterdir()} == set(MEANT)


@pytest.mark.parametrize("name", MEANT)
def test_it_opens_to_the_table_that_is_meant(name: str) -> None:
    inputs, targets, rows, (place, row), kind = MEANT[name]
    table, _ = open_kind(name)
    assert (table.inputs, table.targets) == (inputs, targets)
    assert len(table.rows) == rows
    assert table.rows[place] == row
    experiment, _ = fit_network(table, settings_of(Experiment()))
    assert target_kind(experiment) == kind
    assert experiment.bias
    assert (experiment.activations[-1] == "softmax") == (kind == "multiclass")
    assert (experiment.activations[-1] == "linear") == (kind == "regression")


HALF_ADDER = "half-adder.csv"
"""Its sum is exclusive or, which no network without a hidden layer gives: that is for the advice on the page."""


@pytest.mark.parametrize("name", sorted(MEANT.keys() - {HALF_ADDER}))
def test_it_opens_to_a_network_that_learns(name: str) -> None:
    e, _ = fit_network(open_kind(name)[0], settings_of(Experiment()))
    history = record(e)
    assert history.diverged_at is None
    if target_kind(e) != "regression":
        assert (accuracy(e, history.outputs[-1], e.train_rows) or 0) >= 0.95
        return
    assert e.hidden == ()
    inputs, targets = np.array(e.inputs), np.array(e.targets)
    with_ones = np.column_stack([inputs, np.ones(len(inputs))])
    best = with_ones @ np.linalg.lstsq(with_ones, targets, rcond=None)[0]
    shares = [r_squared(e, outputs, e.train_rows) or 0 for outputs in (history.outputs[-1], best)]
    assert shares[0] > shares[1] - 0.01
    assert shares[1] > 0.9


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("rents-germany.csv", "1.449,00 € is 1449"),
        ("rents-germany.csv", "Column Stadtteil: a column each for Nord, Mitte and Süd."),
        ("houses-usa.csv", "Read as numbers: 4,100 is 4100, $562,808 is 562808."),
        ("tenants-switzerland.csv", "CHF 7\u2019459 is 7459, 42,6% is 0.426"),
        ("tenants-switzerland.csv", "Column locataire: oui is 1, non is 0."),
        ("missing.csv", "Row 41 at the end sums up the others and is left out: 'Mean, 72.4, 48.9, 14.2'."),
        ("missing.csv", "6 rows are left out for empty cells in dose, weight and age: rows 4, 11, 18, 25, 32 and 39."),
        ("flowers-with-ids.csv", "Column Id is left out: it only numbers the rows, 1 to 60, first 1 in row 1."),
        ("station-units.csv", "A line above the table is left out: 'Weather station Grimsel;;;'."),
        ("station-units.csv", "The row of units went into the names: 'h, m/s, hPa, mm'."),
        ("station-units.csv", "A line below the table is left out: 'Source: meas...r these tests'."),
    ],
)
def test_what_was_made_of_it_is_said(name: str, words: str) -> None:
    assert words in open_kind(name)[1]


def test_data_is_made_for_the_tests_and_small() -> None:
    assert sum(Path(path).stat().st_size for path in KINDS.iterdir()) < 30_000
