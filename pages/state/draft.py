"""The draft: the table and the settings as typed, whether or not they make a valid experiment."""

import pickle
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from operator import is_
from typing import Any

import streamlit as st

from engine import ACTIVATIONS, LIMITS, PRESETS, Experiment, ExperimentError
from pages.reading.ambiguous_settings import refuse_ambiguous_settings
from pages.reading.edited_table import EditedTable, settings_of
from pages.state.snapshot import Snapshot

READY_TABLES = tuple(
    (table.inputs, table.targets, table.rows) for table in map(EditedTable.from_experiment, PRESETS.values())
)

NO_EDITS: Mapping[str, Any] = {}
"""Those of a grid without any: one object, by which a draft knows that nothing has changed."""


@dataclass(slots=True)
class Draft:
    """What the next run of the page makes its experiment from."""

    base: EditedTable  # the table the grid started from
    settings: dict[str, Any]  # the fields of Experiment that are not in the table
    preset: str = "tutorial"  # the preset it all came from, "" for none
    edition: int = 0  # the grid's number: under a new one it starts from `base`, without edits
    holds_rows_out: bool = False  # whether the grid has checkboxes for rows held out of training
    edits: Mapping[str, Any] = field(default_factory=dict)  # what the grid had changed at the last run of the page
    own_table: int = 0  # the number among the visitor's own tables, 0 for a preset's
    last_operation: int = 0  # the number of the last operation from outside the grid that was applied to the table
    # The table that was made last, and what it was made of; and the same of the experiment.
    last_table: tuple[tuple[object, ...], EditedTable] | None = field(default=None, compare=False, repr=False)
    last_experiment: tuple[EditedTable, bytes, Experiment] | None = field(default=None, compare=False, repr=False)

    @classmethod
    def from_experiment(cls, experiment: Experiment, preset: str = "tutorial") -> "Draft":
        """The draft that makes this experiment."""
        draft = cls(EditedTable.from_experiment(experiment), {}, preset)
        draft.load(experiment)
        return draft

    @property
    def grid_key(self) -> str:
        """The session key of the grid."""
        return f"grid {self.edition}"

    @property
    def grid_edits(self) -> Mapping[str, Any]:
        """What the grid has changed since `base`, up to this moment."""
        edits: Mapping[str, Any] = st.session_state.get(self.grid_key, NO_EDITS)
        return edits

    @property
    def table(self) -> EditedTable:
        """The table as it is now, edits included; made once a run of the page, which asks for it ten times."""
        edits = self.grid_edits
        made_of = self.base, edits, self.holds_rows_out  # none of which is ever changed in place
        if self.last_table is None or not all(map(is_, self.last_table[0], made_of)):
            table = self.base.with_edits(edits)
            self.last_table = made_of, table if self.holds_rows_out else table.with_no_row_held_out()
        return self.last_table[1]

    @property
    def derived(self) -> tuple[str, ...]:
        """The formulas of the derived inputs, as typed; a tab may have kept what is no text."""
        return tuple(text for text in self.settings["derived"] if isinstance(text, str))

    @property
    def has_rows_of_base(self) -> bool:
        """Whether the grid has the rows that it started from in their places: none is deleted, added ones come last."""
        return not self.edits.get("deleted_rows")

    @property
    def has_own_table(self) -> bool:
        """Whether the table came from no preset, or its names or cells no longer are those of a preset."""
        table = self.table
        return self.preset not in PRESETS or (table.inputs, table.targets, table.rows) not in READY_TABLES

    def snapshot(self) -> Snapshot:
        """A snapshot of the draft as it is now."""
        return Snapshot(self.table, dict(self.settings), self.preset, self.holds_rows_out, self.own_table)

    def restore(self, snapshot: Snapshot) -> None:
        """Go back to a snapshot. The grid is left alone if the table is the same."""
        before = (self.table, self.holds_rows_out, self.settings["derived"])
        self.settings = dict(snapshot.settings)
        if (snapshot.table, snapshot.holds_rows_out, self.settings["derived"]) != before:
            self.holds_rows_out = snapshot.holds_rows_out
            self.put(snapshot.table)
        self.preset, self.own_table = snapshot.preset, snapshot.own_table

    def experiment(self) -> Experiment:
        """The experiment, made once while nothing changes; ExperimentError says why there is none."""
        table, settings = self.table, pickle.dumps(self.settings)  # bytes tell 1 from 1.0 and from True
        if self.last_experiment is None or self.last_experiment[0] is not table or self.last_experiment[1] != settings:
            refuse_ambiguous_settings(self.settings)
            self.last_experiment = table, settings, table.experiment(self.settings)
        return self.last_experiment[2]

    @property
    def is_trainable(self) -> bool:
        """Whether there is an experiment."""
        try:
            self.experiment()
        except ExperimentError:
            return False
        return True

    def load(self, experiment: Experiment) -> None:
        """Replace table and settings by those of an experiment."""
        self.put(EditedTable.from_experiment(experiment))
        self.settings = settings_of(experiment)
        self.holds_rows_out = bool(experiment.test_rows)

    def put(self, table: EditedTable) -> None:
        """Give the grid a new table to start from."""
        self.base, self.edits = table, {}
        self.edition += 1

    def count_operation(self, number: int) -> None:
        """An operation with this number was applied, or refused: it counts once."""
        self.last_operation = number

    def restart_grid(self) -> None:
        """Restart the grid from the table as it is now."""
        self.put(self.table)

    def read_grid(self) -> None:
        """Keep the grid's edits: Streamlit forgets them when the page is left. The grid then restarts from the table.

        So it does after a paste of too many rows: Streamlit adds rows one by one, on every run, in quadratic time.
        """
        is_forgotten = self.grid_key not in st.session_state
        if not is_forgotten:
            self.edits = self.grid_edits
        if len(self.edits.get("added_rows", ())) > LIMITS["rows"] or (is_forgotten and any(self.edits.values())):
            self.put(self.base.with_edits(self.edits))

    def change(self, **settings: object) -> None:
        """Change settings, as typed. The grid restarts where it gets other columns."""
        before = self.settings["derived"]
        self.settings |= settings
        if self.settings["derived"] != before:
            self.restart_grid()

    def reshape(self, table: EditedTable | None, settings: Mapping[str, object]) -> tuple[str, ...]:
        """Change what sets the shapes of the weights, and drop what no longer fits; returns what there was to drop."""
        dropped: dict[str, object] = {"initial_weights": (), "initial_biases": (), "frozen": ()}
        if table is not None:
            self.put(table)
            dropped["earlier_tables"] = ()
        lost = tuple(name for name in dropped if name != "initial_biases" and self.settings[name])
        self.change(**settings, **dropped)
        return lost

    def switch_bias(self, on: bool) -> None:
        """Switch the bias on or off; biases that were given by hand or frozen are so no longer."""
        frozen = tuple(part for part in self.settings["frozen"] if not part.startswith("b"))
        self.change(bias=on, initial_biases=(), frozen=frozen)

    def set_activation(self, layer: int | None, name: str) -> None:
        """Give one layer an activation; all hidden layers where `layer` is None."""
        activations = list(self.settings["activations"])
        for index in range(len(activations) - 1) if layer is None else (layer,):
            activations[index] = name if name in ACTIVATIONS else activations[index]
        self.settings["activations"] = tuple(activations)

    def hold_rows_out(self, holds: bool) -> None:
        """Show or remove the checkboxes for rows held out of training."""
        table = self.table
        self.holds_rows_out = holds
        self.put(table)

    def hold_out(self, rows: Iterable[int]) -> None:
        """Hold these rows out of training, counted from 0, and no others."""
        held = set(rows)
        self.holds_rows_out = True
        self.put(replace(self.table, held_out=tuple(row in held for row in range(len(self.table.rows)))))
