"""A snapshot: the table and the settings as typed at one moment, valid or not, and where they came from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine import Experiment
from pages.reading.edited_table import EditedTable, settings_of

DEFAULTS: dict[str, Any] = settings_of(Experiment())


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A state of the draft, for Undo and for the list of the visitor's own tables."""

    table: EditedTable
    settings: Mapping[str, Any]
    preset: str  # the preset it all came from, "" for none
    holds_rows_out: bool  # whether the grid has checkboxes for rows held out of training
    own_table: int = 0  # the number among the visitor's own tables, 0 for a preset's

    def to_json(self) -> dict[str, Any]:
        """The snapshot as a JSON object."""
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
        """The snapshot in a JSON value; ValueError if it is not one from `to_json`, of this version or an earlier one.

        It comes from the visitor's browser, so it may be anything.
        """
        match as_tuples(value):
            case {
                "inputs": tuple(inputs),
                "targets": tuple(targets),
                "rows": tuple(rows),
                "held_out": tuple(held_out),
                "settings": dict(written),
                "preset": str(preset),
                "holds_rows_out": bool(holds_rows_out),
            }:
                table, settings = EditedTable(inputs, targets, rows, held_out), DEFAULTS | written
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
    """The value with every list as a tuple, as in a draft.

    >>> as_tuples({"hidden": [4, [5]]})
    {'hidden': (4, (5,))}
    """
    if isinstance(value, dict):
        return {key: as_tuples(each) for key, each in value.items()}
    return tuple(map(as_tuples, value)) if isinstance(value, list) else value
