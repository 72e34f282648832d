"""Helpers for AppTest: open the app, act as a visitor, and read what is on the page."""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from streamlit.dataframe_util import convert_arrow_bytes_to_pandas_df
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Node, Widget

from engine import Experiment, History, record
from engine.serialization.url_format import to_url
from pages.charts.canvas.scene import scene_bytes
from pages.charts.style.format import format_number
from pages.state.url import read_url
from pages.state.visit import Visit
from tests.pages.components import components, player, send
from tests.pages.weight_table import assert_last_weights

APP = Path(__file__).resolve().parents[2] / "streamlit_app.py"
CHARTS = 3
WRONG = " ✗"
"""What follows an output that is not right, in its cell."""
PLAIN = re.compile(r"(?:\\[^A-Za-z0-9\s]|[^\\`*_{}\[\]<>$~|#])*")
"""Markdown in which every special character is escaped."""


def visit(
    link: Mapping[str, str] | None = None,
    theme: str = "light",
    values: AppTest | None = None,
    opened: Sequence[str] = ("more", "columns"),
) -> AppTest:
    """Open the app at an address with these parameters, with the widget values of another visit if given.

    `opened` are the keys of expanders and popovers that are open from the start; their contents are drawn only then.
    """
    at = AppTest.from_file(APP, default_timeout=60)
    for key in opened:
        at.session_state[key] = True
    at.query_params.update(link or {})
    at.context["theme"] = theme
    return at._run(values._tree.get_widget_states() if values else None)


def come_to(page: str, experiment: Experiment | None = None, **link: str) -> AppTest:
    """Open the app with an experiment, and go to a page."""
    at = visit((to_url(experiment) if experiment else {}) | link).switch_page(page).run()
    assert not at.exception
    return at


def state_of(at: AppTest) -> Visit:
    found: Visit = at.session_state["visit"]
    return found


def on_stage(at: AppTest) -> History:
    history = state_of(at).run.history
    assert history is not None
    return history


def type_in(at: AppTest, key: str, edits: Mapping[str, Any]) -> AppTest:
    """Change cells of an editable table."""
    (editor,) = (editor for editor in at.data_editor if editor.key == key)
    return send(at, editor.proto.id, json.dumps(edits))


def edit(
    at: AppTest,
    cells: Mapping[int, Mapping[str, Any]] | None = None,
    added: Sequence[Mapping[str, Any]] = (),
    deleted: Sequence[int] = (),
) -> AppTest:
    """Edit the grid: `cells` by row and column, rows added at the end, rows deleted."""
    edits = {"edited_rows": cells or {}, "added_rows": list(added), "deleted_rows": list(deleted)}
    return type_in(at, state_of(at).draft.grid_key, edits)


def press(at: AppTest, name: str) -> AppTest:
    """Press the button with this label, or this key."""
    (button,) = (button for button in at.button if name in (button.label, button.key))
    return button.click().run()


def raw_messages(at: AppTest) -> list[str]:
    """The warnings as Markdown, in which nothing but list dashes may be markup."""
    assert not at.exception
    found = [warning.value for warning in at.warning]
    assert all(PLAIN.fullmatch(text) for text in found)
    return found


def read(markdown: str) -> str:
    """The text on the page for escaped Markdown."""
    return re.sub(r"\\(.)", r"\1", markdown).replace("\u2060", "")


def messages(at: AppTest) -> list[str]:
    """The warnings as text."""
    return [read(text) for text in raw_messages(at)]


def words(at: AppTest) -> str:
    """The sentence below the charts."""
    (found,) = (text.value for text in at.markdown if text.value.startswith("**"))
    return found.strip("*")


def figures(at: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in at.metric}


def grid(at: AppTest) -> pd.DataFrame:
    """The grid as displayed, all as text: the cells of the base table, and the outputs."""
    (editor,) = (editor for editor in at.data_editor if editor.key == state_of(at).draft.grid_key)
    return convert_arrow_bytes_to_pandas_df(editor.proto.arrow_data.styler.display_values)


