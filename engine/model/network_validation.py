"""Validation of the network and of how it is trained: layers, activations, loss, settings, start values by hand."""

from collections.abc import Callable
from typing import TypeAlias

from engine.model.activations import ACTIVATIONS
from engine.model.initializers import INITIALIZERS
from engine.model.losses import LOSSES, Loss
from engine.model.optimizers import OPTIMIZERS
from engine.model.plan.changes import changes_by_epoch
from engine.model.scaling import SCALINGS
from engine.model.validation import (
    LIMITS,
    ExperimentError,
    Rows,
    boolean,
    finite_number,
    list_items,
    non_negative_number,
    registry_name,
    short_repr,
    whole_number,
)

Shapes: TypeAlias = tuple[tuple[int, int], ...]
"""(fan_in, fan_out) of every layer."""


def batch_size(value: object) -> int | None:
    """The rows of a batch, None for all of them, or ExperimentError."""
    return None if value is None else whole_number("batch_size", "The batch size", value, 1, LIMITS["rows"])


def learning_rate(field: str, place: str, value: object) -> float:
    """A rate above 0, or ExperimentError with `place` in front."""
    rate = non_negative_number(field, place, value)
    if not rate:
        raise ExperimentError(field, f"{place} is 0, so nothing would change: try 0.1 or 1.")
    return rate


def optimizer_name(field: str, place: str, value: object) -> str:
    """The name of an optimizer, or ExperimentError with `place` in front."""
    if not isinstance(value, str) or value not in OPTIMIZERS:
        raise ExperimentError(field, f"{place}: {short_repr(value)} is none: choose from {', '.join(OPTIMIZERS)}.")
    return str(value)


def stop_loss(value: object) -> float | None:
    """The loss below which training stops, above 0; None for none; or ExperimentError."""
    if value is None:
        return None
    loss = non_negative_number("stop_loss", "The loss to stop below", value)
    if not loss:
        raise ExperimentError("stop_loss", "No loss is below 0: stop below a larger one, or not at all.")
    return loss


def patience(value: object) -> int | None:
    """Kept epochs without a lower held-out loss after which training stops, None for never; or ExperimentError."""
    return None if value is None else whole_number("patience", "The patience", value, 1, LIMITS["patience"])


def require_rows_to_wait_for(patience: int | None, test_rows: tuple[int, ...]) -> None:
    """ExperimentError where training is to stop by the loss of held-out rows, and there are none."""
    if patience is not None and not test_rows:
        raise ExperimentError(
            "patience", "No row is held out, so there is no loss to stop by: hold some out, or do not stop by it."
        )


SETTINGS: dict[str, Callable[[object], object]] = {
    "loss": lambda value: registry_name("loss", "loss", value, LOSSES),
    "optimizer": lambda value: registry_name("optimizer", "optimizer", value, OPTIMIZERS),
    "initializer": lambda value: registry_name("initializer", "initializer", value, INITIALIZERS),
    "scaling": lambda value: registry_name("scaling", "scaling", value, SCALINGS),
    "target_scaling": lambda value: registry_name("target_scaling", "scaling", value, SCALINGS),
    "bias": lambda value: boolean("bias", "The bias", value),
    "seed": lambda value: whole_number("seed", "The seed", value, 0, LIMITS["seed"]),
    "epochs": lambda value: whole_number("epochs", "The number of epochs", value, 1, LIMITS["epochs"]),
    "batch_size": batch_size,
    "learning_rate": lambda value: learning_rate("learning_rate", "The learning rate", value),
    "rate_changes": lambda value: changes_by_epoch(
        "rate_changes", "learning rate", "an epoch and a rate, such as 5000: 0.1", value, learning_rate
    ),
    "optimizer_changes": lambda value: changes_by_epoch(
        "optimizer_changes", "optimizer", "an epoch and an optimizer, such as 5000: adam", value, optimizer_name
    ),
    "stop_loss": stop_loss,
    "stop_when_right": lambda value: boolean("stop_when_right", "Whether to stop when all rows are right", value),
    "patience": patience,
    "l1": lambda value: non_negative_number("l1", "The L1 penalty", value),
    "l2": lambda value: non_negative_number("l2", "The L2 penalty", value),
}
"""Each setting that can be told apart from the rest: its value as an Experiment holds it, or ExperimentError."""


