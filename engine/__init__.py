"""The neural networks, in NumPy and the standard library: nothing here imports Streamlit, Plotly or pandas.

Each package may import only those above it:

    model          an experiment and the network it describes: activations, losses, optimizers, forward and backward
    data           tables to start from
    training       the weights changed epoch by epoch, and the history that is kept of them
    stacks         hundreds of networks trained at once
    comparison     many runs against each other: statistics over seeds, sweeps over settings
    serialization  an experiment as a URL and as JSON
    explanation    every number of one update, and the checks that it is right
    diagnosis      why a network does not learn, and the change that makes it learn
    export         an experiment as a program: NumPy, notebook, PyTorch, Keras
"""

from engine.data.presets import PRESETS
from engine.model.activations import ACTIVATIONS
from engine.model.experiment import Experiment
from engine.model.initializers import INITIALIZERS
from engine.model.losses import LOSSES
from engine.model.optimizers import OPTIMIZERS
from engine.model.validation import LIMITS, ExperimentError
from engine.stacks.record_many import ManyRecorder, Runs, record_many
from engine.training.history import History
from engine.training.recorder import Recorder, record
from engine.training.train import train

__all__ = [
    "ACTIVATIONS",
    "INITIALIZERS",
    "LIMITS",
    "LOSSES",
    "OPTIMIZERS",
    "PRESETS",
    "Experiment",
    "ExperimentError",
    "History",
    "ManyRecorder",
    "Recorder",
    "Runs",
    "record",
    "record_many",
    "train",
]
