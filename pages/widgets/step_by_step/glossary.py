"""The glossary: what the letters in the formulas mean, and the source of the functions in the lines of NumPy."""

import inspect
from collections.abc import Callable
from typing import Any

import numpy as np
import streamlit as st

from engine import ACTIVATIONS, LOSSES, OPTIMIZERS, Experiment
from engine.model.losses import difference
from engine.model.optimizers import sgd

GLOSSARY = (
    ("X", "the inputs: each row is one sample"),
    ("z", "the weighted sum that arrives at a neuron"),
    ("f, a", "the activation, and what it makes of z: a = f(z)"),
    ("f′", "the slope of the activation: how much a changes when z does"),
    ("y", "the target"),
    ("δ, delta", "error times slope: how the loss changes with z"),
    ("g, gradient", "how the loss changes with a weight"),
    ("η, learning rate", "how big a step each update takes"),
    ("W, b", "the weights, one column for each neuron, and the biases"),
    ("@ and ·", "rows times columns, added up: the product of two matrices"),
    ("ᵀ", "turned: rows become columns"),
    ("k, memory", "the number of the update, from where the optimizer began, and what it remembers from those before"),
    (
        "v, m, s, ε",
        "what optimizers remember: velocity, mean, mean of the squares; and 0.00000001, against dividing by 0",
    ),
    ("m̂, ŝ", "mean and mean of the squares, corrected: at first they hold too little, being averages that begin at 0"),
    ("1.2e-6", "1.2 · 10⁻⁶, which is 0.0000012"),
)


def show_glossary(experiment: Experiment, epoch: int) -> None:
    """A popover with the letters, and the source of every function that the update after this epoch uses."""
    with st.popover("Letters and functions", icon=":material/abc:"):
        st.markdown("\n".join(["| | |", "|---|---|", *(f"| **{letter}** | {words} |" for letter, words in GLOSSARY)]))
        sources = function_sources(experiment, epoch)
        if sources:
            st.code("\n\n".join(sources), language="python")


def function_sources(experiment: Experiment, epoch: int) -> list[str]:
    """The source of activations, slopes, optimizer and scaling, each once, without NumPy's own functions."""
    used = [ACTIVATIONS[name] for name in dict.fromkeys(experiment.activations)]
    functions: list[Callable[..., Any]] = [
        function for activation in used for function in (activation.value, activation.slope)
    ]
    functions += [activation.backward for activation in used if activation.backward]
    if (slope := LOSSES[experiment.loss].slope) is not difference:
        functions.append(slope)
    if (step := OPTIMIZERS[experiment.optimizer_after(epoch)].step) is not sgd:
        functions.append(step)
    functions += [scale.scaling.scale for scale in (experiment.input_scale, experiment.target_scale) if scale]
    ours = dict.fromkeys(function for function in functions if not isinstance(function, np.ufunc))
    return [inspect.getsource(function).strip() for function in ours]
