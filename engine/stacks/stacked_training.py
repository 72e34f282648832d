"""Many networks of one shape trained at once, as one list of NumPy calls over buffers that are laid out once.

It is `compiled_epoch` with one more axis: NumPy's price of a call is paid once for all networks, and each comes out as
if it had been trained alone: to the last bit where no product adds anything up, else to rounding.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from engine.model.experiment import Experiment
from engine.model.losses import LOSSES, difference
from engine.model.network import initial_parameters
from engine.model.optimizers import OPTIMIZERS
from engine.model.types import Array, Flags, split_flat
from engine.stacks.stack_layouts import aligned_array, choose_layout
from engine.stacks.stacked_batch import StackedBatch
from engine.training.activation_kernels import is_negated
from engine.training.compiled_epoch import negate_where
from engine.training.optimizer_kernels import (
    KERNELS,
    Call,
    Factor,
    UpdateSettings,
    memory_follows_sign,
    put_back_calls,
    update_calls,
)


@dataclass(frozen=True, slots=True, eq=False)
class StackState:
    """A stack after some epoch: all that the next epochs depend on."""

    epoch: int
    # Weights and biases, then what the optimizer remembers of each: (1 + slots, networks, size), in the order W1 row by
    # row, b1, W2, ...
    numbers: Array


def can_be_stacked(experiment: Experiment) -> bool:
    """Whether its optimizer and its loss have calls which work in place, and rounding cannot decide where it stops.

    It would with patience: where the loss over held-out rows has come to rest, only its last digits fall. Nor does a
    stack change its optimizer, whose memory lies among its numbers, or its table.
    """
    if experiment.patience is not None or experiment.optimizer_changes or experiment.earlier_tables:
        return False
    return OPTIMIZERS[experiment.optimizer].step in KERNELS and LOSSES[experiment.loss].slope is difference


def initial_stack(experiments: Sequence[Experiment]) -> StackState:
    """Networks of one shape at epoch 0."""
    random, arrays = np.random.RandomState(), list[Array]()
    for e in experiments:
        weights, biases = initial_parameters(e, random)
        arrays += [array for layer in zip(weights, biases, strict=True) for array in layer] if e.bias else weights
    values = np.concatenate(arrays, axis=None).reshape(1, len(experiments), -1)
    memory = OPTIMIZERS[experiments[0].optimizer].initial_memory(values.shape[-1])
    return StackState(0, np.concatenate([values, np.repeat(memory[:, np.newaxis], len(experiments), axis=1)]))


class StackedTraining:
    """A training of a stack in progress: go on to an epoch, and read the networks there.

    The experiments may differ only where `stack_groups` lets them. `numbers` is (1 + slots, networks * size): one layer
    after the other, each a stack in the layout's order of axes, some of them negated. `_order` tells where there each
    number of (networks, size) stands.
    """

    def __init__(self, experiments: Sequence[Experiment], start: StackState | None = None) -> None:
        """Begin at epoch 0, or at a state of the same experiments."""
        start = start or initial_stack(experiments)
        e, extra = experiments[0], int(experiments[0].bias)
        self.epoch, (_, networks, size) = start.epoch, start.numbers.shape
        self._shape, layout = (networks, size), choose_layout(e)
        shapes = [(fan_in + extra, fan_out) for fan_in, fan_out in e.shapes]
        sizes = [math.prod(shape) for shape in shapes]
        parts = np.split(np.arange(networks * size).reshape(networks, size), np.cumsum(sizes[:-1]), axis=1)
        stacks = [part.reshape(networks, *shape) for part, shape in zip(parts, shapes, strict=True)]
        places = np.concatenate([layout.arrange(stack) for stack in stacks], axis=None)
        self._order = np.empty_like(places)
        self._order[places] = np.arange(len(places))

        negated = np.repeat([is_negated(name) for name in e.activations], sizes)
        self._negated = np.vstack([negated, np.outer(memory_follows_sign(e.optimizer), negated)]).astype(bool)
        plain = negate_where(start.numbers, self._negated[:, np.newaxis])
        self.numbers = aligned_array((len(plain), networks * size))
        plain.reshape(self.numbers.shape).take(places, axis=1, out=self.numbers)
        gradients = aligned_array((networks * size,))
        network, position = np.divmod(places, size)
        self._rate_changes = [change for change in e.rate_changes if change[0] > start.epoch]
        settings = self._settings(experiments, network, start.epoch)
        put_back = put_back_calls(None if e.frozen_flags is None else e.frozen_flags[position], self.numbers[0])
        layout_shapes = [layout.shape(networks, *shape) for shape in shapes]
        layers, layer_gradients = split_flat(self.numbers[0], layout_shapes), split_flat(gradients, layout_shapes)

        rows, batches = list(e.train_rows), dict[int, StackedBatch]()
        inputs, targets = np.hstack([e.input_array, np.ones((len(e.inputs), extra))]), e.target_array
        passes: list[tuple[list[Call], float]] = []  # forward and back over each batch, and the scale of its loss
        for begin in range(0, len(rows), e.batch_size or len(rows)):
            part = rows[begin : begin + (e.batch_size or len(rows))]
            if len(part) not in batches:
                batches[len(part)] = StackedBatch(e, layout, (networks, len(part)), layers, layer_gradients)
            scale = LOSSES[e.loss].scale(*targets[part].shape)
            passes.append((batches[len(part)].calls(inputs[part], targets[part]), scale))

        def calls_with_rate(rate: Factor, epochs: int) -> list[Call]:
            update = update_calls(
                replace(settings, rate=rate),
                self.numbers[0],
                gradients,
                negated[position],
                weight_flags(e)[position].astype(float),
                self.numbers[1:],
                epochs * e.batches,
            )
            return [call for calls, scale in passes for call in (*calls, *update(scale), *put_back)]

        self._calls_with_rate = calls_with_rate
        self._calls = calls_with_rate(settings.rate, start.epoch)

    @staticmethod
    def _settings(experiments: Sequence[Experiment], network: npt.NDArray[np.int64], epoch: int) -> UpdateSettings:
        """The settings of each number's network after an epoch; one number where all networks have the same."""

        def factor(each: list[float]) -> Factor:
            return each[0] if len(set(each)) == 1 else np.array(each)[network]

        return UpdateSettings(
            optimizer=experiments[0].optimizer,
            rate=factor([e.rate_after(epoch) for e in experiments]),
            l1=factor([e.l1 for e in experiments]),
            l2=factor([e.l2 for e in experiments]),
        )

    def advance(self, epoch: int) -> None:
        """Train up to an epoch, which may be the present one."""
        while self._rate_changes and self._rate_changes[0][0] < epoch:  # those of one stack have the same
            at, rate = self._rate_changes.pop(0)
            self._run_to(at)
            self._calls = self._calls_with_rate(rate, at)
        self._run_to(epoch)

    def _run_to(self, epoch: int) -> None:
        calls = self._calls
        with np.errstate(all="ignore"):
            for _ in range(epoch - self.epoch):
                for call, arguments in calls:
                    call(*arguments)
        self.epoch = epoch

    def in_plain_order(self, copies: Array) -> Array:
        """Copies of `numbers`, or of the first rows of it, with their signs: (copies, rows, networks, size)."""
        plain = copies.take(self._order, axis=-1).reshape(*copies.shape[:-1], *self._shape)
        negated = self._negated[: copies.shape[1], np.newaxis]
        if negated.all():
            return np.subtract(0.0, plain, plain)
        return np.subtract(0.0, plain, plain, where=negated)

    def values(self) -> Array:
        """The weights and biases as they are now, (networks, size), copied."""
        result: Array = self.in_plain_order(self.numbers[np.newaxis, :1])[0, 0]
        return result


def weight_flags(experiment: Experiment) -> Flags:
    """Whether each number of a network, (size,), is a weight and not a bias."""
    flags = [np.arange((rows + experiment.bias) * units) < rows * units for rows, units in experiment.shapes]
    return np.concatenate(flags)
