"""A step is one move of an update: what happens, its formula, its numbers, its NumPy and its picture."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.model.weight_index import layer_name
from pages.charts.update.layer_view import LayerView
from pages.charts.update.matrices import EquationPart


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what happens, the formula with names and with numbers, the NumPy, the matrices as an equation."""

    layer: int
    title: str
    about: str
    formula: str
    numbers: str
    code: str
    parts: tuple[EquationPart, ...]


def layer_words(scene: LayerView) -> str:
    """Which layer, where there are several."""
    count = len(scene.update.layers)
    return f", {layer_name(scene.index, count)} layer" if count > 1 else ""


def input_letter(scene: LayerView) -> str:
    """What comes in, as formulas call it."""
    return "a" if scene.index else "X"


def function_name(function: Callable[..., Any]) -> str:
    """How a function is called in the engine's source."""
    return f"np.{function.__name__}" if isinstance(function, np.ufunc) else function.__name__
