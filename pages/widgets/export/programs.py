"""The exported programs: their text, what they print, and the downloads of the offline page and the worksheet."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import streamlit as st

from engine import Experiment, History
from engine.export.expected_output import expected_output
from engine.export.keras import keras_script
from engine.export.notebook import notebook
from engine.export.numpy_script import numpy_script
from engine.export.pytorch import pytorch_script
from pages.server.cache_key import HASH_BY_TEXT
from pages.server.run_store import is_quick
from pages.state.visit import Visit
from pages.widgets.export.offline_page import offline_page
from pages.widgets.export.worksheet import MOST_ROWS, MOST_WEIGHTS, fits_on_paper, worksheet


@dataclass(frozen=True, slots=True)
class Program:
    """One kind of exported program."""

    label: str
    file: str
    language: str
    about: str
    write: Callable[[Experiment], str]
    prints: Callable[[History], str]
    digits: str = "to the last digit on a processor like this server's"


PROGRAMS = (
    Program(
        "NumPy",
        "glassbox.py",
        "python",
        "Runs with Python and NumPy alone: `python glassbox.py`. It ends in the numbers of this page, to the last bit "
        "on a processor of the same kind; processors differ in how they round.",
        numpy_script,
        expected_output,
    ),
    Program(
        "Notebook",
        "glassbox.ipynb",
        "json",
        "The same, a piece at a time, with explanations and a picture of the loss. Open it in Jupyter.",
        notebook,
        expected_output,
    ),
    Program(
        "PyTorch",
        "glassbox_pytorch.py",
        "python",
        "The same network in PyTorch, where the gradients are found for you. Needs the package torch.",
        pytorch_script,
        partial(expected_output, measured=False),
        "but perhaps for the last digits",
    ),
    Program(
        "Keras",
        "glassbox_keras.py",
        "python",
        "The same network in Keras. Needs the packages keras and one of its back ends.",
        keras_script,
        partial(expected_output, measured=False),
        "but perhaps for the last digits",
    ),
)


@st.cache_data(max_entries=32, show_spinner=False, hash_funcs=HASH_BY_TEXT)
def cached_program(experiment: Experiment, label: str) -> str:
    """One program of an experiment."""
    return next(program for program in PROGRAMS if program.label == label).write(experiment)


@st.cache_data(max_entries=32, show_spinner=False, hash_funcs=HASH_BY_TEXT)
def cached_output(experiment: Experiment, label: str, _history: History) -> str:
    """What one program of an experiment prints; `_history` is its finished run."""
    return next(program for program in PROGRAMS if program.label == label).prints(_history)


def show_programs(experiment: Experiment) -> Program:
    """The choice of a program, and its text to copy or download; returns the chosen one."""
    labels = [program.label for program in PROGRAMS]
    chosen = st.segmented_control("Program", labels, default=labels[0], key="program", label_visibility="collapsed")
    program = PROGRAMS[labels.index(chosen or labels[0])]
    text = cached_program(experiment, program.label)
    st.caption(program.about)
    st.download_button(
        f"Download {program.file}", text, program.file, "text/plain", icon=":material/download:", on_click="ignore"
    )
    if program.language == "json":
        st.caption("A notebook is a file for Jupyter, not a text to read: download it.")
    else:
        st.code(text, language=program.language, line_numbers=True)
    return program


def show_downloads(visit: Visit, program: Program) -> None:
    """What the program prints, and the downloads of the offline page and the worksheet."""
    e, history = visit.run.wanted, visit.run.history if visit.run.is_shown else None
    st.markdown("**What it prints**")
    if history is not None and visit.run.is_finished and (history.diverged_at is None or is_quick(e)):
        where = "" if visit.view.cursor is None else f"; the player is at epoch {visit.view.cursor:,}"
        st.caption(
            f"Nothing is run here: these are the engine's numbers after the last epoch, {e.epochs:,}{where}. "
            f"The program must give them again, {program.digits}."
        )
        st.code(cached_output(e, program.label, history), language=None, wrap_lines=True)
    elif history is not None and history.diverged_at is not None:
        st.caption(f"From epoch {history.diverged_at:,} on its numbers are past all bounds: it prints inf and nan.")
    else:
        st.caption("Train it to its end on the Playground, and its numbers stand here.")
    st.markdown("**A film to keep**")
    st.caption("The player and its pictures as one file, which plays from disk without a network. About 5 MB.")
    if history is not None:
        st.download_button(
            "Download the film",
            partial(
                offline_page,
                history,
                visit.view.row_of(history),
                visit.view.has_log_axis,
                visit.view.cursor,
                st.context.theme.type,
            ),
            "glassbox.html",
            "text/html",
            icon=":material/movie:",
            on_click="ignore",
        )
    st.markdown("**A worksheet**")
    if fits_on_paper(e):
        st.caption("The first update to work out by hand: blanks to fill in, and the answers on a page of their own.")
        st.download_button(
            "Download the worksheet",
            partial(worksheet, e),
            "glassbox-worksheet.html",
            "text/html",
            icon=":material/edit_note:",
            on_click="ignore",
        )
    else:
        st.caption(f"Too much to do by hand: a worksheet has at most {MOST_ROWS} rows and {MOST_WEIGHTS} weights.")
