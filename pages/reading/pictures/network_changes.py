"""Changes of the network's shape as the drawing sends them: one neuron more or fewer, a layer, an activation.

They come from a browser, so anything may be in them; what is none, or goes beyond a limit, changes nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from engine import ACTIVATIONS, LIMITS, ExperimentError
from engine.model.network_validation import require_few_weights

FIRST_UNITS, FIRST_ACTIVATION = 4, "tanh"
"""Of the first hidden layer; another one is as the last was."""


def hidden_activations() -> list[str]:
    """The names of those that a hidden layer can have."""
    return [name for name, activation in ACTIVATIONS.items() if activation.is_elementwise]


@dataclass(frozen=True, slots=True)
class NetworkShape:
    """What of a network can be changed on its drawing."""

    hidden: tuple[int, ...]  # units a hidden layer
    activations: tuple[str, ...]  # one a layer, the output's last

    @classmethod
    def from_settings(cls, settings: Mapping[str, Any]) -> "NetworkShape | None":
        """The shape in the settings; None where what is typed is none."""
        hidden, activations = settings["hidden"], settings["activations"]
        is_whole = all(isinstance(units, int) and 1 <= units <= LIMITS["units"] for units in hidden)
        if not is_whole or len(hidden) > LIMITS["hidden layers"] or len(activations) != len(hidden) + 1:
            return None
        return cls(tuple(hidden), tuple(activations))

    def change(self, change: Mapping[str, Any], inputs: int, targets: int) -> "NetworkShape":
        """The shape after a change, in a network of so many inputs and targets; the same where it is not possible."""
        match change:
            case {"kind": "units", "layer": int(layer), "by": (1 | -1) as by} if 0 <= layer < len(self.hidden):
                hidden = (*self.hidden[:layer], self.hidden[layer] + by, *self.hidden[layer + 1 :])
                changed = replace(self, hidden=hidden)
            case {"kind": "layers", "by": 1}:
                units, name = (
                    (self.hidden[-1], self.activations[-2]) if self.hidden else (FIRST_UNITS, FIRST_ACTIVATION)
                )
                changed = NetworkShape((*self.hidden, units), (*self.activations[:-1], name, self.activations[-1]))
            case {"kind": "layers", "by": -1} if self.hidden:
                changed = NetworkShape(self.hidden[:-1], (*self.activations[:-2], self.activations[-1]))
            case {"kind": "activation", "layer": int(layer), "name": str(name)} if 0 <= layer < len(self.activations):
                is_output = layer == len(self.hidden)
                if name not in (ACTIVATIONS if is_output else hidden_activations()):
                    return self
                return replace(self, activations=(*self.activations[:layer], name, *self.activations[layer + 1 :]))
            case _:
                return self
        return changed if changed.is_within_limits(inputs, targets) else self

    def is_within_limits(self, inputs: int, targets: int) -> bool:
        """Whether a network of so many inputs and targets may have it."""
        sizes = (inputs, *self.hidden, targets)
        try:
            require_few_weights(tuple(pairwise(sizes)))
        except ExperimentError:
            return False
        return len(self.hidden) <= LIMITS["hidden layers"] and all(1 <= n <= LIMITS["units"] for n in self.hidden)
