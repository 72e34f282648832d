"""Findings that a finished run shows by itself: dead and saturated neurons, overfitting, a narrow margin."""

from dataclasses import replace

import numpy as np

from engine.diagnosis.candidates import Changes, with_usual_changes
from engine.diagnosis.contradictions import contradicted_test_rows
from engine.diagnosis.finding import Finding, Remedy, list_names, make_finding
from engine.diagnosis.fix_search import FixSearch
from engine.diagnosis.learning_rate import rates_below
from engine.explanation.saturation import NeuronState, neuron_states
from engine.model.activations import ACTIVATIONS
from engine.model.experiment import Experiment
from engine.model.network import loss_over_rows
from engine.model.outcome import answer_range, has_learned, move_to_wrong_side
from engine.model.targets import correct_outputs, correct_rows, target_kind
from engine.model.types import Array
from engine.model.weight_index import WeightIndex, neuron_names
from engine.training.history import History
from engine.training.recorder import record

NARROW_SHARE = 0.1
"""An output within this share of the range round the middle is right by a hair."""


def overfitting_finding(history: History, search: FixSearch) -> Finding | None:
    """Rows held out of training that get worse while the training loss falls.

    Worse means that their loss ends above its lowest by a fifth of that and by a twentieth of its first. Rows that
    contradict a training row do not count: to get that one right is to get them wrong.
    """
    e, tests = history.experiment, _test_loss(history)
    if tests is None or not _gets_worse(tests, history.loss):
        return None
    best = int(tests.argmin())
    epoch, enough = int(history.epochs[best]), has_learned(e, history.outputs[best])
    words = (
        f"The loss of the rows held out of training was lowest at epoch {epoch:,} and has risen since, from "
        f"{tests[best]:.3g} to {tests[-1]:.3g}, while the loss of the rows it trains on went on falling. The network "
        "fits those rows more closely than what they have in common with the others."
    )
    if epoch and not enough:
        words += " Stopped there it gets closer to rows it has never seen, but not all the way to the others."
    weaker: list[Changes] = [{"l2": strength} for strength in (0.01, 0.1, 1.0) if strength > e.l2]
    remedy = Remedy(replace(e, epochs=epoch)) if epoch else search.remedy(e, weaker)
    return make_finding(e, "overfitting", "Fits its own rows only", words, remedy)


def overfits(experiment: Experiment) -> bool:
    """Whether the experiment, once trained, fits the rows it trains on only, as `overfitting_finding` has it."""
    history = record(experiment).since_table_change()
    tests = _test_loss(history)
    return tests is not None and _gets_worse(tests, history.loss)


def _test_loss(history: History) -> Array | None:
    """The loss of the rows held out of training at every frame, but for those that contradict a training row."""
    e, aside = history.experiment, contradicted_test_rows(history.experiment)
    rows, targets = [row for row in e.test_rows if row not in aside], e.target_array
    if not aside or not rows:
        return history.test_loss if rows else None
    passes = (history.forward(frame) for frame in range(len(history.epochs)))
    return np.array([loss_over_rows(e, forward_pass, targets, rows) for forward_pass in passes])


def _gets_worse(tests: Array, losses: Array) -> bool:
    """Whether the test loss ended clearly above its lowest while the training loss fell on, both (frames,)."""
    best = int(tests.argmin())
    rise = tests[-1] - tests[best]
    return bool(rise > 0.2 * tests[best] and rise > 0.05 * tests[0] and losses[-1] < losses[best])


def stop_rule_finding(history: History, search: FixSearch) -> Finding | None:
    """A rule that stopped a run which learns if it goes on."""
    e = history.experiment
    remedy = search.remedy(e, [{}]) if history.stopped_at is not None else None  # what is tried has no such rules
    if remedy is None or not remedy.learns:
        return None
    words = f"A rule ended the training at epoch {history.stopped_at:,}, before it had learned: going on, it learns."
    return make_finding(e, "stopped_early", "It stopped too early", words, remedy)


def penalty_finding(history: History, search: FixSearch) -> Finding | None:
    """A penalty so strong that a run without it, or with a weaker one, learns, and more than barely."""
    e = history.experiment
    if not (e.l1 or e.l2):
        return None
    held = "Every row is right, but only by a hair: all outputs are near the middle. "
    words = held if has_narrow_margin(e, history.outputs[-1]) else ""
    words += "The penalty pulls the weights towards 0 harder than the errors push them away."
    weaker: list[Changes] = [{"l1": share * e.l1, "l2": share * e.l2} for share in (0.1, 0.01, 0.0)]
    remedy = search.remedy(e, weaker, lambda e, outputs: has_learned(e, outputs) and not has_narrow_margin(e, outputs))
    return make_finding(e, "penalty", "The penalty is too strong", words, remedy) if remedy else None


