"""The layout of the network drawing: positions, and the values to show at every frame."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from engine import ACTIVATIONS, LIMITS, Experiment, History
from engine.model.plan.frozen import flag_parts, split_by_name
from engine.model.types import Flags
from pages.charts.history.edge_numbers import number_positions
from pages.charts.style.base import HEIGHT
from pages.charts.style.format import format_number, round_coordinates, shorten
from pages.charts.style.sizes import DESK, Sizes

MOST_SINGLE_EDGES = 24
"""The most edges drawn one by one, with numbers."""

MOST_NUMBERED_UNITS = 8
"""The largest layer whose units have numbers."""

LEAST_NAME = 8
"""The characters that are left of a long name where there is little room."""

LEAST_GAP = 0.25
"""The distance of the units of two layers that names leave, as a share of a unit."""

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ColumnNames:
    """What stands beside the first and the last layer, `edge` pixels from a unit's middle; `margins` left and right."""

    inputs: list[str]
    targets: list[str]
    edge: float
    margins: tuple[float, float]

    def pitch(self, gaps: int, sizes: Sizes) -> float:
        """The distance of two layers in pixels, where the drawing is narrowest."""
        return (sizes.drawing_width - sum(self.margins)) / gaps


@dataclass(frozen=True, slots=True)
class NetworkLayout:
    """Everything that is drawn, for all F frames.

    `places` (units, 2) a layer; `values` (F, units) what the units put out, `numbers` the same with inputs and outputs
    in the table's own units, which is what is written; `starts` and `ends` (E, 2) of the edges,
    `number_positions` (E, 2) where their numbers go, `clear` (E,) which of these can be read there,
    `weights` (F, E), `frozen` E bools; `biases` (F, neurons) or None; `unit` a
    unit's diameter. `strokes` is what is sent of each edge where it is one of many: the x of its ends and a gap, and
    the y.
    """

    positions: tuple[Numbers, ...]
    values: Numbers
    numbers: Numbers
    starts: Numbers
    ends: Numbers
    number_positions: Numbers
    clear: Flags
    weights: Numbers
    biases: Numbers | None
    frozen: list[bool]
    unit: int
    names: ColumnNames
    strokes: tuple[list[list[Any]], list[list[Any]]]

    @property
    def has_single_edges(self) -> bool:
        """Whether every edge is drawn by itself, with its number."""
        return len(self.starts) <= MOST_SINGLE_EDGES

    @property
    def tallest(self) -> int:
        """Units in the largest layer."""
        return max(map(len, self.positions))


def fit_names(e: Experiment, row: int, unit: int, sizes: Sizes) -> ColumnNames:
    """The columns' names, and the targets of a row, as long as the layers leave room for them."""
    gaps, edge = len(e.hidden) + 1, unit / 2 + (10 if sizes.projector else 3)
    edges = sum(fan_in * fan_out for fan_in, fan_out in e.shapes)
    least = unit + (3.2 * sizes.number if edges <= sizes.most_numbered else LEAST_GAP * unit)
    for length in range(LIMITS["name"], LEAST_NAME - 1, -1):
        inputs = [shorten(name, length) for name in e.feature_names]
        targets = [
            f"{shorten(name, length)}<br>{'question' if goal is None else f'target {format_number(goal)}'}"
            for name, goal in zip(e.target_names, e.targets[row], strict=True)
        ]
        longest = (max(len(part) for name in names for part in name.split("<br>")) for names in (inputs, targets))
        left, right = (edge + sizes.text_width(letters) + 4 for letters in longest)
        if sizes.drawing_width - left - right >= least * gaps:
            break
    return ColumnNames(inputs, targets, edge, (left, right))


def network_height(history: History) -> int:
    """The height of the drawing in pixels, so that units, their numbers and biases do not overlap."""
    e = history.experiment
    tallest = max(len(e.feature_names), *e.hidden, len(e.target_names))
    return HEIGHT if tallest <= 3 else 64 + 62 * tallest if tallest <= MOST_NUMBERED_UNITS else 360


