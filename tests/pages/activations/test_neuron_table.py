"""The words for a neuron's state: what its slopes mean, and which neurons of a layer do not learn."""

import pytest

from engine.explanation.saturation import NeuronState, State
from pages.widgets.activations.neuron_table import layer_verdict, neuron_words, range_text


def standing(state: State, steepest: float = 0.0) -> NeuronState:
    return NeuronState(state, -1.0, 0.0, 0.0, steepest, steepest, flat_rows=1, rows=4)


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (standing("non_finite", float("nan")), "its numbers have grown beyond all bounds"),
        (standing("no_slope"), "slope 0 everywhere: Step lets no error through, so nothing before it can learn"),
        (standing("dead"), "dead: z is 0 or below on every row, so its slope is 0 and no error gets through"),
        (standing("stopped"), "slope 0 on every row: this neuron has all but stopped learning"),
        (standing("stopped", 0.0001), "slope at most 0.0001 on every row: this neuron has all but stopped learning"),
        (standing("slow", 0.02), "slope at most 0.02 on every row: it learns slowly, with at most 2 % of its error"),
        (standing("partly_flat", 0.5), "flat on 1 of 4 rows: it learns from the others"),
        (standing("learning", 0.5), "learns from every row"),
    ],
)
def test_what_slopes_mean(found: NeuronState, words: str) -> None:
    assert neuron_words(found, "Step", held_out=False).startswith(words)


def test_the_verdict_names_everyone_who_does_not_learn() -> None:
    found = (standing("dead"), standing("learning"), standing("stopped"), standing("dead"))
    assert layer_verdict(("a", "b", "c", "d (1)"), found) == (
        "Dead: a, d (1). All but stopped learning: c. 1 of 4 still learns."
    )
    assert layer_verdict(("a",), (standing("no_slope"),)) == "Without any slope: a."


def test_ranges_in_words() -> None:
    assert range_text(-1.5, 2) == "-1.5 to 2"
    assert range_text(1.0, 1.0) == "1"
    assert range_text(float("-inf"), 0.0) == "-∞ to 0"
