"""The steps of the backward pass through one layer: from the error to delta, and from delta to the gradients."""

from dataclasses import replace
from fractions import Fraction

import numpy as np

from engine import ACTIVATIONS, LOSSES
from engine.model.activation_functions import softmax_delta
from engine.model.losses import difference
from pages.charts.style.format import format_number
from pages.charts.update.latex import latex_factor, latex_number, stack_formulas, sum_of_products, with_result
from pages.charts.update.layer_view import LayerView, with_bias_column
from pages.charts.update.matrices import EquationPart
from pages.charts.update.step import Step, function_name, input_letter, layer_words


def error_step(scene: LayerView) -> Step:
    """The error: in the output layer dL/df(z), in a hidden layer delta W^T of the layer above."""
    if scene.is_last:
        is_difference = LOSSES[scene.experiment.loss].slope is difference
        return output_error_step(scene) if is_difference else loss_slope_step(scene)
    layer, r, j, name = scene.layer, scene.row, scene.neuron, scene.matrix_name("error")
    result = scene.row_matrix(name, layer.error, scene.zero.error)
    above, upper = scene.above, replace(scene, index=scene.index + 1)
    delta = upper.row_matrix(upper.matrix_name("delta"), above.delta, upper.zero.delta, all_neurons=True)
    w = upper.weight_matrix(upper.matrix_name("W"), above.weights, None, upper.zero.parameter, all_neurons=True)
    return Step(
        scene.index,
        f"Error{layer_words(scene)}",
        "The delta of the layer above comes back along the weights it came in by.",
        r"\text{error} = \delta_{\text{above}}\, W_{\text{above}}^{\mathsf T}",
        sum_of_products(
            above.delta[r].tolist(),
            above.weights[j].tolist(),
            float(layer.error[r, j]),
            most=scene.most_terms,
            zero_below=float(scene.zero.error[r, j]),
        ),
        f"{name} = {delta.name} @ {w.name}.T",
        (delta, "·", w.transpose(f"{w.name}ᵀ"), "=", result),
    )


def output_error_step(scene: LayerView) -> Step:
    """The output layer's error, for a loss whose slope is a multiple of output - target."""
    layer, r, j, name = scene.layer, scene.row, scene.neuron, scene.matrix_name("error")
    loss = LOSSES[scene.experiment.loss]
    scale = loss.scale(*scene.update.targets.shape)
    a, y = float(layer.outputs[r, j]), float(scene.update.targets[r, j])
    scaled = scale != 1
    before, after = ("(",) * scaled, f") × {format_number(scale)} =" if scaled else "="
    share = Fraction(scale).limit_denominator(10**6)

    def numbers(digits: int) -> str:
        miss = rf"{latex_number(a, digits)} - {latex_factor(y, digits)}"
        return rf"{latex_number(scale, digits)} \cdot ({miss})" if scaled else miss

    return Step(
        scene.index,
        f"Error{layer_words(scene)}",
        "Output minus target: how far off, and to which side."
        + f" This loss is a mean, and so its slope has the factor {share} = {format_number(scale)}." * scaled,
        (rf"\text{{error}} = {latex_number(scale)} \cdot (a - y)" if scaled else r"\text{error} = a - y"),
        with_result(
            numbers,
            lambda see: see(scale) * (see(a) - see(y)),
            float(layer.error[r, j]),
            zero_below=float(scene.zero.error[r, j]),
        ),
        f"{name} = " + (f"({scene.matrix_name('a')} - y) * {scale!r}" if scaled else f"{scene.matrix_name('a')} - y"),
        (
            *before,
            scene.row_matrix(scene.matrix_name("a"), layer.outputs),
            "−",
            scene.row_matrix("y", scene.update.targets),
            after,
            scene.row_matrix(name, layer.error, scene.zero.error),
        ),
    )


def loss_slope_step(scene: LayerView) -> Step:
    """The output layer's error, for any other loss: its own slope."""
    loss, layer = LOSSES[scene.experiment.loss], scene.layer
    name, a = scene.matrix_name("error"), scene.matrix_name("a")
    scale = loss.scale(*scene.update.targets.shape)
    factor = "" if scale == 1 else rf"{latex_number(scale)} \cdot "
    error = float(layer.error[scene.row, scene.neuron])
    return Step(
        scene.index,
        f"Error{layer_words(scene)}",
        "How fast the loss rises with each output.",
        rf"\text{{error}} = {factor}{loss.slope_formula}",
        rf"\text{{error}} = {latex_number(error)}",
        f"{name} = {function_name(loss.slope)}({a}, y)" + f" * {scale!r}" * (scale != 1),
        (
            scene.row_matrix(a, layer.outputs),
            ",",
            scene.row_matrix("y", scene.update.targets),
            "→",
            scene.row_matrix(name, layer.error),
        ),
    )


