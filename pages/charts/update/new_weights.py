"""The last step of an update: the optimizer turns gradients into changes, and these give the new weights."""

from engine import OPTIMIZERS
from engine.explanation.ledger import with_bias_row
from engine.model.optimizers import sgd
from pages.charts.style.format import format_number
from pages.charts.update.latex import latex_factor, latex_number, stack_formulas, with_result
from pages.charts.update.layer_view import LayerView
from pages.charts.update.step import Step, function_name, layer_words


def update_step(scene: LayerView) -> Step:
    """The change that the optimizer computes from the gradient, and the new weights."""
    layer, i, j = scene.layer, scene.source, scene.neuron
    change = scene.matrix_name("change")
    optimizer, zero = OPTIMIZERS[scene.update.optimizer], scene.zero.parameter
    is_sgd = optimizer.step is sgd
    zero_change = scene.update.rate * scene.zero.gradient if is_sgd else 0.0
    old = scene.weight_matrix(scene.parameters_name, layer.weights, layer.biases, zero)
    step = scene.weight_matrix(change, layer.weight_change, layer.bias_change, zero_change)
    new = scene.weight_matrix(f"new {scene.parameters_name}", layer.new_weights, layer.new_biases, zero)
    before, added, after = (float(part.values[i, j]) for part in (old, step, new))
    least = next((digits for digits in range(3, 8) if format_number(before, digits) != format_number(after, digits)), 3)
    numbers = with_result(
        lambda digits: rf"{latex_number(before, digits)} + {latex_factor(added, digits)}",
        lambda see: see(before) + see(added),
        after,
        least,
        zero,
    )
    if is_sgd and not layer.frozen[i, j]:
        rate, gradient = (
            scene.update.rate,
            float(with_bias_row(layer.weight_gradient + layer.penalty, layer.bias_gradient)[i, j]),
        )
        first = with_result(
            lambda digits: rf"-{latex_number(rate, digits)} \cdot {latex_factor(gradient, digits)}",
            lambda see: -see(rate) * see(gradient),
            added,
            zero_below=float(step.zero_below[i, j]),
        )
        numbers = stack_formulas(first, numbers)
    return Step(
        scene.index,
        f"Update{layer_words(scene)}",
        "Downhill: the optimizer turns the gradient into a change, with the learning rate "
        f"{format_number(scene.update.rate)}.{' Frozen ones stay as they are.' * bool(layer.frozen.any())}",
        optimizer.formula,
        numbers,
        update_code(scene),
        (old, "+", step, "=", new),
    )


def update_code(scene: LayerView) -> str:
    """The lines of NumPy that change the weights and biases."""
    e, rule, lines = scene.experiment, OPTIMIZERS[scene.update.optimizer].step, []
    penalty = f" + {scene.matrix_name('penalty')}" * bool(e.l1 or e.l2)
    for value, gradient in (("W", scene.matrix_name("gradient") + penalty), ("b", scene.matrix_name("gradient_b")))[
        : 1 + e.bias
    ]:
        w, change = scene.matrix_name(value), scene.matrix_name("change" if value == "W" else "change_b")
        memory = scene.matrix_name("memory" if value == "W" else "memory_b")
        if rule is sgd:
            lines.append(
                f"{change} = -({gradient}) * learning_rate"
                if "+" in gradient
                else f"{change} = -{gradient} * learning_rate"
            )
        else:
            lines.append(f"{change}, {memory} = {function_name(rule)}({gradient}, {memory}, learning_rate, k)")
        lines.append(f"{w} = {w} + {change}")
    return "\n".join(lines)
