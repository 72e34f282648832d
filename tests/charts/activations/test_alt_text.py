"""The alt texts of neurons on their curve have the numbers that the charts show."""

import numpy as np
import pytest

from engine import ACTIVATIONS
from pages.charts.activations.alt_text import MOST_NAMED, neurons_alt_texts
from pages.charts.activations.neuron_positions import neuron_positions
from pages.charts.style.format import format_number
from tests.charts.runs import run


@pytest.mark.parametrize("name", ["tutorial", "xor", "fruit", "sine"])
def test_the_texts_have_each_marks_z_and_its_height(name: str) -> None:
    history = run(name)
    for layer in range(len(history.weights)):
        positions = neuron_positions(history, layer, 1)
        texts, z = neurons_alt_texts(positions), positions.z[-1]
        few = z.size <= MOST_NAMED
        for row, unit in np.ndindex(z.shape) if few else [(positions.chosen_index, unit) for unit in range(z.shape[1])]:
            for text, function in (
                (texts["values"], positions.activation.value),
                (texts["slopes"], positions.activation.slope),
            ):
                mark = f"{positions.names[unit]} for row {positions.rows[row] + 1} has z"
                assert (f"{mark} {format_number(float(z[row, unit]))}, " in text) is (few or unit < MOST_NAMED)
                assert format_number(float(function(z)[row, unit])) in text or unit >= MOST_NAMED
        assert texts["values"].startswith(ACTIVATIONS[history.experiment.activations[layer]].label)
        assert f"At epoch {int(history.epochs[-1]):,} " in texts["slopes"]
