"""An initializer draws the weights a network starts from; the biases always start at 0.

`draw(random, fan_in, fan_out)` gives an array (fan_in, fan_out): a column a neuron, as long as its inputs.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.random import RandomState

from engine.model.types import Array


@dataclass(frozen=True, slots=True)
class Initializer:
    """One way of drawing start weights; all randomness comes from the `RandomState` that is handed in."""

    label: str
    about: str
    draw: Callable[[RandomState, int, int], Array]


def uniform_0_1(random: RandomState, fan_in: int, fan_out: int) -> Array:
    return random.rand(fan_in, fan_out)


def uniform_both_signs(random: RandomState, fan_in: int, fan_out: int) -> Array:
    return 2 * random.rand(fan_in, fan_out) - 1


def glorot_uniform(random: RandomState, fan_in: int, fan_out: int) -> Array:
    """X. Glorot and Y. Bengio, Understanding the difficulty of training deep feedforward networks, 2010, eq. 16."""
    limit = math.sqrt(6 / (fan_in + fan_out))
    return (2 * random.rand(fan_in, fan_out) - 1) * limit


def he_normal(random: RandomState, fan_in: int, fan_out: int) -> Array:
    """K. He et al., Delving deep into rectifiers, 2015, eq. 10."""
    return random.randn(fan_in, fan_out) * math.sqrt(2 / fan_in)


def zeros(random: RandomState, fan_in: int, fan_out: int) -> Array:
    return np.zeros((fan_in, fan_out))


INITIALIZERS: dict[str, Initializer] = {
    "uniform_0_1": Initializer("0 to 1", "Even odds between 0 and 1. The lesson's own.", uniform_0_1),
    "uniform_-1_1": Initializer("-1 to 1", "Even odds between -1 and 1.", uniform_both_signs),
    "glorot_uniform": Initializer("Glorot", "Scaled to the layer's size; suits sigmoid and tanh.", glorot_uniform),
    "he_normal": Initializer("He", "Bell-shaped, scaled to the layer's inputs; suits ReLU.", he_normal),
    "zeros": Initializer("Zeros", "All equal, so hidden neurons stay copies of each other.", zeros),
}
