"""The entry script: page config, navigation, the page itself, and the visit written into the address."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read when NumPy is imported; threads only slow small products down

import streamlit as st

from pages.private_api.reconnect import rerun_after_reconnect
from pages.private_api.style import style
from pages.server.page_lock import PAGE_LOCK
from pages.server.process import tune_process
from pages.state.url import open_visit, write_url
from pages.widgets.frame.icon import ICON
from pages.widgets.frame.projector import projector_controls
from pages.widgets.frame.share import share_button
from pages.widgets.frame.tab_component import mount_tab
from pages.widgets.frame.tab_storage_component import show_restoring, store_in_tab
from pages.widgets.playground.operations import take_operations
from pages.widgets.table.paste import take_paste


def main() -> None:
    """Run the page when it has its turn."""
    with PAGE_LOCK.page():
        show_frame()


def show_frame() -> None:
    """The current page, with what every page has around it."""
    # Before st.navigation: a new tab would otherwise take the first page's icon, and fetch it from a Google server.
    st.set_page_config(page_icon=ICON, layout="wide")
    visit = open_visit()
    pages = [
        st.Page("pages/views/playground.py", title="Playground", icon=":material/experiment:", default=True),
        st.Page("pages/views/step.py", title="Step by step", icon=":material/footprint:"),
        st.Page("pages/views/activations.py", title="Activations", icon=":material/show_chart:"),
        st.Page("pages/views/compare.py", title="Compare", icon=":material/compare_arrows:"),
        st.Page("pages/views/surface.py", title="Surface", icon=":material/landscape:"),
        st.Page("pages/views/sweep.py", title="Sweep", icon=":material/grid_on:"),
        st.Page("pages/views/learn.py", title="Learn", icon=":material/school:"),
        st.Page("pages/views/code.py", title="Code", icon=":material/code:"),
        st.Page("pages/views/about.py", title="About", icon=":material/info:"),
    ]
    page = st.navigation(pages, position="top")
    st.set_page_config(page_title=f"Glassbox · {page.title}")
    visit.turn_to(page.url_path)
    st.html(style("page"))
    rerun_after_reconnect()
    mount_tab(visit, take_paste, take_operations)
    if visit.link.is_restoring:
        show_restoring()
    else:
        projector_controls(visit, pages)
        share_button(visit, pages, page)
        page.run()
        write_url()
        store_in_tab()
    tune_process()


if __name__ == "__main__":
    main()