def hidden_units(value: object) -> tuple[int, ...]:
    """The units of each hidden layer, or ExperimentError."""
    units = tuple(
        whole_number("hidden", "The units of a hidden layer", n, 1, LIMITS["units"])
        for n in list_items("hidden", value)
    )
    if len(units) > LIMITS["hidden layers"]:
        raise ExperimentError("hidden", f"{len(units)} hidden layers, at most {LIMITS['hidden layers']}: remove some.")
    return units


def layer_activations(value: object, layers: int) -> tuple[str, ...]:
    """The activation of each of so many layers, the output's last, or ExperimentError."""
    names = tuple(
        registry_name("activations", "activation", name, ACTIVATIONS) for name in list_items("activations", value)
    )
    if len(names) != layers:
        raise ExperimentError(
            "activations", f"{len(names)} activations for {layers} layers: give one a layer, the output's last."
        )
    for name in names[:-1]:
        if not ACTIVATIONS[name].is_elementwise:
            label = ACTIVATIONS[name].label
            raise ExperimentError(
                "activations", f"{label} is for the output layer: choose another for the hidden ones."
            )
    return names


def require_fitting_loss(loss: Loss, output: str, targets: int) -> None:
    """ExperimentError where a loss or so many targets do not go with the output's activation."""
    if output == "softmax" and targets == 1:
        raise ExperimentError(
            "activations", "Softmax with one target always gives 1: add a target column, or choose sigmoid."
        )
    if loss.fused_activation not in (None, output):
        raise ExperimentError(
            "loss",
            f"{loss.label} needs the {loss.fused_activation} output, and yours is {output}: change one of the two.",
        )


def require_few_weights(shapes: Shapes) -> None:
    """ExperimentError where layers of these (fan_in, fan_out) have too many weights and biases."""
    weights = sum((fan_in + 1) * fan_out for fan_in, fan_out in shapes)
    if weights > LIMITS["weights"]:
        raise ExperimentError(
            "hidden", f"{weights:,} weights, at most {LIMITS['weights']:,}: use fewer units, layers or columns."
        )


def start_weights(value: object, shapes: Shapes) -> tuple[Rows, ...]:
    """Start weights by hand: one (fan_in, fan_out) a layer, () for none; ExperimentError where a shape is wrong."""
    return start_values("initial_weights", value, shapes) if list_items("initial_weights", value) else ()


def start_biases(value: object, shapes: Shapes, bias: bool) -> Rows:
    """Start biases by hand: one (fan_out,) a layer, () for none; ExperimentError where a shape is wrong."""
    listed = list_items("initial_biases", value)
    if not listed:
        return ()
    if not bias:
        raise ExperimentError("initial_biases", "Start biases are given, but the bias is off: switch it on.")
    layers = tuple((row,) for row in listed)
    rows = start_values("initial_biases", layers, tuple((1, fan_out) for _, fan_out in shapes))
    return tuple(row for (row,) in rows)


def start_values(field: str, value: object, shapes: Shapes) -> tuple[Rows, ...]:
    """Start values by hand: one (fan_in, fan_out) a layer, as floats; ExperimentError where a shape is wrong."""
    layers = list_items(field, value)
    words = field.replace("initial_", "start ")
    if len(layers) != len(shapes):
        raise ExperimentError(field, f"{len(layers)} layers of {words} for a network of {len(shapes)}.")
    result = []
    for index, (layer, (fan_in, fan_out)) in enumerate(zip(layers, shapes, strict=True), 1):
        place, listed = f"The {words} of layer {index}", list_items(field, layer)
        rows = tuple(list_items(field, row) for row in listed[: fan_in + 1])
        if len(rows) != fan_in or any(len(row) != fan_out for row in rows):
            raise ExperimentError(field, f"{place} must be {fan_in} x {fan_out}.")
        one = "weight" if field == "initial_weights" else "bias"
        result.append(
            tuple(
                tuple(
                    finite_number(field, f"The start {one} of layer {index}, row {i}, neuron {j}", v)
                    for j, v in enumerate(row, 1)
                )
                for i, row in enumerate(rows, 1)
            )
        )
    return tuple(result)
