"""The training loop of an experiment, as lines of NumPy that read like the tutorial's.

Every sum adds up in the same order as in `compiled_epoch`, so the script ends with the same bits. Rows are samples here
and columns there: so arrays are stored column by column (`asfortranarray`), and `product` computes the transpose of the
product. A bias is the weight of an input that is always 1: the last row of its layer's weights.
"""

from dataclasses import fields

import numpy as np

from engine.export.function_source import FunctionSources, function_tree, return_expression
from engine.export.layer_names import LayerNames
from engine.export.optimizer_lines import OptimizersInTurn, indent
from engine.export.scaling_lines import earlier_rows, trained_array
from engine.export.schedule_lines import rate_change_lines, table_lines
from engine.model.experiment import Experiment
from engine.model.losses import LOSSES, difference
from engine.model.types import Array


def product(a: Array, b: Array) -> Array:
    """The matrix product a b, (samples, fan_out), from a (samples, fan_in) and b (fan_in, fan_out)."""
    turned: Array = np.dot(b.T, a.T)
    return turned.T


def with_ones(a: Array) -> Array:
    """a, (samples, units), with a column of ones appended, in column-major order."""
    return np.asfortranarray(np.column_stack([a, np.ones(len(a))]))


def layer_input(experiment: Experiment, inputs: str) -> str:
    """Inputs as the first layer takes them, as an expression: with a column of ones where there is a bias."""
    return f"with_ones({inputs})" if experiment.bias else f"np.asfortranarray({inputs})"


def is_tutorial(experiment: Experiment) -> bool:
    """Whether this is the tutorial's experiment, or its first epochs; the columns may have any names.

    Its sums come out the same in either order, so the script can be the tutorial's, line for line.
    """
    own, free = Experiment(), {"epochs", "input_names", "target_names"}
    names = {field.name for field in fields(own)} - free
    return experiment.epochs <= own.epochs and all(getattr(experiment, n) == getattr(own, n) for n in names)


