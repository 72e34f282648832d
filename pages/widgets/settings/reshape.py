"""Changes of the network's shape, with a message if start weights set by hand are lost."""

import streamlit as st

from pages.reading.edited_table import EditedTable
from pages.state.visit import Visit


def reshape_network(visit: Visit, table: EditedTable | None = None, **settings: object) -> None:
    """Change the table or these settings; start weights set by hand that no longer fit are dropped, with a message."""
    if visit.reshape(table, **settings):
        st.toast("The start weights set by hand went: they are drawn from the seed again.", icon=":material/info:")
