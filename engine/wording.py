"""Wording says in a few plain words what a remedy changes and which rows or neurons are meant."""

from collections.abc import Callable, Iterable

from engine.activations import ACTIVATIONS
from engine.experiment import Experiment
from engine.initializers import INITIALIZERS
from engine.losses import LOSSES
from engine.optimizers import OPTIMIZERS


def described(old: Experiment, new: Experiment) -> str:
    """All that a remedy changes, as words for a button.

    >>> described(Experiment(), Experiment(learning_rate=0.1, epochs=500))
    'Learning rate 0.1, 500 epochs'
    """
    changed = (say for field, say in SAYINGS.items() if getattr(old, field) != getattr(new, field))
    sentence = ", ".join(filter(None, (say(old, new) for say in changed)))
    return sentence[:1].upper() + sentence[1:]


def listed(what: str, numbers: Iterable[int]) -> str:
    """Counted things in words; long lists end in "and more".

    >>> listed("row", [1]), listed("row", [1, 2, 4])
    ('row 1', 'rows 1, 2 and 4')
    """
    names = [str(number) for number in numbers]
    names = names if len(names) <= 8 else [*names[:7], "more"]
    return f"{what} {names[0]}" if len(names) == 1 else f"{what}s {', '.join(names[:-1])} and {names[-1]}"


def _held_out(old: Experiment, new: Experiment) -> str:
    return "hold out " + listed("row", (row + 1 for row in sorted(set(new.test_rows) - set(old.test_rows))))


def _layers(old: Experiment, new: Experiment) -> str:
    units = " and ".join(map(str, new.hidden))
    what = "a hidden layer" if len(new.hidden) == 1 else f"{len(new.hidden)} hidden layers"
    return f"{'make it' if old.hidden else 'add'} {what} of {units} neuron{'s' if units != '1' else ''}"


def _activations(old: Experiment, new: Experiment) -> str:
    parts = []
    if old.hidden and old.activations[:-1] != new.activations[:-1]:
        parts.append(" and ".join(dict.fromkeys(ACTIVATIONS[name].label for name in new.activations[:-1])) + " inside")
    if old.activations[-1] != new.activations[-1]:
        parts.append(f"{ACTIVATIONS[new.activations[-1]].label} output")
    return ", ".join(parts)


SAYINGS: dict[str, Callable[[Experiment, Experiment], str]] = {
    "test_rows": _held_out,
    "hidden": _layers,
    "bias": lambda old, new: f"switch the bias {'on' if new.bias else 'off'}",
    "activations": _activations,
    "loss": lambda old, new: LOSSES[new.loss].label.lower(),
    "initializer": lambda old, new: f"start weights {INITIALIZERS[new.initializer].label}",
    "initial_weights": lambda old, new: "start weights drawn" if old.initializer == new.initializer else "",
    "seed": lambda old, new: f"seed {new.seed}",
    "optimizer": lambda old, new: OPTIMIZERS[new.optimizer].label,
    "learning_rate": lambda old, new: f"learning rate {new.learning_rate:g}",
    "l1": lambda old, new: f"L1 penalty {new.l1:g}" if new.l1 else "no L1 penalty",
    "l2": lambda old, new: f"L2 penalty {new.l2:g}" if new.l2 else "no L2 penalty",
    "batch_size": lambda old, new: "full batches" if new.batch_size is None else f"batches of {new.batch_size}",
    "epochs": lambda old, new: f"{new.epochs:,} epoch{'s' if new.epochs != 1 else ''}",
}
"""How a change of each field is said, in the order in which changes are listed."""
