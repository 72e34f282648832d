"""The component of tab storage: it gives the tab a query to keep, and asks for it again."""

from pathlib import Path

import streamlit as st

from pages.state.tab_storage import query_to_keep, restore_from_tab
from pages.state.visit import current_visit
from pages.state.widget_values import component_value

JS = Path(__file__).with_name("tab_storage.js").read_text(encoding="utf-8")
KEY = "keeping"


def store_in_tab() -> None:
    """Have the tab keep the query if it is too long for an address; called after `write_url`."""
    query = query_to_keep(current_visit())
    if query is not None:
        mount_tab_storage(query)


def show_restoring() -> None:
    """The whole page until the tab has answered: any change made before would be overwritten."""
    mount_tab_storage("")
    st.markdown("Bringing your table back: it is too large for an address, and this tab has kept it.")
    st.button("Go on without it", on_click=current_visit().link.stop_restoring)


def mount_tab_storage(query: str) -> None:
    """Give the tab a query to keep; "" asks for the one it has."""
    mount = st.components.v2.component("glassbox_keeping", js=JS)
    mount(key=KEY, data={"link": query}, on_kept_change=lambda: restore_from_tab(component_value(KEY, "kept", str)))
