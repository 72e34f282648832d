"""The visitor's own tables: any table that is not a preset's stays in the list when another is opened."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from pages.reading.edited_table import EditedTable
from pages.state.snapshot import Snapshot

MOST_TABLES = 12
MOST_CHARACTERS = 2_000_000
"""The longest text to keep: sessionStorage has 5 MB or less for all pages of a server."""


@dataclass(slots=True)
class OwnTables:
    """The tables by number, the last changed one at the end; if there are too many, the oldest are dropped."""

    tables: dict[int, Snapshot] = field(default_factory=dict)
    last_number: int = 0
    is_restored: bool = False  # whether the tab's tables, kept from before a reload, are among them

    def keep(self, snapshot: Snapshot) -> int:
        """Keep this state of an own table, as a new table if its number is 0; returns its number from now on."""
        number = snapshot.own_table or self._number_of(snapshot.table)
        if not number:
            self.last_number = number = self.last_number + 1
        if number not in self.tables or self.tables[number] != snapshot:
            self.tables.pop(number, None)
            self.tables[number] = replace(snapshot, own_table=number)
            while len(self.tables) > MOST_TABLES:
                del self.tables[next(iter(self.tables))]
        return number

    def _number_of(self, table: EditedTable) -> int:
        return next((number for number, kept in self.tables.items() if kept.table == table), 0)

    def labels(self) -> dict[int, str]:
        """The titles of the tables in the list, with their columns if there are several, and counted if alike.

        No two may be the same: the browser tells the title of a choice, not its number (Streamlit 1.67).

        >>> OwnTables().labels()
        {}
        """
        if len(self.tables) == 1:
            return dict.fromkeys(self.tables, "Your table")
        labels: dict[int, str] = {}
        titles = {number: f"Your table: {describe_table(kept.table)}" for number, kept in self.tables.items()}
        for number, title in titles.items():
            alike = [*titles.values()][: len(labels)].count(title)
            labels[number] = f"{title}, no. {alike + 1}" if alike else title
        return labels

    def to_text(self, unfinished: int = 0, address: str = "") -> str:
        """All tables as text for the tab's storage, without the oldest if that would be too long.

        `unfinished` is the number of the one on the page if it cannot be trained yet, and so is not in the page's
        address; `address` is the fingerprint of what is there, with which it comes back.
        """
        texts: list[str] = []
        left = MOST_CHARACTERS
        for number, snapshot in reversed(self.tables.items()):
            extra = {"address": address} if number == unfinished else {}
            text = json.dumps(snapshot.to_json() | extra, separators=(",", ":"))
            left -= len(text)
            if left < 0:
                break
            texts.insert(0, text)
        return f"[{','.join(texts)}]" if texts else ""

    def restore(self, snapshots: Iterable[Snapshot]) -> None:
        """Add the tables that the tab kept from before this visit, except those changed since."""
        self.is_restored = True
        changed, self.tables = self.tables, {}
        self.last_number = max(changed, default=0)
        for snapshot in snapshots:
            if all(kept.table != snapshot.table for kept in changed.values()):
                self.keep(replace(snapshot, own_table=0))
        for snapshot in changed.values():
            self.keep(snapshot)


def read_snapshots(text: str | None, address: str | None = None) -> list[Snapshot]:
    """The snapshots in a text from `to_text`, or the unfinished one of an address; anything else in it is left out."""
    try:
        values = json.loads(text or "[]")
    except (ValueError, RecursionError):
        return []
    snapshots = []
    for value in values if isinstance(values, list) else ():
        if address is not None and not (isinstance(value, dict) and value.get("address") == address):
            continue
        try:
            snapshots.append(Snapshot.from_json(value))
        except (ValueError, RecursionError):
            continue
    return snapshots


def describe_table(table: EditedTable) -> str:
    """A description of a table: its columns and its size.

    >>> describe_table(EditedTable(("mine", "other"), ("ans",), ((5.0, 1.0, 0.0),), (False,)))
    'mine, other → ans (1 row)'
    """
    inputs, targets = (shorten_names(names) for names in (table.inputs, table.targets))
    return f"{inputs} → {targets} ({len(table.rows):,} {'row' if len(table.rows) == 1 else 'rows'})"


def shorten_names(names: tuple[str, ...]) -> str:
    """A short list of column names.

    >>> shorten_names(("a", "b", "c", "d", "e"))
    'a, b … e'
    """
    listed = names if len(names) <= 3 else (names[0], f"{names[1]} … {names[-1]}")
    return ", ".join(name if len(name) <= 24 else f"{name[:20]}…" for name in listed)
