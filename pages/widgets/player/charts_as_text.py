"""The charts as text: what they show in words, and their numbers at a few epochs as a table."""

from collections.abc import Iterable, Sequence

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from engine import History
from pages.charts.canvas.alt_text import answer_alt_text
from pages.charts.history.alt_text import alt_texts, value_table
from pages.widgets.frame.markdown import escape_markdown


def show_charts_as_text(
    history: History, charts: Sequence[str], row: int, cursor: int | None, has_answer: bool = False
) -> None:
    """An expander with the named charts as text, and the answer's picture; it is computed only when opened."""
    place = expand_as_text()
    if place is None:
        return
    heads, rows = value_table(history, charts, cursor)
    with place:
        texts = list(alt_texts(history, charts, row).values())
        if has_answer:
            texts.insert(1, answer_alt_text(history))
        write_texts(texts)
        if rows:
            st.table(
                pd.DataFrame([(escape_markdown(name), *numbers) for name, *numbers in rows], columns=list(heads)),
                hide_index=True,
                border="horizontal",
                alt="The numbers of the charts at the moments that matter",
            )


def expand_as_text() -> DeltaGenerator | None:
    """The expander for the charts as text; None while it is closed."""
    place = st.expander("These charts in words and numbers", key="in words", on_change="rerun")
    return place if place.open else None


def write_texts(texts: Iterable[str]) -> None:
    """What each chart shows, as a list."""
    st.markdown("\n".join(f"- {escape_markdown(sentences)}" for sentences in texts))
