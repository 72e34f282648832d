"""The map of a sweep: its numbers, its colours, its marks, and Plotly's consent."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import plotly.graph_objects as go
import pytest

from engine import PRESETS, ManyRecorder, record_many
from engine.comparison.sweep import Axis, SweepCells, fold, make_sweep
from pages.charts.comparison.sweep_map import MEASURES, sweep_map
from pages.charts.comparison.words import map_words
from pages.charts.style.palette import LIGHT, palette_for

XOR = replace(PRESETS["xor"], epochs=60)
NAMES = ("Learning rate", "Hidden neurons")
TEXTS = (("0.1", "1", "1000"), ("0", "3"))
AXES = (Axis("learning_rate", (0.1, 1.0, 1000.0)), Axis("hidden", ((), (3,))))


@pytest.fixture(scope="module")
def cells() -> SweepCells:
    sweep = make_sweep(XOR, AXES, range(4))
    return fold(sweep, record_many(sweep.experiments))


def made_up(*learned: Sequence[float]) -> SweepCells:
    """Cells with these shares, one inner list for each value across."""
    shares = np.array(learned)
    return SweepCells(shares, np.where(shares > 0, 0.01, np.inf), np.where(shares > 0, 100, np.inf), shares * 0 + 1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", MEASURES)
@pytest.mark.parametrize("axes", [1, 2])
def test_plotly_accepts_it(cells: SweepCells, name: str, scheme: str, axes: int) -> None:
    if axes == 1:
        cells = SweepCells(*(getattr(cells, part)[:, 0] for part in ("learned", "loss", "epochs", "done")))
    figure = go.Figure(sweep_map(cells, NAMES[:axes], TEXTS[:axes], MEASURES[name], palette_for(scheme), (1, 0)[:axes]))
    assert len(figure.data) == 2
    assert len(figure.layout.shapes) == 1


def test_every_cell_says_its_number_and_mark_k_is_cell_k() -> None:
    cells = made_up((0.0, 0.25), (0.5, 1.0), (float("nan"), 0.75))
    heat, marks = sweep_map(cells, NAMES, TEXTS, MEASURES["learned"], LIGHT)["data"]
    assert heat["text"] == [["0%", "50%", ""], ["25%", "100%", "75%"]]
    assert heat["z"] == [[0, 0.5, None], [0.25, 1, 0.75]]
    for k, (x, y) in enumerate(zip(marks["x"], marks["y"], strict=True)):
        assert (x, y) == np.unravel_index(k, cells.learned.shape)
        assert marks["text"][k].startswith(f"Learning rate {TEXTS[0][x]}<br>Hidden neurons {TEXTS[1][y]}<br>")
    assert "not yet" in marks["text"][4]


def test_less_is_better_where_it_is_a_loss_or_epochs() -> None:
    cells = made_up((0.0, 0.25))
    cells = replace(cells, loss=np.array([[0.5, 0.001]]), epochs=np.array([[np.inf, 2_000.0]]))
    loss, epochs = (sweep_map(cells, NAMES, TEXTS, MEASURES[name], LIGHT)["data"][0] for name in ("loss", "epochs"))
    assert loss["text"] == [["0.5"], ["0.001"]]
    assert loss["z"][0][0] < loss["z"][1][0] == 1
    assert epochs["text"] == [["never"], ["2k"]]
    assert (epochs["z"][0][0], epochs["z"][1][0]) == (0, 1)


def test_the_map_in_words_names_the_best_and_the_worst() -> None:
    cells = made_up((0.0, 0.25), (0.5, 1.0))
    words = map_words(cells, NAMES, (("0.1", "1"), ("0", "3")), MEASURES["learned"])
    assert words.endswith(
        "Best: 100% at Learning rate 1, Hidden neurons 3. Worst: 0% at Learning rate 0.1, Hidden neurons 0."
    )
    cells = replace(cells, epochs=np.array([[np.inf, 10.0], [20.0, 30.0]]))
    words = map_words(cells, NAMES, (("0.1", "1"), ("0", "3")), MEASURES["epochs"])
    assert "Best: 10 at Learning rate 0.1, Hidden neurons 3. Worst: never at" in words


def test_a_cell_that_is_not_trained_to_its_end_says_so() -> None:
    cells = replace(made_up((0.0, 0.25), (0.5, np.nan)), done=np.array([[1.0, 0.5], [1.0, 0.0]]))
    (heat, marks) = sweep_map(cells, NAMES, (("0.1", "1"), ("0", "3")), MEASURES["learned"], LIGHT)["data"]
    assert heat["text"] == [["0%", "50%"], ["25% …", ""]]
    assert "<b>25% …</b>" in marks["text"][1]


def test_before_anything_is_trained() -> None:
    sweep = make_sweep(XOR, AXES, range(4))
    cells = fold(sweep, ManyRecorder(sweep.experiments).runs())
    for measure in MEASURES.values():
        figure = sweep_map(cells, NAMES, TEXTS, measure, LIGHT)
        go.Figure(figure)
        assert figure["data"][0]["z"] == [[None] * 3] * 2
        assert map_words(cells, NAMES, TEXTS, measure).endswith("6 cells.")
