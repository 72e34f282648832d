"""The tables of compared runs: what differs and what came of it, and the answers side by side."""

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from engine import Experiment, History
from engine.model.outcome import has_learned
from engine.model.targets import accuracy, correct_outputs, r_squared, target_kind
from engine.training.milestones import epoch_all_correct
from pages.charts.comparison.compared_curves import LETTERS
from pages.charts.style.format import format_number, format_percent
from pages.reading.differences import Difference
from pages.state.view import View
from pages.widgets.frame.markdown import escape_markdown

MOST_ROWS = 100
"""Rows of the table of answers."""


def show_results(
    names: Sequence[str],
    experiments: Sequence[Experiment],
    histories: Sequence[History | None],
    differences: Sequence[Difference],
) -> None:
    """A column for each run: first what differs, then what came of it."""
    rows = [(label, *map(escape_markdown, texts)) for label, texts in differences]
    rows += [(label, *(result(history) for history in histories)) for label, result in RESULTS.items()]
    if all(not e.test_rows for e in experiments):
        rows = [row for row in rows if not row[0].startswith("Held-out")]
    st.table(
        pd.DataFrame(rows, columns=["run", *names]).set_index("run"),
        border="horizontal",
        alt="What differs between the runs, and what came of it",
    )


def last_loss(history: History | None) -> str:
    return "" if history is None else format_number(float(history.loss[-1]))


def held_out_loss(history: History | None) -> str:
    return "" if history is None or history.test_loss is None else format_number(float(history.test_loss[-1]))


def learned_word(history: History | None) -> str:
    if history is None:
        return ""
    if history.diverged_at is not None:
        return f"diverged at epoch {history.diverged_at:,}"
    return "yes" if has_learned(history.experiment, history.outputs[-1]) else "no"


def right_from(history: History | None) -> str:
    epoch = None if history is None else epoch_all_correct(history)
    return "" if history is None else "never" if epoch is None else f"epoch {epoch:,}"


def measure(history: History | None, is_held_out: bool) -> str:
    """Accuracy, or R² where targets are numbers."""
    if history is None:
        return ""
    e = history.experiment
    rows = e.test_rows if is_held_out else e.train_rows
    if not rows:
        return ""
    if target_kind(e) == "regression":
        value = r_squared(e, history.outputs[-1], rows)
        return "none" if value is None else f"R² {format_number(value)}"
    return format_percent(accuracy(e, history.outputs[-1], rows))


RESULTS: dict[str, Callable[[History | None], str]] = {
    "Learned": learned_word,
    "Last loss": last_loss,
    "All rows right from": right_from,
    "Right": lambda history: measure(history, is_held_out=False),
    "Held-out loss": held_out_loss,
    "Held-out right": lambda history: measure(history, is_held_out=True),
}
"""What came of a run, by its name in the table."""


def show_answers(view: View, histories: Sequence[History | None]) -> None:
    """The answers of all runs at the player's epoch, row by row; a run whose table has other columns has its own."""
    place = st.expander("The answers side by side", key="answers", on_change="rerun")
    if not place.open:
        return
    columns: dict[str, list[str]] = {}
    for name, history in zip(LETTERS, histories, strict=False):
        if history is None:
            continue
        e, outputs = history.experiment, history.outputs[history.frame_at(view.cursor)][:MOST_ROWS]
        right = correct_outputs(e, history.outputs[history.frame_at(view.cursor)])
        for target, title in enumerate(e.target_names):
            marks = [
                "" if e.targets[row][target] is None else " ✓" if right[row, target] else " ✗"
                for row in range(len(outputs))
            ]
            head = f"{name}: {title}"
            columns[head] = [
                f"{format_number(float(value))}{mark}{' held out' * (row in e.test_rows)}"
                for row, (value, mark) in enumerate(zip(outputs[:, target].tolist(), marks, strict=True))
            ]
    length = max(map(len, columns.values()))
    filled = {head: texts + [""] * (length - len(texts)) for head, texts in columns.items()}
    with place:
        st.dataframe(
            pd.DataFrame(filled, index=pd.RangeIndex(1, length + 1, name="row")),
            alt="The answers of all runs, row by row",
        )
