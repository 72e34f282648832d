"""The highlights lead from the chosen weight to the error and back, and a click chooses another."""

import numpy as np
import pytest

from engine import Experiment, record
from engine.explanation.ledger import explain_epoch
from engine.model.weight_index import WeightIndex
from pages.charts.update.all_steps import all_steps
from pages.charts.update.layer_view import Focus
from tests.charts.update.updates import EXPERIMENTS, focuses, matrices, stack, update_at


def test_what_the_error_of_a_hidden_layer_is_made_of_is_lit() -> None:
    """Whichever layer the chosen weight is in: all numbers that the formula takes."""
    experiment, update = EXPERIMENTS["two targets"], update_at("two targets", 7)
    assert len(update.layers) == 2
    for layer in (0, 1):
        found = all_steps(experiment, update, Focus(update.rows[1], WeightIndex(layer, 1, 1)))
        (step,) = (step for step in found if step.title == "Error, hidden layer")
        delta, weights, _ = matrices(step)
        assert delta.related.tolist() == [[index == 1] * delta.values.shape[1] for index in range(len(update.rows))]
        assert weights.related.all(axis=0).tolist() == [index == 1 for index in range(weights.values.shape[1])]
        assert weights.related.sum() == len(weights.values)


@pytest.mark.parametrize("name", ["tutorial", "deep", "two targets", "batches"])
def test_the_chosen_weight_and_row_are_marked_everywhere(name: str) -> None:
    experiment, update = EXPERIMENTS[name], update_at(name, 7)
    for focus in focuses(experiment, update):
        layer = update.layers[focus.weight.layer]
        weight = stack(layer.weights, layer.biases)[focus.weight.source, focus.weight.neuron]
        row = update.rows.index(focus.row)
        for step in all_steps(experiment, update, focus):
            for part in matrices(step):
                marked = part.values[part.chosen]
                assert len(marked) <= 1
                if step.layer == focus.weight.layer and part.name.startswith("W") and not part.name.endswith("ᵀ"):
                    assert marked.tolist() == [weight]
                if step.layer == focus.weight.layer and part.name.startswith("z"):
                    assert marked.tolist() == [layer.pre_activations[row, focus.weight.neuron]]


def test_what_is_lit_leads_from_the_weight_to_the_error_and_back() -> None:
    """In a network of three layers: one neuron below feeds the weight, the weight's neuron feeds all above."""
    experiment, update = EXPERIMENTS["deep"], update_at("deep", 7)
    found = all_steps(experiment, update, Focus(2, WeightIndex(1, 3, 1)))
    names = {part.name: part for step in reversed(found) for part in matrices(step)}
    assert set(np.argwhere(names["delta1"].related)[:, 1].tolist()) == {3}
    assert set(np.argwhere(names["delta2"].related)[:, 1].tolist()) == {1}
    assert np.argwhere(names["new W2 and b2"].related).tolist() == [[3, 1]]
    assert np.argwhere(names["new W3 and b3"].related).tolist() == [[1, 0]]
    assert set(np.argwhere(names["new W1 and b1"].related)[:, 1].tolist()) == {3}


def test_the_chosen_number_is_drawn_however_large_the_matrix() -> None:
    random = np.random.RandomState(0)
    wide = Experiment(
        inputs=tuple(map(tuple, random.randn(30, 20).tolist())),
        targets=tuple((float(x),) for x in random.randint(0, 2, 30)),
        hidden=(12,),
        activations=("tanh", "sigmoid"),
        epochs=1,
    )
    update = explain_epoch(wide, record(wide).state_at(0)).updates[0]
    for step in all_steps(wide, update, Focus(26, WeightIndex(0, 15, 10))):
        for part in matrices(step):
            if part.chosen.any():
                assert part.values[part.chosen].tolist() == part.crop().values[part.crop().chosen].tolist()
            assert part.crop().related.any() == part.related.any()


@pytest.mark.parametrize("name", ["tutorial", "deep", "batches"])
def test_a_click_chooses_what_was_clicked(name: str) -> None:
    experiment, update = EXPERIMENTS[name], update_at(name, 7)
    for step in all_steps(experiment, update, focuses(experiment, update)[0]):
        for part in matrices(step):
            turned = part.name.endswith("ᵀ")
            picks = part.picks.transpose(1, 0, 2) if turned else part.picks
            values = part.values.T if turned else part.values
            for (i, j), value in np.ndenumerate(values):
                row, layer, source, neuron = picks[i, j].tolist()
                if row >= 0:
                    assert update.rows[i] == row
                if source >= 0 and neuron >= 0:
                    assert (source, neuron) == (i, j)
                    if part.name.startswith("W"):
                        ledger = update.layers[layer]
                        assert stack(ledger.weights, ledger.biases)[source, neuron] == value
