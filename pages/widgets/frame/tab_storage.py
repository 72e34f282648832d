"""What is too large for any address is kept by the visitor's own tab, and brought back to a server that has lost it."""

from functools import partial
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from pages.state.url import bench, fingerprint, fits_in_url, is_table_lost, read_url, url_parameters

JS = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
KEY = "keeping"


def store_in_tab() -> None:
    """Have the tab keep the query that no address could hold; called where the address has just been written."""
    found = bench()
    parameters = url_parameters(found)
    if not is_table_lost(found) and not fits_in_url(parameters):
        mount_tab_storage(urlencode(parameters))


def show_restoring() -> None:
    """All that is on the page until the tab has said what it kept: what is changed meanwhile would be in its way."""
    mount_tab_storage("")
    st.markdown("Bringing your table back: it is too large for an address, and this tab has kept it.")
    st.button("Go on without it", on_click=partial(setattr, bench(), "awaits", False))


def mount_tab_storage(link: str) -> None:
    """Give the tab a link to keep, or ask for the one that it has."""
    mount = st.components.v2.component("glassbox_keeping", js=JS)
    mount(key=KEY, data={"link": link}, on_kept_change=lambda: restore_from_tab(st.session_state[KEY].get("kept")))


def restore_from_tab(query: object) -> None:
    """Open what a tab has kept, if that is what the address stands for; the page stays where it is, and its locks."""
    lost = bench()
    lost.awaits = False
    if isinstance(query, str) and is_table_lost(lost):
        found = read_url(dict(parse_qsl(query, keep_blank_values=True)))
        if fingerprint(found) == lost.lost:
            found.handout, found.awaits = lost.handout, False
            found.turn_to(lost.page)
            st.session_state.bench = found
