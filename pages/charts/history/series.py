"""The lines that the curves are made of: every weight, every output, with a name and a colour each."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from engine import Experiment, History
from pages.charts.style.palette import Palette
from pages.charts.style.sizes import DASHES, SHAPES


@dataclass(frozen=True, slots=True)
class Series:
    """One curve: its name, its values at every kept epoch (F,), its colour, dashed or not, the bundle it belongs to.

    `stroke` is its pixels' width, `dash` and `shape` how it and its marker are drawn.
    """

    name: str
    values: npt.NDArray[np.float64]
    color: str
    group: str
    dashed: bool = False
    stroke: float = 0
    dash: str = "solid"
    shape: str = "circle"


def style_series(lines: Sequence[Series], lit: AbstractSet[int], colors: Palette) -> list[Series]:
    """Lines with their strokes; on a wall each line, or of many each bundle, has a dash and a shape of its own.

    Where some are `lit`, the others pale. What is dashed elsewhere is told by its name there.
    """
    sizes, found = colors.sizes, []
    bundles = sorted({line.group for line in lines})
    for index, line in enumerate(lines):
        kind = index if len(lines) <= sizes.most_named else bundles.index(line.group)
        width = sizes.line if not lit else sizes.highlighted_line if index in lit else sizes.thin_line
        found.append(
            replace(
                line,
                stroke=width,
                color=line.color if not lit or index in lit else colors.muted,
                dash=DASHES[kind % len(DASHES)] if sizes.projector else "dot" if line.dashed else "solid",
                shape=SHAPES[kind % len(SHAPES)],
            )
        )
    return found


def weight_series(history: History, colors: Palette) -> list[Series]:
    """The lines of `weight_evolution`: named after what they join; coloured one by one, or a layer a colour if many."""
    e = history.experiment
    count = sum(w[0].size for w in history.weights) + sum(b[0].size for b in history.biases)
    lines: list[Series] = []
    for layer, weights in enumerate(history.weights):
        bundle = layer_name(layer, len(history.weights))
        sources, neurons = names_of(e, layer)
        for j, neuron in enumerate(neurons):
            for i, source in enumerate(sources[: weights.shape[1]]):
                color = colors.line(len(lines) if count <= colors.sizes.most_named else layer)
                name = f"{shorten(source)} → {shorten(neuron)}" if len(neurons) > 1 or e.hidden else shorten(source)
                lines.append(Series(name, weights[:, i, j], color, bundle))
            if history.biases:
                color = colors.line(len(lines) if count <= colors.sizes.most_named else layer)
                lines.append(Series(f"bias {shorten(neuron)}", history.biases[layer][:, j], color, bundle, dashed=True))
    return lines


def layer_name(layer: int, layers: int) -> str:
    """ "hidden", or "hidden 1", "hidden 2", ... where there are several, and "output"."""
    if layer == layers - 1:
        return "output"
    return "hidden" if layers == 2 else f"hidden {layer + 1}"


def names_of(e: Experiment, layer: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of what goes into a layer, "bias" last where there is one, and of its neurons.

    Columns have their own; hidden neurons are h1, h2, ..., where there are several layers h1.1, h1.2, ..., h2.1, ...:
    a letter a layer would be taken for a matrix (a1, b2) or a column (a, b).

    >>> names_of(Experiment(hidden=(3,), activations=("tanh", "sigmoid")), 0)
    (('x1', 'x2', 'x3'), ('h1', 'h2', 'h3'))
    >>> names_of(Experiment(hidden=(2, 3), activations=("tanh", "tanh", "sigmoid"), bias=True), 1)
    (('h1.1', 'h1.2', 'bias'), ('h2.1', 'h2.2', 'h2.3'))
    """

    def units(index: int) -> tuple[str, ...]:
        mark = "h" if len(e.hidden) == 1 else f"h{index + 1}."
        return tuple(f"{mark}{i + 1}" for i in range(e.hidden[index]))

    sources = e.input_names if layer == 0 else units(layer - 1)
    neurons = e.target_names if layer == len(e.hidden) else units(layer)
    return (*sources, "bias") if e.bias else sources, neurons


def shorten(name: str, length: int = 9) -> str:
    """A name that fits into a picture."""
    return name if len(name) <= length else f"{name[: length - 1]}…"


def output_series(history: History, colors: Palette) -> list[Series]:
    """The lines of `output_convergence`, a row and target column each; held-out rows dashed."""
    e = history.experiment
    rows, columns = len(e.inputs), len(e.target_names)
    lines = []
    for row in range(rows):
        for column, name in enumerate(e.target_names):
            index = row if columns == 1 and rows <= colors.sizes.most_named else column
            lines.append(
                Series(
                    f"row {row + 1}" if columns == 1 else f"row {row + 1} {name}",
                    history.outputs[:, row, column],
                    colors.line(index),
                    name if columns > 1 else "rows",
                    dashed=row in e.test_rows,
                )
            )
    return lines


def loss_series(history: History, colors: Palette) -> list[Series]:
    """The lines of `loss_curve`; the loss on held-out rows dashed."""
    lines = [Series("loss", history.loss, colors.text, "loss")]
    if history.test_loss is not None:
        lines.append(Series("held-out", history.test_loss, colors.negative, "loss", dashed=True))
    return lines
