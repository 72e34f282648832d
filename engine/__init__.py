"""What is computed: from-scratch neural networks in NumPy. Read the files from `activations` up: that is the course."""

from engine.activations import ACTIVATIONS
from engine.checks import LIMITS, ExperimentError
from engine.datasets import PRESETS, STORIES
from engine.experiment import Experiment
from engine.history import History, Recorder, record
from engine.initializers import INITIALIZERS
from engine.losses import LOSSES
from engine.optimizers import OPTIMIZERS
from engine.training import train

__all__ = [
    "ACTIVATIONS",
    "INITIALIZERS",
    "LIMITS",
    "LOSSES",
    "OPTIMIZERS",
    "PRESETS",
    "STORIES",
    "Experiment",
    "ExperimentError",
    "History",
    "Recorder",
    "record",
    "train",
]
