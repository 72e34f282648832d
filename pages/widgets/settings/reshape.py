"""Changes of the network's shape, with a message if start weights set by hand, or what was frozen, are lost."""

import streamlit as st

from pages.reading.edited_table import EditedTable
from pages.state.visit import Visit

LOST = {
    "initial_weights": "The start weights set by hand went: they are drawn from the seed again.",
    "earlier_tables": "The rows learned before the table changed went: they have other columns. Undo brings them back.",
    "frozen": "Nothing is frozen any more: the network has other weights now.",
}


def reshape_network(visit: Visit, table: EditedTable | None = None, **settings: object) -> None:
    """Change the table or these settings; weights set by hand or frozen, which no longer fit, are said to be lost."""
    for name in visit.reshape(table, **settings):
        st.toast(LOST[name], icon=":material/info:")
