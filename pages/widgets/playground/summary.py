"""The summary says in words and figures what happened, and lists every weight and bias at the cursor's epoch."""

import math

import numpy as np
import pandas as pd
import streamlit as st

from engine import History
from engine.model.targets import CLOSE_SHARE, accuracy, correct_rows, r_squared, target_kind
from engine.model.weight_index import layer_name, neuron_names, source_names
from engine.training.milestones import epoch_all_correct
from pages.charts.style.base import format_number
from pages.state.visit import Bench


def run_summary(history: History) -> str:
    """One or two sentences about a run."""
    e, last = history.experiment, int(history.epochs[-1])
    rows = len(e.train_rows)
    if history.diverged_at is not None:
        return f"The numbers grew beyond all bounds at epoch {history.diverged_at:,}, so the run ends there."
    right = int(correct_rows(e, history.outputs[-1])[list(e.train_rows)].sum())
    by = epoch_all_correct(history)
    loss = f"loss {format_number(float(history.loss[-1]))} after {last:,} {'epoch' if last == 1 else 'epochs'}"
    within = f" to within {CLOSE_SHARE:.0%} of the range" if target_kind(e) == "regression" else ""
    subject = (
        ("The row is" if rows == 1 else f"All {rows:,} rows are")
        if by is not None
        else f"{right:,} of {rows:,} rows are"
    )
    words = f"{subject} right{within}{'' if by is None else f' by epoch {by:,}' if by else ' from the start'}; {loss}."
    if last == 0:
        return f"Not trained yet: {right:,} of {rows:,} rows are right{within} by chance."
    if last < e.epochs:
        words += f" Stopped early: {e.epochs:,} epochs were asked for. Train starts again from 0."
    return words


def show_summary(bench: Bench, history: History) -> None:
    """The sentence, the measures and the weights, all at the cursor's epoch."""
    e, k = history.experiment, history.frame_at(bench.cursor)
    st.markdown(f"**{run_summary(history)}**")
    epoch, outputs = int(history.epochs[k]), history.outputs[k]
    figures = [("Epoch", f"{epoch:,}"), ("Loss", format_number(float(history.loss[k])))]
    figures.append(metric(history, outputs, e.train_rows, ""))
    if history.test_loss is not None:
        figures += [
            ("Held-out loss", format_number(float(history.test_loss[k]))),
            metric(history, outputs, e.test_rows, "Held-out "),
        ]
    with st.container(horizontal=True, gap="large"):
        for name, value in figures:
            st.metric(name, value, width="content")
    st.markdown(f"Weights{' and biases' if history.biases else ''} at epoch {epoch:,}")
    with st.container(horizontal=True, gap="medium"):
        for layer in range(len(history.weights)):
            show_weights(history, layer, k)


def show_weights(history: History, layer: int, k: int) -> None:
    """One layer's weights as a matrix: a row an input, the bias last, a column a neuron."""
    sources, neurons = source_names(history.experiment, layer), neuron_names(history.experiment, layer)
    values = history.weights[layer][k]
    if history.biases:
        values = np.vstack([values, history.biases[layer][k]])
    name = layer_name(layer, len(history.weights))
    st.dataframe(
        pd.DataFrame(values, index=pd.Index(sources, name=f"{name} layer"), columns=list(neurons)),
        column_config={neuron: st.column_config.NumberColumn(format="%.8f", width=110) for neuron in neurons},
        width="content",
        alt=f"Weights of the {name} layer at epoch {history.epochs[k]}",
        key=f"weights {layer}",
    )


def metric(history: History, outputs: np.ndarray, rows: tuple[int, ...], prefix: str) -> tuple[str, str]:
    """Accuracy where the targets are classes, R2 where they are numbers."""
    if target_kind(history.experiment) == "regression":
        found = r_squared(history.experiment, outputs, rows)
        return f"{prefix}R²", "none" if found is None else f"{found:.4f}" if found > -100 else format_number(found)
    return f"{prefix}accuracy".capitalize(), format_percent(accuracy(history.experiment, outputs, rows))


def format_percent(part: float) -> str:
    """A share in per cent; 100 % only where it is all.

    >>> share(1.0), share(399 / 400), share(2 / 3)
    ('100%', '99.7%', '67%')
    """
    text = f"{part:.0%}"
    return f"{math.floor(part * 1_000) / 10}%" if text == "100%" and part < 1 else text
