"""Histories as Plotly figures: plain dicts, ready to send. No Streamlit here."""

from pages.charts.curves import loss_curve, output_convergence, weight_evolution
from pages.charts.drawing import height
from pages.charts.figure import EpochAxis, Ready
from pages.charts.network import network
from pages.charts.palette import palette

__all__ = ["EpochAxis", "Ready", "height", "loss_curve", "network", "output_convergence", "palette", "weight_evolution"]
