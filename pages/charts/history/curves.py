"""Curves over epochs: weight evolution, output convergence, loss.

Curves are drawn once, and a frame moves only the cursor. If there are few, each has a colour, and a marker and a label
with its value at the cursor; otherwise they are drawn in groups, one colour per group.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

import numpy as np

from engine import History
from pages.charts.history.change_marks import change_marks
from pages.charts.history.curve_traces import (
    LEGEND_LINE,
    curve_traces,
    group_name_trace,
    group_traces,
    head_traces,
    label_gap,
    label_share,
    legend_lines,
    target_traces,
)
from pages.charts.history.output_bands import MOST_LINES, band_traces, output_bands
from pages.charts.history.run_before import faint_traces
from pages.charts.history.series import Series, loss_series, output_series, style_series, weight_series
from pages.charts.style.base import (
    HEIGHT,
    Dict,
    EpochAxis,
    chart_layout,
    future_mask,
    future_mask_x,
    padded_range,
    spread_labels,
    value_axis,
)
from pages.charts.style.format import format_number, round_coordinates
from pages.charts.style.highlight import NO_HIGHLIGHT, Highlight
from pages.charts.style.palette import Palette

MOST_DRAWN = 200

BELOW_ZERO = 0.02
"""Of an axis from 0, the share below it, in which a line at 0 is not cut."""


def weight_evolution(
    history: History,
    axis: EpochAxis,
    colors: Palette,
    token: str,
    height: int = HEIGHT,
    light: Highlight = NO_HIGHLIGHT,
    before: History | None = None,
) -> Dict:
    """Every weight and bias against the epoch; those of the run `before` are faint."""
    title = f"Weight evolution{', biases dotted' * bool(history.biases and not colors.sizes.projector)}"
    lit, lines = light.weight_lines(history.experiment), weight_series(history, colors)
    behind = faint_traces(before, weight_series, lines, axis, colors)
    return curves_figure(history, lines, axis, colors, title, token, height=height, lit=lit, behind=behind)


def output_convergence(
    history: History,
    axis: EpochAxis,
    colors: Palette,
    token: str,
    height: int = HEIGHT,
    light: Highlight = NO_HIGHLIGHT,
    row: int | None = None,
    before: History | None = None,
) -> Dict:
    """Every row's output against the epoch, its target dashed, and `row` in bold; many rows as bands.

    A row in the `light` is in bold as well, and the others pale; outputs of the run `before` are faint.
    """
    lines, title = output_series(history, colors), "Output convergence"
    behind = faint_traces(before, output_series, lines, axis, colors)
    targets = sorted({value for row in history.experiment.labelled_targets for value in row})
    bold = light.output_lines(history.experiment) or Highlight(row).output_lines(history.experiment)
    if len(lines) > MOST_LINES:
        bands = output_bands(history, colors)
        behind = band_traces(bands, axis.positions(history.epochs), colors)
        chosen = [lines[index] for index in sorted(bold)]
        lines = [*(band.median for band in bands), *chosen]
        bold = set(range(len(bands), len(lines)))
        title += ", in bands"
    title += f", targets {'grey' if colors.sizes.projector else 'dashed'}"
    return curves_figure(
        history,
        lines,
        axis,
        colors,
        title,
        token,
        targets,
        height=height,
        lit=bold,
        fades=light.row is not None,
        behind=behind,
    )


def loss_curve(
    history: History,
    axis: EpochAxis,
    colors: Palette,
    token: str,
    height: int = HEIGHT,
    before: History | None = None,
) -> Dict:
    """The loss against the epoch, with a second curve for held-out rows; from 0, or on a log scale if it falls far.

    It is marked where optimizer or learning rate change. That of the run `before` is faint.
    """
    lines = loss_series(history, colors)
    positive = min(float(line.values.min()) for line in lines)
    far = positive > 0 and max(float(line.values.max()) for line in lines) / positive > 100
    title = "Loss" + " (log scale)" * far
    behind = faint_traces(before, loss_series, lines, axis, colors, far)
    figure = curves_figure(history, lines, axis, colors, title, token, (), far, not far, height, behind=behind)
    figure["layout"] |= change_marks(history, axis, colors)
    return figure


def curves_figure(
    history: History,
    lines: Sequence[Series],
    axis: EpochAxis,
    colors: Palette,
    title: str,
    token: str,
    dashes: Sequence[float] = (),
    log_values: bool = False,
    from_zero: bool = False,
    height: int = HEIGHT,
    lit: AbstractSet[int] = frozenset(),
    fades: bool = True,
    behind: Sequence[Dict] = (),
) -> Dict:
    """The figure of a set of lines, with one frame per kept epoch; `dashes` are values with a horizontal line.

    With `from_zero` a linear axis starts at 0: a height is a value there, and no small change looks large.
    Where some lines are `lit`, these are in bold and have their labels, and the others pale if it `fades`; few lines
    have their labels anyway. `behind` are traces that do not move, behind the lines.
    """
    sizes = colors.sizes
    step, named = -(-len(lines) // MOST_DRAWN), len(lines) <= sizes.most_named
    kept = [index for index in range(len(lines)) if index % step == 0 or index in lit]
    told = [at for at, index in enumerate(kept) if named or index in lit]
    dress = style_series(lines, lit, colors, fades)
    lines = [dress[index] for index in kept]
    x = axis.positions(history.epochs)
    values = np.stack([np.log10(line.values) if log_values else line.values for line in lines])
    reach = np.concatenate([values.ravel(), dashes, *(trace["y"] for trace in behind)])
    low, high = padded_range(0.0 if from_zero else float(reach.min()), float(reach.max()))
    low = -BELOW_ZERO * high if from_zero else low
    parted = not named and len({line.group for line in lines}) > 1
    names = [lines[at].name + ": -0.0012" for at in told]
    names += [line.group for line in lines] if parted and sizes.projector else []
    room = label_share(names, sizes) if names else 0.04
    right = axis.end * (1 + room)
    left, top, bottom = sizes.margins
    told_above = 0 if named or sizes.projector else legend_lines({line.group for line in lines}, sizes)
    top += LEGEND_LINE * told_above

    still = [*behind, *(target_traces(dashes, axis.end, colors) if dashes else [])]
    still += [] if named else group_traces(lines, x, values, colors)
    for at in told:
        curve = curve_traces(lines[at], x, values[at], history, colors)
        still += curve if named else [trace | {"showlegend": False} for trace in curve]  # its label names it
    xs, ys = round_coordinates(x), round_coordinates(values.T)
    gap = 1.32 * sizes.text / (height - top - bottom) * (high - low)
    moves = [[{"x": future_mask_x(at, right)}] for at in xs]
    heads: list[Dict] = []
    if told:
        heads = head_traces([lines[at] for at in told], colors)
        texts = [[lines[at].write(value) for value in lines[at].values.tolist()] for at in told]
        label_xs = round_coordinates(x + label_gap(sizes) / sizes.plot_width * right)
        places = [[row[at] for at in told] for row in ys]
        beside = round_coordinates([spread_labels(row, gap, low + gap / 2, high - gap / 2) for row in places])
        for k, move in enumerate(moves):
            move += [
                {"x0": xs[k], "y": places[k]},
                {"x0": label_xs[k], "y": beside[k], "text": [text[k] for text in texts]},
            ]
    moving = [len(still) + index for index in range(len(moves[0]))]
    ends = [trace | last for trace, last in zip([future_mask(low, high, colors), *heads], moves[-1], strict=True)]
    vertical = value_axis(low, high, colors, min(6, max(2, int((height - top - bottom) / (1.6 * sizes.small_text)))))
    if log_values:
        powers = range(max(int(np.floor(low)), -307), min(int(np.ceil(high)), 308) + 1)  # the range of float64
        every = max(1, len(powers) // 5)
        vertical |= {"tickvals": list(powers)[::every], "ticktext": [format_number(10.0**p) for p in powers][::every]}
    written = (
        group_name_trace(lines, values[:, -1], right, gap, (low, high), colors) if parted and sizes.projector else []
    )
    return {
        "data": [*still, *ends, *written],
        "layout": chart_layout(
            colors,
            title,
            token,
            height=height,
            xaxis=axis.layout(colors, room),
            yaxis=vertical,
            showlegend=told_above > 0,
            legend={"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "font": {"size": 12}},
            margin={"l": left, "r": 8, "t": top, "b": bottom},
        ),
        "frames": [
            {"name": str(epoch), "data": moved, "traces": moving}
            for epoch, moved in zip(history.epochs.tolist(), moves, strict=True)
        ],
    }
