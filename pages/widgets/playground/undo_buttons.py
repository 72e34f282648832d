"""The buttons Undo and Redo, for every change of the table and the settings."""

import streamlit as st

from pages.state.visit import Visit


def show_undo_buttons(visit: Visit) -> None:
    """The two buttons. Their keys do nothing in a field or an open cell, which have an undo of their own."""
    st.button(
        "",
        key="undo",
        icon=":material/undo:",
        shortcut="Mod+Z",
        disabled=not visit.undo_stack.past,
        on_click=visit.undo,
        help="Undo the last change of the table or the settings.",
    )
    st.button(
        "",
        key="redo",
        icon=":material/redo:",
        shortcut="Mod+Shift+Z",
        disabled=not visit.undo_stack.future,
        on_click=visit.redo,
        help="Redo what was undone.",
    )
