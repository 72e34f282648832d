"""Files bring a table or an experiment onto the page and take them away; what is opened is shown before it replaces."""

from functools import partial

import streamlit as st
from streamlit.typing import UploadedFile

from engine import Experiment, History
from engine.serialization.json_format import to_json
from pages.reading.sheets.decoding import MOST_MEGABYTES
from pages.state.url import fits_in_url, is_table_lost, url_parameters
from pages.state.visit import Visit
from pages.state.widget_values import widget_value
from pages.widgets.files.exports import history_csv, table_csv
from pages.widgets.files.file_preview import show_file_preview

FILE_TYPES = ["csv", "tsv", "txt", "json"]


def show_files(visit: Visit) -> None:
    """A popover: a place to drop a file on, and three files to take away."""
    key = f"files dropped {visit.file_drops}"
    with st.popover(
        "Files",
        icon=":material/folder_open:",
        key=f"files {visit.file_drops}",
        help="Open a table or an experiment; save what is here.",
    ):
        if visit.link.restrictions.fixed_parts:
            st.caption(
                "Whoever made this link has fixed parts of the page for a lesson. You can save files here; to open "
                "one, ask them for a link with nothing fixed."
            )
        else:
            st.file_uploader(
                "Open a table (CSV, TSV) or an experiment (JSON)",
                FILE_TYPES,
                max_upload_size=MOST_MEGABYTES,
                key=key,
                on_change=lambda: visit.take_file(widget_value(key, UploadedFile)),
                help="You see what is in the file, and choose its targets, before it replaces anything.",
            )
        show_downloads(visit)
    if visit.dropped_file is not None:
        show_file_preview(visit, visit.dropped_file)


def show_too_large(visit: Visit) -> None:
    """Words where the address cannot hold what is on the page, with its file; or where it could not, and it is gone."""
    if is_table_lost(visit):
        st.warning(
            "The table of this page was too large for its address, so it is not here: open it from the file that it "
            "was saved in, under Files.",
            icon=":material/link_off:",
        )
    elif not fits_in_url(url_parameters(visit)):
        with st.container(border=True, gap="small"):
            st.markdown(
                ":material/link_off: This experiment is too large for the page's address: this tab keeps it, **a link "
                "does not bring it.** Save it as a file, which *Files* opens again."
            )
            download_button(
                "Save as JSON", "experiment.json", "application/json", partial(json_bytes, visit.run.wanted), "large"
            )


def show_downloads(visit: Visit) -> None:
    """Three downloads, each written when it is asked for, and none of them a reason to run the page again."""
    with_comma = st.toggle(
        "Decimal commas",
        key="files comma",
        help="Writes 0,5 with semicolons between, as spreadsheets in much of Europe read it.",
    )
    now = visit.run.wanted
    download_button("Table as CSV", "table.csv", "text/csv", partial(table_csv, now, with_comma))
    download_button("Experiment as JSON", "experiment.json", "application/json", partial(json_bytes, now))
    if visit.run.history:
        download_button(
            "History as CSV", "history.csv", "text/csv", partial(history_csv, visit.run.history, with_comma)
        )
        st.caption(history_words(visit.run.history))
        if visit.run.history.experiment != now:
            st.caption("The history is of the run in the pictures; train to have that of the new settings.")
    st.caption("The table and its settings as they last could be trained, with every digit that they have.")


def history_words(history: History) -> str:
    """How many epochs are in a history, and which."""
    number = len(history.epochs)
    if number == history.epochs[-1] + 1:
        return f"{number} epochs, from 0 on every one."
    return f"{number} epochs, log-spaced: close together at first, where most happens, then ever wider apart."


def download_button(label: str, name: str, mime: str, data: partial[bytes], place: str = "save") -> None:
    """One download; `place` is what tells it from another of the same file."""
    st.download_button(
        label, data, name, mime, key=f"{place} {name}", icon=":material/download:", on_click="ignore", width="stretch"
    )


def json_bytes(experiment: Experiment) -> bytes:
    """An experiment as the bytes of a JSON file."""
    return to_json(experiment).encode()
