"""A file is previewed before it replaces anything: what is in it, how it was read, and which columns are targets."""

from functools import partial

import pandas as pd
import streamlit as st
from streamlit.typing import UploadedFile

from engine import Experiment, ExperimentError
from engine.model.validation import short_repr
from engine.serialization.json_format import from_json
from pages.reading.column_roles import Selection, classes, countable, numeric, suggested, table_of, usable
from pages.reading.csv_cells import value
from pages.reading.csv_columns import Sheet, read
from pages.reading.csv_text import Layout, decoded, guessed
from pages.reading.fit_network import suited
from pages.state.edited_table import Table, written
from pages.state.visit import Bench
from pages.widgets.frame.messages import plain
from pages.widgets.playground.presets import origin

SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab"}
DECIMALS = {".": "point, 0.5", ",": "comma, 0,5"}
FIRST_ROWS = 5


def file_preview(bench: Bench, file: UploadedFile) -> None:
    """A dialog about a file that was dropped on the page."""

    @st.dialog("Open a file", width="large", on_dismiss=partial(setattr, bench, "dropped", None))
    def ask() -> None:
        line = st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center")
        line.caption(plain(short_repr(file.name)), width="content")
        is_table = not file.name.lower().endswith(".json")
        try:
            text, notes = decoded(file.getvalue())
            experiment = choosing(bench, file.file_id, text, notes) if is_table else described(text)
        except ExperimentError as error:
            st.error(plain(str(error)), icon=":material/info:")
            st.caption("Nothing on the page has changed.")
            return
        words = "Use this table" if is_table else "Open this experiment"
        if line.button(words, type="primary", key=f"use {file.file_id}"):
            bench.preset = origin(experiment)
            bench.load(experiment)
            bench.dropped = None
            st.rerun()

    ask()


def described(text: str) -> Experiment:
    """The experiment in a file, its size in words and its first rows."""
    e = from_json(text)
    sizes = ", ".join(map(str, (len(e.input_names), *e.hidden, len(e.target_names))))
    st.markdown(f"{len(e.inputs):,} rows, a network of {sizes} and {e.epochs:,} epochs.")
    first_rows(Table.of(e))
    return e


def choosing(bench: Bench, file: str, text: str, notes: tuple[str, ...]) -> Experiment:
    """The table in a file as the visitor wants it read, as an experiment with the present settings."""
    layout = laid_out(file, guessed(text))
    sheet = read(text, layout)
    table, left_out = table_of(sheet, selected(f"{file} {layout}", sheet, suggested(sheet, bench.table)))
    first_rows(table)
    experiment, changed = suited(table, bench.settings)
    if changed:
        notes = (*notes, f"To suit these targets: {changed}. All other settings stay.")
    numbers = [name for name in sheet.names if isinstance(value(name, layout.decimal), float)]
    if layout.header and 0 < len(numbers) < len(sheet.names):
        notes = (*notes, f"The first row is taken for names, but {', '.join(numbers)} in it are numbers.")
    told = [f"- {plain(note)}" for note in (*notes, *sheet.notes, *left_out)]
    if told:
        st.markdown("\n".join(told))
    return experiment


def laid_out(file: str, guess: Layout) -> Layout:
    """How the file is laid out: the guess, or what the visitor says."""
    left, middle, right = st.columns(3, gap="small", vertical_alignment="bottom")
    with left:
        separator = mark("Between cells", SEPARATORS, guess.separator, f"separator {file}")
    with middle:
        decimal = mark("Decimals", DECIMALS, guess.decimal, f"decimal {file}")
    return Layout(separator, decimal, right.toggle("Names in the first row", guess.header, key=f"header {file}"))


def mark(title: str, words: dict[str, str], guess: str, key: str) -> str:
    """Which of these marks the file has: the guess, or what the visitor says."""
    marks = list(words)
    return st.selectbox(title, marks, marks.index(guess), format_func=lambda each: words[each], key=key)


def selected(file: str, sheet: Sheet, guess: Selection) -> Selection:
    """Which columns come out and which go in: the guess, or what the visitor says."""
    places = usable(sheet)
    targets = st.multiselect(
        "Targets, which the network learns to give",
        places,
        guess.targets,
        format_func=lambda at: sheet.names[at] if numeric(sheet, at) else f"{sheet.names[at]}, a column a class",
        key=f"targets {file}",
    )
    numbers = [at for at in places if numeric(sheet, at) and at not in targets]
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
        if countable(sheet, at)
        and st.toggle(
            f"{plain(sheet.names[at])}: {plain(', '.join(classes(sheet, at)))} are classes, a column each",
            key=f"spread {at} {file}",
        )
    ]
    return Selection(tuple(sorted(inputs)), tuple(sorted(targets)), tuple(spread))


def first_rows(table: Table) -> None:
    """The first rows as they will be on the page."""
    names = (*table.inputs, *(f"{name}: target" for name in table.targets))
    rows = [[written(cell) for cell in row] for row in table.rows[:FIRST_ROWS]]
    st.dataframe(pd.DataFrame(rows, columns=names).astype("str"), hide_index=True, alt="The first rows of the file")
    st.caption(f"The first {len(rows)} of {len(table.rows):,} rows.")
