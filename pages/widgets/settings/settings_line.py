"""The network and its training in one line, from the settings as they are typed."""

from collections.abc import Mapping
from typing import Any

from engine import ACTIVATIONS, OPTIMIZERS
from pages.reading.typed_changes import write_earlier_tables, write_optimizer_changes, write_rate_changes

USUAL_OPTIMIZER = next(iter(OPTIMIZERS))


def settings_line(settings: Mapping[str, Any], outputs: int) -> str:
    """What is trained and how, of a network with so many outputs; what is not yet a number is told as it is typed.

    >>> usual = {"hidden": (), "activations": ("sigmoid",), "optimizer": "sgd", "learning_rate": 1.0, "epochs": 10_000}
    >>> settings_line(usual, 1)
    '1 neuron, sigmoid, rate 1, 10,000 epochs'
    >>> settings_line(usual | {"hidden": (4, 2), "activations": ("tanh", "tanh", "sigmoid"), "optimizer": "adam"}, 3)
    '4 + 2 + 3 neurons, tanh and sigmoid, Adam, rate 1, 10,000 epochs'
    >>> settings_line(usual | {"learning_rate": "fast", "epochs": 1}, 1)
    '1 neuron, sigmoid, rate fast, 1 epoch'
    >>> settings_line(usual | {"rate_changes": ((500, 0.1),)}, 1)
    '1 neuron, sigmoid, rate 1 (500: 0.1), 10,000 epochs'
    >>> settings_line(usual | {"optimizer_changes": ((500, "adam"),)}, 1)
    '1 neuron, sigmoid, Gradient descent (500: Adam), rate 1, 10,000 epochs'
    """
    layers = (*settings["hidden"], outputs)
    neurons = f"{' + '.join(map(str, layers))} neuron{'s' * (layers != (1,))}"
    names = dict.fromkeys(ACTIVATIONS[name].label for name in settings["activations"])
    optimizer, rate, epochs = settings["optimizer"], settings["learning_rate"], settings["epochs"]
    activations = " and ".join(label[:1].lower() + label[1:] if label[1:].islower() else label for label in names)
    parts = [neurons, activations]
    changes = write_optimizer_changes(settings.get("optimizer_changes", ()))
    if optimizer != USUAL_OPTIMIZER or changes:
        parts.append(OPTIMIZERS[optimizer].label + f" ({changes})" * bool(changes))
    parts += [f"rate {rate:g}" if isinstance(rate, float | int) else f"rate {rate}"]
    changes = write_rate_changes(settings.get("rate_changes", ()))
    parts[-1] += f" ({changes})" * bool(changes)
    count = f"{epochs:,}" if isinstance(epochs, int) else epochs
    earlier = write_earlier_tables(settings.get("earlier_tables", ()))
    parts += [f"{count} epoch{'s' * (epochs != 1)}" + f" (first {earlier})" * bool(earlier)]
    return ", ".join(parts)
