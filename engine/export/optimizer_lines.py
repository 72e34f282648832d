"""What the optimizers of an experiment do in its training loop, as lines of NumPy."""

from collections.abc import Sequence

from engine.export.function_source import FunctionSources
from engine.export.layer_names import LayerNames
from engine.model.experiment import Experiment
from engine.model.optimizers import OPTIMIZERS, sgd


class OptimizerLines:
    """The lines in which one optimizer changes the weights; `scale` is that of the loss, "" for 1."""

    def __init__(self, experiment: Experiment, name: str, scale: str, sources: FunctionSources) -> None:
        record = OPTIMIZERS[name]
        self.experiment, self.scale, self.slots = experiment, scale, record.slots
        self.plain = record.step is sgd and not (experiment.l1 or experiment.l2)
        self.function, self.takes = "", list[str]()
        if record.step is not sgd:
            self.function = sources.add(record.step, f"Optimizer. {record.label}: {record.about}", name)
            self.takes = sources.parameters[self.function]

    def scale_lines(self) -> list[str]:
        """The line for the scale of the loss; gradients are computed without it, and the update multiplies by it."""
        if not self.scale:
            return []
        told = "  # the loss is a mean"
        return [f"rate = learning_rate * ({self.scale}){told}" if self.plain else f"scale = {self.scale}{told}"]

    def update_lines(self, layers: Sequence[LayerNames], multiplies: bool) -> list[str]:
        """The lines that change the weights; where it multiplies, by the scale or by a rate that is not 1."""
        e = self.experiment
        lines = ["updates += 1"] if "k" in self.takes else []
        for layer in layers:
            downhill = f"np.dot({layer.inputs}.T, {layer.adjustments})"
            if self.plain:
                rate = "" if not multiplies else "rate * " if self.scale else "learning_rate * "
                lines += move_lines(layer, "+", f"{rate}{downhill}")
                continue
            lines.append(f"{layer.gradient} = -{downhill}{' * scale' if self.scale else ''}")
            mask = f" * {layer.is_weight}" if e.bias else ""
            lines += [f"{layer.gradient} += {e.l2!r}{mask} * {layer.weights}  # penalty L2"] if e.l2 else []
            lines += [f"{layer.gradient} += {e.l1!r}{mask} * np.sign({layer.weights})  # penalty L1"] if e.l1 else []
            if not self.function:
                lines += move_lines(layer, "-", f"learning_rate * {layer.gradient}")
                continue
            at_hand = {"gradient": layer.gradient, "memory": layer.memory, "rate": "learning_rate", "k": "updates"}
            given = ", ".join(at_hand[parameter] for parameter in self.takes)
            lines.append(f"change, {layer.memory} = {self.function}({given})")
            lines += [f"change[{layer.frozen}] = 0  # frozen"] if layer.frozen else []
            lines.append(f"{layer.weights} += change")
        return lines


class OptimizersInTurn:
    """The lines of all the optimizers that an experiment has, one after the other."""

    def __init__(self, experiment: Experiment, scale: str, sources: FunctionSources) -> None:
        self._spans = experiment.optimizer_spans
        self._changes = len(self._spans) > 1
        names = dict.fromkeys(name for name, _, _ in self._spans)
        self._lines = {name: OptimizerLines(experiment, name, scale, sources) for name in names}
        # Whether the scale is worked out in every update: it changes on the way, or the rate does, or what they make.
        varies = bool(experiment.rate_changes or experiment.earlier_tables)
        self._scales_inside = experiment.batches > 1 or varies or self._changes

    def lines_before(self, layers: Sequence[LayerNames]) -> list[str]:
        """The lines before the first epoch, below those of the scale: what is remembered, or which one begins when."""
        if not self._changes:
            (only,) = self._lines.values()
            return self._memory_lines(layers, str(only.slots))
        turns = ", ".join(f"{start}: ({name!r}, {self._lines[name].slots})" for name, start, _ in self._spans)
        return [
            "# After so many epochs another optimizer: its name, and how many numbers it remembers of each weight",
            f"optimizers = {{{turns}}}",
        ]

    def scale_lines_before(self) -> list[str]:
        """The line for the scale of the loss before the first epoch."""
        return [] if self._scales_inside else next(iter(self._lines.values())).scale_lines()

    def epoch_lines(self, layers: Sequence[LayerNames]) -> list[str]:
        """The lines at the beginning of an epoch."""
        if not self._changes:
            return []
        begin = ["optimizer, slots = optimizers[epoch]", *self._memory_lines(layers, "slots")]
        return ["if epoch in optimizers:  # it begins with nothing remembered", *indent(begin)]

    def update_lines(self, layers: Sequence[LayerNames], multiplies: bool) -> list[str]:
        """The lines that change the weights, those of the scale of the loss before them."""
        lines = list[str]()
        for name, one in self._lines.items():
            update = [*(one.scale_lines() if self._scales_inside else []), *one.update_lines(layers, multiplies)]
            if len(self._lines) == 1:
                return update
            lines += [f"{'elif' if lines else 'if'} optimizer == {name!r}:", *indent(update)]
        return lines

    def _memory_lines(self, layers: Sequence[LayerNames], slots: str) -> list[str]:
        lines = list[str]()
        if any(one.function for one in self._lines.values()):
            lines += [f"{layer.memory} = np.zeros(({slots}, *{layer.weights}.shape))" for layer in layers]
        counts = any("k" in one.takes for one in self._lines.values())
        return [*lines, "updates = 0"] if counts else lines


def move_lines(layer: LayerNames, sign: str, step: str) -> list[str]:
    """The lines that move a layer's weights by a step, all but the frozen ones."""
    if not layer.frozen:
        return [f"{layer.weights} {sign}= {step}"]
    return [
        f"{layer.change} = {step}",
        f"{layer.change}[{layer.frozen}] = 0  # frozen",
        f"{layer.weights} {sign}= {layer.change}",
    ]


def indent(lines: Sequence[str]) -> list[str]:
    """The lines one level deeper."""
    return [f"    {line}" if line else "" for line in lines]
