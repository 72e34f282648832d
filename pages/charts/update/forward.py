"""The way forward through one layer: what comes in becomes a weighted sum, and the sum an output."""

from collections.abc import Callable

import numpy as np

from engine import ACTIVATIONS
from pages.charts.update.latex import gathered, products, tex, total, word, worked
from pages.charts.update.layer_view import Scene, with_ones
from pages.charts.update.step import Step, code_name, letter, place


def sums(scene: Scene) -> Step:
    """z = a W + b."""
    layer, j, bias = scene.layer, scene.neuron, scene.experiment.bias
    z, w = (
        scene.by_row(scene.name("z"), layer.pre_activations),
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
        products(into, w.values[:, j].tolist(), float(layer.pre_activations[scene.row, j]), scene.source),
        f"{z.name} = {scene.below} @ {scene.name('W')}" + f" + {scene.name('b')}" * bias,
        (scene.incoming(), "·", w, "=", z),
    )


def outputs(scene: Scene) -> Step:
    """a = f(z)."""
    layer, activation = scene.layer, ACTIVATIONS[scene.experiment.activations[scene.index]]
    name, z = scene.name("a"), float(layer.pre_activations[scene.row, scene.neuron])
    a = float(layer.outputs[scene.row, scene.neuron])
    if activation.mixes:
        row = layer.pre_activations[scene.row].tolist()

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
        (scene.by_row(scene.name("z"), layer.pre_activations), "f →", scene.by_row(name, layer.outputs)),
    )
