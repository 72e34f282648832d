"""The alt texts of the two charts of a layer's neurons: which curve it is, and where the marks on it are."""

import numpy as np

from pages.charts.activations.neuron_positions import NeuronPositions
from pages.charts.style.format import format_number
from pages.charts.style.palette import LIGHT

MOST_NAMED = LIGHT.sizes.most_named
"""The most marks described one by one; of more only those of the chosen row are, and of many neurons the first."""


def neurons_alt_texts(positions: NeuronPositions) -> dict[str, str]:
    """What each chart shows at the last epoch: z and f(z), or the slope there, of the neurons for each row.

    Like those of the other charts they do not follow the cursor.
    """
    activation, units = positions.activation, len(positions.names)
    rows = range(len(positions.rows)) if len(positions.rows) * units <= MOST_NAMED else [positions.chosen_index]
    shown = [(row, unit) for row in rows for unit in range(units)][:MOST_NAMED]
    epoch, z = int(positions.history.epochs[-1]), positions.z[-1]
    heads = {
        "values": (f"{activation.label} f(z) against z.", "f(z)", activation.value),
        "slopes": (f"The slope f'(z) of {activation.label} against z.", "slope", activation.slope),
    }
    texts = {}
    for name, (head, quantity, function) in heads.items():
        with np.errstate(all="ignore"):
            heights = function(z)
        places = [
            f"{positions.names[unit]} for row {positions.rows[row] + 1} has z {format_number(float(z[row, unit]))}, "
            f"{quantity} {format_number(float(heights[row, unit]))}"
            for row, unit in shown
        ]
        texts[name] = f"{head} At epoch {epoch:,} {'; '.join(places)}."
    return texts
