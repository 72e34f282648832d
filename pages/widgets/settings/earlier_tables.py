"""Other rows from some epoch on: what was trained on until then stays, and what is typed comes after it."""

import streamlit as st

from pages.reading.typed_changes import write_earlier_tables
from pages.state.visit import Visit


def show_earlier_tables(visit: Visit, is_locked: bool) -> None:
    """What was trained on before the table, and the button that forgets it; nothing where nothing was."""
    tables = visit.draft.settings["earlier_tables"]
    if not tables:
        return
    line = st.container(horizontal=True, vertical_alignment="center", gap="small")
    line.caption(f"It learns {write_earlier_tables(tables)}, then this table.", width="content")
    line.button(
        "Learn only this table",
        disabled=is_locked,
        help="From the first epoch on, as if there had been no other.",
        on_click=lambda: visit.draft.change(earlier_tables=()),
    )


def begin_other_table(visit: Visit, last: int) -> None:
    """Keep the rows trained on now as those until an epoch; from there on it is what the table becomes."""
    e = visit.run.wanted
    now, targets = e.table_after(last - 1), dict(zip(e.labelled_rows, e.labelled_targets, strict=True))
    rows = (now.inputs, now.labelled_targets)
    if now is e:
        rows = tuple(e.inputs[row] for row in e.train_rows), tuple(targets[row] for row in e.train_rows)
    kept = [table for table in e.earlier_tables if table[0] < last]
    if kept and kept[-1][1:] == rows:  # they have not changed since
        kept.pop()
    visit.draft.change(earlier_tables=(*kept, (last, *rows)))
    st.toast(
        f"Now change the table. Until epoch {last:,} the network learns the rows of now ({len(rows[0]):,}), after that "
        "those of the changed table.",
        icon=":material/info:",
    )
