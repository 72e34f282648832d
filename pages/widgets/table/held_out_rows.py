"""Rows are held out of training: a share of them at random, all, none, or one by one in the grid."""

import streamlit as st

from engine import ExperimentError
from engine.data.held_out import choose_test_rows
from pages.reading.cells import read_share, read_whole_number
from pages.state.bound_widget import bind
from pages.state.visit import Visit
from pages.state.widget_values import widget_value

SHARE_KEY, SEED_KEY = "held-out share", "held-out seed"
USUAL_SHARE, USUAL_SEED = "20%", "1"


def show_held_out_rows(visit: Visit) -> None:
    """A switch for the boxes in the grid, and buttons that tick them."""
    holds = visit.draft.holds_rows_out
    st.toggle(
        "Hold rows out of training",
        holds,
        help="Adds a column of boxes: the ticked rows are tested, not trained on.",
        **bind("holding", holds, visit.draft.hold_rows_out),
    )
    if not holds:
        return
    table = visit.draft.table
    rows, held = len(table.rows), sum(table.held_out)
    st.caption(f"{held:,} of {rows:,} {'row is' if rows == 1 else 'rows are'} held out.")
    line = st.container(horizontal=True, gap="small", vertical_alignment="bottom")
    line.text_input("Share", USUAL_SHARE, key=SHARE_KEY, width=90, help="Of the rows with targets; of each class.")
    line.text_input("Seed", USUAL_SEED, key=SEED_KEY, width=90, help="Another seed, other rows.")
    line.button("Choose at random", on_click=lambda: hold_out_share(visit))
    line.button("All", key="hold out all", on_click=lambda: visit.draft.hold_out(range(rows)))
    line.button("None", key="hold out none", on_click=lambda: visit.draft.hold_out(()))


def hold_out_share(visit: Visit) -> None:
    """Tick a share of the rows at random; what is no share or no seed is told."""
    table = visit.draft.table
    share = read_share(widget_value(SHARE_KEY, str) or USUAL_SHARE).value
    seed = read_whole_number(widget_value(SEED_KEY, str) or USUAL_SEED).value
    try:
        if share is None or seed is None or not seed.is_integer() or not 0 <= seed < 2**32:
            raise ExperimentError("test_rows", "Type a share such as 20%, and a whole number for the seed.")
        visit.draft.hold_out(choose_test_rows([row[len(table.inputs) :] for row in table.rows], share, int(seed)))
    except ExperimentError as error:
        st.toast(str(error), icon=":material/info:")
