"""Messages about the table, the settings and the link. They quote what was typed, so they are escaped."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.state.visit import Visit
from pages.widgets.frame.markdown import escape_markdown


def show_messages(visit: Visit, message: str | None, place: DeltaGenerator) -> None:
    """Show what is wrong with the draft and, until the experiment changes, what was wrong with the link."""
    if message:
        first, *others = map(escape_markdown, message.splitlines())
        place.warning("\n".join([first, "", *(f"- {line}" for line in others)]).strip(), icon=":material/info:")
    if visit.link.notices and visit.run.wanted == visit.link.opened:
        parts = "\n".join(f"- {escape_markdown(notice)}" for notice in visit.link.notices)
        st.warning(f"Parts of the link could not be understood and were left out:\n{parts}", icon=":material/link_off:")


def show_lesson_note(visit: Visit) -> None:
    """Say that parts of the page are fixed. How a teacher frees them is in the README, not where pupils read."""
    restrictions = visit.link.restrictions
    if restrictions.hidden or restrictions.locked:
        st.caption(":material/school: This page belongs to a lesson: some parts of it are fixed.")
