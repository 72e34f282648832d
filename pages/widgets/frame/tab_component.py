"""What every page asks of its tab: the visitor's own tables kept, a tidy Back, what is done to the table, the key ?."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from pages.charts.canvas.javascript import without_comments
from pages.private_api.grid import GRID_JS, GRID_REST_JS
from pages.private_api.history import HISTORY_JS, LINKS_JS
from pages.state.own_tables import read_snapshots
from pages.state.url import fingerprint
from pages.state.visit import Visit
from pages.state.widget_values import component_value
from pages.widgets.frame.key_list import KEYS_TITLE

FIRST = (
    "replaceWithinPage(); holdLinks(); listenForPastes(); hideEditSigns(); keepLettersInGrid(); keepMouseFromGrid(); "
    "drawOutputsOverGrid();"
)
SCRIPT = f"<script>(() => {{ {without_comments(HISTORY_JS + LINKS_JS + GRID_JS)}{FIRST} }})();</script>"
"""Runs before the first grid is drawn, which a component's module does not. Streamlit takes a script with `<` before a
letter or a slash for an attack, and leaves it out."""

PARTS = ("key_list", "operations", "tab")
JS = without_comments(
    GRID_REST_JS + "".join(Path(__file__).with_name(f"{part}.js").read_text(encoding="utf-8") for part in PARTS)
).replace("KEYS_TITLE", KEYS_TITLE)
KEY = "tab"


@dataclass(frozen=True, slots=True)
class Paste:
    """A text pasted into an editable table, and the first cell that was selected there."""

    text: str
    key: str  # the table's key, as its class has it: "grid-1"
    row: int  # counted from 0
    column: int  # from 0, in the order in which the table shows its columns
    titles: tuple[tuple[int, str], ...] = ()  # of the columns in view, by their place in that order


def mount_tab(
    visit: Visit,
    take_paste: Callable[[Visit, Paste], None],
    take_operations: Callable[[Visit, object], None],
) -> None:
    """Have the tab keep the visitor's own tables; what it kept from before this visit began comes back once.

    So does what could not be trained yet when the page was loaded again: the address has what was there before.

    Operations on the table come as a list of those that it does not know to be applied: `applied` tells it. So none is
    lost where several come faster than the page runs, or while another page is opened.

    A grid that was there before the tab listened takes pastes by itself: it is made anew.
    """
    own_tables = visit.own_tables

    def restore() -> None:
        text = component_value(KEY, "tables", str)
        for snapshot in read_snapshots(text, fingerprint(visit)):
            visit.reopen(snapshot)
        visit.record_draft()  # or the list would have the table a second time
        own_tables.restore(read_snapshots(text))

    def paste() -> None:
        if told := read_paste(component_value(KEY, "paste", dict)):
            take_paste(visit, told)

    st.html(SCRIPT, unsafe_allow_javascript=True)
    data = {
        "began": str(visit.began),
        "tables": own_tables.to_text(0 if visit.draft.is_trainable else visit.draft.own_table, fingerprint(visit)),
        "restored": own_tables.is_restored,
        "applied": visit.draft.last_operation,
        "edition": visit.draft.edition,
    }
    st.components.v2.component("glassbox_tab", js=JS)(
        key=KEY,
        data=data,
        on_tables_change=restore,
        on_paste_change=paste,
        on_operations_change=lambda: take_operations(visit, component_value(KEY, "operations", list)),
        on_late_change=visit.draft.restart_grid,
        on_keys_change=lambda: visit.show_keys(True),
    )


def read_paste(told: object) -> Paste | None:
    """A paste as the tab tells it, or None for what is none: anybody can send something else."""
    match told:
        case {"text": str(text), "key": str(key), "row": int(row), "column": int(column), **rest}:
            titles = read_titles(rest.get("titles"))
            return Paste(text, key, row, column, titles) if min(row, column) >= 0 else None
    return None


def read_titles(told: object) -> tuple[tuple[int, str], ...]:
    """The places and titles of columns as the tab tells them."""
    titles = []
    for pair in told if isinstance(told, list) else ():
        match pair:
            case [int(at), str(title)]:
                titles.append((at, title))
    return tuple(titles)
