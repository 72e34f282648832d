"""Updates to check: one from an experiment, and the same with wrong numbers."""

from dataclasses import replace
from typing import Any

from engine import Experiment, train
from engine.explanation.ledger import Update, explain_epoch
from engine.model.types import Array


def update_at(e: Experiment, epoch: int) -> Update:
    (step,) = train(e, (epoch,))
    return explain_epoch(e, step).updates[0]


def with_layer(update: Update, index: int, field: str, numbers: Array) -> Update:
    """An update with other numbers in one field of one layer."""
    layers = list(update.layers)
    fields: dict[str, Any] = {field: numbers}
    layers[index] = replace(layers[index], **fields)
    return replace(update, layers=tuple(layers))
