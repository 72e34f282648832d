"""The end of an update: the optimizer turns each gradient into a change, and the change gives the new weights."""

from engine import OPTIMIZERS
from engine.explanation.ledger import with_bias_row
from pages.charts.style.base import label
from pages.charts.update.latex import factor, gathered, tex, worked
from pages.charts.update.layer_view import Scene
from pages.charts.update.step import Step, place


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
            float(with_bias_row(layer.weight_gradient + layer.penalty, layer.bias_gradient)[i, j]),
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
