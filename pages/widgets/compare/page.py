"""The page Compare: pinned runs and the one on the Playground, on the same axes under one player."""

import streamlit as st

from engine import History
from pages.charts.comparison.compared_curves import LETTERS
from pages.charts.style.base import EpochAxis
from pages.reading.differences import list_differences
from pages.server.run_store import RUNS
from pages.state.comparison.run_comparison import RunComparison, current_comparison
from pages.state.visit import Visit
from pages.widgets.compare.charts import show_charts
from pages.widgets.compare.pins import show_pins, show_ready
from pages.widgets.compare.tables import show_answers, show_results
from pages.widgets.frame.run_page import RunPage


def show_compare(page: RunPage) -> None:
    """Draw the page."""
    visit = page.visit
    st.markdown("# Runs side by side: what made the difference?")
    if not visit.projector:
        st.markdown(
            "Pin the run of the Playground, change something there, and come back: both are drawn on the same axes. "
            "Pins are part of the address: a link or a reload brings them along."
        )
    page.show_status_and_train()
    if not visit.projector:
        show_ready(visit)
    experiments = list(dict.fromkeys((*visit.pins.experiments, visit.run.wanted)))
    histories = [trained_run(visit, index) for index in range(len(experiments))]
    names = list(LETTERS[: len(experiments)])
    differences = list_differences(experiments)
    show_pins(visit, names, experiments, histories, differences)
    if trained := [history for history in histories if history is not None]:
        if not visit.projector:  # there the curves come first
            show_results(names, experiments, histories, differences)
        show_under_player(visit, current_comparison(), histories, trained)
        if visit.projector:
            show_results(names, experiments, histories, differences)
    if visit.projector:
        show_ready(visit)


def trained_run(visit: Visit, index: int) -> History | None:
    """The run of the pin with this index, or of the Playground; None where it is long, and not trained yet."""
    experiments = list(dict.fromkeys((*visit.pins.experiments, visit.run.wanted)))
    run = visit.run
    if run.history is not None and run.is_shown and experiments[index] == run.wanted:
        return run.history
    return RUNS.quick_run(experiments[index])


def show_under_player(
    visit: Visit, comparison: RunComparison, histories: list[History | None], trained: list[History]
) -> None:
    """The charts under the player, and the answers at its epoch."""
    comparison.show(trained, visit)
    longest = comparison.visit.run.history
    if longest is None:
        return
    axis = EpochAxis(int(longest.epochs[-1]), comparison.visit.view.has_log_axis)
    show_charts(comparison.visit, histories, longest, axis)
    show_answers(comparison.visit.view, histories)
