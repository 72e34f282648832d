"""A rerun after reconnecting, for a page that has outlived its connection or its server."""

from datetime import timedelta

import streamlit as st


@st.fragment(run_every=timedelta(days=1))
def rerun_after_reconnect() -> None:
    """A fragment that does nothing, once a day: it only has to have `run_every`.

    After reconnecting, the front end reruns the page only if a fragment on it has `run_every`
    (https://github.com/streamlit/streamlit/pull/11890; pull request 15909 changes that). Without the rerun, a restarted
    server would first hear of the page by an edit, to a table it has never seen.
    """
