"""Projector mode: every page readable from the last row of a room, with the menu behind one button, and keys.

Pages are laid out for 1280x720, with no text below 24 pixels, and scale with the window.
"""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import streamlit as st

from pages.private_api.font_size import FONT_SIZE_JS
from pages.private_api.page_type import PageType
from pages.private_api.style import style
from pages.state.projector import Projector
from pages.state.visit import Visit
from pages.state.widget_values import component_value
from pages.widgets.frame.key_list import show_key_list

JS = FONT_SIZE_JS + Path(__file__).with_name("projector.js").read_text(encoding="utf-8")

KEYBOARD = "keyboard"
KEY_BUTTONS = {
    "n": "onward",
    "b": "backward",
    "r": "reveal",
    "s": "spotlight",
    "w": "weigh",
    "v": "curve",
    "h": "keys",
    "p": "leave",
}
"""From a key of the keyboard to the Streamlit key of the button it presses."""


def projector_controls(visit: Visit, pages: Sequence[PageType]) -> None:
    """The button that turns projector mode on; in projector mode the menu, the way out, and the keys."""
    show_key_list(visit)
    projector = visit.projector
    if projector is None:
        st.button(
            "Projector",
            key="project",
            icon=":material/present_to_all:",
            type="tertiary",
            shortcut="P",
            on_click=partial(visit.use_projector, Projector()),
            help="Everything large, for a wall. Key ? lists the keys.",
        )
        return
    st.html(style("projector"))
    with st.container(key="menu", horizontal=True, gap="small"):
        st.button("?", key="keys", on_click=partial(visit.show_keys, True), help="The keys. Key ? or H.")
        with st.popover("Menu", key=f"menu on {visit.page}"):  # another page's, so that it is closed there
            for page in pages:
                st.page_link(page)
            st.button("Share", key="share from menu", on_click=partial(visit.share, True))
        st.button("Leave", key="leave", on_click=partial(visit.use_projector, None), help="Key P.")
    mount = st.components.v2.component("glassbox_keys", js=JS)
    mount(
        key=KEYBOARD,
        data={"keys": KEY_BUTTONS, "factor": projector.scale},
        on_factor_change=lambda: projector.set_scale(component_value(KEYBOARD, "factor", object)),
    )
