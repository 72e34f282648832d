"""The words of the charts: what each shows, for somebody who cannot see it or reads it out, and the same as a table."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from engine import ACTIVATIONS, History
from engine.training.milestones import milestones_of
from pages.charts.history.series import Line, layer_name, loss_lines, output_lines, weight_lines
from pages.charts.style.base import label
from pages.charts.style.palette import LIGHT

NAMED = LIGHT.sizes.named
"""Up to so many things are told one by one."""

Readings = tuple[tuple[str, ...], list[tuple[str, ...]]]
"""A table: its heads, and its rows, each with its name first."""


def described(history: History, names: Sequence[str], row: int) -> dict[str, str]:
    """A few sentences a chart, of the run from its first epoch to its last; `row` is the one that the drawing looks at.

    They do not follow the cursor: what is read out must not change while it is listened to.
    """
    tell: dict[str, Callable[[], str]] = {
        "network": lambda: network_words(history, row),
        "outputs": lambda: outputs_words(history),
        "weights": lambda: weights_words(history),
        "loss": lambda: loss_words(history),
    }
    return {name: tell[name]() for name in names}


def loss_words(history: History) -> str:
    """Where the loss begins, where it ends, and where it was lowest if that is neither."""
    words = f"The loss against the epoch. Over {counted(int(history.epochs[-1]), 'epoch')} {course(history.loss)}."
    lowest = int(np.argmin(history.loss))
    value = label(float(history.loss[lowest]))
    if value not in (label(float(history.loss[0])), label(float(history.loss[-1]))):
        words += f" It was lowest at epoch {int(history.epochs[lowest]):,}: {value}."
    if history.test_loss is not None:
        words += f" On held-out rows {course(history.test_loss)}."
    return words


def outputs_words(history: History) -> str:
    """Where each output begins and ends, and its target; of many, the one that ends furthest from its target."""
    lines = output_lines(history, LIGHT)
    targets = [value for row in history.experiment.targets for value in row]
    told = [f"{line.name} {course(line.values, '')}, target {label(y)}" for line, y in zip(lines, targets, strict=True)]
    if len(lines) <= NAMED:
        return (
            f"Every row's output against the epoch. Over {counted(int(history.epochs[-1]), 'epoch')} {'; '.join(told)}."
        )
    worst = int(np.argmax(np.abs(history.outputs[-1].ravel() - targets)))
    return f"{len(lines):,} outputs against the epoch. The one that ends furthest from its target: {told[worst]}."


def weights_words(history: History) -> str:
    """Where each weight begins and ends; of many, the one that moved furthest."""
    lines = weight_lines(history, LIGHT)
    told = [f"{line.name} {course(line.values, '')}" for line in lines]
    if len(lines) <= NAMED:
        return f"Every weight against the epoch. Over {counted(int(history.epochs[-1]), 'epoch')} {'; '.join(told)}."
    furthest = int(np.argmax([abs(line.values[-1] - line.values[0]) for line in lines]))
    return f"{len(lines):,} weights and biases against the epoch. The one that moves furthest: {told[furthest]}."


def network_words(history: History, row: int) -> str:
    """How many neurons there are, what they do, and what the last weights make of the row."""
    e = history.experiment
    layers = [counted(len(e.input_names), "input")]
    for layer, name in enumerate(e.activations):
        neurons = counted(len(history.weights[layer][0][0]), f"{layer_name(layer, len(e.activations))} neuron")
        layers.append(f"{neurons} ({ACTIVATIONS[name].label})")
    made = [
        f"{name} {label(float(value))}" for name, value in zip(e.target_names, history.outputs[-1, row], strict=True)
    ]
    words = (
        f"The network: {', '.join(layers)}. At epoch {int(history.epochs[-1]):,} row {row + 1} makes {and_more(made)}"
    )
    return f"{words}; weights {and_more(readings_at(weight_lines(history, LIGHT), -1))}."


def readings_at(lines: Sequence[Line], frame: int) -> list[str]:
    """The name and the value of each line at a frame."""
    return [f"{line.name} {label(float(line.values[frame]))}" for line in lines]


def and_more(items: Sequence[str]) -> str:
    """Up to `NAMED` things; how many more there are."""
    more = f" and {len(items) - NAMED:,} more" if len(items) > NAMED else ""
    return ", ".join(items[:NAMED]) + more


def left_out(beyond: Mapping[str, int]) -> str:
    """What there was no room for; "" where all is there.

    >>> left_out({"row": 3, "input": 0, "target": 1})
    'and 3 more rows, 1 more target'
    """
    parts = [f"{count} more {what}{'s' * (count > 1)}" for what, count in beyond.items() if count > 0]
    return f"and {', '.join(parts)}" if parts else ""


def counted(number: int, thing: str) -> str:
    """So many of something.

    >>> counted(1, "epoch"), counted(10_000, "epoch")
    ('1 epoch', '10,000 epochs')
    """
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def course(values: npt.NDArray[np.float64], subject: str = "it ") -> str:
    """Which way something went, to three digits: it falls from 0.491 to 0.000129."""
    first, last = float(values[0]), float(values[-1])
    if label(first) == label(last):
        return f"{subject}ends where it began, at {label(last)}"
    return f"{subject}{'rises' if last > first else 'falls'} from {label(first)} to {label(last)}"


def moments(history: History, cursor: int | None) -> list[int]:
    """The frames worth reading: the ends, ten times as far each, the marks, and the cursor's."""
    last = int(history.epochs[-1])
    powers = [10**power for power in range(7) if 10**power < last]
    wanted = [0, *powers, *(mark.epoch for mark in milestones_of(history)), last if cursor is None else cursor, last]
    return sorted({history.frame_at(epoch) for epoch in wanted})


def readings(history: History, names: Sequence[str], cursor: int | None) -> Readings:
    """The curves of the charts with these names at those moments, a row a curve, every number as the charts write it.

    Of a chart with more than `NAMED` curves the table has the first.
    """
    sets = {"loss": loss_lines, "outputs": output_lines, "weights": weight_lines}
    lines = [line for name, make in sets.items() if name in names for line in make(history, LIGHT)[:NAMED]]
    frames = moments(history, cursor)
    epochs = (f"{int(history.epochs[k]):,}" for k in frames)
    return ("epoch", *epochs), [(line.name, *(label(float(line.values[k])) for k in frames)) for line in lines]
