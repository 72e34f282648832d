"""A step of an update: a sentence, its formula, the same in numbers, a line of NumPy, and its matrices."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.model.weight_index import layer_name
from pages.charts.update.layer_view import LayerView
from pages.charts.update.matrices import EquationPart


@dataclass(frozen=True, slots=True)
class Step:
    """One step: a sentence, the formula in letters and in numbers, the NumPy, the matrices as an equation."""

    layer: int
    title: str
    about: str
    formula: str
    numbers: str
    code: str
    parts: tuple[EquationPart, ...]


def layer_words(scene: LayerView) -> str:
    """The layer for a title; "" if there is only one."""
    count = len(scene.update.layers)
    return f", {layer_name(scene.index, count)} layer" if count > 1 else ""


def input_letter(scene: LayerView) -> str:
    """The letter of the inputs in formulas."""
    return "a" if scene.index else "X"


def function_name(function: Callable[..., Any]) -> str:
    """The name of a function in the engine's source."""
    return f"np.{function.__name__}" if isinstance(function, np.ufunc) else function.__name__
