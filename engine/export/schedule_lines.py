"""Changes of rate and optimizer, and stop rules, in an exported program."""

from collections.abc import Callable
from dataclasses import dataclass

from engine.export.function_source import FunctionSources
from engine.model.experiment import Experiment
from engine.model.optimizers import OPTIMIZERS, Optimizer
from engine.training.train import KEPT_FRAMES, log_spaced_epochs


def rate_change_lines(e: Experiment) -> list[str]:
    """The line that says when the learning rate changes, before the training; none where it does not."""
    if not e.rate_changes:
        return []
    changes = ", ".join(f"{epoch}: {rate!r}" for epoch, rate in e.rate_changes)
    return [f"rate_changes = {{{changes}}}  # the learning rate after so many epochs"]


def table_lines(
    e: Experiment, names: str, whole: tuple[str, str], before: Callable[[str, str], tuple[str, str]]
) -> list[str]:
    """The lines that say which rows are trained on after so many epochs; none where they are always the same.

    `whole` are inputs and answers of the table, as expressions; `before` gives those of one before it, by the names of
    its arrays.
    """
    if not e.earlier_tables:
        return []
    starts = (0, *(end for end, _, _ in e.earlier_tables))
    given = [*(before(f"X_until_{end}", f"y_until_{end}") for end, _, _ in e.earlier_tables), whole]
    lines = [f"tables = {{  # {names} after so many epochs"]
    for start, (inputs, answers) in zip(starts, given, strict=True):
        lines += [f"    {start}: (", f"        {inputs},", f"        {answers},", "    ),"]
    return [*lines, "}"]


def optimizers_of(e: Experiment) -> list[tuple[int, Optimizer]]:
    """The optimizers of an experiment, each with the epoch after which it begins."""
    return [(start, OPTIMIZERS[name]) for name, start, _ in e.optimizer_spans]


@dataclass(frozen=True, slots=True)
class StopRules:
    """The stop rules of an experiment as lines; each field is an expression of the program."""

    loss: str  # over the rows trained on
    held_out_loss: str
    all_right: str
    action: str = "break"
    prefix: str = ""  # of the variables: "self." in a class

    def before(self, e: Experiment, is_first: bool = True) -> list[str]:
        """The lines before the training."""
        lines = []
        if is_first and asks_at_some_epochs(e):
            epochs = f"set(log_spaced_epochs({e.epochs}))"
            if e.earlier_tables:
                epochs = f"{{epoch for epoch in log_spaced_epochs({e.epochs}) if epoch > {e.table_start}}}"
            lines.append(f"kept = {epochs}  # the epochs at which it may stop")
        if e.patience is not None:
            lowest = 'float("inf")' if e.earlier_tables else self.held_out_loss
            lines.append(f"{self.prefix}lowest, {self.prefix}waited = {lowest}, 0")
        return lines

    def after_epoch(self, e: Experiment) -> list[str]:
        """The lines after an epoch, which is number `epoch + 1`."""
        lines, rules = list[str](), list[str]()
        lowest, waited = f"{self.prefix}lowest", f"{self.prefix}waited"
        if e.stop_loss is not None:
            rules.append(f"{self.loss} < {e.stop_loss!r}")
        if e.stop_when_right:
            rules.append(self.all_right)
        if e.patience is not None:
            lines.append(f"held_out_loss = {self.held_out_loss}")
            lines.append(f"{waited} = 0 if held_out_loss < {lowest} else {waited} + 1")
            lines.append(f"{lowest} = min({lowest}, held_out_loss)")
            rules.append(f"{waited} >= {e.patience}")
        lines += [f"if {' or '.join(rules)}:", f"    {self.action}"]
        return ["if epoch + 1 in kept:", *(f"    {line}" for line in lines)] if asks_at_some_epochs(e) else lines


def asks_at_some_epochs(e: Experiment) -> bool:
    """Whether there are epochs at which a training with stop rules may not stop."""
    return e.epochs > KEPT_FRAMES or bool(e.earlier_tables)


def add_kept_epochs(e: Experiment, sources: FunctionSources) -> None:
    """Add the function that says at which epochs a training may stop, where that is not after every one."""
    if e.has_stop_rules and asks_at_some_epochs(e):
        sources.add(log_spaced_epochs, "The epochs that the page keeps, at which it is asked whether to stop.")


def output_heading(e: Experiment, epochs: str) -> str:
    """The line that prints after how many epochs the outputs are, of which `epochs` is an expression."""
    if e.has_stop_rules:
        return f'print(f"Output after epoch {{{epochs}}}:")'
    return f'print("Output after epoch {e.epochs}:")'
