"""The steps of the forward pass through one layer: the pre-activation z, and the output f(z)."""

from collections.abc import Callable

import numpy as np

from engine import ACTIVATIONS
from pages.charts.update.latex import (
    latex_number,
    latex_sum,
    latex_text,
    part_sum,
    skip_middle,
    stack_formulas,
    sum_of_products,
    with_result,
)
from pages.charts.update.layer_view import LayerView, with_bias_column
from pages.charts.update.step import Step, function_name, input_letter, layer_words


def pre_activation_step(scene: LayerView) -> Step:
    """z = a W + b."""
    layer, j, bias = scene.layer, scene.neuron, scene.experiment.bias
    z, w = (
        scene.row_matrix(scene.matrix_name("z"), layer.pre_activations, scene.zero.pre_activations),
        scene.weight_matrix(scene.parameters_name, layer.weights, layer.biases, scene.zero.parameter, column=True),
    )
    into = with_bias_column(layer.inputs, bias)[scene.row].tolist()
    terms = [latex_text(name) + r" \cdot w_{" + latex_text(name) + "}" for name in scene.sources[: len(layer.weights)]]
    names = latex_sum(skip_middle([*terms, *["b"] * bias], scene.source, scene.most_terms))
    return Step(
        scene.index,
        f"Weighted sum{layer_words(scene)}",
        "Every input times its weight, added up: one number for each row and neuron."
        + " The bias is one more weight, on an input that is always 1." * bias,
        stack_formulas(
            rf"z = {input_letter(scene)}\,W{' + b' * bias}", rf"z_{{{latex_text(scene.neurons[j])}}} = {names}"
        ),
        sum_of_products(
            into,
            w.values[:, j].tolist(),
            float(layer.pre_activations[scene.row, j]),
            scene.source,
            scene.most_terms,
            float(scene.zero.pre_activations[scene.row, j]),
        ),
        f"{z.name} = {scene.input_name} @ {scene.matrix_name('W')}" + f" + {scene.matrix_name('b')}" * bias,
        (scene.input_matrix(), "·", w, "=", z),
    )


def activation_step(scene: LayerView) -> Step:
    """a = f(z)."""
    layer, activation = scene.layer, ACTIVATIONS[scene.experiment.activations[scene.index]]
    name, z = scene.matrix_name("a"), float(layer.pre_activations[scene.row, scene.neuron])
    a = float(layer.outputs[scene.row, scene.neuron])
    if not activation.is_elementwise:
        row = layer.pre_activations[scene.row].tolist()

        with np.errstate(over="ignore"):
            sizes = np.exp(row).tolist()
        powers = part_sum(
            lambda index, digits: rf"e^{{{latex_number(row[index], digits)}}}", sizes, scene.neuron, scene.most_terms
        )

        def share(digits: int) -> str:
            return rf"\frac{{e^{{{latex_number(z, digits)}}}}}{{{powers(digits)}}}"

        def share_of(see: Callable[[float], float]) -> float:
            return float(activation.value(np.array([see(other) for other in row]))[scene.neuron])

        numbers = with_result(share, share_of, a)
    else:
        numbers = with_result(
            lambda digits: f"f({latex_number(z, digits)})",
            lambda see: float(activation.value(np.array([see(z)]))[0]),
            a,
        )
    return Step(
        scene.index,
        f"Activation{layer_words(scene)}",
        f"{activation.label}: {activation.about}",
        stack_formulas("a = f(z)", f"f(z) = {activation.formula}"),
        numbers,
        f"{name} = {function_name(activation.value)}({scene.matrix_name('z')})",
        (
            scene.row_matrix(scene.matrix_name("z"), layer.pre_activations, scene.zero.pre_activations),
            "f →",
            scene.row_matrix(name, layer.outputs),
        ),
    )
