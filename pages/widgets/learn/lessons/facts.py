"""Facts about an experiment, computed by the engine: the numbers in lessons, and those that decide their questions.

Most are about the end of the run; the run store trains an experiment only once for all of them.
"""

import math
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from engine import Experiment
from engine.model.network import forward, initial_parameters
from engine.model.targets import correct_rows
from engine.training.milestones import epoch_all_correct
from pages.server.run_store import RUNS

Numbers = npt.NDArray[np.float64]


def with_hidden_layers(experiment: Experiment, *units: int, activation: str = "tanh") -> Experiment:
    """The experiment with other hidden layers."""
    return replace(experiment, hidden=units, activations=(activation,) * len(units) + experiment.activations[-1:])


def with_start_weights(*weights: float, epochs: int = 10_000, loss: str = "half_squared_error") -> Experiment:
    """The tutorial's neuron with start weights set by hand."""
    given = (tuple((weight,) for weight in weights),)
    return Experiment(initial_weights=given, epochs=epochs, loss=loss)


def output_at_start(experiment: Experiment, row: int) -> tuple[float, float]:
    """The sum z and the output of the untrained network's first output, for one row."""
    passed = forward(experiment, *initial_parameters(experiment), experiment.input_array)
    return float(passed.pre_activations[-1][row, 0]), float(passed.outputs[-1][row, 0])


def final_weights(experiment: Experiment, layer: int = 0) -> Numbers:
    """The final weights of a layer: (fan_in, fan_out)."""
    found: Numbers = RUNS.get_or_train(experiment).weights[layer][-1]
    return found


def shape_text(table: npt.ArrayLike) -> str:
    """The shape of a table as text.

    >>> shape_text(((1, 2, 3), (4, 5, 6)))
    '2 × 3'
    """
    return " × ".join(map(str, np.shape(table)))


def final_outputs(experiment: Experiment) -> Numbers:
    """The final outputs: (samples, targets)."""
    found: Numbers = RUNS.get_or_train(experiment).outputs[-1]
    return found


def first_and_last_loss(experiment: Experiment) -> tuple[float, float]:
    """The loss before and after training."""
    found = RUNS.get_or_train(experiment).loss
    return float(found[0]), float(found[-1])


def loss_drop(experiment: Experiment) -> float:
    """By how much training lowers the loss."""
    before, after = first_and_last_loss(experiment)
    return before - after


def correct_row_count(experiment: Experiment) -> int:
    """How many rows are right."""
    return int(correct_rows(experiment, final_outputs(experiment)).sum())


def all_correct_from(experiment: Experiment) -> float:
    """The epoch from which all rows are right; inf if there is none."""
    epoch = epoch_all_correct(RUNS.get_or_train(experiment))
    return math.inf if epoch is None else epoch


def largest_error(experiment: Experiment) -> float:
    """The largest distance of an output from its target."""
    return float(np.nanmax(np.abs(final_outputs(experiment) - experiment.unscaled_targets)))


def weight_changes(experiment: Experiment, layer: int = 0) -> Numbers:
    """The absolute change of each weight of a layer: (fan_in, fan_out)."""
    weights = RUNS.get_or_train(experiment).weights[layer]
    found: Numbers = np.abs(weights[-1] - weights[0])
    return found


def changed_weight_names(experiment: Experiment) -> str:
    """The names of the weights of a single neuron that training has changed: "w1, w3"."""
    return ", ".join(f"w{place}" for place, way in enumerate(weight_changes(experiment)[:, 0], 1) if way)


def different_neuron_count(experiment: Experiment) -> int:
    """How many different neurons the first hidden layer has, to eight digits."""
    return len({tuple(neuron) for neuron in final_weights(experiment).T.round(8).tolist()})
