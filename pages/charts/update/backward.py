"""The way back through one layer: the error becomes a delta, and the delta a gradient for every weight."""

from fractions import Fraction

import numpy as np

from engine import ACTIVATIONS, LOSSES
from pages.charts.style.base import label
from pages.charts.update.latex import factor, gathered, products, tex, worked
from pages.charts.update.layer_view import Scene, with_ones
from pages.charts.update.matrices import Part
from pages.charts.update.step import Step, code_name, letter, place


def errors(scene: Scene) -> Step:
    """How wrong each output is; in a hidden layer, what comes back from the layer above."""
    layer, r, j, name = scene.layer, scene.row, scene.neuron, scene.name("error")
    result = scene.by_row(name, layer.error)
    if scene.last:
        loss = LOSSES[scene.experiment.loss]
        scale = loss.scale(*scene.update.targets.shape)
        a, y = float(layer.outputs[r, j]), float(scene.update.targets[r, j])
        scaled = scale != 1
        before, after = ("(",) * scaled, f") × {label(scale)} =" if scaled else "="
        share = Fraction(scale).limit_denominator(10**6)

        def numbers(digits: int) -> str:
            miss = rf"{tex(a, digits)} - {factor(y, digits)}"
            return rf"{tex(scale, digits)} \cdot ({miss})" if scaled else miss

        return Step(
            scene.index,
            f"Error{place(scene)}",
            "Output minus target: how far off, and to which side."
            + f" This loss is a mean, and so its slope has the factor {share} = {label(scale)}." * scaled,
            (rf"\text{{error}} = {tex(scale)} \cdot (a - y)" if scaled else r"\text{error} = a - y"),
            worked(numbers, lambda see: see(scale) * (see(a) - see(y)), float(layer.error[r, j])),
            f"{name} = " + (f"({scene.name('a')} - y) * {scale!r}" if scaled else f"{scene.name('a')} - y"),
            (
                *before,
                scene.by_row(scene.name("a"), layer.outputs),
                "−",
                scene.by_row("y", scene.update.targets),
                after,
                result,
            ),
        )
    above, upper = scene.above, Scene(scene.experiment, scene.update, scene.focus, scene.index + 1)
    delta = upper.by_row(upper.name("delta"), above.delta, all_neurons=True)
    w = upper.by_weight(upper.name("W"), above.weights, None, all_neurons=True)
    return Step(
        scene.index,
        f"Error{place(scene)}",
        "The delta of the layer above comes back along the weights it came in by.",
        r"\text{error} = \delta_{\text{above}}\, W_{\text{above}}^{\mathsf T}",
        products(above.delta[r].tolist(), above.weights[j].tolist(), float(layer.error[r, j])),
        f"{name} = {delta.name} @ {w.name}.T",
        (delta, "·", w.transposed(f"{w.name}ᵀ"), "=", result),
    )


def deltas(scene: Scene) -> Step:
    """delta = error * slope."""
    layer, r, j = scene.layer, scene.row, scene.neuron
    activation = ACTIVATIONS[scene.experiment.activations[scene.index]]
    error, slope, delta = scene.name("error"), scene.name("slope"), scene.name("delta")
    error_picture, delta_picture = scene.by_row(error, layer.error), scene.by_row(delta, layer.delta)
    title = f"Delta{place(scene)}"
    result = float(layer.delta[r, j])
    if layer.slope is None:
        return Step(
            scene.index,
            title,
            f"{LOSSES[scene.experiment.loss].label} is made for {activation.label}: the slope cancels out, "
            "and the error is the delta as it stands.",
            r"\delta = \text{error}",
            rf"\delta = {tex(result)}",
            f"{delta} = {error}",
            (error_picture, "=", delta_picture),
        )
    if layer.mixes:
        a = scene.name("a")
        shared = float(np.dot(layer.error[r], layer.outputs[r]))
        output, miss = float(layer.outputs[r, j]), float(layer.error[r, j])
        numbers = worked(
            lambda digits: rf"{tex(output, digits)} \cdot ({tex(miss, digits)} - {factor(shared, digits)})",
            lambda see: see(output) * (see(miss) - see(shared)),
            result,
        )
        return Step(
            scene.index,
            title,
            "Softmax shares one whole out among its neurons, so the errors of the whole layer come in.",
            r"\delta_j = a_j \, (\text{error}_j - \textstyle\sum_k \text{error}_k\, a_k)",
            numbers,
            f"{delta} = {a} * ({error} - np.sum({error} * {a}, axis=-1, keepdims=True))",
            (error_picture, ",", scene.by_row(a, layer.outputs), "→", delta_picture),
        )
    line = f"{slope} = {code_name(activation.slope)}({scene.name('z')})"
    return Step(
        scene.index,
        title,
        "Error times the activation's slope: where the curve is flat, little comes through.",
        gathered(r"\delta = \text{error} \cdot f'(z)", f"f'(z) = {activation.slope_formula}"),
        products([float(layer.error[r, j])], [float(layer.slope[r, j])], result),
        f"{line}\n{delta} = {error} * {slope}",
        (error_picture, "×", scene.by_row(slope, layer.slope), "=", delta_picture),
    )


def gradients(scene: Scene) -> Step:
    """gradient = inputs^T delta, and the penalty's."""
    layer, i, j, e = scene.layer, scene.source, scene.neuron, scene.experiment
    gradient, delta = scene.name("gradient"), scene.name("delta")
    own = scene.by_weight(gradient, layer.weight_gradient, layer.bias_gradient)
    column, a = with_ones(layer.inputs, e.bias)[:, i].tolist(), letter(scene)
    found = float(own.values[i, j])
    numbers = products(column, layer.delta[:, j].tolist(), found, scene.row)
    code = f"{gradient} = {scene.below}.T @ {delta}"
    parts: tuple[Part, ...] = (
        scene.incoming(all_rows=True).transposed(f"{scene.below}ᵀ"),
        "·",
        scene.by_row(delta, layer.delta, all_rows=True),
        "=",
        own,
    )
    about = "Input times delta, added up over the rows: how the loss changes with each weight."
    if e.bias:
        code += f"\n{scene.name('gradient_b')} = {delta}.sum(axis=0)"
    if e.l1 or e.l2:
        w = scene.name("W")
        code += f"\n{scene.name('penalty')} = l2 * {w} + l1 * np.sign({w})"
        none = None if layer.biases is None else np.zeros_like(layer.biases)
        parts += (",", scene.by_weight(scene.name("penalty"), layer.penalty, none))
        about += " The penalty's own gradient is added to it; a bias has none."
    return Step(
        scene.index,
        f"Gradient{place(scene)}",
        about,
        rf"g = {a}^{{\mathsf T}}\, \delta \qquad g_{{ij}} = \textstyle\sum_{{\text{{rows}}}} {a}_i \, \delta_j",
        numbers,
        code,
        parts,
    )
