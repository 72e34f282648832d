"""Histories as Plotly figures: plain dicts, ready to send. No Streamlit here."""

from pages.charts.activation import activation_slope, activation_value
from pages.charts.function import activation_card
from pages.charts.history.curves import loss_curve, output_convergence, weight_evolution
from pages.charts.history.network import network
from pages.charts.history.network_layout import height
from pages.charts.seats import seat
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
