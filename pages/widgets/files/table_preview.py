"""A table that comes as text is shown as it was read, and every way of reading it that was guessed is a choice."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

import pandas as pd
import streamlit as st

from engine import Experiment
from pages.reading.cells import Decimal, cell_text, read_cell
from pages.reading.edited_table import EditedTable
from pages.reading.fit_network import describe_changes, fit_network
from pages.reading.sheets.column_roles import ColumnRoles, Missing, suggest_roles
from pages.reading.sheets.column_values import Coding, describe_coding, possible_codings
from pages.reading.sheets.columns import Sheet, read_sheet
from pages.reading.sheets.decoding import unfold_table
from pages.reading.sheets.layout import Layout, guess_layout
from pages.reading.sheets.table import make_table
from pages.state.visit import Visit
from pages.widgets.frame.markdown import escape_markdown

T = TypeVar("T", bound=str)

SEPARATORS = {
    ",": "comma",
    ";": "semicolon",
    "\t": "tab",
    "\t+": "tabs, any number",
    " ": "blanks, any number",
    "|": "upright line |",
}
DECIMALS: dict[Decimal, str] = {".": "point, 0.5", ",": "comma, 0,5"}
MIXED: dict[Decimal, str] = {"": "as each cell has it"}
MISSING: dict[Missing, str] = {
    "leave_out": "leave the row out",
    "fill": "fill in the mean, or the commonest word",
}
FIRST_ROWS = 5
MOST_BOXES = 6


def preview_table(visit: Visit, key: str, text: str, notes: Sequence[str]) -> tuple[Experiment, str]:
    """The table in a text as the visitor wants it read, as an experiment with the present settings.

    And in words what of those settings had to change, and why; "" for nothing.
    """
    sheet, layout = choose_reading(key, unfold_table(text))
    roles = choose_roles(f"{key} {layout}", sheet, suggest_roles(sheet, visit.draft.table))
    table, told = make_table(sheet, roles)
    show_first_rows(table)
    experiment, changed = fit_network_once(table, visit.draft.settings)
    if changed:
        notes = (*notes, changed)
    numbers = [name for name in sheet.names if read_cell(name).kind == "number"]
    if layout.header and 0 < len(numbers) < len(sheet.names):
        notes = (*notes, f"The first row is taken for names, but {', '.join(numbers)} in it are numbers.")
    lines = [f"- {escape_markdown(note)}" for note in (*notes, *sheet.notes, *told)]
    if lines:
        st.markdown("\n".join(lines))
    return experiment, changed


@st.cache_data(max_entries=20, show_spinner=False)
def fit_network_once(table: EditedTable, settings: Mapping[str, Any]) -> tuple[Experiment, str]:
    """The network for a table, which takes a moment to choose, for learning rates are tried; and what changed."""
    experiment, changed = fit_network(table, settings)
    return experiment, describe_changes(changed)


def choose_reading(key: str, text: str) -> tuple[Sheet, Layout]:
    """The columns of a text, and how it is laid out: as it was guessed, or as the visitor says."""
    left, middle, right = st.columns(3, gap="small", vertical_alignment="bottom")
    layout = guess_layout(text)
    with left:
        separator = choose("Between cells", SEPARATORS, layout.separator, f"separator {key}")
    if separator and separator != layout.separator:
        layout = guess_layout(text, separator)
    header = right.toggle("Names in the first row", layout.header, key=f"header {key} {separator}")
    layout = replace(layout, header=header, has_units=layout.has_units and header)
    sheet = read_sheet(text, layout)
    with middle:
        decimal = choose_decimal(sheet, f"decimal {key} {separator} {header}")
    read_with = None if sheet.question else sheet.decimal if sheet.is_mixed else sheet.decimal or "."
    if decimal is not None and decimal != read_with:
        layout = replace(layout, decimal=decimal)
        sheet = read_sheet(text, layout)
    return sheet, layout


def choose_decimal(sheet: Sheet, key: str) -> Decimal | None:
    """What parts decimals; where a cell may mean two numbers nothing is chosen until the visitor does."""
    if sheet.question is None:
        return choose("Decimals", MIXED | DECIMALS if sheet.is_mixed else DECIMALS, sheet.decimal or None, key)
    cell = sheet.question[2]
    meanings = dict(zip(DECIMALS, cell.meanings, strict=True))
    words = {mark: f"{name}: {cell.text} is {cell_text(meanings[mark])}" for mark, name in DECIMALS.items()}
    return choose("Decimals", words, None, key, placeholder="Choose what the file means")


def choose(title: str, words: Mapping[T, str], guess: T | None, key: str, placeholder: str = "") -> T | None:
    """One of these: the guess, or what the visitor says; None as long as neither is there."""
    values = list(words)
    index = values.index(guess) if guess is not None else None if placeholder else 0
    return st.selectbox(
        title, values, index, format_func=lambda each: words[each], key=key, placeholder=placeholder or None
    )


def choose_roles(key: str, sheet: Sheet, guess: ColumnRoles) -> ColumnRoles:
    """Which columns come out, which go in, and how they become numbers: the guess, or what the visitor says."""
    places = [at for at, column in enumerate(sheet.columns) if possible_codings(column)]
    targets = st.multiselect(
        "Targets, which the network learns to give",
        places,
        guess.targets,
        format_func=lambda at: sheet.names[at],
        key=f"targets {key}",
    )
    others = [at for at in places if at not in targets]
    inputs = st.multiselect(
        "Inputs, which it starts from",
        others,
        [at for at in others if at in (*guess.inputs, *guess.targets)],
        format_func=lambda at: sheet.names[at],
        key=f"inputs {targets} {key}",
    )
    roles = replace(guess, inputs=tuple(sorted(inputs)), targets=tuple(sorted(targets)))
    return replace(roles, codings=choose_codings(key, sheet, roles), missing=choose_missing(key, sheet, roles))


def choose_codings(key: str, sheet: Sheet, roles: ColumnRoles) -> tuple[tuple[int, Coding], ...]:
    """How columns of words, and targets that may be classes, become numbers; a box for each."""
    asked = [
        at
        for at in (*roles.inputs, *roles.targets)
        if len(possible_codings(sheet.columns[at])) > 1 and (sheet.columns[at].words or at in roles.targets)
    ]
    codings: list[tuple[int, Coding]] = []
    if not asked:
        return ()
    place = st.expander(f"How {len(asked)} columns become numbers") if len(asked) > MOST_BOXES else st.container()
    boxes = place.columns(2, gap="small")
    for number, at in enumerate(asked):
        column = sheet.columns[at]
        words = {coding: describe_coding(column, coding) for coding in possible_codings(column)}
        with boxes[number % 2]:
            label = escape_markdown(f"{column.name} as numbers")
            coding = choose(label, words, roles.coding(sheet, at), f"coding {at} {key}")
        codings += [(at, coding)] if coding else []
    return tuple(codings)


def choose_missing(key: str, sheet: Sheet, roles: ColumnRoles) -> Missing:
    """What is done about empty cells, where there are any in the inputs; a target is never made up."""
    empty = sum(sheet.columns[at].empty for at in roles.inputs)
    if not empty:
        return "leave_out"
    title = f"{empty:,} empty {'cell' if empty == 1 else 'cells'} in the inputs"
    return choose(title, MISSING, roles.missing, f"missing {roles.inputs} {key}") or "leave_out"


def show_first_rows(table: EditedTable) -> None:
    """The first rows as they will be on the page."""
    names = (*table.inputs, *(f"{name}: target" for name in table.targets))
    rows = [[cell_text(cell) for cell in row] for row in table.rows[:FIRST_ROWS]]
    st.dataframe(pd.DataFrame(rows, columns=names).astype("str"), hide_index=True, alt="The first rows of the file")
    st.caption(f"The first {len(rows)} of {len(table.rows):,} rows.")
