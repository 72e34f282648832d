"""The history: a finished training that can be looked at, the network at every kept epoch as stacked arrays."""

from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from engine.model.experiment import Experiment
from engine.model.network import ForwardPass, forward
from engine.model.optimizers import OPTIMIZERS
from engine.model.types import Array
from engine.model.validation import ExperimentError
from engine.model.weight_index import WeightIndex
from engine.training.stacked_forward import table_outputs
from engine.training.train import TrainingState, train


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """F kept epochs of a training. All arrays are read-only.

    Weights belong to the inputs as the network takes them (`experiment.input_array`), outputs are in the table's own
    units. Losses are of what is trained on, which is the scaled outputs and targets, and leave the penalties out.
    """

    experiment: Experiment
    epochs: npt.NDArray[np.int64]  # (F,), first 0
    weights: tuple[Array, ...]  # (F, fan_in, fan_out) a layer
    biases: tuple[Array, ...]  # (F, fan_out) a layer, or () without bias
    outputs: Array  # (F, samples, targets), with the weights of that epoch, held-out rows and questions included
    loss: Array  # (F,), over the rows that are trained on after that epoch
    test_loss: Array | None  # (F,), over the held-out rows; None without any
    diverged_at: int | None  # the first epoch whose numbers are not finite; the history is kept up to it
    # What the optimizer remembered, (F, slots, size), with zeros behind where one on the way has more slots; only
    # `state_at` needs it, so a history made by hand has none.
    memory: Array = field(default_factory=lambda: np.empty((0, 0, 0)))
    stopped_at: int | None = None  # the epoch at which a rule of the experiment stopped it, which is the last one kept

    def __post_init__(self) -> None:
        for array in (self.epochs, *self.weights, *self.biases, self.outputs, self.loss, self.test_loss, self.memory):
            if array is not None:
                array.flags.writeable = False

    @property
    def is_finished(self) -> bool:
        """Whether it has come to its last epoch, or past all bounds, or one of the experiment's rules stopped it."""
        ended_early = self.diverged_at is not None or self.stopped_at is not None
        return ended_early or int(self.epochs[-1]) == self.experiment.epochs

    def frame_at(self, epoch: int | None) -> int:
        """The index of the last kept epoch that is not after `epoch`; None means the end."""
        if epoch is None:
            return len(self.epochs) - 1
        return max(0, int(np.searchsorted(self.epochs, epoch, side="right")) - 1)

    def only_frame(self, frame: int) -> "History":
        """This history with one kept epoch alone.

        >>> from engine import record
        >>> record(Experiment(epochs=5)).only_frame(2).epochs.tolist()
        [2]
        """
        return self._frames(slice(frame, frame + 1))

    def since_table_change(self) -> "History":
        """The same from where the table itself is trained on; with its last frame where it never is."""
        first = int(np.searchsorted(self.epochs, self.experiment.table_start))
        return self._frames(slice(min(first, len(self.epochs) - 1), None)) if first else self

    def _frames(self, part: slice) -> "History":
        return replace(
            self,
            epochs=self.epochs[part],
            weights=tuple(weights[part] for weights in self.weights),
            biases=tuple(biases[part] for biases in self.biases),
            outputs=self.outputs[part],
            loss=self.loss[part],
            test_loss=None if self.test_loss is None else self.test_loss[part],
            memory=self.memory[part],
        )

    def trained_at(self, epoch: int) -> "History":
        """The same with the experiment whose table is trained on after an epoch: the updates there have its rows."""
        e = self.experiment.table_after(epoch)
        return self if e is self.experiment else replace(self, experiment=e)

    def values_of(self, index: WeightIndex) -> Array:
        """One weight or bias at every kept epoch, (F,)."""
        if index.is_bias(self.experiment):
            return self.biases[index.layer][:, index.neuron]
        return self.weights[index.layer][:, index.source, index.neuron]

    def state_at(self, epoch: int | None) -> TrainingState:
        """The network after any epoch, bit for bit as training had it; before 0 means 0, None or too late the last.

        A kept epoch is at hand; another is trained anew from the last kept one before it.
        """
        frame = self.frame_at(epoch)
        at = int(self.epochs[frame])
        kept = TrainingState(
            at,
            tuple(weights[frame] for weights in self.weights),
            tuple(biases[frame] for biases in self.biases),
            self.memory[frame, : OPTIMIZERS[self.experiment.optimizer_after(at)].slots],
        )
        if epoch is None or epoch <= kept.epoch or frame == len(self.epochs) - 1:
            return kept
        return next(train(self.experiment, [epoch], kept))

    def forward(self, frame: int | slice, inputs: Array | None = None) -> ForwardPass:
        """The forward pass with the weights of a kept epoch, (rows, units) a layer, or of several, (F, rows, units).

        `inputs` is (rows, features), in the table's own units; None means the whole table. What comes of them is as the
        network has it: where the targets are scaled, `experiment.unscale_outputs` brings the last layer's back.
        """
        e = self.experiment
        inputs = e.input_array if inputs is None else e.scale_inputs(inputs)
        return forward(e, [w[frame] for w in self.weights], [b[frame] for b in self.biases], inputs)

    def predict(self, inputs: npt.ArrayLike, epoch: int | None = None) -> Array:
        """What the network answers to any inputs after any epoch: (rows, features) to (rows, targets).

        Both are in the table's own units. Raises ExperimentError where they are not rows of the table's width.

        >>> from engine import record
        >>> record(Experiment(epochs=9_999)).predict([[1, 0, 0]]).round(4).tolist()
        [[0.9999]]
        """
        try:
            rows = np.asarray(inputs, dtype=float)
        except (TypeError, ValueError):
            raise ExperimentError("inputs", "The inputs to predict from are not rows of numbers.") from None
        width = len(self.experiment.input_names)
        if rows.ndim != 2 or rows.shape[1] != width:
            raise ExperimentError(
                "inputs", f"The inputs to predict from have the shape {rows.shape}: give rows of {width} numbers each."
            )
        return table_outputs(self.experiment, self.state_at(epoch), rows)
