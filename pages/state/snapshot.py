"""A snapshot: the table and the settings as they were typed at one moment, good or not, and where they came from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine import Experiment
from pages.reading.edited_table import SETTINGS, EditedTable

DEFAULTS: dict[str, Any] = {name: getattr(Experiment(), name) for name in SETTINGS}


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a draft is put back to by Undo, and what is kept of a visitor's own table."""

    table: EditedTable
    settings: Mapping[str, Any]
    preset: str  # the preset that all of it came from, "" where there is none
    holds_rows_out: bool  # whether the grid has the boxes for rows that are held out of training
    own_table: int = 0  # the number of the visitor's own table, 0 for a preset's

    def to_json(self) -> dict[str, Any]:
        """The snapshot as values that JSON can write."""
        table = self.table
        return {
            "inputs": table.inputs,
            "targets": table.targets,
            "rows": table.rows,
            "held_out": table.held_out,
            "settings": dict(self.settings),
            "preset": self.preset,
            "holds_rows_out": self.holds_rows_out,
        }

    @classmethod
    def from_json(cls, value: object) -> "Snapshot":
        """The snapshot in values that JSON has read; ValueError where they are none of `to_json`'s.

        They come from the visitor's browser, where anybody can write something else.
        """
        match as_tuples(value):
            case {
                "inputs": tuple(inputs),
                "targets": tuple(targets),
                "rows": tuple(rows),
                "held_out": tuple(held_out),
                "settings": dict(settings),
                "preset": str(preset),
                "holds_rows_out": bool(holds_rows_out),
            }:
                table = EditedTable(inputs, targets, rows, held_out)
            case _:
                raise ValueError("not a snapshot")
        width = len(inputs) + len(targets)
        if not (
            all(isinstance(name, str) for name in inputs + targets)
            and len(held_out) == len(rows)
            and all(isinstance(row, tuple) and len(row) == width for row in rows)
            and all(cell is None or isinstance(cell, str | float) for row in rows for cell in row)
            and all(
                isinstance(settings.get(name), tuple) == isinstance(default, tuple)
                for name, default in DEFAULTS.items()
            )
        ):
            raise ValueError("not a table with settings")
        return cls(table, {name: settings[name] for name in DEFAULTS}, preset, holds_rows_out)


def as_tuples(value: object) -> object:
    """The same with every list a tuple, as all that is typed is kept.

    >>> as_tuples({"hidden": [4, [5]]})
    {'hidden': (4, (5,))}
    """
    if isinstance(value, dict):
        return {key: as_tuples(each) for key, each in value.items()}
    return tuple(map(as_tuples, value)) if isinstance(value, list) else value
