"""The account of the chosen weight, and the Verify button with its report."""

import math
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from engine import Experiment, History
from engine.explanation.check import Check
from engine.explanation.ledger import Update
from engine.explanation.verify import Verification, verify
from engine.model.weight_index import WeightIndex
from pages.charts.style.format import format_plain
from pages.charts.update.layer_view import Focus
from pages.charts.update.weight_account import weight_account
from pages.server.cache_key import HASH_BY_TEXT
from pages.state.view import View
from pages.widgets.frame.markdown import escape_markdown

BLANK = "*\u200b*"
"""An empty cell, which page.css tells from others by its emphasis: Streamlit puts a space where there is no text."""


def weight_name(history: History, focus: Focus) -> str:
    """The name of the chosen weight: x1 → y1."""
    return focus.weight.name(history.experiment)


def show_weight_account(history: History, update: Update, focus: Focus) -> None:
    """Each row's product of error, slope and input, their sum, the change, and the new weight."""
    found = weight_account(history.experiment, update, focus)
    st.markdown(f"**The weight {escape_markdown(weight_name(history, focus))}**")
    st.caption("What every row contributes, added up to the gradient; then the step that the optimizer takes.")
    with st.container(key="account-rows"):
        show_table(found.heads, found.rows)
    show_table(("what", "how", "number"), [(line.name, line.how, line.number) for line in found.lines])


def show_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A plain table; its last row, the result, is bold."""
    *others, last = ([escape_markdown(cell) if cell else BLANK for cell in row] for row in rows)
    bold = [cell if cell == BLANK else f"**{cell}**" for cell in last]
    st.table(pd.DataFrame([*others, bold], columns=list(heads)), hide_index=True, border="horizontal")


def show_verification(view: View, history: History, update: Update, focus: Focus, epoch: int) -> None:
    """The Verify button and, if it was pressed for this update, the report."""
    this = (history.experiment, epoch, update.number)
    st.button(
        "Verify these numbers",
        icon=":material/fact_check:",
        on_click=lambda: view.verify(this),
        help="Outputs worked out again from the weights shown, gradients measured by moving each weight a little, "
        "changes made again by the optimizer's rule.",
    )
    if view.verified == this:
        show_report(cached_verification(history.experiment, epoch, update.number, focus.weight, update))


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs=HASH_BY_TEXT)
def cached_verification(
    experiment: Experiment, epoch: int, number: int, chosen: WeightIndex, _update: Update
) -> Verification:
    """The verification of an update, cached."""
    return verify(_update, experiment, chosen)


def recomputed_text(check: Check) -> str:
    """The recomputed number, or why there is none to compare with."""
    if check.is_measured:
        return format_plain(check.recomputed, 12)
    return "too imprecise" if math.isfinite(check.recomputed) else "too large"


def show_report(found: Verification) -> None:
    """The verdict, and both numbers of every check, failures first."""
    checks = sorted(found.checks, key=lambda check: (check.ok, check.is_measured))
    if not found.agrees:
        st.error(escape_markdown(found.summary), icon=":material/error:")
    elif checks[0].is_measured:
        st.success(escape_markdown(found.summary), icon=":material/check_circle:")
    else:
        st.info(escape_markdown(found.summary), icon=":material/info:")
    with st.expander("Both numbers of every check", expanded=not found.agrees):
        st.dataframe(
            pd.DataFrame(
                {
                    "": ["WRONG" if not check.ok else "agree" if check.is_measured else "not told" for check in checks],
                    "what": [check.name for check in checks],
                    "shown": [format_plain(check.shown, 12) for check in checks],
                    "worked out again": [recomputed_text(check) for check in checks],
                }
            ),
            hide_index=True,
            key="checks",
            alt="Every number that was checked: as it is shown, and as it was worked out again",
        )
