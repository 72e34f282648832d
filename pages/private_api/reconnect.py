"""A page that outlived its connection, or its server, comes back by itself."""

from datetime import timedelta

import streamlit as st


@st.fragment(run_every=timedelta(days=1))
def rerun_after_reconnect() -> None:
    """Do nothing, once a day. It is there to be repeated.

    The browser asks for the page again when it is connected again, but only if something on the page repeats
    (https://github.com/streamlit/streamlit/pull/11890; pull request 15909 changes that). Otherwise a server that was
    started meanwhile would learn of this page with the first edit, which belongs to a table it has not seen.
    """
