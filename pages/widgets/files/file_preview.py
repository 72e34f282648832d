"""What comes in is previewed before it replaces anything: a file that was dropped, or whatever else is a text."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st
from streamlit.typing import UploadedFile

from engine import Experiment, ExperimentError
from engine.data.presets import preset_of
from engine.model.validation import short_repr
from engine.serialization.json_format import from_json
from pages.reading.edited_table import EditedTable
from pages.reading.sheets.decoding import clean_text, decode_text
from pages.state.visit import Visit
from pages.widgets.files.table_preview import preview_table, show_first_rows
from pages.widgets.frame.markdown import escape_markdown


@dataclass(frozen=True, slots=True)
class Source:
    """Something that may become the page's table, or its experiment."""

    name: str  # where it comes from, in words: a quoted file name, the clipboard
    key: str  # tells it from everything else that came in during the visit
    content: bytes | str  # a file's bytes, or a text
    is_table: bool = True  # or the JSON of an experiment

    def text(self) -> tuple[str, tuple[str, ...]]:
        """Its text, and a note where letters were guessed; ExperimentError where it is none."""
        return decode_text(self.content) if isinstance(self.content, bytes) else (clean_text(self.content), ())


def show_file_preview(visit: Visit, file: UploadedFile) -> None:
    """A dialog about a file that was dropped on the page."""
    is_table = not file.name.lower().endswith(".json")
    show_preview(
        visit, Source(short_repr(file.name), file.file_id, file.getvalue(), is_table), "Open a file", visit.dismiss_file
    )


def show_preview(visit: Visit, source: Source, title: str, dismiss: Callable[[], None]) -> None:
    """A dialog about something that came in; `dismiss` forgets it, whether it was taken or not."""

    @st.dialog(title, width="large", on_dismiss=dismiss)
    def ask() -> None:
        line = st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center")
        line.caption(escape_markdown(source.name), width="content")
        try:
            text, notes = source.text()
            if source.is_table:
                experiment, note = preview_table(visit, source.key, text, notes)
            else:
                experiment, note = preview_experiment(text), ""
        except ExperimentError as error:
            st.error(escape_markdown(str(error)), icon=":material/info:")
            st.caption("Nothing on the page has changed.")
            return
        words = "Use this table" if source.is_table else "Open this experiment"
        if line.button(words, type="primary", key=f"use {source.key}"):
            visit.load(experiment, preset_of(experiment), note)
            dismiss()
            st.rerun()

    ask()


def preview_experiment(text: str) -> Experiment:
    """The experiment in a file, its size in words and its first rows."""
    e = from_json(text)
    sizes = ", ".join(map(str, (len(e.input_names), *e.hidden, len(e.target_names))))
    st.markdown(f"{len(e.inputs):,} rows, a network of {sizes} and {e.epochs:,} epochs.")
    show_first_rows(EditedTable.from_experiment(e))
    return e
