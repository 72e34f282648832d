"""Changes of rate and optimizer, and stop rules, in an exported program."""

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
        if is_first and e.epochs > KEPT_FRAMES:
            lines.append(f"kept = set(log_spaced_epochs({e.epochs}))  # the epochs at which it may stop")
        if e.patience is not None:
            lines.append(f"{self.prefix}lowest, {self.prefix}waited = {self.held_out_loss}, 0")
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
        return ["if epoch + 1 in kept:", *(f"    {line}" for line in lines)] if e.epochs > KEPT_FRAMES else lines


def add_kept_epochs(e: Experiment, sources: FunctionSources) -> None:
    """Add the function that says at which epochs a training may stop, where that is not after every one."""
    if e.has_stop_rules and e.epochs > KEPT_FRAMES:
        sources.add(log_spaced_epochs, "The epochs that the page keeps, at which it is asked whether to stop.")


def output_heading(e: Experiment, epochs: str) -> str:
    """The line that prints after how many epochs the outputs are, of which `epochs` is an expression."""
    if e.has_stop_rules:
        return f'print(f"Output after epoch {{{epochs}}}:")'
    return f'print("Output after epoch {e.epochs}:")'