def delta_step(scene: LayerView) -> Step:
    """delta = error * slope."""
    layer, r, j = scene.layer, scene.row, scene.neuron
    activation = ACTIVATIONS[scene.experiment.activations[scene.index]]
    error, slope, delta = scene.matrix_name("error"), scene.matrix_name("slope"), scene.matrix_name("delta")
    error_picture = scene.row_matrix(error, layer.error, scene.zero.error)
    delta_picture = scene.row_matrix(delta, layer.delta, scene.zero.delta)
    title = f"Delta{layer_words(scene)}"
    result = float(layer.delta[r, j])
    if layer.slope is None:
        return Step(
            scene.index,
            title,
            f"{LOSSES[scene.experiment.loss].label} is made for {activation.label}: the slope cancels out, "
            "and the error is the delta as it stands.",
            r"\delta = \text{error}",
            rf"\delta = {latex_number(result)}",
            f"{delta} = {error}",
            (error_picture, "=", delta_picture),
        )
    if activation.backward is not None and activation.backward is not softmax_delta:
        return Step(
            scene.index,
            title,
            "Each output depends on the whole layer, so the errors of the whole layer come in.",
            activation.delta_formula,
            rf"\delta = {latex_number(result)}",
            f"{delta} = {function_name(activation.backward)}({error}, {scene.matrix_name('z')})",
            (error_picture, ",", scene.row_matrix(scene.matrix_name("z"), layer.pre_activations), "→", delta_picture),
        )
    if not layer.is_elementwise:
        a = scene.matrix_name("a")
        shared = float(np.dot(layer.error[r], layer.outputs[r]))
        output, miss = float(layer.outputs[r, j]), float(layer.error[r, j])
        numbers = with_result(
            lambda digits: (
                rf"{latex_number(output, digits)} \cdot ({latex_number(miss, digits)} - {latex_factor(shared, digits)})"
            ),
            lambda see: see(output) * (see(miss) - see(shared)),
            result,
        )
        return Step(
            scene.index,
            title,
            "Softmax shares one whole out among its neurons, so the errors of the whole layer come in.",
            activation.delta_formula,
            numbers,
            f"{delta} = {a} * ({error} - np.sum({error} * {a}, axis=-1, keepdims=True))",
            (error_picture, ",", scene.row_matrix(a, layer.outputs), "→", delta_picture),
        )
    line = f"{slope} = {function_name(activation.slope)}({scene.matrix_name('z')})"
    return Step(
        scene.index,
        title,
        "Error times the activation's slope: where the curve is flat, little comes through.",
        stack_formulas(r"\delta = \text{error} \cdot f'(z)", f"f'(z) = {activation.slope_formula}"),
        sum_of_products(
            [float(layer.error[r, j])],
            [float(layer.slope[r, j])],
            result,
            zero_below=float(scene.zero.delta[r, j]),
        ),
        f"{line}\n{delta} = {error} * {slope}",
        (error_picture, "×", scene.row_matrix(slope, layer.slope), "=", delta_picture),
    )


def gradient_step(scene: LayerView) -> Step:
    """gradient = inputs^T delta, plus that of the penalty."""
    layer, i, j, e = scene.layer, scene.source, scene.neuron, scene.experiment
    gradient, delta = scene.matrix_name("gradient"), scene.matrix_name("delta")
    own = scene.weight_matrix(gradient, layer.weight_gradient, layer.bias_gradient, scene.zero.gradient)
    column, a = with_bias_column(layer.inputs, e.bias)[:, i].tolist(), input_letter(scene)
    found = float(own.values[i, j])
    zero = float(scene.zero.gradient[i, j])
    numbers = sum_of_products(column, layer.delta[:, j].tolist(), found, scene.row, scene.most_terms, zero)
    code = f"{gradient} = {scene.input_name}.T @ {delta}"
    parts: tuple[EquationPart, ...] = (
        scene.input_matrix(all_rows=True).transpose(f"{scene.input_name}ᵀ"),
        "·",
        scene.row_matrix(delta, layer.delta, scene.zero.delta, all_rows=True),
        "=",
        own,
    )
    about = "Input times delta, added up over the rows: how the loss changes with each weight."
    if e.bias:
        code += f"\n{scene.matrix_name('gradient_b')} = {delta}.sum(axis=0)"
    if e.l1 or e.l2:
        w = scene.matrix_name("W")
        code += f"\n{scene.matrix_name('penalty')} = l2 * {w} + l1 * np.sign({w})"
        none = None if layer.biases is None else np.zeros_like(layer.biases)
        parts += (",", scene.weight_matrix(scene.matrix_name("penalty"), layer.penalty, none))
        about += " The penalty's own gradient is added to it; a bias has none."
    return Step(
        scene.index,
        f"Gradient{layer_words(scene)}",
        about,
        rf"g = {a}^{{\mathsf T}}\, \delta \qquad g_{{ij}} = \textstyle\sum_{{\text{{rows}}}} {a}_i \, \delta_j",
        numbers,
        code,
        parts,
    )
