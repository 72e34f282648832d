"""Plotly accepts the pictures of neurons on their curves, and the cards of activations, in both schemes."""

from dataclasses import replace

import plotly.graph_objects as go
import pytest

from engine import ACTIVATIONS, record
from pages.charts.activations.activation_curve import activation_card_figure
from pages.charts.activations.neuron_positions import neuron_positions
from pages.charts.activations.neurons_on_curve import activation_figure, slope_figure
from pages.charts.style.palette import Palette, palette_for
from tests.charts.runs import EXPERIMENTS


@pytest.mark.parametrize("colors", [palette_for("light"), palette_for("dark")], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["tutorial", "mixed", "fruit"])
def test_plotly_accepts_the_pictures(name: str, colors: Palette) -> None:
    history = record(replace(EXPERIMENTS[name], epochs=5))
    for layer in range(len(history.weights)):
        for builder in (activation_figure, slope_figure):
            assert len(go.Figure(builder(neuron_positions(history, layer, 0), colors, "a1")).frames) == 6


@pytest.mark.parametrize("colors", [palette_for("light"), palette_for("dark")], ids=["light", "dark"])
@pytest.mark.parametrize("name", ACTIVATIONS)
def test_plotly_accepts_the_cards(name: str, colors: Palette) -> None:
    assert len(go.Figure(activation_card_figure(name, colors)).data) == 3
