"""What differs between experiments, in words: the settings, and the table."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from typing import Any

from engine import ACTIVATIONS, INITIALIZERS, LOSSES, OPTIMIZERS, Experiment
from engine.model.scaling import SCALINGS
from engine.serialization.url_values import write_number
from pages.reading.typed_changes import write_earlier_tables, write_optimizer_changes, write_rate_changes


def label_of(records: Mapping[str, Any]) -> Callable[[Any], str]:
    """The label of a record of the engine, by its name."""
    return lambda name: str(records[name].label)


def table_text(experiment: Experiment) -> str:
    rows, held_out = len(experiment.inputs), len(experiment.test_rows)
    columns = f"{', '.join(experiment.input_names)} → {', '.join(experiment.target_names)}"
    return f"{columns}, {rows:,} rows" + f", {held_out:,} held out" * bool(held_out)


def number_text(value: float | None) -> str:
    return "all rows" if value is None else write_number(float(value))


def rule_text(value: float | None) -> str:
    return "never" if value is None else write_number(float(value))


FIELDS: dict[str, tuple[str, Callable[[Any], str]]] = {
    "hidden": ("Hidden layers", lambda hidden: ", ".join(map(str, hidden)) or "none"),
    "activations": ("Activations", lambda names: ", ".join(map(label_of(ACTIVATIONS), names))),
    "loss": ("Loss", label_of(LOSSES)),
    "learning_rate": ("Learning rate", number_text),
    "epochs": ("Epochs", lambda epochs: f"{epochs:,}"),
    "optimizer": ("Optimizer", label_of(OPTIMIZERS)),
    "batch_size": ("Batch size", number_text),
    "bias": ("Bias", lambda bias: "with" if bias else "without"),
    "l1": ("L1 penalty", number_text),
    "l2": ("L2 penalty", number_text),
    "initializer": ("Start weights", label_of(INITIALIZERS)),
    "seed": ("Seed", str),
    "derived": ("Derived inputs", lambda formulas: ", ".join(formulas) or "none"),
    "frozen": ("Frozen", lambda parts: ", ".join(parts) or "none"),
    "rate_changes": ("Learning rate on the way", lambda changes: write_rate_changes(changes) or "the same"),
    "earlier_tables": ("First rows", lambda tables: write_earlier_tables(tables) or "none"),
    "optimizer_changes": ("Optimizer on the way", lambda changes: write_optimizer_changes(changes) or "the same"),
    "stop_loss": ("Stop below loss", rule_text),
    "stop_when_right": ("Stop when all rows are right", lambda stops: "yes" if stops else "no"),
    "patience": ("Patience", rule_text),
    "initial_weights": ("Start weights by hand", lambda weights: "yes" if weights else "no"),
    "initial_biases": ("Start biases by hand", lambda biases: "yes" if biases else "no"),
    "scaling": ("Inputs scaled", label_of(SCALINGS)),
    "target_scaling": ("Targets scaled", label_of(SCALINGS)),
}
"""Fields with their label, and how a value of them is written."""

VERSION = "version "
"""In the text of a value that is too long to be written, before its number."""

TABLE = ("input_names", "target_names", "inputs", "targets", "test_rows")

Difference = tuple[str, tuple[str, ...]]
"""What differs, and how it is in each experiment."""


def list_differences(experiments: Sequence[Experiment]) -> list[Difference]:
    """All that differs, the table first; where only its numbers do, or another field, that is said.

    >>> list_differences([Experiment(), Experiment(learning_rate=0.5)])
    [('Learning rate', ('1', '0.5'))]
    """
    differences: list[Difference] = []
    if any(differ(experiments, name) for name in TABLE):
        texts = tuple(map(table_text, experiments))
        differences.append(("Table", texts if len(set(texts)) > 1 else number_tables(experiments)))
    for name, (label, text) in FIELDS.items():
        if differ(experiments, name):
            texts = tuple(text(getattr(e, name)) for e in experiments)
            differences.append(
                (label, texts if tell_apart(experiments, name, texts) else number_values(experiments, name))
            )
    others = [field.name for field in fields(Experiment) if field.name not in (*TABLE, *FIELDS)]
    return differences + [
        (name.replace("_", " ").capitalize(), number_values(experiments, name))
        for name in others
        if differ(experiments, name)
    ]


def have_comparable_tables(before: Experiment, now: Experiment) -> bool:
    """Whether two tables have the same columns, and inputs of at least one row in common."""
    same_columns = (before.input_names, before.target_names) == (now.input_names, now.target_names)
    return same_columns and not set(before.inputs).isdisjoint(now.inputs)


def describe_changes(before: Experiment, now: Experiment) -> str:
    """What became of each thing that differs, in a line; of numbers in a table and of long values, that they changed.

    >>> describe_changes(Experiment(learning_rate=0.5), Experiment(targets=(1, 1, 1, 0)))
    'Table changed. Learning rate: 0.5, now 1.'
    """
    differences = list_differences([before, now])
    return " ".join(
        f"{label} changed." if VERSION in new else f"{label}: {old}, now {new}." for label, (old, new) in differences
    )


def differ(experiments: Sequence[Experiment], name: str) -> bool:
    return any(getattr(e, name) != getattr(experiments[0], name) for e in experiments)


def tell_apart(experiments: Sequence[Experiment], name: str, texts: Sequence[str]) -> bool:
    """Whether different values of a field have different texts; start weights by hand have one, whatever they are."""
    return len(set(texts)) == len({getattr(e, name) for e in experiments})


def number_tables(experiments: Sequence[Experiment]) -> tuple[str, ...]:
    """Where tables look alike but for their numbers: which of them are the same, by number."""
    part = next((name for name in ("inputs", "targets") if not differ(experiments, name)), "")
    tables = [tuple(getattr(e, name) for name in TABLE) for e in experiments]
    changing = {"inputs": "targets", "targets": "inputs"}.get(part, "numbers")
    return tuple(f"{changing}, {VERSION}{tables.index(table) + 1}" for table in tables)


def number_values(experiments: Sequence[Experiment], name: str) -> tuple[str, ...]:
    """Which experiments have the same value of a field, by number."""
    values = [getattr(e, name) for e in experiments]
    return tuple(f"{VERSION}{values.index(value) + 1}" for value in values)
