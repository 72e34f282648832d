"""Wording puts a finding into a few plain words: what is wrong, in which rows or neurons, and what a remedy changes."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from engine.model.activations import ACTIVATIONS
from engine.model.experiment import Experiment
from engine.model.initializers import INITIALIZERS
from engine.model.losses import LOSSES
from engine.model.optimizers import OPTIMIZERS
from engine.model.scaling import SCALINGS

GETS_CLOSER = " With this remedy it gets closer, but not all the way: that was tried."
"""What is said of a remedy that helps clearly and still does not make the network learn."""

HELD_OUT_GETS_WORSE = " With this remedy it gets closer, but not all the way: the rows held out of training get worse."
"""What is said of a remedy with which the network learns by heart."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """A changed experiment that was tried, and whether it learns, or only gets closer, or learns by heart."""

    experiment: Experiment
    learns: bool = True
    overfits: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason why an experiment does not learn, in words for its reader, and what to do about it.

    `key` is the kind of reason, `words` one to four sentences that name the place. `remedy` was tried; it is None, and
    its label empty, where nothing that was tried helps. It `learns`, or the words say that it only gets closer.
    """

    key: str
    title: str
    words: str
    remedy: Experiment | None = None
    remedy_label: str = ""
    learns: bool = True


def make_finding(experiment: Experiment, key: str, title: str, words: str, remedy: Remedy | None) -> Finding:
    """A finding with a remedy that was tried, if there is one."""
    if remedy is None:
        return Finding(key, title, words)
    words += "" if remedy.learns else HELD_OUT_GETS_WORSE if remedy.overfits else GETS_CLOSER
    changed = remedy.experiment
    return Finding(key, title, words, changed, describe_changes(experiment, changed), remedy.learns)


def describe_changes(old: Experiment, new: Experiment) -> str:
    """All that a remedy changes, as words for a button.

    >>> describe_changes(Experiment(), Experiment(learning_rate=0.1, epochs=500))
    'Learning rate 0.1, 500 epochs'
    """
    changed = (say for field, say in CHANGE_WORDS.items() if getattr(old, field) != getattr(new, field))
    sentence = ", ".join(filter(None, (say(old, new) for say in changed)))
    return sentence[:1].upper() + sentence[1:]


def list_names(names: Sequence[str]) -> str:
    """Names in a sentence; long lists end in "and more".

    >>> list_names(["h1"]), list_names(["h1", "h2", "h4"])
    ('h1', 'h1, h2 and h4')
    """
    shown = list(names) if len(names) <= 8 else [*names[:7], "more"]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def list_numbers(what: str, numbers: Iterable[int]) -> str:
    """Numbered things in a sentence.

    >>> list_numbers("row", [1]), list_numbers("row", [1, 2, 4])
    ('row 1', 'rows 1, 2 and 4')
    """
    names = [str(number) for number in numbers]
    return f"{what}{'s' * (len(names) > 1)} {list_names(names)}"


def _held_out_words(old: Experiment, new: Experiment) -> str:
    return "hold out " + list_numbers("row", (row + 1 for row in sorted(set(new.test_rows) - set(old.test_rows))))


def _scaling_words(what: str, name: str) -> str:
    scaling = SCALINGS[name]
    return f"scale the {what} ({scaling.label.lower()})" if scaling.measures else f"do not scale the {what}"


def new_columns(old: Experiment, new: Experiment) -> list[str]:
    """The derived inputs that only the second one has."""
    return [text for text in new.derived if text not in old.derived]


def _layers_words(old: Experiment, new: Experiment) -> str:
    units = " and ".join(map(str, new.hidden))
    what = "a hidden layer" if len(new.hidden) == 1 else f"{len(new.hidden)} hidden layers"
    return f"{'make it' if old.hidden else 'add'} {what} of {units} neuron{'s' if units != '1' else ''}"


def _weights_words(old: Experiment, new: Experiment) -> str:
    if new.initial_weights:
        return "other start weights"
    return "start weights drawn" if old.initializer == new.initializer else ""


def _biases_words(old: Experiment, new: Experiment) -> str:
    if new.initial_biases:
        return "other start biases"
    return "" if old.initial_weights != new.initial_weights else "start biases of 0"  # drawn weights come with them


def _activations_words(old: Experiment, new: Experiment) -> str:
    parts = []
    if old.hidden and old.activations[:-1] != new.activations[:-1]:
        parts.append(" and ".join(dict.fromkeys(ACTIVATIONS[name].label for name in new.activations[:-1])) + " inside")
    if old.activations[-1] != new.activations[-1]:
        parts.append(f"{ACTIVATIONS[new.activations[-1]].label} output")
    return ", ".join(parts)


CHANGE_WORDS: dict[str, Callable[[Experiment, Experiment], str]] = {
    "test_rows": _held_out_words,
    "scaling": lambda old, new: _scaling_words("inputs", new.scaling),
    "target_scaling": lambda old, new: _scaling_words("targets", new.target_scaling),
    "derived": lambda old, new: f"add {list_names(more)}" if (more := new_columns(old, new)) else "fewer inputs",
    "hidden": _layers_words,
    "bias": lambda old, new: f"switch the bias {'on' if new.bias else 'off'}",
    "activations": _activations_words,
    "loss": lambda old, new: LOSSES[new.loss].label.lower(),
    "frozen": lambda old, new: "freeze other weights" if new.frozen else "freeze nothing",
    "initializer": lambda old, new: f"start weights {INITIALIZERS[new.initializer].label}",
    "initial_weights": _weights_words,
    "initial_biases": _biases_words,
    "seed": lambda old, new: f"seed {new.seed}",
    "optimizer": lambda old, new: OPTIMIZERS[new.optimizer].label,
    "learning_rate": lambda old, new: f"learning rate {new.learning_rate:g}",
    "rate_changes": lambda old, new: "the same rate throughout",
    "optimizer_changes": lambda old, new: "the same optimizer throughout",
    "stop_loss": lambda old, new: "no loss to stop at",
    "stop_when_right": lambda old, new: "no stop when all are right",
    "patience": lambda old, new: "no stop by held-out rows",
    "l1": lambda old, new: f"L1 penalty {new.l1:g}" if new.l1 else "no L1 penalty",
    "l2": lambda old, new: f"L2 penalty {new.l2:g}" if new.l2 else "no L2 penalty",
    "batch_size": lambda old, new: "full batches" if new.batch_size is None else f"batches of {new.batch_size}",
    "epochs": lambda old, new: f"{new.epochs:,} epoch{'s' if new.epochs != 1 else ''}",
}
"""How a change of each field is said, in the order in which changes are listed."""
