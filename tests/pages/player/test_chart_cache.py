"""Charts are cached by a text key, which depends on everything that changes the chart."""

from collections import defaultdict
from dataclasses import replace
from inspect import signature
from itertools import product

from engine import Experiment, History, Recorder, record
from pages.charts.history.run_figures import CHART_NAMES, chart_heights, run_figures
from pages.charts.style.base import Dict, EpochAxis
from pages.charts.style.palette import DARK, LIGHT
from pages.widgets.player.run_charts import chart_texts, draw_cached_chart


def stopped(experiment: Experiment) -> History:
    """A run that was stopped at once."""
    recorder = Recorder(experiment)
    next(iter(recorder))
    return recorder.history()


def test_whatever_changes_a_chart_changes_its_text() -> None:
    small, names = Experiment(epochs=30), CHART_NAMES
    histories = [
        record(small),
        record(replace(small, seed=2)),
        record(replace(small, input_names=("a", "b", "c"))),
        stopped(small),
        record(Experiment(activations=("linear",), learning_rate=100.0, epochs=300)),
    ]
    figures: dict[str, list[Dict]] = defaultdict(list)
    for history, row, log, colors, taller in product(histories, (0, 2), (True, False), (LIGHT, DARK), (0, 50)):
        axis = EpochAxis(int(history.epochs[-1]), log)
        heights = {name: height + taller for name, height in chart_heights(history, names).items()}
        texts = chart_texts(history, names, row, axis, colors, heights)
        for name, figure in run_figures(history, names, row, axis, colors, "token", heights=heights).items():
            figures[texts[name]].append(figure)
    assert [text for text, same in figures.items() if any(figure != same[0] for figure in same)] == []
    by_row_or_axis, by_both = 3 * 2, 2 * 2
    assert len(figures) == len(histories) * (by_row_or_axis + by_both) * 2 * 2


def test_every_argument_but_the_text_is_left_out_of_the_key() -> None:
    assert tuple(signature(draw_cached_chart).parameters) == ("text", "_draw")
