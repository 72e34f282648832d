"""The loss surface: the loss over two weights, or over the two main directions of a training, and its path on it.

The directions are the principal components of the weights at the kept epochs, as in H. Li et al., Visualizing the loss
landscape of neural nets, 2018, section 7.2 (https://arxiv.org/abs/1712.09913).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from engine.model.experiment import Experiment
from engine.model.types import Array, join_flat
from engine.model.validation import ExperimentError, short_repr, whole_number
from engine.model.weight_index import WeightIndex
from engine.training.history import History
from engine.training.stacked_forward import stacked_forward, stacked_losses
from engine.training.train import TrainingState, split_parameters

POINTS, MOST_POINTS = 41, 500
"""Places along an axis, where not told otherwise and at most."""

BLOCK_NUMBERS = 250_000
"""Numbers of the networks, or of their outputs, that are worked on at once."""

MARGIN = 0.3
"""How far an axis goes on beyond the path at both ends, as a share of the path's length along it."""

LEAST_LENGTH = 1.0
"""The least length of an axis, as a share of the largest weight on it."""

Span = tuple[float, float]


@dataclass(frozen=True, slots=True, eq=False)
class LossSurface:
    """The loss over the plane that two directions span, or over the line of one; all else as after one epoch.

    The network at (a, b) is `base` + a * directions[0] + b * directions[1]. Along a weight, a is the weight itself;
    along a main direction it is the way from the network after that epoch. Losses leave held-out rows and penalties
    out, as a history does, and may be infinite or NaN.
    """

    experiment: Experiment
    epoch: int
    axes: tuple[Array, ...]  # the places along each direction, rising: (A,), or (A,) and (B,)
    loss: Array  # (A,) or (A, B)
    epochs: npt.NDArray[np.int64]  # the kept ones, (F,)
    path: Array  # where the training stood at each of them, (F, axes); its other weights are left out of the picture
    path_loss: Array  # the training's own loss there, (F,)
    here: Array  # the place of the network after that epoch, (axes,)
    base: Array  # (size,), in the order W1 row by row, b1, W2, ...
    directions: Array  # (axes, size), each of length 1
    shares: Array | None = None  # of main directions: how much of the weights' variance lies along each, (axes,)

    def network_at(self, *place: float) -> Array:
        """Weights and biases of the network at a place, (size,)."""
        result: Array = self.base + np.asarray(place, dtype=float) @ self.directions
        return result

    def experiment_from(self, *place: float) -> Experiment:
        """The experiment that starts at a place; ExperimentError where its weights are too large."""
        weights, biases = split_parameters(self.experiment, self.network_at(*place))
        return replace(
            self.experiment,
            initial_weights=tuple(tuple(map(tuple, layer.tolist())) for layer in weights),
            initial_biases=tuple(tuple(layer.tolist()) for layer in biases),
        )


def loss_surface(
    history: History,
    epoch: int | None,
    weight_a: WeightIndex | str,
    weight_b: WeightIndex | str | None = None,
    *,
    points: int = POINTS,
    spans: Sequence[Span] | None = None,
) -> LossSurface:
    """The loss over two weights or biases, or over one, the others as after an epoch; None means the last.

    A weight may also be told by its name among `frozen` parts, "W1[0,1]". `points` is how many places an axis has,
    `spans` (from, to) for each axis; where none are given, the whole path and some more. Raises ExperimentError where
    the network has no such weight, or where there is nothing to draw.
    """
    e = history.experiment
    weights = [WeightIndex.of(weight_a, e)] + ([] if weight_b is None else [WeightIndex.of(weight_b, e)])
    if weights[1:] == weights[:1]:
        raise ExperimentError("hidden", f"Both axes are {weights[0].name(e)}: choose another weight for one of them.")
    state = history.state_at(epoch)
    base = flat_network(state)
    directions = np.zeros((len(weights), len(base)))
    for direction, weight in zip(directions, weights, strict=True):
        direction[weight.position(e)] = 1.0
        base[weight.position(e)] = 0.0
    return surface_over(history, state, base, directions, points=points, spans=spans)


def loss_over_main_directions(
    history: History, epoch: int | None, *, points: int = POINTS, spans: Sequence[Span] | None = None
) -> LossSurface:
    """The loss over the two directions in which the weights moved most, through the network after an epoch.

    A network of one weight has one direction.
    """
    directions, shares = main_directions(history)
    state = history.state_at(epoch)
    surface = surface_over(history, state, flat_network(state), directions, points=points, spans=spans)
    return replace(surface, shares=shares)


