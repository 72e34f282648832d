"""What the arrays and functions of each layer are called in an exported script."""

from engine.export.frozen_lines import frozen_layers
from engine.export.function_source import FunctionSources
from engine.model.activation_functions import Activation
from engine.model.activations import ACTIVATIONS
from engine.model.experiment import Experiment
from engine.model.losses import LOSSES


class LayerNames:
    """The names of one layer's arrays and functions in the script, numbered only if there are several layers."""

    def __init__(self, experiment: Experiment, index: int, sources: FunctionSources) -> None:
        e, last = experiment, len(experiment.shapes) - 1
        end, below = (f"_{index + 1}" if last else ""), f"outputs_{index}"
        self.inputs = (f"inputs{end}" if e.bias else below) if index else "input_layer"
        self.weights, self.z, self.adjustments = f"weights{end}", f"z{end}", f"adjustments{end}"
        self.gradient, self.memory, self.is_weight = f"gradient{end}", f"memory{end}", f"is_weight{end}"
        self.change, self.frozen = f"change{end}", f"frozen{end}" if index in frozen_layers(e) else ""
        self.outputs, self.error = ("outputs", "error") if index == last else (f"outputs{end}", f"error{end}")
        self.name = e.activations[index]
        activation = ACTIVATIONS[self.name]
        about = f"Activation function. {activation.label}: {activation.about}"
        self.value = sources.add(activation.value, about, self.name)
        fused = index == last and LOSSES[e.loss].fused_activation is not None
        self.keeps_z = False
        self.delta = self.error if fused else self._delta_expression(activation, sources)

    def _delta_expression(self, activation: Activation, sources: FunctionSources) -> str:
        """dL/dz of the layer, as an expression of the script."""
        if activation.backward is not None:
            about = f"The error's way back through {self.value}, which mixes all outputs."
            backward = sources.add(activation.backward, about, f"{self.name}_delta", self.value)
            return f"{backward}({self._arguments(sources.parameters[backward])})"
        about = f"Derivative of {activation.label.lower()}: how fast it rises or falls."
        slope = sources.add(activation.slope, about, f"{self.name}_slope", self.value)
        return f"{self.error} * {slope}({self._arguments(sources.parameters.get(slope, ['z']))})"

    def _arguments(self, parameters: list[str]) -> str:
        """The arguments for a function of the error, of z or of the output."""
        self.keeps_z = "z" in parameters
        return ", ".join({"error": self.error, "z": self.z}.get(name, self.outputs) for name in parameters)