def network_layout(history: History, row: int, tall: int, sizes: Sizes = DESK) -> NetworkLayout:
    """The layout of a drawing `tall` pixels high, with every unit's output for one row at every frame."""
    e = history.experiment
    layers = (len(e.feature_names), *e.hidden, len(e.target_names))
    places = unit_positions(layers, tall, sizes)
    unit = unit_size(max(layers), tall, sizes)
    names = fit_names(e, row, unit, sizes)
    starts, ends = edge_ends(places)
    spots, clear = edge_numbers(layers, e.bias, names.pitch(len(e.shapes), sizes), tall, sizes)
    inputs = np.tile(e.input_array[row], (len(history.epochs), 1, 1))
    values = np.concatenate([inputs, *layer_outputs(history, inputs)], axis=2)[:, 0]
    return NetworkLayout(
        positions=places,
        values=values,
        numbers=in_table_units(history, row, values),
        starts=starts,
        ends=ends,
        number_positions=spots,
        clear=clear,
        weights=np.concatenate([w.reshape(len(w), -1) for w in history.weights], axis=1),
        frozen=frozen_edges(e),
        biases=np.concatenate(history.biases, axis=1) if history.biases else None,
        unit=unit,
        names=names,
        strokes=(
            [[int(x), int(x) + 1, None] for x in starts[:, 0].tolist()],
            [[*ys, None] for ys in round_coordinates(np.column_stack([starts[:, 1], ends[:, 1]]))],
        ),
    )


def frozen_edges(e: Experiment) -> list[bool]:
    """Whether each edge is of a frozen weight."""
    arrays = split_by_name(flag_parts(e.frozen, e.shapes, e.bias), e.shapes, e.bias)
    return [frozen for name, array in arrays if name.startswith("W") for frozen in array.ravel().tolist()]


def in_table_units(history: History, row: int, values: Numbers) -> Numbers:
    """What the units put out for a row, (F, units), where the table is scaled with its own numbers at both ends."""
    e = history.experiment
    if e.input_scale is None and e.target_scale is None:
        return values
    numbers = values.copy()
    numbers[:, : len(e.feature_names)] = e.unscaled_features[row]
    numbers[:, -len(e.target_names) :] = history.outputs[:, row]
    return numbers


def layer_outputs(history: History, inputs: Numbers) -> Iterator[Numbers]:
    """The outputs of every layer at every frame, (F, rows, units), for inputs (F, rows, features)."""
    signal = inputs
    with np.errstate(all="ignore"):
        for layer, name in enumerate(history.experiment.activations):
            z = signal @ history.weights[layer]
            signal = ACTIVATIONS[name].value(z + history.biases[layer][:, None] if history.biases else z)
            yield signal


@lru_cache(maxsize=64)
def edge_numbers(
    layers: tuple[int, ...], has_biases: bool, pitch: float, tall: int, sizes: Sizes
) -> tuple[Numbers, Flags]:
    """The positions of the edges' numbers, (E, 2), where the layers are `pitch` pixels apart, and which are clear."""
    places = [spots * (pitch, 1) for spots in unit_positions(layers, tall, sizes)]
    starts, ends = edge_ends(places)
    if len(starts) > MOST_SINGLE_EDGES:
        return starts[:0], np.zeros(0, dtype=bool)
    unit = unit_size(max(layers), tall, sizes)
    below = np.concatenate(places[1:]) - (0, unit / 2 + 1 + 0.6 * sizes.small_text)
    spots, clear = number_positions(
        starts, ends, np.concatenate(places), below if has_biases else starts[:0], unit, sizes
    )
    return spots / (pitch, 1), clear


def edge_ends(places: Sequence[Numbers]) -> tuple[Numbers, Numbers]:
    """Where the edges start and end, (E, 2) each."""
    pairs = list(pairwise(places))
    starts = np.concatenate([np.repeat(a, len(b), axis=0) for a, b in pairs])
    return starts, np.concatenate([np.tile(b, (len(a), 1)) for a, b in pairs])


def plot_height(tall: int, sizes: Sizes) -> int:
    """The height below the title, in pixels."""
    return tall - sizes.margins[1] - 4


def unit_pitch(tallest: int, tall: int, sizes: Sizes) -> float:
    """The distance of two units in pixels."""
    return min((plot_height(tall, sizes) - 20) / tallest, 2.0 * sizes.unit)


def unit_size(tallest: int, tall: int, sizes: Sizes) -> int:
    """A unit's diameter in pixels."""
    if tallest > MOST_NUMBERED_UNITS:
        return sizes.small_unit
    return int(min(sizes.unit, 0.64 * unit_pitch(tallest, tall, sizes)))


def unit_positions(layers: tuple[int, ...], tall: int, sizes: Sizes) -> tuple[Numbers, ...]:
    """One (units, 2) per layer: x is 0, 1, ... from the first layer on, y is in pixels below 0 from the top."""
    pitch, middle = unit_pitch(max(layers), tall, sizes), -plot_height(tall, sizes) / 2 + 8
    return tuple(
        np.column_stack([np.full(size, float(layer)), middle - pitch * (np.arange(size) - (size - 1) / 2)])
        for layer, size in enumerate(layers)
    )
