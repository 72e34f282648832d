"""Tables from files, as they come in where nobody changes what was guessed."""

from pathlib import Path

from engine import Experiment
from pages.reading.edited_table import EditedTable
from pages.reading.sheets.column_roles import suggest_roles
from pages.reading.sheets.columns import Sheet, read_sheet
from pages.reading.sheets.decoding import decode_text, unfold_table
from pages.reading.sheets.layout import guess_layout
from pages.reading.sheets.table import make_table

DATA = Path(__file__).resolve().parents[1] / "data"
LESSON = EditedTable.from_experiment(Experiment())


def open_sheet(data: bytes) -> Sheet:
    """The columns in a file."""
    text = unfold_table(decode_text(data)[0])
    return read_sheet(text, guess_layout(text))


def open_table(data: bytes) -> tuple[EditedTable, tuple[str, ...]]:
    """The table in a file, and what became of its columns and rows."""
    sheet = open_sheet(data)
    return make_table(sheet, suggest_roles(sheet, LESSON))
