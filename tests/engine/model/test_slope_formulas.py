"""The formula shown for a slope is right: evaluated as written, it equals the slope function."""

import math
import re

import numpy as np
import pytest

from engine import ACTIVATIONS


def calculated(formula: str, name: str, z: float) -> float:
    """What a slope's formula comes to at z."""
    activation = ACTIVATIONS[name]
    row = np.array([z, 0.5, -1.0])
    plain = formula.replace(r"\,", "*").replace(r"\sigma", "sigma").replace(r"\cos", "cos").replace("^2", "**2")
    plain = re.sub(r"\\text\{ (if|else) \}", r" \1 ", plain).replace("e^z", "exp(z)").replace("(z) * (", "(z)*(")
    names = {
        "__builtins__": {},
        "z": z,
        "exp": math.exp,
        "cos": math.cos,
        "sigma": lambda x: 1 / (1 + math.exp(-x)),
        "f": lambda _: float(activation.value(row)[0]),
    }
    found: float = eval(plain, names)
    return found


@pytest.mark.parametrize("name", ACTIVATIONS)
@pytest.mark.parametrize("z", [-2.5, -0.3, 0.2, 1.7])
def test_the_formula_is_the_slope(name: str, z: float) -> None:
    slope = ACTIVATIONS[name].slope(np.array([z, 0.5, -1.0]))[0]
    assert calculated(ACTIVATIONS[name].slope_formula, name, z) == pytest.approx(float(slope), rel=1e-12, abs=1e-15)
