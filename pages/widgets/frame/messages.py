"""Messages say what is in the way. They may quote what somebody typed, so nothing in them is taken as markup."""

import re

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.state.restrictions import WAY_OUT
from pages.state.visit import Bench


def show_messages(bench: Bench, message: str | None, place: DeltaGenerator) -> None:
    """What is wrong with the table or the settings, and, until they change, what was wrong with the link."""
    if message:
        place.warning(escape_markdown(message), icon=":material/info:")
    if bench.notices and bench.wanted == bench.opened:
        parts = "\n".join(f"- {escape_markdown(notice)}" for notice in bench.notices)
        st.warning(f"Parts of the link could not be understood and were left out:\n{parts}", icon=":material/link_off:")


def show_lesson_note(bench: Bench) -> None:
    """That a lesson's link has put something away, and the way out."""
    if bench.handout.hidden or bench.handout.locked:
        st.caption(f":material/school: This is a lesson's link: parts of the page are hidden or locked. {WAY_OUT}")


def escape_markdown(text: str) -> str:
    """Text in which no character means anything to Markdown, LaTeX or Streamlit's own markup, and nothing is a link.

    A backslash takes a character's meaning away; an invisible word joiner (U+2060) keeps addresses from becoming links.
    """
    escaped = re.sub(r"([\\`*_{}\[\]<>$~|#])", r"\\\1", " ".join(text.split()))
    return re.sub(r"(:(?=\S)|@|\bwww(?=\.))", "\\1\u2060", escaped)
