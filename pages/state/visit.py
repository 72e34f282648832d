"""A visit: everything that the app knows about one visitor."""

from dataclasses import dataclass

import streamlit as st
from streamlit.typing import UploadedFile

from engine import Experiment, History
from pages.reading.edited_table import SETTINGS, EditedTable
from pages.state.draft import Draft
from pages.state.link import Link
from pages.state.projector import Projector
from pages.state.run import Run
from pages.state.view import View


@dataclass(slots=True)
class Visit:
    """The parts of a visitor's state, and the changes that concern several of them."""

    draft: Draft
    run: Run
    view: View
    link: Link
    projector: Projector | None = None  # None without projector mode
    lesson: str = ""  # the lesson that the address names
    page: str = ""  # the path of the page
    is_sharing: bool = False  # whether the dialog for links is open on it
    dropped_file: UploadedFile | None = None  # the file to be looked at before it is opened
    file_drops: int = 0  # how many files were dropped: each has a new place to drop it on

    @classmethod
    def from_experiment(cls, experiment: Experiment, preset: str = "tutorial") -> "Visit":
        """A visit that begins with this experiment."""
        return cls(Draft.from_experiment(experiment, preset), Run(experiment), View(), Link(experiment))

    @property
    def plays_when_opened(self) -> bool:
        """Whether the link asks to play, and nothing has played yet."""
        return self.link.restrictions.plays and not self.run.plays

    def load(self, experiment: Experiment, preset: str | None = None) -> None:
        """Put an experiment on the page, table and settings; `preset` is the one it is or came from, None the same."""
        self.draft.load(experiment)
        if preset is not None:
            self.draft.preset = preset
        self.link.dismiss_notices()
        self.view.reset()

    def want(self, experiment: Experiment) -> None:
        """The page shows this from now on, or offers to train it; where something was shown, from its end."""
        if experiment != self.run.wanted or self.run.history is None:
            self.run.wanted = experiment
            if self.run.history:
                self.view.follow(None)

    def show_run(self, history: History) -> None:
        """Show a run. Where rows came or went the grid starts afresh, so that all of them have outputs."""
        self.run.history = history
        edits = self.draft.grid_edits
        if edits.get("added_rows") or edits.get("deleted_rows"):
            self.draft.restart_grid()

    def play_run(self, history: History) -> None:
        """Show a run that was asked for, and play it from the start."""
        self.show_run(history)
        self.run.forget_request()
        self.view.move(None)
        self.run.plays += 1

    def stop_training(self) -> None:
        """Stop was pressed: what has been learned so far is shown and plays."""
        if self.run.recorder:
            self.play_run(self.run.recorder.history())
        self.run.forget_request()

    def restore_fixed_parts(self) -> None:
        """Put back what the link has fixed, whatever has changed it: a control, a preset, a remedy or a message."""
        restrictions, opened = self.link.restrictions, self.link.opened
        if not restrictions.fixed_parts:
            return
        self.draft.change(**{name: getattr(opened, name) for name in SETTINGS if name in restrictions.fixed_fields})
        if "table" in restrictions.fixed_parts and self.draft.table != (table := EditedTable.from_experiment(opened)):
            self.draft.holds_rows_out = any(table.held_out)
            self.draft.put(table)

    def reshape(self, table: EditedTable | None = None, **settings: object) -> bool:
        """Change what decides the shapes of the weights; weights given by hand would not fit any more and go.

        Says whether there were any.
        """
        had_weights = bool(self.draft.settings["initial_weights"])
        if table is not None:
            self.draft.put(table)
        self.draft.change(**settings, initial_weights=(), initial_biases=())
        return had_weights and "initial_weights" not in self.link.restrictions.fixed_fields

    def open_lesson(self, key: str) -> None:
        """Have the address name a lesson; "" names none."""
        self.lesson = key

    def turn_to(self, page: str) -> None:
        """Come to a page; what was open on another is closed."""
        if page != self.page:
            self.page, self.is_sharing, self.dropped_file = page, False, None

    def share(self, is_open: bool) -> None:
        """Open or close the dialog for links. A click alone would be forgotten when the player reports meanwhile."""
        self.is_sharing = is_open

    def use_projector(self, projector: Projector | None) -> None:
        """Come to projector mode, or leave it."""
        self.projector = projector

    def take_file(self, file: UploadedFile | None) -> None:
        """A file was dropped: it waits to be looked at; a new place to drop files takes that of the old, empty."""
        self.dropped_file = file
        self.file_drops += 1

    def dismiss_file(self) -> None:
        """The dropped file was opened, or was not wanted."""
        self.dropped_file = None


def current_visit() -> Visit:
    """The visitor's state, once it is there (see `url.open_visit`)."""
    visit: Visit = st.session_state.visit
    return visit


def replace_visit(visit: Visit) -> None:
    st.session_state.visit = visit
