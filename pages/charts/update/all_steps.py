"""The steps of one update, in their order."""

from engine import Experiment
from engine.explanation.ledger import Update
from pages.charts.update.backward import deltas, errors, gradients
from pages.charts.update.forward import outputs, sums
from pages.charts.update.layer_view import Focus, Scene
from pages.charts.update.new_weights import new_weights
from pages.charts.update.step import Step

__all__ = ["Step", "steps"]


def steps(experiment: Experiment, update: Update, focus: Focus) -> list[Step]:
    """All steps of an update: forward from the first layer to the last, back again, and only then the weights."""
    scenes = [Scene(experiment, update, focus, index) for index in range(len(update.layers))]
    found = [make(scene) for scene in scenes for make in (sums, outputs)]
    found += [make(scene) for scene in reversed(scenes) for make in (errors, deltas, gradients)]
    return found + [new_weights(scene) for scene in scenes]
