"""Where optimizer and learning rate change, the loss curve is marked: one line and one text an epoch."""

from dataclasses import replace

import numpy as np
import pytest

from engine import PRESETS, record
from pages.charts.history.alt_text import alt_texts
from pages.charts.history.change_marks import MOST_CHANGES_WRITTEN, change_marks
from pages.charts.style.palette import palette_for
from tests.charts.runs import axis_of

XOR = replace(PRESETS["xor"], epochs=500)
LIGHT = palette_for("light")


@pytest.mark.parametrize("log", [True, False])
def test_one_mark_and_one_text_where_both_change(log: bool) -> None:
    changes = ((100, "adam"), (300, "sgd"), (500, "momentum"))
    history = record(replace(XOR, rate_changes=((100, 0.05), (200, 0.1)), optimizer_changes=changes))
    marks = change_marks(history, axis_of(history, log), LIGHT)
    places = [line["x0"] for line in marks["shapes"]]
    assert places == pytest.approx([np.log10(1 + at) if log else at for at in (100, 200, 300)], rel=1e-3)
    texts = marks["annotations"]
    assert [text["text"] for text in texts] == ["Adam, rate 0.05", "rate 0.1", "Gradient descent"]
    assert [text["x"] for text in texts] == places
    heights = [text["yshift"] for text in texts]
    assert heights[0] == 0
    assert np.all(np.diff(heights) <= -LIGHT.sizes.small_text)
    words = alt_texts(history, ("loss",), 0)["loss"]
    assert words.endswith(
        "From epoch 100 on the optimizer is Adam and the learning rate is 0.05. From epoch 200 on the learning rate is "
        "0.1. From epoch 300 on the optimizer is Gradient descent."
    )


def test_of_many_changes_only_the_lines_are_drawn() -> None:
    names = [(10 * at, ("adam", "sgd")[at % 2]) for at in range(1, MOST_CHANGES_WRITTEN + 2)]
    history = record(replace(XOR, optimizer_changes=tuple(names)))
    marks = change_marks(history, axis_of(history), LIGHT)
    assert len(marks["shapes"]) == len(names)
    assert "annotations" not in marks


def test_long_words_at_the_end_stand_before_their_line() -> None:
    changes = ((3, "sgd"), (300, "adam"), (400, "sgd"))
    history = record(replace(XOR, rate_changes=((3, 0.5), (400, 0.1)), optimizer_changes=changes))
    texts = change_marks(history, axis_of(history), LIGHT)["annotations"]
    assert [text["xanchor"] for text in texts] == ["left", "left", "right"]


def test_a_run_without_changes_has_no_marks() -> None:
    history = record(replace(XOR, optimizer_changes=((600, "adam"),)))
    assert change_marks(history, axis_of(history), LIGHT) == {}
