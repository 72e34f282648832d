"""What is changed on the drawing of the network: its layers and neurons, and the weight that training starts from."""

from collections.abc import Mapping
from typing import Any

from engine import ACTIVATIONS, LIMITS, Experiment, ExperimentError
from engine.model.network import initial_parameters
from engine.model.weight_index import WeightIndex
from pages.reading.pictures.network_changes import FIRST_ACTIVATION, FIRST_UNITS, NetworkShape, hidden_activations
from pages.reading.pictures.operations import Operation
from pages.reading.pictures.typed_weight import read_weight
from pages.state.visit import Visit
from pages.widgets.player.pictures import Editor
from pages.widgets.player.player import run_token
from pages.widgets.settings.reshape import reshape_network
from pages.widgets.settings.start_weights import start_settings


def network_editor(visit: Visit, has_shape: bool = True) -> Editor:
    """The editor of the drawing of a run: what it shows, and what a typed number is read as.

    Without `has_shape` weights can be tried, and the network stays as it is.
    """
    restrictions, shape = visit.link.restrictions, NetworkShape.from_settings(visit.draft.settings)
    inputs, targets = network_ends(visit)
    shows = has_shape and shape is not None and restrictions.shows("controls")
    data = {
        "applied": visit.draft.last_operation,
        "hidden": shape.hidden if shape and shows else None,
        "activations": shape.activations if shape else (),
        "features": inputs,
        "targets": targets,
        "limits": {"layers": LIMITS["hidden layers"], "units": LIMITS["units"], "weights": LIMITS["weights"]},
        "first": {"units": FIRST_UNITS, "activation": FIRST_ACTIVATION},
        "choices": {
            "hidden": [(name, ACTIVATIONS[name].label) for name in hidden_activations()],
            "output": [(name, activation.label) for name, activation in ACTIVATIONS.items()],
        },
        "refusal": restrictions.refusal("controls") or "",
        "start_refusal": restrictions.refusal("more") or "",
    }
    return Editor(data, reading_words)


def network_ends(visit: Visit) -> tuple[int, int]:
    """How many numbers go into the network, the table's and what is computed from them, and how many come out."""
    table = visit.draft.table
    return len(table.inputs) + len(visit.draft.derived), len(table.targets)


def change_network(visit: Visit, operation: Operation) -> None:
    """Apply an operation to the network, a step of Undo; ExperimentError where training cannot start from a weight."""
    visit.record_draft()
    change = {"kind": operation.kind, **operation.values}
    if operation.kind == "start":
        start_from_weight(visit, change)
    else:
        change_shape(visit, change)


def change_shape(visit: Visit, change: Mapping[Any, object]) -> None:
    """Change the draft's hidden layers or activations, as the form of the settings does."""
    shape = NetworkShape.from_settings(visit.draft.settings)
    if shape is None or visit.link.restrictions.refusal("controls"):
        return
    changed = shape.change(change, *network_ends(visit))
    if changed.hidden != shape.hidden:
        reshape_network(visit, hidden=changed.hidden, activations=changed.activations)
    elif changed != shape:
        visit.draft.change(activations=changed.activations)


def start_from_weight(visit: Visit, change: Mapping[Any, object]) -> None:
    """Train from the start weights with one of them as typed."""
    if refusal := visit.link.restrictions.refusal("more"):
        raise ExperimentError("initial_weights", refusal)
    try:
        experiment = visit.draft.experiment()
        number = read_weight(str(change.get("text")))
    except ExperimentError as error:
        raise ExperimentError(error.field, f"Not trained. {error}") from None
    weight, history = weight_of(change), visit.run.history
    shown = experiment if history is None else history.experiment
    is_shown = history is not None and change.get("run") == run_token(history)
    fits = (shown.shapes, shown.bias) == (experiment.shapes, experiment.bias)
    if weight is None or not is_shown or not fits or not weight.exists_in(experiment):
        raise ExperimentError("initial_weights", "Not trained: the network has changed since. Choose the weight again.")
    visit.draft.change(**start_parameters(experiment, weight, number))
    visit.run.request()


def weight_of(change: Mapping[Any, object]) -> WeightIndex | None:
    """The weight that a message names; None where it names none."""
    match change:
        case {"layer": int(layer), "source": int(source), "neuron": int(neuron)}:
            return WeightIndex(layer, source, neuron)
    return None


def start_parameters(experiment: Experiment, weight: WeightIndex, number: float) -> dict[str, Any]:
    """The start weights and biases of an experiment, given or drawn, with one of them changed."""
    weights, biases = initial_parameters(experiment)
    if weight.is_bias(experiment):
        biases[weight.layer][weight.neuron] = number
    else:
        weights[weight.layer][weight.source, weight.neuron] = number
    return start_settings(experiment, weights, biases)


def reading_words(text: str) -> dict[str, Any]:
    """What a typed weight was read as: its number, or why it is none, in words."""
    try:
        return {"text": text, "number": read_weight(text), "words": ""}
    except ExperimentError as error:
        return {"text": text, "number": None, "words": str(error)}
