"""What came of a sweep, while it is trained and after: progress, the map, the same as a table, a cell's fan."""

from functools import partial

import numpy as np
import pandas as pd
import streamlit as st

from pages.charts.comparison.sweep_map import MEASURES, cell_texts, sweep_map
from pages.charts.comparison.words import map_words
from pages.state.bound_widget import bind
from pages.state.comparison.sweep_choice import SweepChoice
from pages.state.comparison.sweep_results import SweepResult
from pages.state.visit import Visit
from pages.state.widget_values import selected_points
from pages.widgets.frame.colors import page_colors
from pages.widgets.frame.figure import show_figure
from pages.widgets.frame.markdown import escape_markdown
from pages.widgets.sweep.fan import show_fan
from pages.widgets.sweep.progress import POLL_SECONDS, show_progress

MAP_KEY = "sweep map"


def show_results(visit: Visit, choice: SweepChoice) -> None:
    """All results, drawn again and again while something is in training."""
    poll = POLL_SECONDS if choice.is_training else None
    st.fragment(draw_results, run_every=poll)(visit, choice, choice.is_training)


def draw_results(visit: Visit, choice: SweepChoice, was_training: bool) -> None:
    """What there is now; the whole page is drawn again once nothing more will come, and Start is back."""
    choice.update()
    if choice.is_training != was_training:
        st.rerun()
    result = choice.result
    if result is None:
        return
    show_progress(result)
    if result.cells is None:
        return
    if result.names:
        show_map(visit, choice, result)
    if choice.fan and choice.cell is not None:
        st.markdown(f"## {escape_markdown(result.cell_words(choice.cell))}")
        show_fan(visit, choice.fan, None)


def show_map(visit: Visit, choice: SweepChoice, result: SweepResult) -> None:
    """The map of the chosen measure, and other ways to read it and to open a cell."""
    assert result.cells is not None, "asked before"
    measure = MEASURES[choice.measure]
    st.segmented_control(
        "The map shows",
        list(MEASURES),
        default=choice.measure,
        required=True,
        format_func=lambda name: MEASURES[name].label,
        **bind("sweep measure", choice.measure, choice.choose_measure),
    )
    unfinished = " …: some of the cell's runs have not come to their ends." * bool((result.cells.done < 1).any())
    st.caption(measure.about + unfinished)
    figure = sweep_map(result.cells, result.names, result.texts, measure, page_colors(visit), choice.cell)
    shape = result.cells.learned.shape
    show_figure(
        MAP_KEY,
        figure,
        map_words(result.cells, result.names, result.texts, measure),
        partial(open_chosen, choice, shape),
    )
    choose_cell(choice, result)


def open_chosen(choice: SweepChoice, shape: tuple[int, ...]) -> None:
    """Open the cell whose mark was clicked on."""
    for point in selected_points(MAP_KEY):
        if 0 <= point < int(np.prod(shape)):
            choice.open_cell(tuple(int(index) for index in np.unravel_index(point, shape)))


def choose_cell(choice: SweepChoice, result: SweepResult) -> None:
    """The same without a mouse: a cell by its values, and the numbers of the map as a table."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        for axis, (name, texts) in enumerate(zip(result.names, result.texts, strict=True)):
            now = None if choice.cell is None else choice.cell[axis]

            def take(index: int | None, axis: int = axis) -> None:
                cell = list(choice.cell or (0,) * len(result.names))
                cell[axis] = index or 0
                choice.open_cell(tuple(cell))

            st.selectbox(
                f"{name} of the cell",
                range(len(texts)),
                now,
                format_func=lambda index, texts=texts: texts[index],
                placeholder="choose",
                width=240,
                **bind(f"sweep cell {axis}", now, take, (result.texts, result.handle)),
            )
    place = st.expander("The map as a table", key="sweep table", on_change="rerun")
    if place.open:
        with place:
            st.dataframe(map_table(choice, result), alt="The numbers of the map")


def map_table(choice: SweepChoice, result: SweepResult) -> pd.DataFrame:
    """The values of the map as text, the first setting across."""
    assert result.cells is not None, "asked before"
    measure = MEASURES[choice.measure]
    up = list(result.texts[1]) if len(result.names) == 2 else [""]
    name = result.names[1] if len(result.names) == 2 else ""
    texts = list(zip(*cell_texts(measure, result.cells), strict=True))
    return pd.DataFrame(texts, index=pd.Index(up, name=name), columns=list(result.texts[0])).iloc[::-1]
