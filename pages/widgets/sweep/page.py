"""The page Sweep: what is tried, Start and Stop, and what came of it."""

from functools import partial

import streamlit as st

from engine import Experiment
from pages.charts.style.format import count_words, list_first
from pages.reading.edited_table import settings_of
from pages.state.comparison.sweep_choice import SEED_COUNTS, SweepChoice, current_sweep
from pages.state.visit import Visit
from pages.widgets.frame.colors import follow_scheme
from pages.widgets.frame.markdown import escape_markdown
from pages.widgets.frame.run_page import RunPage
from pages.widgets.settings.select_boxes import select_options
from pages.widgets.settings.settings_line import settings_line
from pages.widgets.sweep.axis_controls import show_axis
from pages.widgets.sweep.results import show_results


def show_sweep(page: RunPage) -> None:
    """Draw the page."""
    visit, choice = page.visit, current_sweep()
    choice.update()
    follow_scheme()
    st.markdown("# Which settings learn, and which were only lucky?")
    st.markdown(
        "One run proves little: from another seed, and so from other start weights, training may end elsewhere. Here "
        "the network of the Playground is trained again for each value of one setting, or of two, from several seeds "
        "each time. That makes a map; a click on one of its cells shows the runs behind it."
    )
    st.markdown(f"Now on the Playground: {network_words(visit.run.wanted)}")
    if not visit.run.is_refused:
        page.message = None  # that a run waits for Train: a sweep does not, and has no such button
    page.show_status()
    with st.container(border=True):
        across, up = choice.axes
        show_axis(visit, across, "across", "Setting, left to right")
        show_axis(visit, up, "up", "Setting, bottom to top")
        show_start(visit, choice)
    if choice.refusal:
        st.warning(escape_markdown(choice.refusal), icon=":material/info:")
    if choice.result and choice.result.experiment != visit.run.wanted:
        st.caption(
            f"The network on the Playground has changed since. This map is of {network_words(choice.result.experiment)}"
        )
    if choice.result:
        show_results(visit, choice)


def network_words(e: Experiment) -> str:
    """Which table and which network are swept."""
    columns = escape_markdown(f"{list_first(e.input_names)} → {list_first(e.target_names)}")
    return f"{count_words(len(e.inputs), 'row')} ({columns}); {settings_line(settings_of(e), len(e.target_names))}."


def show_start(visit: Visit, choice: SweepChoice) -> None:
    """The seeds behind a cell, and Start, which becomes Stop while something is in training."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        st.selectbox(
            "Seeds behind each cell",
            width=200,
            help="How often each cell is trained, each time from other start weights. With 1, from the Playground's.",
            **select_options(
                "sweep seeds",
                str(choice.seeds),
                map(str, SEED_COUNTS),
                lambda text: choice.choose_seeds(int(text)),
            ),
        )
        if choice.is_training:
            st.button("Stop", key="stop sweep", type="primary", icon=":material/stop:", on_click=choice.stop)
        else:
            st.button(
                "Start",
                key="start sweep",
                type="primary",
                icon=":material/play_arrow:",
                on_click=partial(choice.start, visit.run.wanted),
                help=f"Each network is trained for {count_words(visit.run.wanted.epochs, 'epoch')}.",
            )
