"""A run that ended badly for none of the known reasons: what can be said of it all the same."""

import numpy as np

from engine.diagnosis.finding import Finding, list_numbers
from engine.diagnosis.learning_rate import has_ended_worse, rise_words
from engine.model.outcome import LINE_SHARE, best_line_r_squared, has_learned, regression_r_squared, rows_not_learned
from engine.model.targets import correct_rows
from engine.training.history import History


def unexplained_finding(history: History) -> Finding:
    """What is wrong with a run, in numbers, and what is left to try; there is no remedy."""
    e, outputs = history.experiment, history.outputs[-1]
    learned = has_learned(e, outputs)
    told, title = [], "It has not learned this table"
    if has_ended_worse(history):
        title = "It ended worse than it began"
        told.append(rise_words(history))
        if e.l1 or e.l2:
            told.append("The penalty pulls the weights towards 0, whatever that costs.")
    if learned:
        told.append("All the same it has learned the table.")
    else:
        told += [_how_far(history), "Nothing that was tried in the time there is makes it learn."]
        told.append("What may help: a larger network, more epochs, other inputs, or more rows.")
    return Finding("unexplained", title, " ".join(told))


def _how_far(history: History) -> str:
    """How far a run is from having learned, in a sentence or two."""
    e, outputs = history.experiment, history.outputs[-1]
    reached = regression_r_squared(e, outputs)
    if reached is not None:
        line = best_line_r_squared(e)
        if reached < line - LINE_SHARE:
            return (
                f"It predicts {_share(reached)} of what varies in the targets (R²), and the best straight line "
                f"{_share(line)}."
            )
        return (
            f"It predicts {_share(reached)} of what varies in the targets (R²). No straight line predicts more than "
            f"{_share(line)}."
        )
    missed = rows_not_learned(e, outputs)
    with np.errstate(all="ignore"):
        right = correct_rows(e, outputs)
    wrong = [row + 1 for row in missed if not right[row]]
    narrow = [row + 1 for row in missed if right[row]]
    told = [f"Wrong at the end: {list_numbers('row', wrong)}."] if wrong else []
    told += [f"Right by a hair, next to the border: {list_numbers('row', narrow)}."] if narrow else []
    return " ".join(told)


def _share(r_squared: float) -> str:
    """An R2 as a share."""
    return "nothing" if not r_squared > 0 else f"{r_squared:.1%}"
