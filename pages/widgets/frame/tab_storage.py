"""What is too large for any address is kept by the visitor's own tab, and brought back to a server that has lost it."""

from functools import partial
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from pages.state.url import address, arrives, bench, is_lost, opened, sign

JS = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
KEY = "keeping"


def keep() -> None:
    """Have the tab keep the query that no address could hold; called where the address has just been written."""
    found = bench()
    parameters = address(found)
    if not is_lost(found) and not arrives(parameters):
        ask(urlencode(parameters))


def ask_back() -> None:
    """All that is on the page until the tab has said what it kept: what is changed meanwhile would be in its way."""
    ask("")
    st.markdown("Bringing your table back: it is too large for an address, and this tab has kept it.")
    st.button("Go on without it", on_click=partial(setattr, bench(), "awaits", False))


def ask(link: str) -> None:
    """Give the tab a link to keep, or ask for the one that it has."""
    mount = st.components.v2.component("glassbox_keeping", js=JS)
    mount(key=KEY, data={"link": link}, on_kept_change=lambda: reopen(st.session_state[KEY].get("kept")))


def reopen(query: object) -> None:
    """Open what a tab has kept, if that is what the address stands for; the page stays where it is, and its locks."""
    lost = bench()
    lost.awaits = False
    if isinstance(query, str) and is_lost(lost):
        found = opened(dict(parse_qsl(query, keep_blank_values=True)))
        if sign(found) == lost.lost:
            found.handout, found.awaits = lost.handout, False
            found.turn_to(lost.page)
            st.session_state.bench = found
