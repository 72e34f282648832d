"""A table that comes in gets a network that can give its answers; whatever can stay stays."""

import pytest

from engine import Experiment, ExperimentError, record
from engine.model.targets import accuracy
from pages.reading.edited_table import EditedTable
from pages.reading.fit_network import fit_network
from tests.reading.tables import DATA, LESSON, settings_of, table


def test_a_network_that_can_give_the_answers_stays_as_it_is() -> None:
    e = Experiment(hidden=(3,), activations=("tanh", "sigmoid"), seed=7, initializer="glorot_uniform")
    assert fit_network(LESSON, settings_of(e)) == (e, "")


@pytest.mark.parametrize(
    ("targets", "output", "loss"),
    [
        (((58,), (63,), (72,)), "linear", "mean_squared_error"),
        (((-1,), (1,), (1,)), "tanh", "mean_squared_error"),
        (((0,), (1,), (1,)), "sigmoid", "half_squared_error"),
        (((0, 1), (1, 0), (1, 0)), "softmax", "categorical_cross_entropy"),
        (((0, 1), (1, 1), (1, 0)), "sigmoid", "half_squared_error"),
    ],
)
def test_output_and_loss_change_where_they_must(targets: tuple[tuple[float, ...]], output: str, loss: str) -> None:
    e = Experiment(inputs=((1,), (2,), (3,)), targets=((0,), (1,), (0,)), hidden=(2,), activations=("relu", "sigmoid"))
    wide = Experiment(inputs=e.inputs, targets=targets, activations=("linear",))
    found, words = fit_network(EditedTable.from_experiment(wide), settings_of(e))
    assert (found.activations, found.loss) == (("relu", output), loss)
    assert (found.hidden, found.seed) == (e.hidden, e.seed)
    assert bool(words) == (output != "sigmoid")


def test_classes_take_the_place_of_a_softmax_of_numbers_and_back() -> None:
    softmax = {"activations": ("softmax",), "loss": "categorical_cross_entropy"}
    iris, _ = table((DATA / "r-write-csv.csv").read_bytes())
    found, words = fit_network(iris, settings_of(Experiment()) | softmax)
    assert (found.activations, words) == (("softmax",), "")
    found, words = fit_network(LESSON, settings_of(Experiment()) | softmax)
    assert (found.activations, found.loss) == (("sigmoid",), "binary_cross_entropy")
    assert words == "Sigmoid output with binary cross-entropy"
    found, words = fit_network(iris, settings_of(Experiment()) | {"loss": "categorical_cross_entropy"})
    assert words == "Softmax output with categorical cross-entropy, learning rate 0.1"


def test_classes_get_a_network_that_learns_them() -> None:
    iris, _ = table((DATA / "r-write-csv.csv").read_bytes())
    found, words = fit_network(iris, settings_of(Experiment()))
    assert words == "Softmax output with categorical cross-entropy, learning rate 0.1"
    run = record(found)
    assert accuracy(found, run.outputs[-1], found.train_rows) > 0.95
    assert run.loss[-1] < 0.1
    calm, words = fit_network(
        iris, settings_of(Experiment(learning_rate=0.01)) | {"epochs": 1_000_000, "batch_size": 1}
    )
    assert calm.learning_rate == 0.01
    assert words == f"Softmax output with categorical cross-entropy, {calm.epochs:,} epochs"
    _, words = fit_network(iris, settings_of(Experiment()) | {"epochs": 1_000_000, "batch_size": 1})
    assert words.startswith("Softmax output with categorical cross-entropy, learning rate 0.1, ")


def test_fewer_epochs_where_training_would_take_too_long() -> None:
    iris, _ = table((DATA / "r-write-csv.csv").read_bytes())
    settings = settings_of(Experiment(epochs=1_000_000))
    found, words = fit_network(iris, settings | {"batch_size": 1})
    assert found.epochs < 1_000_000
    assert words.endswith(f"learning rate 0.1, {found.epochs:,} epochs")
    softmax = {"activations": ("softmax",), "loss": "categorical_cross_entropy"}
    found, words = fit_network(iris, settings | softmax | {"batch_size": 1})
    assert words == f"{found.epochs:,} epochs"


def test_start_weights_by_hand_go() -> None:
    e = Experiment(initial_weights=(((1,), (2,), (3,)),))
    found, _ = fit_network(
        EditedTable.from_experiment(Experiment(inputs=((1,), (2,)), targets=((0,), (1,)))), settings_of(e)
    )
    assert found.initial_weights == ()


def test_settings_that_cannot_be_trained_are_named() -> None:
    for field in ("epochs", "learning_rate", "seed"):
        with pytest.raises(ExperimentError) as caught:
            fit_network(LESSON, settings_of(Experiment()) | {field: None})
        assert caught.value.field == field
