"""Sweeps and fans in words: is it luck, and what a map or a fan shows."""

from collections.abc import Sequence

import numpy as np

from engine import History, Runs
from engine.comparison.run_statistics import epochs_needed, is_lower, quantile, share_learned
from engine.comparison.sweep import SweepCells
from pages.charts.comparison.sweep_map import MapMeasure, value_text
from pages.charts.style.format import count_words, format_number, format_percent


def luck_words(runs: Runs, this: History | None = None) -> str:
    """Whether it takes a lucky start to learn, and how this run did among the others."""
    begun = int((runs.frames > 0).sum())
    learned, share = int(runs.learned.sum()), share_learned(runs)
    if begun == 0:
        return "Nothing has been trained yet."
    of = f"{learned:,} of {count_words(begun, 'start')} learned ({format_percent(share)})"
    if share == 1:
        verdict = f"**No luck needed.** All {count_words(begun, 'start')} learned." if begun > 1 else "It learned."
    elif share == 0:
        verdict = (
            f"**It is not bad luck.** None of {count_words(begun, 'start')} learned: another seed is no way out. "
            "What has to change is the network, the settings or the table."
        )
    elif share >= 0.9:
        verdict = f"**Hardly luck.** {of}: a start that fails is the exception."
    elif share > 0.1:
        verdict = f"**Yes, luck has a part in it.** {of}: whether it works depends on where the weights begin."
    else:
        verdict = f"**It takes luck.** Only {of}."
    return f"{verdict}{speed_words(runs)}{this_words(runs, this)}"


def speed_words(runs: Runs) -> str:
    """How many epochs the middle one of those that learned needed; "" where none did."""
    needed = epochs_needed(runs)[runs.learned]
    if not len(needed):
        return ""
    fast, middle, slow = (int(quantile(needed, share, axis=0)) for share in (0, 0.5, 1))
    if fast == slow:
        return f" Each of those that learned needed {count_words(middle, 'epoch')}."
    half = count_words(middle, "epoch")
    return f" Half of those that learned needed {half} or fewer; the quickest {fast:,}, the slowest {slow:,}."


def this_words(runs: Runs, this: History | None) -> str:
    """The place of this run among the others; "" where there is none."""
    if this is None:
        return ""
    seed = f" The one on the page, seed {this.experiment.seed},"
    if this.diverged_at is not None:
        return f"{seed} diverged."
    last = runs.final_loss[runs.frames > 0]
    better = int(is_lower(last, float(this.loss[-1])).sum())
    place = f"{better:,} of {len(last):,} ended lower" if better else "none ended lower"
    return f"{seed} ended at a loss of {format_number(float(this.loss[-1]))}: {place}."


def map_words(cells: SweepCells, names: Sequence[str], texts: Sequence[Sequence[str]], measure: MapMeasure) -> str:
    """The map in words: its axes, and its best and its worst cell."""
    values = measure.values(cells)
    words = f"A map of {measure.label.lower()} over {' and '.join(names)}, {values.size} cells."
    if np.isnan(values).all():
        return words
    order = values if not measure.is_share else -values
    places = [np.unravel_index(pick(order), values.shape) for pick in (np.nanargmin, np.nanargmax)]
    told = [
        f"{value_text(measure, float(values[place]))} at "
        + ", ".join(f"{name} {listed[int(index)]}" for name, listed, index in zip(names, texts, place, strict=True))
        for place in places
    ]
    return f"{words} Best: {told[0]}. Worst: {told[1]}."


def fan_words(runs: Runs) -> dict[str, str]:
    """The alt texts of the two pictures of a fan."""
    last = runs.final_loss[np.isfinite(runs.final_loss)]
    ends = f" The last losses go from {format_number(last.min())} to {format_number(last.max())}." if len(last) else ""
    count, diverged = count_words(len(runs.frames), "start"), int((runs.diverged_at >= 0).sum())
    return {
        "fan": f"The loss of {count} over the epochs: the middle one, and bands of half and of 90% of them.{ends}",
        "histogram": f"A histogram of the last losses of {count}; {diverged:,} diverged.{ends}",
    }