def outputs(at: AppTest) -> list[list[str]]:
    """The numbers in the output columns, a list a row."""
    return [[text.removesuffix(WRONG) for text in row] for row in output_texts(at)]


def output_texts(at: AppTest) -> list[list[str]]:
    """The texts in the output columns, a list a row; what is wrong has a cross."""
    cells = grid(at)
    return cells[[column for column in cells.columns if column.startswith("o")]].to_numpy().tolist()


def weights(at: AppTest) -> list[pd.DataFrame]:
    """The tables of weights below the charts, one per layer."""
    return [table.value for table in at.dataframe if table.editing_mode == "read_only"]


def pictures(at: AppTest) -> dict[str, dict[str, Any]]:
    """The figure sent for each chart, by key."""
    return {str(chart.key): json.loads(chart.proto.spec) for chart in at.get("plotly_chart")}


def frame_names(chart: Mapping[str, Any]) -> list[str]:
    """The names of the frames of a figure that was sent."""
    return [str(name) for name in chart["layout"]["meta"]["frames"]["names"]]


def charts(at: AppTest) -> dict[str, dict[str, Any]]:
    """The stage's charts, all of them; the network and its answer are canvases."""
    found = pictures(at)
    assert len(found) == CHARTS
    return found


def linked(at: AppTest) -> Experiment:
    """The experiment in the address; fails if any parameter could not be understood."""
    visit = read_url(dict(at.query_params))
    assert visit.link.notices == ()
    return visit.run.wanted


def control(at: AppTest, kind: str, key: str) -> Widget:
    """The control of this kind with this key, in whatever edition."""
    (found,) = (widget for widget in at.get(kind) if isinstance(widget, Widget) and plain_key(widget) == key)
    return found


def plain_key(widget: Node) -> str:
    """The key of a control without its edition."""
    return str(getattr(widget, "key", None)).partition(" · ")[0]


def turn(at: AppTest, kind: str, key: str, value: object) -> AppTest:
    """Set a control to a value."""
    control(at, kind, key).set_value(value)
    return at.run()


def type_number(at: AppTest, field: str, value: object) -> AppTest:
    """Type into the box of a setting."""
    return turn(at, "text_input", field, str(value))


def assert_same_run(shown: History, expected: History) -> None:
    """Assert that two histories are the same, bit for bit."""
    assert shown.experiment == expected.experiment
    assert shown.diverged_at == expected.diverged_at
    for name in ("epochs", "outputs", "loss", "test_loss"):
        assert np.array_equal(getattr(shown, name), getattr(expected, name))
    for ours, theirs in zip(shown.weights + shown.biases, expected.weights + expected.biases, strict=True):
        assert np.array_equal(ours, theirs)


def assert_shows(at: AppTest, experiment: Experiment) -> None:
    """Assert that charts, tables and address are those of this experiment, at its last epoch."""
    assert messages(at) == []
    expected = record(experiment)
    assert_same_run(on_stage(at), expected)
    assert linked(at) == experiment
    assert outputs(at) == [[format_number(value) for value in row] for row in expected.outputs[-1].tolist()]
    assert_last_weights(weights(at), expected)
    for chart in charts(at).values():
        assert frame_names(chart) == [str(epoch) for epoch in expected.epochs]
    assert components(at)["courier_run"].bytes == scene_bytes(expected, player(at)[1]["run"])


def assert_still_shows(at: AppTest, experiment: Experiment) -> None:
    """Assert that charts, tables and address still are those of this experiment, the last one that could be trained."""
    assert not at.exception
    assert on_stage(at).experiment == experiment
    assert linked(at) == experiment
    assert len(charts(at)) == CHARTS
    assert len(weights(at)) == len(experiment.shapes)
    assert words(at)
