"""The Playground, outside projector mode: table, settings and diagnosis on the left, the run on the right."""

import streamlit as st

from pages.private_api.style import style
from pages.state.restrictions import LOCKABLE_PARTS, Restrictions
from pages.state.visit import Visit
from pages.widgets.compare.pins import show_pin_button
from pages.widgets.files.files import show_files, show_too_large
from pages.widgets.frame.markdown import escape_markdown
from pages.widgets.frame.messages import show_lesson_note
from pages.widgets.frame.run_page import RunPage
from pages.widgets.frame.train_button import show_train_button
from pages.widgets.player.run_charts import show_run_charts
from pages.widgets.playground.diagnosis_panel import show_diagnosis
from pages.widgets.playground.network_editor import network_editor
from pages.widgets.playground.presets import show_presets
from pages.widgets.playground.summary import show_summary
from pages.widgets.playground.undo_buttons import show_undo_buttons
from pages.widgets.settings.controls import show_controls, show_more_controls
from pages.widgets.settings.schedule import show_schedule
from pages.widgets.settings.settings_line import settings_line
from pages.widgets.sweep.luck import show_luck
from pages.widgets.table.columns import show_columns
from pages.widgets.table.generator import show_generator
from pages.widgets.table.grid import output_place, show_grid
from pages.widgets.table.paste import show_pasted_table


def show_playground(page: RunPage) -> None:
    """Draw the page."""
    visit, restrictions = page.visit, page.visit.link.restrictions
    left, right = st.container(key="settings beside charts").columns([0.38, 0.62], gap="medium")
    with left:
        st.markdown(f"# {title(restrictions)}")
        if restrictions.shows("presets"):
            show_presets(visit)
        columns = show_grid(visit) if restrictions.shows("table") else None
        with st.container(horizontal=True, gap="small"):
            show_train_button(visit)
            if len(restrictions.fixed_parts) < len(LOCKABLE_PARTS):
                show_undo_buttons(visit)
            if restrictions.shows("files"):
                show_files(visit)
            show_pasted_table(visit)
        if restrictions.allows_change("table"):
            show_columns(visit)
            show_generator(visit)
        show_lesson_note(visit)
        show_too_large(visit)
        page.show_status()
        show_opening_note(visit)
        remarks = st.container()
        with st.container(key="settings"):
            if restrictions.shows("controls"):
                line = settings_line(visit.draft.settings, len(visit.draft.table.targets))
                with st.expander(
                    escape_markdown(line), expanded=True, icon=":material/tune:", key="network and training"
                ):
                    show_controls(visit)
                show_schedule(visit)
            if restrictions.shows("more"):
                show_more_controls(visit)
    with right:
        show_refusal(visit)
        if visit.run.history:
            editor = network_editor(visit)
            table = output_place(visit, columns) if columns else None
            show_run_charts(visit, visit.run.history, on_canvas=True, editor=editor, table=table)
            show_summary(visit.view, visit.run.history, visit.run.is_requested)
            show_pin_button(visit)
            show_luck(visit)
    if restrictions.shows("advice"):
        show_diagnosis(visit, remarks)


def title(restrictions: Restrictions) -> str:
    """What there is to do on the page, of what a lesson's link leaves open."""
    if restrictions.allows_change("table"):
        return "Edit the table and watch a neuron learn"
    if restrictions.allows_change("controls"):
        return "Change the settings and watch a neuron learn"
    return "Press Train and watch a neuron learn"


def show_refusal(visit: Visit) -> None:
    """Above charts of a table that is not the typed one: that they are not, and the way out. The rest is dimmed."""
    with st.container(key="stage note"):
        if visit.run.is_refused:
            st.html(style("dimmed"))
            st.markdown(
                ":material/pause_circle: **What is typed cannot be trained yet.** Below is the last run before it: "
                "the message beside the table says what is missing, and *Undo* goes back."
            )


def show_opening_note(visit: Visit) -> None:
    """What was chosen for a table that has just been opened, and why; Undo beside it."""
    if visit.opening_note:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(escape_markdown(visit.opening_note), width="stretch")
            st.button("Undo", key="undo opening", icon=":material/undo:", on_click=visit.undo)
