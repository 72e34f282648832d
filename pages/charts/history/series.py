"""The series of the curve charts: every weight, output and loss, with a name and a colour."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from engine import History
from engine.explanation.rounded_to_zero import zero_output_size, zero_weight_size
from engine.model.targets import decision_middles, target_kind
from engine.model.weight_index import WeightIndex, layer_name, neuron_names, source_names
from pages.charts.style.format import format_number, shorten
from pages.charts.style.palette import Palette
from pages.charts.style.sizes import DASHES, SHAPES


@dataclass(frozen=True, slots=True)
class Series:
    """One curve: its name, its values at every kept epoch (F,), its colour, its group, and whether it is dashed.

    `stroke` is its width in pixels, `dash` its line style, `shape` the shape of its marker; smaller values than
    `zero_below` are 0 up to rounding. `frames` is how many of the values have a line, where the run ends before others.
    """

    name: str
    values: npt.NDArray[np.float64]
    color: str
    group: str
    dashed: bool = False
    stroke: float = 0
    dash: str = "solid"
    shape: str = "circle"
    zero_below: float = 0.0
    frames: int | None = None

    def write(self, value: float) -> str:
        """One of the values as text."""
        return format_number(value, zero_below=self.zero_below)

    def label(self, value: float) -> str:
        """One of the values with the name."""
        return f"{self.name}: {self.write(value)}"


def style_series(lines: Sequence[Series], lit: AbstractSet[int], colors: Palette, fades: bool = True) -> list[Series]:
    """Lines with their strokes; on a wall each line, or of many each bundle, has a dash and a shape of its own.

    Where some are `lit`, the others pale if it `fades`. What is dashed elsewhere is told by its name there.
    """
    sizes, found = colors.sizes, []
    bundles = sorted({line.group for line in lines})
    for index, line in enumerate(lines):
        kind = index if len(lines) <= sizes.most_named else bundles.index(line.group)
        pales = fades and lit and index not in lit
        width = sizes.highlighted_line if index in lit else sizes.thin_line if pales else sizes.line
        found.append(
            replace(
                line,
                stroke=width,
                color=colors.muted if pales else line.color,
                dash=DASHES[kind % len(DASHES)] if sizes.projector else "dot" if line.dashed else "solid",
                shape=SHAPES[kind % len(SHAPES)],
            )
        )
    return found


def weight_series(history: History, colors: Palette) -> list[Series]:
    """The series of `weight_evolution`, in the order of `WeightIndex.all_of`.

    Each has its own colour or, if there are many, that of its layer, and as long as the colours last none has a class's
    or a target's. With a single neuron the labels leave out the part that they all share: "x1" for "x1 → y1".
    """
    e = history.experiment
    weights = list(WeightIndex.all_of(e))
    few, single = len(weights) <= colors.sizes.most_named, e.shapes == ((len(e.feature_names), 1),)
    found, zero, first = [], zero_weight_size(e), max(2, len(e.target_names))
    for index, weight in enumerate(weights):
        is_bias, layer = weight.is_bias(e), weight.layer
        neuron = shorten(neuron_names(e, layer)[weight.neuron])
        source = "" if is_bias else shorten(source_names(e, layer)[weight.source])
        name = f"bias {neuron}" if is_bias else source if single else f"{source} → {neuron}"
        color, group = colors.line(first + (index if few else layer)), layer_name(layer, len(e.shapes))
        found.append(Series(name, history.values_of(weight), color, group, dashed=is_bias, zero_below=zero))
    return found


def output_series(history: History, colors: Palette) -> list[Series]:
    """The lines of `output_convergence`, a row and target column each; dashed what is not trained on.

    A question has a mark behind its number. A row has the colour of its class, as in the picture of the answer; a few
    rows without classes have one each, and of several targets each has its own.
    """
    e = history.experiment
    rows, columns, kind = len(e.inputs), len(e.target_names), target_kind(e)
    trained, questions = frozenset(e.train_rows), frozenset(e.question_rows)
    zero = zero_output_size(e)
    targets = e.unscaled_targets
    above = targets > decision_middles(e)
    lines = []
    for row in range(rows):
        title = f"row {row + 1}{'?' * (row in questions)}"
        for column, name in enumerate(e.target_names):
            index, group = column, name if columns > 1 else "rows"
            if row in questions:
                group = "questions"
            elif columns == 1 and kind == "binary":
                index, group = int(above[row, 0]), f"target {format_number(float(targets[row, 0]))}"
            elif columns == 1 and rows <= colors.sizes.most_named:
                index = row
            lines.append(
                Series(
                    title if columns == 1 else f"{title} {name}",
                    history.outputs[:, row, column],
                    colors.text if row in questions else colors.line(index),
                    group,
                    dashed=row not in trained,
                    zero_below=zero,
                )
            )
    return lines


def loss_series(history: History, colors: Palette) -> list[Series]:
    """The series of `loss_curve`; the loss on held-out rows is dashed."""
    lines = [Series("loss", history.loss, colors.text, "loss")]
    if history.test_loss is not None:
        lines.append(Series("held-out", history.test_loss, colors.muted, "loss", dashed=True))
    return lines