def main_directions(history: History) -> tuple[Array, Array]:
    """The first two principal components of the weights at the kept epochs, (2, size), and their shares of the
    variance, (2,). Each points from the first epoch towards the last. One row where the network has one weight."""
    networks = flat_networks(history)
    # a weight that never moved may yet be off its mean by a digit
    moves = np.where(np.ptp(networks, axis=0) > 0, networks - networks.mean(axis=0), 0.0)
    largest = float(np.abs(moves).max()) or 1.0
    # two more rows, so that there are two components however few epochs were kept
    moves = np.vstack([moves / largest, np.zeros((2, moves.shape[1]))])
    _, lengths, components = np.linalg.svd(moves, full_matrices=False)
    directions = components[:2]
    towards = np.sign(directions @ (networks[-1] / largest - networks[0] / largest))
    variances = np.square(lengths)
    return directions * np.where(towards < 0, -1.0, 1.0)[:, np.newaxis], variances[:2] / (variances.sum() or 1.0)


def surface_over(
    history: History,
    state: TrainingState,
    base: Array,
    directions: Array,
    *,
    points: int,
    spans: Sequence[Span] | None,
) -> LossSurface:
    """The loss over the plane or the line that goes from `base` along `directions`, (axes, size), through `state`."""
    points = whole_number("points", "The number of places along an axis", points, 1, MOST_POINTS)
    require_spans(spans, len(directions))
    e, networks = history.experiment.table_after(state.epoch), flat_networks(history)
    path = (networks - base) @ directions.T
    here = (flat_network(state) - base) @ directions.T
    spans = spans or [span_of(np.append(path[:, axis], here[axis])) for axis in range(len(directions))]
    axes = tuple(np.linspace(low, high, points) for low, high in spans)
    places = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1)
    return LossSurface(
        experiment=history.experiment,
        epoch=state.epoch,
        axes=axes,
        loss=losses_at(e, base, directions, places.reshape(-1, len(axes))).reshape(places.shape[:-1]),
        epochs=history.epochs,
        path=path,
        path_loss=losses_of(e, [networks]) if e.earlier_tables else history.loss,
        here=here,
        base=base,
        directions=directions,
    )


def require_spans(spans: Sequence[Span] | None, axes: int) -> None:
    """ExperimentError where not every axis has a finite span."""
    if spans is not None and (len(spans) != axes or not np.isfinite(spans).all()):
        raise ExperimentError("spans", f"The spans {short_repr(spans)}: give (from, to) for {axes} axes, both finite.")


def losses_at(experiment: Experiment, base: Array, directions: Array, places: Array) -> Array:
    """The loss of the network at every place, (places, axes) to (places,), a block of networks at a time."""
    cells = len(experiment.targets) * len(experiment.target_names)
    block = max(1, BLOCK_NUMBERS // max(len(base), cells))
    starts = range(0, len(places), block)
    return losses_of(experiment, (base + places[start : start + block] @ directions for start in starts))


def losses_of(experiment: Experiment, blocks: Iterable[Array]) -> Array:
    """The loss of networks, given in blocks of (networks, size), over the rows of the experiment trained on."""
    e, inputs, targets, losses = experiment, experiment.input_array, experiment.target_array, list[Array]()
    for networks in blocks:
        logits, outputs = stacked_forward(e, networks, inputs)
        losses.append(stacked_losses(e, logits, outputs, targets, e.train_rows))
    return np.concatenate(losses)


def span_of(places: Array) -> Span:
    """From below the smallest to above the largest of these places, at least as long as the largest is far from 0.

    A training that hardly moved would otherwise be shown on a plain.
    """
    low, high = float(places.min()), float(places.max())
    least = LEAST_LENGTH * float(np.abs(places).max()) or 2.0
    margin = max(MARGIN * (high - low), (least - (high - low)) / 2)
    return low - margin, high + margin


def flat_networks(history: History) -> Array:
    """The weights and biases at every kept epoch, (F, size), in the order W1 row by row, b1, W2, ..."""
    frames = len(history.epochs)
    layers = zip(history.weights, history.biases, strict=True) if history.biases else zip(history.weights, strict=True)
    return np.hstack([array.reshape(frames, -1) for layer in layers for array in layer])


def flat_network(state: TrainingState) -> Array:
    """The weights and biases of one network, (size,), in the same order."""
    return join_flat(zip(state.weights, state.biases or [None] * len(state.weights), strict=True))
