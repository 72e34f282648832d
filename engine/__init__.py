"""What is computed: from-scratch neural networks in NumPy. Read the files from `activations` up: that is the course."""

from engine.data.presets import PRESETS, STORIES
from engine.model.activations import ACTIVATIONS
from engine.model.experiment import Experiment
from engine.model.initializers import INITIALIZERS
from engine.model.losses import LOSSES
from engine.model.optimizers import OPTIMIZERS
from engine.model.validation import LIMITS, ExperimentError
from engine.training.history import History, Recorder, record
from engine.training.train import train

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
