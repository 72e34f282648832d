"""A visit: everything the app knows about one visitor."""

import time
from dataclasses import dataclass, field, replace

import streamlit as st
from streamlit.typing import UploadedFile

from engine import Experiment, History
from pages.reading.edited_table import SETTINGS, EditedTable
from pages.reading.generator_form import GeneratorForm
from pages.state.draft import Draft
from pages.state.link import Link
from pages.state.own_tables import OwnTables
from pages.state.pins import Pins
from pages.state.projector import Projector
from pages.state.run import Run
from pages.state.snapshot import Snapshot
from pages.state.undo import UndoStack
from pages.state.view import View


@dataclass(slots=True)
class Visit:
    """The parts of a visitor's state, and the changes that involve several of them."""

    draft: Draft
    run: Run
    view: View
    link: Link
    undo_stack: UndoStack = field(default_factory=UndoStack)
    own_tables: OwnTables = field(default_factory=OwnTables)
    pins: Pins = field(default_factory=Pins)  # runs to be compared
    began: int = field(default_factory=time.time_ns)  # tells visits of one tab apart
    opening: tuple[str, Snapshot] | None = None  # what was chosen for a table that was opened, and the draft it made
    projector: Projector | None = None  # None when projector mode is off
    lesson: str = ""  # the lesson named in the address
    page: str = ""  # the path of the current page
    is_sharing: bool = False  # whether the Share dialog is open
    keys_shown: bool = False  # whether the list of keys is open
    dropped_file: UploadedFile | None = None  # the file previewed before it is opened
    pasted: str | None = None  # the text previewed before it is opened, pasted into a table that it does not fit
    generator: GeneratorForm = field(default_factory=GeneratorForm)  # what is typed where a table is made
    pastes: int = 0  # how many such texts there were
    file_drops: int = 0  # how many files were dropped: after each the uploader gets a new key

    @classmethod
    def from_experiment(cls, experiment: Experiment, preset: str = "tutorial") -> "Visit":
        """A visit that starts with this experiment."""
        return cls(Draft.from_experiment(experiment, preset), Run(experiment), View(), Link(experiment))

    @property
    def plays_when_opened(self) -> bool:
        """Whether the link asks to play, and nothing has played yet."""
        return self.link.restrictions.plays and not self.run.plays

    @property
    def opened_without_a_word(self) -> bool:
        """Whether the address that opened the page says nothing, and nothing has been trained since."""
        return self.link.opened_query is not None and not self.link.opened_query[0] and not self.run.plays

    def load(self, experiment: Experiment, preset: str | None = None, note: str = "") -> None:
        """Load an experiment into the draft. `preset` is the one it is or came from; None leaves it as it was.

        `note` says what was chosen for it, and is on the page until something changes.
        The visitor's own table, as typed until now, is kept in the list of tables.
        """
        self.record_draft()
        self.draft.load(experiment)
        if preset is not None:
            self.draft.preset, self.draft.own_table = preset, 0
        self.opening = (note, self.draft.snapshot()) if note else None
        self.link.dismiss_notices()
        self.view.reset()

    def record_draft(self) -> None:
        """Record the draft for Undo and, if the table is the visitor's own, in the list of tables."""
        draft = self.draft
        draft.own_table = self.own_tables.keep(draft.snapshot()) if draft.has_own_table else 0
        self.undo_stack.record(draft.snapshot())

    @property
    def opening_note(self) -> str:
        """What was chosen for the table that was opened; "" once anything has changed."""
        if self.opening is None:
            return ""
        note, opened = self.opening
        return note if (self.draft.table, self.draft.settings) == (opened.table, opened.settings) else ""

    def undo(self) -> None:
        """Undo the last change of the table or the settings."""
        self.record_draft()
        self._restore(self.undo_stack.undo())

    def redo(self) -> None:
        """Redo the change that was undone last."""
        self.record_draft()
        self._restore(self.undo_stack.redo())

    def open_own_table(self, number: int) -> None:
        """Open one of the visitor's own tables, with its settings."""
        self.record_draft()
        self._restore(self.own_tables.tables.get(number))
        self.view.reset()

    def reopen(self, snapshot: Snapshot) -> None:
        """Go on with what was typed before a reload and could not be trained yet, if nothing has changed since."""
        self.record_draft()
        if not self.undo_stack.past:
            self._restore(replace(snapshot, own_table=self.draft.own_table))

    def _restore(self, snapshot: Snapshot | None) -> None:
        if snapshot is not None:
            self.draft.restore(snapshot)
            self.link.dismiss_notices()

    def want(self, experiment: Experiment) -> None:
        """Make this the wanted experiment; the cursor goes to the end if another one was shown."""
        if experiment != self.run.wanted or self.run.history is None:
            self.run.wanted = experiment
            if self.run.history:
                self.view.follow(None)

    def show_run(self, history: History) -> None:
        """Show a run. If rows were added or deleted the grid restarts, so that every row has its outputs."""
        self.run.replace_history(history)
        self.number_rows()

    def number_rows(self) -> None:
        """Have the grid start afresh where rows were added or deleted, so that each has its number and its outputs."""
        edits = self.draft.grid_edits
        if edits.get("added_rows") or edits.get("deleted_rows"):
            self.draft.restart_grid()

    def play_run(self, history: History) -> None:
        """Show a requested run, and play it from the start."""
        self.show_run(history)
        self.run.forget_request()
        self.view.move(None)
        self.run.plays += 1

    def stop_training(self) -> None:
        """Stop was pressed: show and play what has been learned so far."""
        if self.run.recorder:
            self.play_run(self.run.recorder.history())
        self.run.forget_request()

    def restore_fixed_parts(self) -> None:
        """Put back what the link fixes, whatever changed it: a control, a preset, a remedy or a forged message."""
        restrictions, opened = self.link.restrictions, self.link.opened
        if not restrictions.fixed_parts:
            return
        self.draft.change(**{name: getattr(opened, name) for name in SETTINGS if name in restrictions.fixed_fields})
        if "table" in restrictions.fixed_parts and self.draft.table != (table := EditedTable.from_experiment(opened)):
            self.draft.holds_rows_out = any(table.held_out)
            self.draft.put(table)

    def reshape(self, table: EditedTable | None = None, **settings: object) -> tuple[str, ...]:
        """Change what sets the shapes of the weights; those given by hand are dropped, and nothing stays frozen.

        With another table, so are those that were trained on before it. Returns the settings of these that there were
        to drop.
        """
        lost = self.draft.reshape(table, settings)
        return tuple(name for name in lost if name not in self.link.restrictions.fixed_fields)

    def open_lesson(self, key: str) -> None:
        """Name a lesson in the address; "" names none."""
        self.lesson = key

    def turn_to(self, page: str) -> None:
        """Go to a page; dialogs that were open on another are closed."""
        if page != self.page:
            self.page, self.is_sharing, self.dropped_file, self.pasted = page, False, None, None

    def share(self, is_open: bool) -> None:
        """Open or close the Share dialog. Kept here: the click alone would be lost if the player reports in between."""
        self.is_sharing = is_open

    def show_keys(self, is_open: bool) -> None:
        """Open or close the list of keys."""
        self.keys_shown = is_open

    def use_projector(self, projector: Projector | None) -> None:
        """Turn projector mode on, or off with None."""
        self.projector = projector

    def take_file(self, file: UploadedFile | None) -> None:
        """A file was dropped: keep it for the preview, and give the uploader a new key, which empties it."""
        self.dropped_file = file
        self.file_drops += 1

    def dismiss_file(self) -> None:
        """The dropped file was opened or refused."""
        self.dropped_file = None

    def keep_paste(self, text: str) -> None:
        """Preview a text that was pasted."""
        self.pasted = text
        self.pastes += 1

    def change_generator(self, **fields: str | bool) -> None:
        """Change what is typed where a table is made."""
        self.generator = self.generator.with_changes(**fields)

    def dismiss_paste(self) -> None:
        """The pasted text was opened or declined."""
        self.pasted = None


def current_visit() -> Visit:
    """The visitor's state, after `url.open_visit` has created it."""
    visit: Visit = st.session_state.visit
    return visit


def replace_visit(visit: Visit) -> None:
    st.session_state.visit = visit
