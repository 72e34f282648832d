"""Histories as Plotly figures: plain dicts, ready to send. No Streamlit here."""

from pages.charts.activations.activation_curve import activation_card
from pages.charts.activations.neuron_positions import seat
from pages.charts.activations.neurons_on_curve import activation_slope, activation_value
from pages.charts.history.curves import loss_curve, output_convergence, weight_evolution
from pages.charts.history.network import network
from pages.charts.history.network_layout import height
from pages.charts.style.base import EpochAxis, Ready
from pages.charts.style.palette import palette

__all__ = [
    "EpochAxis",
    "Ready",
    "activation_card",
    "activation_slope",
    "activation_value",
    "height",
    "loss_curve",
    "network",
    "output_convergence",
    "palette",
    "seat",
    "weight_evolution",
]
