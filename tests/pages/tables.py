"""Tables from files, as they come in where nobody changes what was guessed."""

from pathlib import Path

from engine import Experiment
from pages.reading.column_roles import suggested, table_of
from pages.reading.csv_columns import Sheet, read
from pages.reading.csv_text import decoded, guessed
from pages.state.edited_table import SETTINGS, Table

DATA = Path(__file__).resolve().parents[1] / "data"
LESSON = Table.of(Experiment())


def taken(data: bytes) -> Sheet:
    text, _ = decoded(data)
    return read(text, guessed(text))


def table(data: bytes) -> tuple[Table, tuple[str, ...]]:
    """The table in a file, and what is said of it."""
    sheet = taken(data)
    return table_of(sheet, suggested(sheet, LESSON))


def settings_of(e: Experiment) -> dict[str, object]:
    return {name: getattr(e, name) for name in SETTINGS}
