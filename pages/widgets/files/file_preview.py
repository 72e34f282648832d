"""A file is previewed before it replaces anything: what is in it, how it was read, and which columns are targets."""

import pandas as pd
import streamlit as st
from streamlit.typing import UploadedFile

from engine import Experiment, ExperimentError
from engine.data.presets import preset_of
from engine.model.validation import short_repr
from engine.serialization.json_format import from_json
from pages.reading.cells import cell_text
from pages.reading.column_roles import (
    ColumnRoles,
    class_names,
    is_numeric,
    make_table,
    may_be_classes,
    suggest_roles,
    usable_columns,
)
from pages.reading.csv_cells import read_value
from pages.reading.csv_columns import Sheet, read_sheet
from pages.reading.csv_text import Layout, decode_text, guess_layout
from pages.reading.edited_table import EditedTable
from pages.reading.fit_network import fit_network
from pages.state.visit import Visit
from pages.widgets.frame.markdown import escape_markdown

SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab"}
DECIMALS = {".": "point, 0.5", ",": "comma, 0,5"}
FIRST_ROWS = 5


def show_file_preview(visit: Visit, file: UploadedFile) -> None:
    """A dialog about a file that was dropped on the page."""

    @st.dialog("Open a file", width="large", on_dismiss=visit.dismiss_file)
    def ask() -> None:
        line = st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center")
        line.caption(escape_markdown(short_repr(file.name)), width="content")
        is_table = not file.name.lower().endswith(".json")
        try:
            text, notes = decode_text(file.getvalue())
            experiment = preview_table(visit, file.file_id, text, notes) if is_table else preview_experiment(text)
        except ExperimentError as error:
            st.error(escape_markdown(str(error)), icon=":material/info:")
            st.caption("Nothing on the page has changed.")
            return
        words = "Use this table" if is_table else "Open this experiment"
        if line.button(words, type="primary", key=f"use {file.file_id}"):
            visit.load(experiment, preset_of(experiment))
            visit.dismiss_file()
            st.rerun()

    ask()


def preview_experiment(text: str) -> Experiment:
    """The experiment in a file, its size in words and its first rows."""
    e = from_json(text)
    sizes = ", ".join(map(str, (len(e.input_names), *e.hidden, len(e.target_names))))
    st.markdown(f"{len(e.inputs):,} rows, a network of {sizes} and {e.epochs:,} epochs.")
    show_first_rows(EditedTable.from_experiment(e))
    return e


def preview_table(visit: Visit, file: str, text: str, notes: tuple[str, ...]) -> Experiment:
    """The table in a file as the visitor wants it read, as an experiment with the present settings."""
    layout = choose_layout(file, guess_layout(text))
    sheet = read_sheet(text, layout)
    table, left_out = make_table(
        sheet, choose_roles(f"{file} {layout}", sheet, suggest_roles(sheet, visit.draft.table))
    )
    show_first_rows(table)
    experiment, changed = fit_network(table, visit.draft.settings)
    if changed:
        notes = (*notes, f"To suit these targets: {changed}. All other settings stay.")
    numbers = [name for name in sheet.names if isinstance(read_value(name, layout.decimal), float)]
    if layout.header and 0 < len(numbers) < len(sheet.names):
        notes = (*notes, f"The first row is taken for names, but {', '.join(numbers)} in it are numbers.")
    told = [f"- {escape_markdown(note)}" for note in (*notes, *sheet.notes, *left_out)]
    if told:
        st.markdown("\n".join(told))
    return experiment


def choose_layout(file: str, guess: Layout) -> Layout:
    """How the file is laid out: the guess, or what the visitor says."""
    left, middle, right = st.columns(3, gap="small", vertical_alignment="bottom")
    with left:
        separator = choose_mark("Between cells", SEPARATORS, guess.separator, f"separator {file}")
    with middle:
        decimal = choose_mark("Decimals", DECIMALS, guess.decimal, f"decimal {file}")
    return Layout(separator, decimal, right.toggle("Names in the first row", guess.header, key=f"header {file}"))


def choose_mark(title: str, words: dict[str, str], guess: str, key: str) -> str:
    """Which of these marks the file has: the guess, or what the visitor says."""
    marks = list(words)
    return st.selectbox(title, marks, marks.index(guess), format_func=lambda each: words[each], key=key)


def choose_roles(file: str, sheet: Sheet, guess: ColumnRoles) -> ColumnRoles:
    """Which columns come out and which go in: the guess, or what the visitor says."""
    places = usable_columns(sheet)
    targets = st.multiselect(
        "Targets, which the network learns to give",
        places,
        guess.targets,
        format_func=lambda at: sheet.names[at] if is_numeric(sheet, at) else f"{sheet.names[at]}, a column a class",
        key=f"targets {file}",
    )
    numbers = [at for at in places if is_numeric(sheet, at) and at not in targets]
    inputs = st.multiselect(
        "Inputs, which it starts from",
        numbers,
        [at for at in numbers if at in (*guess.inputs, *guess.targets)],
        format_func=lambda at: sheet.names[at],
        key=f"inputs {targets} {file}",
    )
    spread = [
        at
        for at in targets
        if may_be_classes(sheet, at)
        and st.toggle(
            escape_markdown(f"{sheet.names[at]}: {', '.join(class_names(sheet, at))} are classes, a column each"),
            key=f"spread {at} {file}",
        )
    ]
    return ColumnRoles(tuple(sorted(inputs)), tuple(sorted(targets)), tuple(spread))


def show_first_rows(table: EditedTable) -> None:
    """The first rows as they will be on the page."""
    names = (*table.inputs, *(f"{name}: target" for name in table.targets))
    rows = [[cell_text(cell) for cell in row] for row in table.rows[:FIRST_ROWS]]
    st.dataframe(pd.DataFrame(rows, columns=names).astype("str"), hide_index=True, alt="The first rows of the file")
    st.caption(f"The first {len(rows)} of {len(table.rows):,} rows.")
