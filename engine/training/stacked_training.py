"""Many networks of one shape trained at once, as one list of NumPy calls over buffers that are laid out once.

It is `compiled_epoch` with one more axis: NumPy's price of a call is paid once for all networks, and each comes out as
if it had been trained alone, to the last bit where its products add up in the same order, else to rounding.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine.model.experiment import Experiment
from engine.model.losses import LOSSES, difference
from engine.model.network import initial_parameters
from engine.model.optimizers import OPTIMIZERS
from engine.model.types import Array, Flags, split_flat
from engine.training.activation_kernels import is_negated
from engine.training.compiled_epoch import negate_where
from engine.training.optimizer_kernels import KERNELS, Call, Factor, UpdateSettings, memory_follows_sign, update_calls
from engine.training.stack_layouts import choose_layout
from engine.training.stacked_batch import StackedBatch


@dataclass(frozen=True, slots=True, eq=False)
class StackState:
    """A stack after some epoch: all that the next epochs depend on. The order is W1 row by row, b1, W2, ..."""

    epoch: int
    values: Array  # weights and biases, (networks, size)
    memory: Array  # the optimizer's, (networks, slots, size)

    def select(self, networks: npt.NDArray[np.int64]) -> "StackState":
        """The state of some of the networks, copied."""
        return StackState(self.epoch, self.values[networks], self.memory[networks])


def can_be_stacked(experiment: Experiment) -> bool:
    """Whether its optimizer and its loss have calls that work in place; others are trained alone."""
    return OPTIMIZERS[experiment.optimizer].step in KERNELS and LOSSES[experiment.loss].slope is difference


def initial_stack(experiments: Sequence[Experiment]) -> StackState:
    """Networks of one shape at epoch 0."""
    random, values = np.random.RandomState(), []
    for e in experiments:
        weights, biases = initial_parameters(e, random)
        layers = zip(weights, biases, strict=True) if e.bias else zip(weights, strict=True)
        values.append(np.concatenate([array for layer in layers for array in layer], axis=None))
    memory = OPTIMIZERS[experiments[0].optimizer].initial_memory(len(values[0]))
    return StackState(0, np.stack(values), np.stack([memory] * len(values)))


class StackedTraining:
    """A training of a stack in progress: go on to an epoch, and read the networks there.

    The experiments may differ only where `stack_groups` lets them. In memory come the layers one after the other, each
    a stack in the layout's order of axes; `_places` tells for each number where it stands in (networks, size).
    """

    def __init__(self, experiments: Sequence[Experiment], start: StackState | None = None) -> None:
        """Begin at epoch 0, or at a state of the same experiments."""
        start = start or initial_stack(experiments)
        e, extra = experiments[0], int(experiments[0].bias)
        self.epoch, (networks, size) = start.epoch, start.values.shape
        shapes = [(fan_in + extra, fan_out) for fan_in, fan_out in e.shapes]
        layout = choose_layout(e)
        layer_starts = np.cumsum([0, *map(math.prod, shapes)])
        places = np.arange(networks * size).reshape(networks, size)
        stacks = [
            layout.arrange(places[:, begin : begin + math.prod(shape)].reshape(networks, *shape))
            for begin, shape in zip(layer_starts, shapes, strict=False)
        ]
        self._places = np.concatenate(stacks, axis=None)
        self._negated = np.repeat([is_negated(name) for name in e.activations], [math.prod(s) for s in shapes])
        self._memory_negated = np.outer(memory_follows_sign(e.optimizer), self._negated).astype(bool)

        self._values = negate_where(start.values, self._negated).take(self._places)
        memory = negate_where(start.memory, self._memory_negated).swapaxes(0, 1)
        self._memory = memory.reshape(len(memory), networks * size).take(self._places, axis=1)
        gradients = np.zeros_like(self._values)
        network, position = np.divmod(self._places, size)
        update = update_calls(
            self._settings(experiments, network),
            self._values,
            gradients,
            self._negated[position],
            weight_flags(e)[position].astype(float),
            self._memory,
            start.epoch * e.batches,
        )
        layout_shapes = [layout.shape(networks, *shape) for shape in shapes]
        layers, layer_gradients = split_flat(self._values, layout_shapes), split_flat(gradients, layout_shapes)

        rows, batches = list(e.train_rows), dict[int, StackedBatch]()
        inputs, targets = np.hstack([e.input_array, np.ones((len(e.inputs), extra))]), e.target_array
        self._calls: list[Call] = []
        for begin in range(0, len(rows), e.batch_size or len(rows)):
            part = rows[begin : begin + (e.batch_size or len(rows))]
            if len(part) not in batches:
                batches[len(part)] = StackedBatch(e, layout, (networks, len(part)), layers, layer_gradients)
            self._calls += batches[len(part)].calls(inputs[part], targets[part])
            self._calls += update(LOSSES[e.loss].scale(*targets[part].shape))

    @staticmethod
    def _settings(experiments: Sequence[Experiment], network: npt.NDArray[np.int64]) -> UpdateSettings:
        """The settings of each number's network; one number where all networks have the same."""

        def factor(each: list[float]) -> Factor:
            return each[0] if len(set(each)) == 1 else np.array(each)[network]

        return UpdateSettings(
            optimizer=experiments[0].optimizer,
            rate=factor([e.learning_rate for e in experiments]),
            l1=factor([e.l1 for e in experiments]),
            l2=factor([e.l2 for e in experiments]),
        )

    def advance(self, epoch: int) -> None:
        """Train up to an epoch, which may be the present one."""
        calls = self._calls
        with np.errstate(all="ignore"):
            for _ in range(epoch - self.epoch):
                for call, arguments in calls:
                    call(*arguments)
        self.epoch = epoch

    def copy_into(self, values: Array, memory: Array) -> None:
        """Write the networks as they are into (networks, size) and (networks, slots, size), both in one piece."""
        values.reshape(-1)[self._places] = self._values
        np.subtract(0.0, values, values, where=self._negated)
        for slot, negated in enumerate(self._memory_negated):
            plain = np.empty(values.shape)
            plain.reshape(-1)[self._places] = self._memory[slot]
            memory[:, slot] = negate_where(plain, negated)


def weight_flags(experiment: Experiment) -> Flags:
    """Whether each number of a network, (size,), is a weight and not a bias."""
    flags = [np.arange((rows + experiment.bias) * units) < rows * units for rows, units in experiment.shapes]
    return np.concatenate(flags)