class TrainingLoop:
    """Writes the training loop of an experiment; `sources` collects the engine's functions that it calls."""

    def __init__(self, experiment: Experiment, sources: FunctionSources) -> None:
        e = self.experiment = experiment
        self.layers = [LayerNames(e, index, sources) for index in range(len(e.shapes))]
        self.call = "product" if any(fan_out > 1 for _, fan_out in e.shapes) else "np.dot"
        if self.call == "product":
            sources.add(product, "np.dot(a, b), added up in the page's order: the last digit depends on it.")
        if e.bias:
            sources.add(with_ones, "One more column, all ones: a bias is the weight of an input that is always 1.")
        self.in_batches = any(table.batches > 1 for table in e.tables)
        self.rows, self.answers = ("inputs", "wanted_outputs") if self.in_batches else ("input_layer", "wanted")
        fixed = not (self.in_batches or e.earlier_tables)
        samples = str(len(e.train_rows)) if fixed else "len(input_layer)"
        loss, names = LOSSES[e.loss], {"samples": samples, "targets": str(len(e.target_names))}
        scale = return_expression(function_tree(loss.scale), names)
        self.optimizers = OptimizersInTurn(e, "" if scale == "1.0" else scale or "", sources)
        self.error = "{wanted} - outputs"
        if loss.slope is not difference:
            about = f"Derivative of {loss.label.lower()}: how fast it rises with each output."
            slope = sources.add(loss.slope, about, f"{e.loss}_slope")
            arguments = {"outputs": "outputs", "targets": "{wanted}"}
            self.error = f"-{slope}({', '.join(arguments[name] for name in sources.parameters[slope])})"

    def lines_before(self) -> list[str]:
        """The lines before the first epoch: what is trained on, and what the optimizer remembers."""
        e = self.experiment
        if is_tutorial(e):
            return []
        lines = [f"learning_rate = {e.learning_rate!r}", *rate_change_lines(e)]
        lines += self.optimizers.scale_lines_before()
        inputs, answers = layer_input(e, trained_array(e, "X")), f"np.asfortranarray({trained_array(e, 'y')})"
        if e.earlier_tables:
            lines += table_lines(e, f"{self.rows} and {self.answers}", (inputs, answers), self._rows_before)
        else:
            lines += [f"{self.rows} = {inputs}", f"{self.answers} = {answers}"]
        for layer in self.layers if e.bias and (e.l1 or e.l2) else ():
            lines.append(f"{layer.is_weight} = np.ones_like({layer.weights})")
            lines.append(f"{layer.is_weight}[-1] = 0  # penalties are for weights, not for biases")
        return [*lines, *self.optimizers.lines_before(self.layers)]

    def _rows_before(self, inputs: str, targets: str) -> tuple[str, str]:
        """The rows of an earlier table as they are trained on, by the names of its arrays."""
        seen, wanted = earlier_rows(self.experiment, inputs, targets)
        return layer_input(self.experiment, seen), f"np.asfortranarray({wanted})"

    def loop_lines(self, after: list[str]) -> list[str]:
        """The whole loop, with `after` as the last lines of each epoch."""
        e = self.experiment
        update = self.optimizers.update_lines(self.layers, not is_tutorial(e))
        body = [*self.forward_lines(), "", *self.backward_lines(), *update]
        if self.in_batches:
            batch = [f"input_layer = np.asfortranarray(inputs[start : start + {e.batch_size}])"]
            batch.append(f"wanted = np.asfortranarray(wanted_outputs[start : start + {e.batch_size}])")
            body = [f"for start in range(0, len(inputs), {e.batch_size}):", *indent([*batch, "", *body])]
        begin = ["if epoch in tables:", f"    {self.rows}, {self.answers} = tables[epoch]"] if e.earlier_tables else []
        begin += ["learning_rate = rate_changes.get(epoch, learning_rate)"] if e.rate_changes else []
        begin += self.optimizers.epoch_lines(self.layers)
        return [f"for epoch in range({e.epochs}):", *indent([*begin, *body, *after])]

    def forward_lines(self) -> list[str]:
        """The lines of forward propagation in training."""
        given = ["input_layer = X"] if is_tutorial(self.experiment) else []
        return ["# Forward propagation", *given, *self.layer_lines()]

    def layer_lines(self, keeps_logits: bool = False) -> list[str]:
        """The lines from `input_layer` to `outputs`; with `keeps_logits` the last layer's z gets a name too."""
        lines: list[str] = []
        for index, layer in enumerate(self.layers):
            if index and self.experiment.bias:
                lines.append(f"{layer.inputs} = with_ones({self.layers[index - 1].outputs})")
            total = f"{self.call}({layer.inputs}, {layer.weights})"
            if layer.keeps_z or (keeps_logits and layer is self.layers[-1]):
                lines.append(f"{layer.z} = {total}")
                total = layer.z
            lines.append(f"{layer.outputs} = {layer.value}({total})")
        return lines

    def backward_lines(self) -> list[str]:
        """The lines that carry the error back, from the last layer to the first."""
        e, rows = self.experiment, "[:-1]" if self.experiment.bias else ""
        lines = ["# Error", f"error = {self.error.format(wanted='y' if is_tutorial(e) else 'wanted')}", ""]
        lines.append("# Backward propagation" if len(self.layers) > 1 else "# Adjust weights")
        for above, layer in zip([None, *self.layers[:0:-1]], self.layers[::-1], strict=True):
            if above:
                lines.append(f"{layer.error} = {self.call}({above.adjustments}, {above.weights}{rows}.T)")
            cancels = "  # with this loss the derivative cancels out" if layer.delta == "error" else ""
            lines.append(f"{layer.adjustments} = {layer.delta}{cancels}")
        return [*lines, "", "# Adjust weights"] if len(self.layers) > 1 else lines
