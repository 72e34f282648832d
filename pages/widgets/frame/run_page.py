"""The skeleton of every page that shows a run: the run first, then what is in the way, the page, and long trainings."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.state.visit import Visit, current_visit
from pages.widgets.frame.messages import show_messages
from pages.widgets.frame.run_update import finish_run, update_run
from pages.widgets.frame.train_button import show_train_button


@dataclass(slots=True)
class RunPage:
    """A page while it is drawn."""

    visit: Visit
    message: str | None  # what is in the way of the run that is typed
    _progress: DeltaGenerator | None = None

    def show_status(self) -> None:
        """What is in the way, or how far a training is; every page calls it, where that belongs on it."""
        self._progress = st.empty()
        show_messages(self.visit, self.message, self._progress)

    def show_status_and_train(self) -> None:
        """The same with the button Train, where that is waited for; for pages that have none elsewhere."""
        self.show_status()
        if self.waits_for_train:
            show_train_button(self.visit)

    @property
    def waits_for_train(self) -> bool:
        """Whether the run that is typed has still to be trained."""
        return self.message is not None or self.visit.run.is_requested

    @property
    def progress(self) -> DeltaGenerator:
        """Where a training says how far it is."""
        return self._progress or st.empty()


@contextmanager
def run_page() -> Iterator[RunPage]:
    """Bring the run up to date, let the page draw it, and go on with a training that was asked for."""
    visit = current_visit()
    page = RunPage(visit, update_run(visit))
    yield page
    finish_run(visit, page.progress)