def has_narrow_margin(experiment: Experiment, outputs: Array) -> bool:
    """Whether all training rows are right by less than a tenth of the range of the answers; never so of numbers.

    `outputs` is (samples, targets). Of several classes the right one's output is then less than two tenths ahead.
    """
    e = experiment
    if target_kind(e) == "regression" or not has_learned(e, outputs):
        return False
    low, high = answer_range(e)
    moved = move_to_wrong_side(e, outputs, NARROW_SHARE * (high - low))
    return not correct_outputs(e, moved)[list(e.train_rows)].any()


def dead_neurons_finding(history: History, search: FixSearch) -> Finding | None:
    """Neurons that no error reaches on any training row."""
    e, states = history.experiment, _final_states(history)
    dead = [weight for weight, state in states if state.state == "dead"]
    if not dead:
        return None
    names = {e.activations[weight.layer] for weight in dead}
    labels = list_names([ACTIVATIONS[name].label for name in dict.fromkeys(e.activations) if name in names])
    silent = all(ACTIVATIONS[name].value(np.array(-1.0)) == 0 for name in names)
    words = f"{'These neurons put out 0 for every row' if silent else 'These neurons are stuck'}: {_names(e, dead)}. "
    words += f"Below 0 the slope of {labels} is 0, so no error reaches their weights to wake them."
    leaky: list[Changes] = [
        {"activations": tuple("leaky_relu" if name in names else name for name in e.activations)},
    ]
    slower: list[Changes] = [{"learning_rate": rate} for rate in rates_below(e.learning_rate)[:2]]
    drawn: Changes = {"initializer": "he_normal"}
    tries = leaky + [{**leaky[0], **change} for change in slower] + [drawn, {**drawn, **slower[0]}]
    return search.finding(e, "dead_units", "Dead neurons", words, with_usual_changes(e, tries))


def saturation_finding(history: History, search: FixSearch) -> Finding | None:
    """Layers whose neurons are all saturated: hidden ones on every row, the output on the rows that are wrong."""
    e, last = history.experiment, len(history.epochs) - 1
    train_rows = np.array(e.train_rows)
    wrong = train_rows[~correct_rows(e, history.outputs[-1])[train_rows]]
    stuck: list[NeuronState] = []
    neurons: list[WeightIndex] = []
    from_the_start = False
    for layer in range(len(e.activations)):
        rows = wrong if layer == len(e.hidden) else train_rows
        if not len(rows):
            continue
        states = neuron_states(history, layer, last, rows.tolist())
        if all(state.is_saturated for state in states):
            stuck += states
            neurons += [WeightIndex(layer, 0, neuron) for neuron in range(len(states))]
            from_the_start |= all(state.is_saturated for state in neuron_states(history, layer, 0))
    if not stuck:
        return None
    steepest = max(state.steepest for state in stuck)
    if all(state.state == "stopped" for state in stuck):
        effect = f"so they have all but stopped learning: their slope is at most {steepest:.1g}"
    else:
        effect = (
            f"so they learn slowly: their slope is at most {steepest:.1g}, which is the share of an error that passes"
        )
    words = f"The curve is flat where these neurons are, {effect}: {_names(e, neurons)}. "
    words += "It was so from the start." if from_the_start else "The steps of the training drove them there."
    drawn: Changes = {"initializer": "glorot_uniform"} if from_the_start else {}
    tries: list[Changes] = [drawn] if drawn else []
    tries += [{**drawn, "learning_rate": rate} for rate in rates_below(e.learning_rate)[:6]]
    tries += [{**drawn, "loss": "binary_cross_entropy"}]
    return search.finding(e, "saturation", "Neurons on the flat part", words, with_usual_changes(e, tries))


def _final_states(history: History) -> list[tuple[WeightIndex, NeuronState]]:
    """Every neuron, as the first of its weights, and its state after the last epoch."""
    last = len(history.epochs) - 1
    return [
        (WeightIndex(layer, 0, neuron), state)
        for layer in range(len(history.experiment.activations))
        for neuron, state in enumerate(neuron_states(history, layer, last))
    ]


def _names(e: Experiment, neurons: list[WeightIndex]) -> str:
    return list_names([neuron_names(e, weight.layer)[weight.neuron] for weight in neurons])
