"""Programs are the experiment written out, to run without us; beside them what they print, and more to keep."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import streamlit as st

from engine import Experiment, History
from engine.keras import keras
from engine.measures import right_rows
from engine.notebook import notebook
from engine.pytorch import pytorch
from engine.script import script
from pages.widgets.bench import Bench
from pages.widgets.keepsake import keepsake
from pages.widgets.remembering import BY_TEXT
from pages.widgets.trainer import is_shown
from pages.widgets.worksheet import ROWS, WEIGHTS, fits, worksheet


@dataclass(frozen=True, slots=True)
class Program:
    """One way of writing an experiment down."""

    label: str
    file: str
    language: str
    about: str
    write: Callable[[Experiment], str]


PROGRAMS = (
    Program(
        "NumPy",
        "glassbox.py",
        "python",
        "Runs with Python and NumPy alone: `python glassbox.py`. It prints the numbers of this page, to the last bit.",
        script,
    ),
    Program(
        "Notebook",
        "glassbox.ipynb",
        "json",
        "The same, a piece at a time, with explanations and a picture of the loss. Open it in Jupyter.",
        notebook,
    ),
    Program(
        "PyTorch",
        "glassbox_pytorch.py",
        "python",
        "The same network in PyTorch, where the gradients are found for you. Needs the package torch.",
        pytorch,
    ),
    Program(
        "Keras",
        "glassbox_keras.py",
        "python",
        "The same network in Keras. Needs the packages keras and one of its back ends.",
        keras,
    ),
)


@st.cache_data(max_entries=32, show_spinner=False, hash_funcs=BY_TEXT)
def written(experiment: Experiment, label: str) -> str:
    """One program of an experiment."""
    return next(program for program in PROGRAMS if program.label == label).write(experiment)


def programs(bench: Bench) -> None:
    """The choice of a program, its text to copy or download, and what it prints."""
    labels = [program.label for program in PROGRAMS]
    chosen = st.segmented_control("Program", labels, default=labels[0], key="program", label_visibility="collapsed")
    program = PROGRAMS[labels.index(chosen or labels[0])]
    text = written(bench.wanted, program.label)
    st.caption(program.about)
    st.download_button(
        f"Download {program.file}", text, program.file, "text/plain", icon=":material/download:", on_click="ignore"
    )
    if program.language == "json":
        st.caption("A notebook is a file for Jupyter, not a text to read: download it.")
    else:
        st.code(text, language=program.language, line_numbers=True)


def keep(bench: Bench) -> None:
    """What the program prints, from the engine; the stage as a file; a worksheet."""
    e, history = bench.wanted, bench.history if is_shown(bench) else None
    st.markdown("**What it prints**")
    if history is not None:
        st.caption("Nothing is run here: these are the engine's numbers, which the program must give again.")
        st.code(results(history), language=None, wrap_lines=True)
    else:
        st.caption("Train it on the Playground, and its numbers stand here.")
    st.markdown("**A film to keep**")
    st.caption("The stage as one file. It plays from disk, with its controls, without a network. About 5 MB.")
    if history is not None:
        st.download_button(
            "Download the stage",
            partial(keepsake, history, bench.row, bench.log, bench.cursor, st.context.theme.type),
            "glassbox.html",
            "text/html",
            icon=":material/movie:",
            on_click="ignore",
        )
    st.markdown("**A worksheet**")
    if fits(e):
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
        st.caption(f"Too much to do by hand: a worksheet has at most {ROWS} rows and {WEIGHTS} weights.")


def results(history: History) -> str:
    """The last lines of the program: outputs, loss, rows right, and every weight and bias to the last digit."""
    e, several = history.experiment, len(history.weights) > 1
    right = right_rows(e, history.outputs[-1])
    lines = [str(history.outputs[-1]), f"Loss: {float(history.loss[-1])}"]
    if history.test_loss is not None:
        lines.append(f"Loss of the rows held out: {float(history.test_loss[-1])}")
    lines.append(f"Rows right: {right[list(e.train_rows)].sum()} of {len(e.train_rows)}")
    if e.test_rows:
        lines.append(f"Held-out rows right: {right[list(e.test_rows)].sum()} of {len(e.test_rows)}")
    for index, weights in enumerate(history.weights):
        end = f"_{index + 1}" if several else ""
        lines.append(f"weights{end} = {weights[-1].tolist()}")
        if history.biases:
            lines.append(f"biases{end} = {history.biases[index][-1].tolist()}")
    return "\n".join(lines)
