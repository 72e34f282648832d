"""Tables from files, as they come in where nobody changes what was guessed."""

from pathlib import Path

from engine import Experiment
from pages.reading.column_roles import make_table, suggest_roles
from pages.reading.csv_columns import Sheet, read_sheet
from pages.reading.csv_text import decode_text, guess_layout
from pages.reading.edited_table import SETTINGS, EditedTable

DATA = Path(__file__).resolve().parents[1] / "data"
LESSON = EditedTable.from_experiment(Experiment())


def taken(data: bytes) -> Sheet:
    text, _ = decode_text(data)
    return read_sheet(text, guess_layout(text))


def table(data: bytes) -> tuple[EditedTable, tuple[str, ...]]:
    """The table in a file, and what is said of it."""
    sheet = taken(data)
    return make_table(sheet, suggest_roles(sheet, LESSON))


def settings_of(e: Experiment) -> dict[str, object]:
    return {name: getattr(e, name) for name in SETTINGS}
