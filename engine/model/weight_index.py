"""The index of one weight or bias, and the names of layers, neurons and weights: the same on every page and file."""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.model.experiment import Experiment
from engine.model.validation import ExperimentError, short_repr


@dataclass(frozen=True, slots=True, order=True)
class WeightIndex:
    """A weight by its layer, the source it comes from and the neuron it goes to, all counted from 0.

    A bias is the weight of an input that is always 1, so its source comes after the last input.
    """

    layer: int = 0
    source: int = 0
    neuron: int = 0

    @classmethod
    def all_of(cls, experiment: Experiment) -> Iterator["WeightIndex"]:
        """Every weight and bias of a network: layer by layer, neuron by neuron, each neuron's bias last.

        >>> [weight.source for weight in WeightIndex.all_of(Experiment())]
        [0, 1, 2]
        """
        for layer, (fan_in, fan_out) in enumerate(experiment.shapes):
            for neuron in range(fan_out):
                for source in range(fan_in + experiment.bias):
                    yield cls(layer, source, neuron)

    @classmethod
    def of(cls, weight: object, experiment: Experiment) -> "WeightIndex":
        """A weight by its index or by its name among `frozen` parts; ExperimentError where the network has none such.

        >>> WeightIndex.of("W1[2,0]", Experiment())
        WeightIndex(layer=0, source=2, neuron=0)
        """
        if isinstance(weight, str):
            by_name = {index.array_name(experiment): index for index in cls.all_of(experiment)}
            weight = by_name.get(weight.replace(" ", ""), weight)
        if isinstance(weight, cls) and weight.exists_in(experiment):
            return weight
        raise ExperimentError(
            "hidden", f"There is no such weight in this network, {short_repr(weight)}: name one, as W1[0,1] or b1[0]."
        )

    def exists_in(self, experiment: Experiment) -> bool:
        """Whether a network has this weight."""
        if not 0 <= self.layer < len(experiment.shapes):
            return False
        fan_in, fan_out = experiment.shapes[self.layer]
        return 0 <= self.source < fan_in + experiment.bias and 0 <= self.neuron < fan_out

    def is_bias(self, experiment: Experiment) -> bool:
        """Whether it is a bias."""
        return self.source == experiment.shapes[self.layer][0]

    def position(self, experiment: Experiment) -> int:
        """Where it stands in the order W1 row by row, b1, W2, ..., which is the order of an optimizer's memory."""
        extra = int(experiment.bias)
        before = sum((fan_in + extra) * fan_out for fan_in, fan_out in experiment.shapes[: self.layer])
        return before + self.source * experiment.shapes[self.layer][1] + self.neuron

    def is_frozen(self, experiment: Experiment) -> bool:
        """Whether no update changes it."""
        flags = experiment.frozen_flags
        return flags is not None and bool(flags[self.position(experiment)])

    def array_name(self, experiment: Experiment) -> str:
        """How NumPy indexes it, with layers counted from 1: its name among `frozen` parts.

        >>> WeightIndex(0, 2, 0).array_name(Experiment())
        'W1[2,0]'
        """
        if self.is_bias(experiment):
            return f"b{self.layer + 1}[{self.neuron}]"
        return f"W{self.layer + 1}[{self.source},{self.neuron}]"

    def name(self, experiment: Experiment) -> str:
        """What it joins: "x1 → h2", or "bias h2".

        >>> WeightIndex(0, 2, 0).name(Experiment())
        'x3 → y1'
        """
        neuron = neuron_names(experiment, self.layer)[self.neuron]
        if self.is_bias(experiment):
            return f"bias {neuron}"
        return f"{source_names(experiment, self.layer)[self.source]} → {neuron}"


def frozen_names(experiment: Experiment) -> list[str]:
    """The names of all weights and biases that are frozen.

    >>> frozen_names(Experiment(frozen=("W1[0,0]",)))
    ['x1 → y1']
    """
    flags, weights = experiment.frozen_flags, WeightIndex.all_of(experiment)
    return [] if flags is None else [w.name(experiment) for w in weights if flags[w.position(experiment)]]


def neuron_names(experiment: Experiment, layer: int) -> tuple[str, ...]:
    """The names of a layer's neurons: the target columns' in the output layer, else h1, h2, ...

    Where there are several hidden layers they are h1.1, h1.2, ..., h2.1, ...: a letter a layer would be taken for a
    matrix (a1, b2) or a column (a, b).

    >>> neuron_names(Experiment(hidden=(2, 3), activations=("tanh", "tanh", "sigmoid")), 1)
    ('h2.1', 'h2.2', 'h2.3')
    """
    if layer == len(experiment.hidden):
        return experiment.target_names
    prefix = "h" if len(experiment.hidden) == 1 else f"h{layer + 1}."
    return tuple(f"{prefix}{unit + 1}" for unit in range(experiment.hidden[layer]))


def source_names(experiment: Experiment, layer: int) -> tuple[str, ...]:
    """The names of what goes into a layer, "bias" last where there is one.

    >>> source_names(Experiment(bias=True), 0)
    ('x1', 'x2', 'x3', 'bias')
    """
    names = neuron_names(experiment, layer - 1) if layer else experiment.feature_names
    return (*names, "bias") if experiment.bias else names


def layer_name(layer: int, layers: int) -> str:
    """ "hidden", or "hidden 1", "hidden 2", ... where there are several, and "output"."""
    if layer == layers - 1:
        return "output"
    return "hidden" if layers == 2 else f"hidden {layer + 1}"
