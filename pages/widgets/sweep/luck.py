"""Is it luck? The fan of the run on the page, in an expander that trains it when it is opened."""

import streamlit as st

from pages.server.page_lock import PAGE_LOCK
from pages.state.comparison.seed_fan import SeedFan, current_fan
from pages.state.visit import Visit
from pages.widgets.frame.markdown import escape_markdown
from pages.widgets.sweep.fan import show_fan
from pages.widgets.sweep.progress import POLL_SECONDS, show_progress


def show_luck(visit: Visit) -> None:
    """The expander; what is typed but cannot be trained has no fan."""
    place = st.expander("Is it luck? The same from 256 seeds", key="luck", on_change="rerun")
    if not place.open:
        return
    fan = current_fan()
    with PAGE_LOCK.lend():
        fan.want(visit.run.wanted)
    with place:
        if fan.result is None:
            st.warning(escape_markdown(fan.refusal), icon=":material/info:")
            return
        fan.result.update()
        poll = None if fan.result.has_ended else POLL_SECONDS
        st.fragment(draw_luck, run_every=poll)(visit, fan, fan.result.has_ended)


def draw_luck(visit: Visit, fan: SeedFan, had_ended: bool) -> None:
    """The fan as far as it is trained."""
    result, run = fan.result, visit.run
    if result is None:
        return
    result.update()
    if result.has_ended != had_ended:
        st.rerun()
    show_progress(result)
    if run.wanted.initial_weights:
        st.caption("The start weights typed by hand belong to the run on the page alone: all others are drawn.")
    belongs = run.is_finished and run.wanted == result.experiment
    show_fan(visit, result, run.history if belongs else None)
