"""The alt texts of the charts: what each shows in words, and the same as a table."""

from collections.abc import Callable, Sequence

import numpy as np

from engine import ACTIVATIONS, History
from engine.explanation.rounded_to_zero import zero_output_size
from engine.model.targets import CLOSE_SHARE, correct_rows, target_kind
from engine.model.weight_index import frozen_names, layer_name
from engine.training.milestones import changes_of, epoch_all_correct, milestones_of
from engine.training.stopping import rule_flags
from pages.charts.history.fit import fit_alt_text
from pages.charts.history.series import Series, loss_series, output_series, weight_series
from pages.charts.style.format import count_words, format_number, list_first
from pages.charts.style.palette import LIGHT

MOST_NAMED = LIGHT.sizes.most_named
"""The most weights or outputs described one by one."""

ValueTable = tuple[tuple[str, ...], list[tuple[str, ...]]]
"""A table: its column heads, and its rows, each with its name first."""


def alt_texts(history: History, names: Sequence[str], row: int) -> dict[str, str]:
    """A few sentences per chart, on the run from its first epoch to its last; `row` is the network drawing's.

    They do not follow the cursor, as they must not change while a screen reader is reading them.
    """
    tell: dict[str, Callable[[], str]] = {
        "network": lambda: network_alt_text(history, row),
        "outputs": lambda: outputs_alt_text(history),
        "weights": lambda: weights_alt_text(history),
        "loss": lambda: loss_alt_text(history),
        "fit": lambda: fit_alt_text(history),
    }
    return {name: tell[name]() for name in names}


def loss_alt_text(history: History) -> str:
    """The first and the last loss, and the lowest if that is neither."""
    loss, *held_out = loss_series(history, LIGHT)
    epochs = count_words(int(history.epochs[-1]), "epoch")
    words = f"The loss against the epoch. Over {epochs} {change_words(loss)}."
    lowest = int(np.argmin(history.loss))
    value = format_number(float(history.loss[lowest]))
    if value not in (format_number(float(history.loss[0])), format_number(float(history.loss[-1]))):
        words += f" It was lowest at epoch {int(history.epochs[lowest]):,}: {value}."
    for line in held_out:
        words += f" On held-out rows {change_words(line)}."
    for change in changes_of(history):
        new = [] if change.optimizer is None else [f"the optimizer is {change.optimizer}"]
        new += [] if change.rate is None else [f"the learning rate is {change.rate:g}"]
        new += ["another table is trained on"] * change.is_table
        words += f" From epoch {change.epoch:,} on {' and '.join(new)}."
    return words


def outputs_alt_text(history: History) -> str:
    """Where each output begins and ends, and its target; of many, the one that ends furthest from its target."""
    lines, e = output_series(history, LIGHT), history.experiment
    targets = [value for row in e.targets for value in row]
    told = [
        f"{line.name} {change_words(line, '')}, {'a question' if y is None else f'target {format_number(y)}'}"
        for line, y in zip(lines, targets, strict=True)
    ]
    if len(lines) <= MOST_NAMED:
        epochs = count_words(int(history.epochs[-1]), "epoch")
        return f"Every row's output against the epoch. Over {epochs} {'; '.join(told)}."
    worst = int(np.nanargmax(np.abs(history.outputs[-1] - e.unscaled_targets)))
    return f"{len(lines):,} outputs against the epoch. The one that ends furthest from its target: {told[worst]}."


def weights_alt_text(history: History) -> str:
    """Each weight's first and last value; of many, only the one that moved farthest."""
    lines = weight_series(history, LIGHT)
    told = [f"{line.name} {change_words(line, '')}" for line in lines]
    if len(lines) <= MOST_NAMED:
        return (
            f"Every weight against the epoch. Over {count_words(int(history.epochs[-1]), 'epoch')} {'; '.join(told)}."
        )
    furthest = int(np.argmax([abs(line.values[-1] - line.values[0]) for line in lines]))
    return f"{len(lines):,} weights and biases against the epoch. The one that moves furthest: {told[furthest]}."


