"""The outputs of many rows are bands of NumPy's quantiles; the chosen row is in bold among few rows and among many."""

from dataclasses import replace

import numpy as np
import plotly.graph_objects as go
import pytest

from engine import PRESETS, Experiment, History, record
from pages.charts.history.curves import output_convergence
from pages.charts.history.output_bands import MOST_LINES, QUANTILES, output_bands
from pages.charts.style.base import Dict
from pages.charts.style.palette import LIGHT
from tests.charts.runs import axis_of

RANDOM = np.random.RandomState(2)
TABLE = RANDOM.randn(90, 2).round(3)
INPUTS = tuple(map(tuple, TABLE.tolist()))
KIND = (TABLE[:, 0] > 0) + (TABLE[:, 1] > 0).astype(int)


def run_with(targets: np.ndarray, output: str) -> History:
    return record(
        Experiment(inputs=INPUTS, targets=tuple(map(tuple, targets.tolist())), activations=(output,), epochs=60)
    )


@pytest.fixture(scope="module")
def yes_no() -> History:
    return run_with((TABLE[:, :1] > 0).astype(float), "sigmoid")


def figure_of(history: History, row: int | None = None) -> Dict:
    return output_convergence(history, axis_of(history), LIGHT, "token", row=row)


def names_of(figure: Dict) -> list[str]:
    """The names at the ends of the curves, in the last frame."""
    names: list[str] = figure["data"][-1]["customdata"]
    return names


def test_a_class_has_a_band_of_quantiles(yes_no: History) -> None:
    for band, rows in zip(output_bands(yes_no, LIGHT), (TABLE[:, 0] <= 0, TABLE[:, 0] > 0), strict=True):
        values = yes_no.outputs[:, rows, 0]
        np.testing.assert_array_equal(band.edges, np.quantile(values, QUANTILES, axis=1))
        np.testing.assert_array_equal(band.median.values, np.median(values, axis=1))
    assert [band.median.name for band in output_bands(yes_no, LIGHT)] == ["target 0", "target 1"]


def test_of_several_classes_each_row_counts_with_the_output_for_its_own() -> None:
    history = run_with(np.eye(3)[KIND], "softmax")
    bands = output_bands(history, LIGHT)
    assert [band.median.name for band in bands] == ["y1", "y2", "y3"]
    for k, band in enumerate(bands):
        np.testing.assert_array_equal(band.median.values, np.median(history.outputs[:, k == KIND, k], axis=1))


def test_numbers_have_a_band_a_column() -> None:
    history = run_with(TABLE @ np.array([[0.3, 1], [0.1, 2]]), "linear")
    assert [len(band.edges) for band in output_bands(history, LIGHT)] == [4, 4]


def test_many_rows_are_bands_and_the_chosen_row_a_line(yes_no: History) -> None:
    assert names_of(figure_of(yes_no)) == ["target 0", "target 1"]
    chosen = figure_of(yes_no, row=7)
    assert names_of(chosen) == ["target 0", "target 1", "row 8"]
    assert [trace["line"]["width"] for trace in chosen["data"] if trace.get("name")][-1] == LIGHT.sizes.highlighted_line
    areas = [trace for trace in chosen["data"] if trace.get("mode") == "none"]
    assert len(areas) == 4
    go.Figure(chosen)
    assert len(str(chosen)) < 1.5 * len(str(figure_of(record(replace(PRESETS["xor"], epochs=60)))))


def test_up_to_so_many_rows_have_a_line_each() -> None:
    targets = ((0.0,), (1.0,)) * MOST_LINES
    for rows, are_bands in ((MOST_LINES, False), (MOST_LINES + 1, True)):
        figure = figure_of(record(Experiment(inputs=INPUTS[:rows], targets=targets[:rows], epochs=30)))
        assert any(trace.get("mode") == "none" for trace in figure["data"]) is are_bands


def test_of_few_rows_the_chosen_one_is_in_bold_and_no_other_pales() -> None:
    history = record(replace(PRESETS["xor"], epochs=40))
    plain, chosen = (
        {trace["name"]: trace["line"] for trace in figure_of(history, row)["data"] if trace.get("name")}
        for row in (None, 2)
    )
    assert chosen.pop("row 3") == plain.pop("row 3") | {"width": LIGHT.sizes.highlighted_line}
    assert chosen == plain
