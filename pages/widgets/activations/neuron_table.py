"""The neurons of a layer in words: which ones learn, which hardly do, and which are dead."""

import pandas as pd
import streamlit as st

from engine import ACTIVATIONS, History
from engine.explanation.saturation import NeuronState, neuron_states
from engine.model.weight_index import layer_name, neuron_names
from pages.charts.style.format import format_number
from pages.charts.style.palette import palette_for
from pages.widgets.frame.markdown import escape_markdown

MOST_UNSCROLLED = 12
SCROLL_HEIGHT = 420
"""Pixels of a table of more than MOST_UNSCROLLED neurons, which scrolls."""


def show_neuron_table(history: History, layer: int, frame: int) -> None:
    """The verdict on the layer, and a table with one row per neuron."""
    colors = palette_for(st.context.theme.type)
    e, found = history.experiment, neuron_states(history, layer, frame)
    name, activation = layer_name(layer, len(history.weights)), ACTIVATIONS[e.activations[layer]].label
    names = neuron_names(e, layer)
    st.markdown(f"**Epoch {int(history.epochs[frame]):,}, {name} layer.** {layer_verdict(names, found)}")
    rows = [
        {
            "neuron": escape_markdown(neuron),
            "z": range_text(standing.z_low, standing.z_high),
            "slope": range_text(standing.slope_low, standing.slope_high),
            "what that means": neuron_words(standing, activation, bool(e.test_rows)),
        }
        for neuron, standing in zip(names, found, strict=True)
    ]
    table = pd.DataFrame(rows).style.apply(
        lambda column: [f"color: {colors.line(unit)}; font-weight: 600" for unit in range(len(column))],
        subset=["neuron"],
    )
    with st.container(height=SCROLL_HEIGHT if len(found) > MOST_UNSCROLLED else "content", border=False):
        st.table(table, hide_index=True, border="horizontal", alt=f"How the neurons of the {name} layer stand")


def layer_verdict(names: tuple[str, ...], found: tuple[NeuronState, ...]) -> str:
    """One or two sentences on a layer: which neurons are dead or have all but stopped, and whether the others learn."""
    words = {"dead": "Dead", "no_slope": "Without any slope", "stopped": "All but stopped learning"}
    parts = []
    for state, word in words.items():
        named = [escape_markdown(name) for name, standing in zip(names, found, strict=True) if standing.state == state]
        if named:
            parts.append(f"{word}: {', '.join(named)}.")
    if not parts:
        return "No neuron is dead, and none has stopped learning."
    rest = sum(standing.state not in words for standing in found)
    if rest:
        parts.append(f"{rest} of {len(found)} still {'learns' if rest == 1 else 'learn'}.")
    return " ".join(parts)


def neuron_words(standing: NeuronState, activation: str, held_out: bool) -> str:
    """What a neuron's slopes mean for its learning."""
    every = "on every training row" if held_out else "on every row"
    most = format_number(standing.steepest)
    match standing.state:
        case "non_finite":
            return "its numbers have grown beyond all bounds"
        case "cancelled":
            return "learns by its error alone: the loss cancels the slope"
        case "no_slope":
            return f"slope 0 everywhere: {activation} lets no error through, so nothing before it can learn"
        case "dead":
            side = "below 0" if standing.z_high < 0 else "0 or below"
            return f"dead: z is {side} {every}, so its slope is 0 and no error gets through to its weights"
        case "stopped":
            slope = f"slope at most {most}" if standing.steepest else "slope 0"
            return f"{slope} {every}: this neuron has all but stopped learning"
        case "slow":
            share = f"at most {format_number(100 * standing.steepest)} % of its error"
            return f"slope at most {most} {every}: it learns slowly, with {share}"
        case "partly_flat":
            return f"flat on {standing.flat_rows:,} of {standing.rows:,} rows: it learns from the others"
        case "learning":
            return f"learns {every.replace('on', 'from', 1)}"


def range_text(low: float, high: float) -> str:
    """A range in words; a single number if both ends are the same."""
    ends = [format_number(low), format_number(high)]
    return ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"
