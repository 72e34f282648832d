"""Messages say what is in the way. They may quote what somebody typed, so nothing in them is taken as markup."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.state.restrictions import WAY_OUT
from pages.state.visit import Visit
from pages.widgets.frame.markdown import escape_markdown


def show_messages(visit: Visit, message: str | None, place: DeltaGenerator) -> None:
    """What is wrong with the table or the settings, and, until they change, what was wrong with the link."""
    if message:
        place.warning(escape_markdown(message), icon=":material/info:")
    if visit.link.notices and visit.run.wanted == visit.link.opened:
        parts = "\n".join(f"- {escape_markdown(notice)}" for notice in visit.link.notices)
        st.warning(f"Parts of the link could not be understood and were left out:\n{parts}", icon=":material/link_off:")


def show_lesson_note(visit: Visit) -> None:
    """That a lesson's link has put something away, and the way out."""
    restrictions = visit.link.restrictions
    if restrictions.hidden or restrictions.locked:
        st.caption(f":material/school: This is a lesson's link: parts of the page are hidden or locked. {WAY_OUT}")
