"""The bench is what one visitor has before them: the table and settings as typed, the last good run, the cursor."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import streamlit as st
from streamlit.typing import UploadedFile

from engine import LIMITS, Experiment, History, Recorder
from engine.model.weight_index import WeightIndex
from pages.state.edited_table import SETTINGS, EditedTable
from pages.state.projector import Projector
from pages.state.restrictions import Restrictions


@dataclass(slots=True)
class Bench:
    """One visitor's state.

    `base` is the table the grid started from, `edits` what was done to it since; `edition` changes when the grid must
    start afresh; `preset` is the ready table that all came from, "" where there is none. `settings` are the fields of
    the Experiment that are not in the table, as typed. `history` is the last good run, `wanted` the experiment that
    the page now shows or offers to train. `cursor` is an epoch, None the end; `row` the row that the network drawing
    looks at; `log` the kind of epoch axis; `weight` the chosen weight as layer, source and neuron, `batch` the chosen
    batch of an epoch, `shown` the steps that slow motion has come to, `verified` the update that was asked to be
    verified; `lesson` the lesson that the course is at. `plays` counts the runs to play, `moves` how often the page
    moved the cursor itself; `asked` is true from Train until a run is done, `training` a long one on its way.
    `notices` are what was wrong with the link that brought `opened`, `handout` what that link hides, locks and plays,
    `lost` the sign of its experiment where that was too large for it, and `awaits` is true until the visitor's tab has
    said whether it kept that; `link` is an experiment and its URL parameters, which take long to write. `slide` is what
    a projector shows, None without one. `page` is the path of the page; while dialogs are open on it, `sharing` is true
    and `dropped` the file to look at.
    """

    base: EditedTable
    settings: dict[str, Any]
    wanted: Experiment
    preset: str = "tutorial"
    edition: int = 0
    holding: bool = False
    history: History | None = None
    cursor: int | None = None
    row: int = 0
    log: bool = True
    weight: WeightIndex = field(default_factory=WeightIndex)
    batch: int = 0
    shown: int | None = None
    verified: object = None
    lesson: str = ""
    plays: int = 0
    moves: int = 0
    asked: bool = False
    training: Recorder | None = None
    notices: tuple[str, ...] = ()
    opened: Experiment | None = None
    link: tuple[Experiment, dict[str, str]] | None = None
    lost: str = ""
    awaits: bool = False
    handout: Restrictions = field(default_factory=Restrictions)
    slide: Projector | None = None
    page: str = ""
    sharing: bool = False
    dropped: UploadedFile | None = None
    edits: Mapping[str, Any] = field(default_factory=dict)

    @property
    def grid(self) -> str:
        """The session key of the grid."""
        return f"grid {self.edition}"

    @property
    def opening(self) -> bool:
        """Whether the link asks to play, and nothing has played yet."""
        return self.handout.plays and not self.plays

    @property
    def table(self) -> EditedTable:
        """The table as it is now, edits included."""
        table = self.base.with_edits(st.session_state.get(self.grid, {}))
        return table if self.holding else table.with_no_row_held_out()

    def row_of(self, history: History) -> int:
        """The row of a run that the drawings look at: the chosen one, or its last where it has not so many."""
        return min(self.row, len(history.experiment.inputs) - 1)

    def experiment(self) -> Experiment:
        """What is on the bench, or ExperimentError with the reason why it cannot be trained."""
        return self.table.experiment(self.settings)

    def put(self, table: EditedTable) -> None:
        """Give the grid a new table to start from."""
        self.base, self.edits = table, {}
        self.edition += 1

    def remember(self) -> None:
        """Keep the grid's edits: it forgets them when its page is left, and then starts afresh from what they made.

        So it does after a paste of too many rows: it would add them one by one, on every run, in quadratic time.
        """
        forgotten = self.grid not in st.session_state
        if not forgotten:
            self.edits = st.session_state[self.grid]
        if len(self.edits.get("added_rows", ())) > LIMITS["rows"] or (forgotten and any(self.edits.values())):
            self.put(self.base.with_edits(self.edits))

    def restore(self) -> None:
        """Put back what the link has fixed, whatever has changed it: a control, a preset, a remedy or a message."""
        if self.opened is None or not self.handout.fixed:
            return
        self.settings |= {name: getattr(self.opened, name) for name in SETTINGS if name in self.handout.fields}
        if "table" in self.handout.fixed and self.table != (table := EditedTable.from_experiment(self.opened)):
            self.holding = any(table.held_out)
            self.put(table)

    def load(self, experiment: Experiment) -> None:
        """Put an experiment on the bench, table and settings."""
        self.put(EditedTable.from_experiment(experiment))
        self.settings = {name: getattr(experiment, name) for name in SETTINGS}
        self.holding = bool(experiment.test_rows)
        self.row, self.weight, self.batch, self.notices = 0, WeightIndex(), 0, ()
        self.shown = None
        self.move(None)

    def turn_to(self, page: str) -> None:
        """Come to a page; what was open on another is closed."""
        if page != self.page:
            self.page, self.sharing, self.dropped = page, False, None

    def move(self, cursor: int | None) -> None:
        """Send the player to an epoch, None for the end."""
        self.cursor = cursor
        self.moves += 1

    def reshape(self, table: EditedTable | None = None, **settings: object) -> None:
        """Change what decides the shapes of the weights; weights given by hand would not fit any more and go."""
        if table is not None:
            self.put(table)
        if self.settings["initial_weights"] and "initial_weights" not in self.handout.fields:
            st.toast("The start weights set by hand went: they are drawn from the seed again.", icon=":material/info:")
        self.settings |= settings | {"initial_weights": (), "initial_biases": ()}
