"""A hurdle is what keeps a network from learning whatever the run: it can be told from the table and the settings."""

from collections.abc import Iterator

import numpy as np

from engine.diagnosis.candidates import Changes, add_hidden_layers, with_usual_changes
from engine.diagnosis.contradictions import contradictions
from engine.diagnosis.finding import Finding, list_numbers
from engine.diagnosis.fix_search import FixSearch
from engine.diagnosis.separability import separability
from engine.model.activation_functions import Activation
from engine.model.activations import ACTIVATIONS
from engine.model.experiment import Experiment
from engine.model.network import forward, initial_parameters
from engine.model.outcome import has_learned
from engine.model.targets import correct_outputs
from engine.model.types import Flags


def table_flaws(experiment: Experiment, trials: FixSearch) -> Iterator[Finding]:
    """What the table asks that no training can give: contradictions, and targets out of the output's range."""
    yield from _contradiction(experiment, trials)
    yield from _out_of_range(experiment, trials)


def network_limits(experiment: Experiment, trials: FixSearch) -> Iterator[Finding]:
    """What keeps this network from learning the table, most important first; nothing where it starts out learned."""
    weights, biases = initial_parameters(experiment)
    start = forward(experiment, weights, biases if experiment.bias else [], experiment.input_array)
    if has_learned(experiment, experiment.unscale_outputs(start.outputs[-1])):
        return
    yield from _step_slope(experiment, trials)
    yield from _no_bias_zero_row(experiment, trials)
    yield from _not_separable(experiment, trials)
    yield from _symmetry(experiment, trials)


def _hold_out_contradictions(experiment: Experiment) -> Changes:
    """The change that holds the later rows of all contradictions out of training; empty where there are none."""
    later = tuple(row for _, row, _ in contradictions(experiment))
    return {"test_rows": experiment.test_rows + later} if later else {}


def _contradiction(e: Experiment, trials: FixSearch) -> Iterator[Finding]:
    pairs = contradictions(e)
    if not pairs:
        return
    (one, other, column), more = pairs[0], len(pairs) - 1
    name, first, second = e.target_names[column], e.targets[one][column], e.targets[other][column]
    words = (
        f"Rows {one + 1} and {other + 1} have the same inputs, but {name} is {first:g} in one and {second:g} in the "
        "other. The same inputs always give the same output, so one of them must stay wrong."
    )
    words += f" There {'is 1 more such row' if more == 1 else f'are {more} more such rows'}." if more else ""
    yield trials.finding(
        e,
        "contradiction",
        "Two rows contradict each other",
        words,
        with_usual_changes(e, [_hold_out_contradictions(e)]),
    )


def _out_of_range(e: Experiment, trials: FixSearch) -> Iterator[Finding]:
    output, targets = ACTIVATIONS[e.activations[-1]], e.target_array
    outside = np.argwhere((targets < output.low) | (targets > output.high))  # of questions, which are nan, neither
    if not len(outside):
        return
    row, column = outside[0].tolist()
    scaled = f", which is {targets[row, column]:.3g} once scaled," if e.target_scale else ","
    span = f"from {output.low:.3g} to {output.high:g}" if np.isfinite(output.high) else f"{output.low:.3g} or more"
    words = (
        f"Row {row + 1}, column {e.target_names[column]}, asks for {e.targets[row][column]:g}{scaled} but the "
        f"{output.label} output can only be {span}."
    )
    words += f" It is one of {len(outside)} such targets." if len(outside) > 1 else ""
    others = ("tanh", "linear") if np.nanmax(np.abs(targets)) <= 1 else ("linear",)
    changes: list[Changes] = [{"activations": (*e.activations[:-1], other)} for other in others]
    slower: list[Changes] = [{**changes[-1], "learning_rate": rate} for rate in (0.1, 0.01, 0.001)]
    mean: list[Changes] = [{**change, "loss": "mean_squared_error"} for change in slower]
    tries = [*changes, *(change for change in slower + mean if change["learning_rate"] < e.learning_rate)]
    if not e.hidden:
        bent: Changes = {**add_hidden_layers(e, 4), "learning_rate": min(0.1, e.learning_rate)}
        tries += [{**bent, "activations": ("tanh", other)} for other in others]
    yield trials.finding(e, "out_of_range", "The output cannot reach a target", words, with_usual_changes(e, tries))


def _step_slope(e: Experiment, trials: FixSearch) -> Iterator[Finding]:
    layers = [layer for layer, name in enumerate(e.activations) if has_no_slope(ACTIVATIONS[name])]
    if not layers:
        return
    label = ACTIVATIONS[e.activations[layers[-1]]].label
    where = "any weight" if layers[-1] == len(e.hidden) else f"the weights of {_layers_up_to(layers[-1] + 1)}"
    words = (
        f"A {label.lower()} is flat: its slope is 0 everywhere. The error is multiplied by the slope on its way back, "
        f"so it never reaches {where}. The sigmoid is a step with soft edges, and has a slope."
    )
    smooth: Changes = {
        "activations": tuple("sigmoid" if has_no_slope(ACTIVATIONS[name]) else name for name in e.activations)
    }
    fused = {**smooth, "loss": "binary_cross_entropy"}
    yield trials.finding(
        e, "step_slope", f"A {label.lower()} has no slope to learn by", words, with_usual_changes(e, [smooth, fused])
    )


