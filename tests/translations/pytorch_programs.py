"""The PyTorch programs to compare with the engine: of whole trainings, and of one epoch from a given state."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from engine import OPTIMIZERS, PRESETS, Experiment, train
from engine.export.pytorch import pytorch_script
from engine.model.types import Array
from engine.training.train import TrainingState, kept_epochs
from tests.engine.experiments_to_export import (
    after_other_tables,
    by_hand,
    derived_inputs,
    every_part,
    frozen_parts,
    random_experiments,
    random_scaled_experiments,
    scaled_and_asking,
    scheduled_experiments,
    stopped_experiments,
)
from tests.engine.stacks.trained_alone import is_stable

SLOTS = {
    "sgd": (),
    "momentum": ("momentum_buffer",),
    "rmsprop": ("square_avg",),
    "adam": ("exp_avg", "exp_avg_sq"),
}
"""The names of the slots in the state of PyTorch's optimizers."""

REMEMBER = """
given, at = torch.tensor({memory}), 0
for layer in linear:
    for parameter in layer.parameters():
        rows = given[:, at : at + parameter.numel()].reshape(len(given), -1, len(layer.weight))
        shaped = [row.T.reshape(parameter.shape).clone() for row in rows]
        optimizer.state[parameter] = dict(zip({slots}, shaped)) | {{"step": torch.tensor({updates}.0)}}
        at += parameter.numel()
"""

EPOCHS_SAMPLED = 12
STEP_BY_STEP = {
    **PRESETS,
    "rmsprop": replace(PRESETS["sine"], optimizer="rmsprop", epochs=300),
    "momentum": replace(PRESETS["fruit"], optimizer="momentum", batch_size=5, epochs=300),
}


def steady(e: Experiment) -> bool:
    """Not RMSprop or Adam, which turn the rounding error of a gradient that nearly cancels into a full step."""
    return not any(OPTIMIZERS[name].divides_by_gradient for name, _, _ in e.optimizer_spans)


def with_adam() -> list[Experiment]:
    return [replace(PRESETS[name], optimizer="adam", learning_rate=0.02) for name in ("xor", "majority", "line")]


def with_another_optimizer() -> list[Experiment]:
    """Adam after some epochs by another, with another rate; and optimizers that follow on each other in batches."""
    e = replace(PRESETS["xor"], epochs=500, rate_changes=((300, 0.02),), optimizer_changes=((300, "adam"),))
    changes = ((30, "momentum"), (70, "momentum"), (90, "sgd"))
    return [e, replace(PRESETS["fruit"], epochs=120, batch_size=5, optimizer_changes=changes)]


def after_another_table() -> list[Experiment]:
    """Another table at first, whole and in batches, scaled, with another optimizer and with rules that stop it."""
    return [e for e in after_other_tables()[:40] if steady(e)]


def named_experiments() -> list[Experiment]:
    """Presets, every part of the engine, start weights by hand, every scaling, questions, and all that changes how long
    and with what a network is trained."""
    changed = [*frozen_parts()[:16], *derived_inputs()[:11], *scheduled_experiments()[:16], *stopped_experiments()[:14]]
    return [
        *PRESETS.values(),
        *with_adam(),
        *with_another_optimizer(),
        *after_another_table(),
        *every_part(),
        *by_hand()[:2],
        *scaled_and_asking(),
        *filter(steady, changed),
    ]


def whole_trainings() -> list[Experiment]:
    """The named ones, and random ones, scaled or not, in which rounding stays small whatever processor rounds."""
    random = filter(steady, [*random_experiments(100), *random_scaled_experiments()])
    return [*named_experiments(), *filter(is_stable, random)]


def states_along_the_way(e: Experiment) -> Iterator[TrainingState]:
    """States at log-spaced epochs, with every number rounded to six digits: short, and the same on any machine."""
    kept = kept_epochs(e.epochs)[:-1]
    places = np.linspace(0, len(kept) - 1, EPOCHS_SAMPLED).round().astype(int)
    for state in train(e, sorted({kept[place] for place in places})):
        weights, biases = (tuple(map(round_to_six_digits, arrays)) for arrays in (state.weights, state.biases))
        yield TrainingState(state.epoch, weights, biases, round_to_six_digits(state.memory))


def round_to_six_digits(array: Array) -> Array:
    return np.array([float(f"{x:.6g}") for x in array.ravel()]).reshape(array.shape)


def one_epoch_program(e: Experiment, state: TrainingState) -> str:
    """The exported program of one epoch from a state, including the optimizer's memory."""
    weights = tuple(tuple(map(tuple, layer.tolist())) for layer in state.weights)
    biases = tuple(tuple(layer.tolist()) for layer in state.biases)
    source = pytorch_script(replace(e, epochs=1, initial_weights=weights, initial_biases=biases))
    begin, train_it, rest = source.partition("\n# Train the network\n")
    slots, updates = SLOTS[e.optimizer], state.epoch * e.batches
    remember = REMEMBER.format(memory=state.memory.tolist(), slots=slots, updates=updates) if slots else ""
    return begin + remember + train_it + rest
