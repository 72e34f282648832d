"""The steps of one update, in order."""

from engine import Experiment
from engine.explanation.ledger import Update
from engine.explanation.rounded_to_zero import zero_sizes
from pages.charts.update.backward import delta_step, error_step, gradient_step
from pages.charts.update.forward import activation_step, pre_activation_step
from pages.charts.update.latex import MOST_TERMS
from pages.charts.update.layer_view import Focus, LayerView
from pages.charts.update.new_weights import update_step
from pages.charts.update.scaled_table import scaling_steps
from pages.charts.update.step import Step

__all__ = ["Step", "all_steps"]


def all_steps(experiment: Experiment, update: Update, focus: Focus, most_terms: int = MOST_TERMS) -> list[Step]:
    """All steps of an update: the scaling of the table, forward, back, and then the new weights of every layer.

    A sum is written out up to `most_terms`.
    """
    zeros = zero_sizes(update, experiment)
    scenes = [LayerView(experiment, update, focus, zeros, most_terms, index) for index in range(len(update.layers))]
    found = [make(scene) for scene in scenes for make in (pre_activation_step, activation_step)]
    found += [make(scene) for scene in reversed(scenes) for make in (error_step, delta_step, gradient_step)]
    return scaling_steps(scenes[0], scenes[-1]) + found + [update_step(scene) for scene in scenes]
