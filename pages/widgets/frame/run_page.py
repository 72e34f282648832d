"""The skeleton of a page that shows a run: update the run, draw the page, then continue a long training."""

import time
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
    """A page that shows a run, while it is drawn."""

    visit: Visit
    message: str | None  # why the draft is not trained, None if it is
    _progress: DeltaGenerator | None = None

    def show_status(self) -> None:
        """Show messages and the progress of a training here; every page calls this once."""
        run, self._progress = self.visit.run, st.empty()
        if run.recorder and run.progress_words:  # at once: without a bar what follows would jump up, and down again
            self._progress.progress(run.recorder.epoch / run.wanted.epochs, run.progress_words)
        show_messages(self.visit, self.message, self._progress)

    def show_status_and_train(self) -> None:
        """`show_status`, and a Train button if the run waits for one; for pages without a Train button of their own."""
        self.show_status()
        if self.waits_for_train:
            show_train_button(self.visit)

    @property
    def waits_for_train(self) -> bool:
        """Whether the draft still has to be trained."""
        return self.message is not None or self.visit.run.is_requested

    @property
    def progress(self) -> DeltaGenerator:
        """The place of the progress bar."""
        return self._progress or st.empty()


@contextmanager
def run_page() -> Iterator[RunPage]:
    """Update the run, let the page draw it, then continue a requested training."""
    began, visit = time.thread_time(), current_visit()
    page = RunPage(visit, update_run(visit))
    yield page
    finish_run(visit, page.progress, time.thread_time() - began)
