"""The component on every page that has the tab keep the visitor's own tables, and keeps its history tidy for Back."""

from pathlib import Path

import streamlit as st

from pages.private_api.history import HISTORY_JS
from pages.state.own_tables import read_snapshots
from pages.state.visit import Visit
from pages.state.widget_values import component_value

JS = HISTORY_JS + Path(__file__).with_name("tab.js").read_text(encoding="utf-8")
KEY = "tab"


def mount_tab(visit: Visit) -> None:
    """Have the tab keep the visitor's own tables; those from before this visit are restored once."""
    own_tables = visit.own_tables

    def restore() -> None:
        own_tables.restore(read_snapshots(component_value(KEY, "tables", str)))

    data = {"began": str(visit.began), "tables": own_tables.to_text(), "restored": own_tables.is_restored}
    st.components.v2.component("glassbox_tab", js=JS)(key=KEY, data=data, on_tables_change=restore)
