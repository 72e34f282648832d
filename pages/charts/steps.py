"""The steps of one update, forward and then back, each with its formula, its numbers, its NumPy and its picture."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from engine import ACTIVATIONS, LOSSES, OPTIMIZERS, Experiment
from engine.explain import Update, stacked
from pages.charts.figure import label
from pages.charts.lines import layer_name
from pages.charts.matrices import Part
from pages.charts.scene import Focus, Scene, with_ones
from pages.charts.tex import factor, gathered, products, tex, total, word, worked


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what happens, the formula with names and with numbers, the NumPy, the matrices as an equation."""

    layer: int
    title: str
    about: str
    formula: str
    numbers: str
    code: str
    parts: tuple[Part, ...]


def steps(experiment: Experiment, update: Update, focus: Focus) -> list[Step]:
    """All steps of an update: forward from the first layer to the last, back again, and only then the weights."""
    scenes = [Scene(experiment, update, focus, index) for index in range(len(update.layers))]
    found = [make(scene) for scene in scenes for make in (sums, outputs)]
    found += [make(scene) for scene in reversed(scenes) for make in (errors, deltas, gradients)]
    return found + [new_weights(scene) for scene in scenes]


def place(scene: Scene) -> str:
    """Which layer, where there are several."""
    count = len(scene.update.layers)
    return f", {layer_name(scene.index, count)} layer" if count > 1 else ""


def letter(scene: Scene) -> str:
    """What comes in, as formulas call it."""
    return "a" if scene.index else "X"


def code_name(function: Callable[..., Any]) -> str:
    """How a function is called in the engine's source."""
    return f"np.{function.__name__}" if isinstance(function, np.ufunc) else function.__name__


def sums(scene: Scene) -> Step:
    """z = a W + b."""
    layer, j, bias = scene.layer, scene.neuron, scene.experiment.bias
    z, w = (
        scene.by_row(scene.name("z"), layer.sums),
        scene.by_weight(scene.both, layer.weights, layer.biases, True),
    )
    into = with_ones(layer.inputs, bias)[scene.row].tolist()
    terms = [word(name) + r" \cdot w_{" + word(name) + "}" for name in scene.sources[: len(layer.weights)]]
    names = total([*terms, *["b"] * bias], scene.source)
    return Step(
        scene.index,
        f"Weighted sum{place(scene)}",
        "Every input times its weight, added up: one number for each row and neuron."
        + " The bias is one more weight, on an input that is always 1." * bias,
        gathered(rf"z = {letter(scene)}\,W{' + b' * bias}", rf"z_{{{word(scene.neurons[j])}}} = {names}"),
        products(into, w.values[:, j].tolist(), float(layer.sums[scene.row, j]), scene.source),
        f"{z.name} = {scene.below} @ {scene.name('W')}" + f" + {scene.name('b')}" * bias,
        (scene.incoming(), "·", w, "=", z),
    )


def outputs(scene: Scene) -> Step:
    """a = f(z)."""
    layer, activation = scene.layer, ACTIVATIONS[scene.experiment.activations[scene.index]]
    name, z = scene.name("a"), float(layer.sums[scene.row, scene.neuron])
    a = float(layer.outputs[scene.row, scene.neuron])
    if activation.mixes:
        row = layer.sums[scene.row].tolist()

        def share(digits: int) -> str:
            powers = total([rf"e^{{{tex(other, digits)}}}" for other in row], scene.neuron)
            return rf"\frac{{e^{{{tex(z, digits)}}}}}{{{powers}}}"

        def share_of(see: Callable[[float], float]) -> float:
            return float(activation.value(np.array([see(other) for other in row]))[scene.neuron])

        numbers = worked(share, share_of, a)
    else:
        numbers = worked(
            lambda digits: f"f({tex(z, digits)})", lambda see: float(activation.value(np.array([see(z)]))[0]), a
        )
    return Step(
        scene.index,
        f"Activation{place(scene)}",
        f"{activation.label}: {activation.about}",
        gathered("a = f(z)", f"f(z) = {activation.formula}"),
        numbers,
        f"{name} = {code_name(activation.value)}({scene.name('z')})",
        (scene.by_row(scene.name("z"), layer.sums), "f →", scene.by_row(name, layer.outputs)),
    )


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


def new_weights(scene: Scene) -> Step:
    """What the optimizer makes of the gradient, and the new weights."""
    layer, i, j, e = scene.layer, scene.source, scene.neuron, scene.experiment
    change = scene.name("change")
    old = scene.by_weight(scene.both, layer.weights, layer.biases)
    step = scene.by_weight(change, layer.weight_change, layer.bias_change)
    new = scene.by_weight(f"new {scene.both}", layer.new_weights, layer.new_biases)
    before, added, after = (float(part.values[i, j]) for part in (old, step, new))
    least = next((digits for digits in range(3, 8) if label(before, digits) != label(after, digits)), 3)
    numbers = worked(
        lambda digits: rf"{tex(before, digits)} + {factor(added, digits)}",
        lambda see: see(before) + see(added),
        after,
        least,
    )
    if e.optimizer == "sgd":
        rate, gradient = (
            e.learning_rate,
            float(stacked(layer.weight_gradient + layer.penalty, layer.bias_gradient)[i, j]),
        )
        first = worked(
            lambda digits: rf"-{tex(rate, digits)} \cdot {factor(gradient, digits)}",
            lambda see: -see(rate) * see(gradient),
            added,
        )
        numbers = gathered(first, numbers)
    return Step(
        scene.index,
        f"Update{place(scene)}",
        f"Downhill: the optimizer turns the gradient into a change, with the learning rate {label(e.learning_rate)}.",
        OPTIMIZERS[e.optimizer].formula,
        numbers,
        update_code(scene),
        (old, "+", step, "=", new),
    )


def update_code(scene: Scene) -> str:
    """The lines that change the weights, and the biases."""
    e, lines = scene.experiment, []
    penalty = f" + {scene.name('penalty')}" * bool(e.l1 or e.l2)
    for value, gradient in (("W", scene.name("gradient") + penalty), ("b", scene.name("gradient_b")))[: 1 + e.bias]:
        w, change = scene.name(value), scene.name("change" if value == "W" else "change_b")
        memory = scene.name("memory" if value == "W" else "memory_b")
        if e.optimizer == "sgd":
            lines.append(
                f"{change} = -({gradient}) * learning_rate"
                if "+" in gradient
                else f"{change} = -{gradient} * learning_rate"
            )
        else:
            lines.append(f"{change}, {memory} = {e.optimizer}({gradient}, {memory}, learning_rate, k)")
        lines.append(f"{w} = {w} + {change}")
    return "\n".join(lines)