def has_no_slope(activation: Activation) -> bool:
    """Whether an activation is flat wherever one looks, as the step is."""
    return activation.is_elementwise and not activation.slope(np.linspace(-8.0, 8.0, 65)).any()


def _layers_up_to(layer: int) -> str:
    return "layer 1" if layer == 1 else f"layers 1 to {layer}"


def _no_bias_zero_row(e: Experiment, trials: FixSearch) -> Iterator[Finding]:
    resting = [float(ACTIVATIONS[name].value(np.zeros(1))[0]) for name in e.activations[:-1]]
    if e.bias or any(resting):
        return
    output = e.unscale_outputs(ACTIVATIONS[e.activations[-1]].value(np.zeros((1, len(e.target_names)))))
    right: Flags = correct_outputs(e, np.repeat(output, len(e.inputs), axis=0))
    for row in _rows_of_zeros(e):
        if not right[row].all():
            column = int(np.argmin(right[row]))
            scaled = " once scaled" if e.input_scale else ""
            words = (
                f"All inputs of row {row + 1} are 0{scaled}, and 0 times any weight is 0. Without a bias the output "
                f"for this row stays at {output[0, column]:.3g}, whatever the network learns, and "
                f"{e.target_names[column]} should be {e.targets[row][column]:g}."
            )
            title = "A row of zeros needs a bias"
            yield trials.finding(e, "no_bias_zero_row", title, words, with_usual_changes(e, [{"bias": True}]))
            return


def _rows_of_zeros(e: Experiment) -> list[int]:
    """The rows trained on whose inputs are all 0 as the network takes them."""
    inputs = e.input_array
    return [row for row in e.train_rows if not inputs[row].any()]


def _not_separable(e: Experiment, trials: FixSearch) -> Iterator[Finding]:
    if not is_one_linear_layer(e):
        return
    # rows that contradict each other are no border's fault
    later = _hold_out_contradictions(e)
    aside = frozenset(later.get("test_rows", ())) - frozenset(e.test_rows)
    stuck = [verdict for verdict in separability(e, without=aside) if verdict.is_separable is False]
    if not stuck:
        return
    verdict, helped = stuck[0], False
    if not e.bias:
        with_bias = separability(e, True, aside)
        helped = all(other.is_separable for other in with_bias)
        if helped and set(verdict.inseparable_rows).intersection(_rows_of_zeros(e)):
            return  # the row of zeros has said so already
        stuck = [other for other in with_bias if other.is_separable is False] or stuck
        verdict = stuck[0]
    column = "" if verdict.target is None or len(e.target_names) == 1 else f" for {e.target_names[verdict.target]}"
    rows = list_numbers("row", (row + 1 for row in verdict.inseparable_rows))
    if helped:
        words = (
            f"Without a bias the border between the answers must pass through the point where all inputs are 0, and no "
            f"such straight border gets {rows} right together{column}. A bias lets it move."
        )
        tries: list[Changes] = [{**later, "bias": True}]
        yield trials.finding(e, "not_separable", "The border needs a bias", words, with_usual_changes(e, tries))
        return
    title = "One neuron cannot do this" if len(e.target_names) == 1 else "One layer cannot do this"
    layers = "A layer" if not e.hidden else "A network whose hidden layers are all linear"
    words = (
        f"{layers} can only draw a straight border between the answers. No straight border gets {rows} right "
        f"together{column}: that is certain, whatever the weights. A hidden layer can bend the border."
    )
    sizes = e.hidden or (4,)
    tries = [{**later, **add_hidden_layers(e, *size)} for size in (sizes, (8,))]
    tries += [{**tries[0], **changes} for changes in ({"seed": 2}, {"seed": 3})]
    yield trials.finding(e, "not_separable", title, words, with_usual_changes(e, tries))


def is_one_linear_layer(experiment: Experiment) -> bool:
    """Whether the network is one layer, or no more than one because all hidden layers are linear."""
    return all(name == "linear" for name in experiment.activations[:-1])


def _symmetry(e: Experiment, trials: FixSearch) -> Iterator[Finding]:
    if e.frozen:  # they can tell neurons apart that start alike
        return
    weights, biases = initial_parameters(e)
    for layer, units in enumerate(e.hidden):
        before, after = weights[layer], weights[layer + 1]
        twins = bool((before == before[:, :1]).all() and (after == after[:1]).all())
        twins = twins and bool((biases[layer] == biases[layer][0]).all())
        if units > 1 and twins:
            words = (
                f"All {units} neurons of hidden layer {layer + 1} start with the same weights. They get the same "
                "gradients, so they stay copies of each other and do no more than one neuron. Start weights drawn at "
                "random make them differ."
            )
            drawn = [{"initializer": name} for name in ("glorot_uniform", "uniform_-1_1", "he_normal")]
            tries = [{**change, "seed": seed} for seed in (e.seed, e.seed % 99 + 1) for change in drawn]
            yield trials.finding(e, "symmetry", "All hidden neurons are the same", words, with_usual_changes(e, tries))
            return
