"""The summary of a run: a sentence, measures, and every weight and bias at the cursor's epoch."""

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from engine import History
from engine.explanation.rounded_to_zero import zero_weight_size
from engine.model.targets import accuracy, r_squared, target_kind
from engine.model.weight_index import layer_name, neuron_names, source_names
from pages.charts.history.alt_text import run_summary
from pages.charts.style.format import format_number, format_percent
from pages.private_api.displayed_table import DisplayedTable
from pages.state.view import View

MOST_CHARACTERS = 15
"""A longer weight would lose its sign in its column, so all of its layer have exponents, and are texts: written as
numbers beyond 2**53 they would be cut."""


def show_summary(view: View, history: History, is_training: bool) -> None:
    """Show the summary at the cursor's epoch."""
    e, k = history.experiment, history.frame_at(view.cursor)
    summary = f"What has been learned until epoch {history.epochs[-1]:,}." if is_training else run_summary(history)
    st.markdown(f"**{summary}**")
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
    """One layer's weights at frame `k` as a matrix: one row per input, the bias last, one column per neuron."""
    sources, neurons = source_names(history.experiment, layer), neuron_names(history.experiment, layer)
    values = history.weights[layer][k]
    if history.biases:
        values = np.vstack([values, history.biases[layer][k]])
    name = layer_name(layer, len(history.weights))
    zero = zero_weight_size(history.experiment)
    frame = pd.DataFrame(values, index=pd.Index(sources, name=f"{name} layer"), columns=list(neurons))

    def write(form: str) -> dict[str, list[str]]:
        return {
            neuron: ["≈0" if 0 < abs(weight) < zero else f"{weight:{form}}" for weight in frame[neuron].tolist()]
            for neuron in neurons
        }

    texts = write(".8f")  # eight decimals, as programs print them
    is_large = max(len(text) for cells in texts.values() for text in cells) > MOST_CHARACTERS
    if is_large:
        texts = write(".8e")
    column, width = (st.column_config.TextColumn, 140) if is_large else (st.column_config.NumberColumn, 110)
    config: dict[Any, Any] = {neuron: column(width=width, alignment="right") for neuron in neurons}
    st.dataframe(
        pd.DataFrame(texts, index=frame.index) if is_large else DisplayedTable(frame, texts),
        column_config=config,
        width="content",
        alt=f"Weights of the {name} layer at epoch {history.epochs[k]}",
        key=f"weights {layer}",
    )


def metric(history: History, outputs: np.ndarray, rows: tuple[int, ...], prefix: str) -> tuple[str, str]:
    """The label and value of the accuracy if targets are classes, of R2 if they are numbers."""
    if target_kind(history.experiment) == "regression":
        found = r_squared(history.experiment, outputs, rows)
        if found is None:
            return f"{prefix}R²", "none"
        far = "far below 0" if found < -1e6 else format_number(found)
        return f"{prefix}R²", f"{found:.4f}" if found > -100 else far
    return f"{prefix}accuracy".capitalize(), format_percent(accuracy(history.experiment, outputs, rows))