def network_alt_text(history: History, row: int) -> str:
    """The neurons and their activations, and the output for the row with the last weights."""
    e = history.experiment
    layers = [count_words(len(e.feature_names), "input")]
    for layer, name in enumerate(e.activations):
        neurons = count_words(len(history.weights[layer][0][0]), f"{layer_name(layer, len(e.activations))} neuron")
        layers.append(f"{neurons} ({ACTIVATIONS[name].label})")
    made = [
        f"{name} = {format_number(float(value), zero_below=zero_output_size(e))}"
        for name, value in zip(e.target_names, history.outputs[-1, row], strict=True)
    ]
    at_epoch = f"At epoch {int(history.epochs[-1]):,} row" if len(history.epochs) > 1 else "Row"
    words = f"The network: {', '.join(layers)}. {at_epoch} {row + 1} makes {list_first(made)}"
    words = f"{words}; weights {list_first(values_at(weight_series(history, LIGHT), -1))}."
    return f"{words} Frozen: {list_first(frozen_names(e))}." if e.frozen else words


def values_at(lines: Sequence[Series], frame: int) -> list[str]:
    """The name and the value of each line at a frame."""
    return [line.label(float(line.values[frame])) for line in lines]


def change_words(line: Series, subject: str = "it ") -> str:
    """The change of a series, to three digits: it falls from 0.491 to 0.000129."""
    first, last = float(line.values[0]), float(line.values[-1])
    before, after = line.write(first), line.write(last)
    if before == after:
        return f"{subject}ends where it began, at {after}"
    return f"{subject}{'rises' if last > first else 'falls'} from {before} to {after}"


def table_frames(history: History, cursor: int | None) -> list[int]:
    """The frames of the table: first and last, powers of ten, milestones, and the cursor's."""
    last = int(history.epochs[-1])
    powers = [10**power for power in range(7) if 10**power < last]
    wanted = [0, *powers, *(mark.epoch for mark in milestones_of(history)), last if cursor is None else cursor, last]
    return sorted({history.frame_at(epoch) for epoch in wanted})


def value_table(history: History, names: Sequence[str], cursor: int | None) -> ValueTable:
    """The curves of the named charts at these frames, one row per curve, with numbers as the charts write them.

    Of a chart with more than MOST_NAMED curves, only the first are in the table.
    """
    sets = {"loss": loss_series, "outputs": output_series, "weights": weight_series}
    lines = [line for name, make in sets.items() if name in names for line in make(history, LIGHT)[:MOST_NAMED]]
    frames = table_frames(history, cursor)
    epochs = (f"{int(history.epochs[k]):,}" for k in frames)
    return ("epoch", *epochs), [(line.name, *(line.write(float(line.values[k])) for k in frames)) for line in lines]


def run_summary(history: History) -> str:
    """One or two sentences about a run."""
    e, last = history.experiment, int(history.epochs[-1])
    rows = len(e.train_rows)
    if history.diverged_at is not None:
        return f"The numbers grew beyond all bounds at epoch {history.diverged_at:,}, so the run ends there."
    right = int(correct_rows(e, history.outputs[-1])[list(e.train_rows)].sum())
    by = epoch_all_correct(history)
    loss = f"loss {format_number(float(history.loss[-1]))} after {last:,} {'epoch' if last == 1 else 'epochs'}"
    within = f" to within {CLOSE_SHARE:.0%} of the range" if target_kind(e) == "regression" else ""
    subject = (
        ("The row is" if rows == 1 else f"All {rows:,} rows are")
        if by is not None
        else f"{right:,} of {rows:,} rows are"
    )
    words = f"{subject} right{within}{'' if by is None else f' by epoch {by:,}' if by else ' from the start'}; {loss}."
    if last == 0:
        return f"Not trained yet: {right:,} of {rows:,} rows are right{within} by chance."
    if history.stopped_at is not None:
        words += f" Stopped there: {' and '.join(stop_reasons(history))}."
    elif last < e.epochs:
        words += f" Stopped early: {e.epochs:,} epochs were asked for. Train starts again from 0."
    return words


def stop_reasons(history: History) -> list[str]:
    """In words, the rules that hold where the training stopped."""
    e = history.experiment
    words = {
        "stop_loss": f"the loss is below {e.stop_loss}",
        "stop_when_right": "every row is right",
        "patience": f"for {e.patience} kept epochs the held-out loss has not been lowest",
    }
    flags = rule_flags(e, history.epochs, history.outputs, history.loss, history.test_loss)
    return [words[field] for field, holds in flags.items() if holds[-1]]
