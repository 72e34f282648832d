"""A table that comes in gets a network that can give its answers and learns them; whatever can stay stays."""

import pytest

from engine import LIMITS, PRESETS, Experiment, ExperimentError, History, record
from engine.model.targets import accuracy, r_squared
from pages.reading import fit_network as module
from pages.reading.edited_table import EditedTable, settings_of
from pages.reading.fit_network import TRIAL_SECONDS, fit_network
from tests.reading.sheets import DATA, LESSON, open_table

SOFTMAX = {"activations": ("softmax",), "loss": "categorical_cross_entropy"}
CLASSES = "Softmax output with categorical cross-entropy (each row is one class of several)"
SCALED = "(large, small or unlike numbers are hard to learn from)"
BIAS = "a bias (for the answer to a row of zeros)"


def table_of(inputs: tuple[tuple[float, ...], ...], targets: tuple[tuple[float, ...], ...]) -> EditedTable:
    return EditedTable.from_experiment(Experiment(inputs=inputs, targets=targets, activations=("linear",)))


@pytest.fixture
def iris() -> EditedTable:
    return open_table((DATA / "r-write-csv.csv").read_bytes())[0]


def test_a_network_that_can_give_the_answers_stays_as_it_is() -> None:
    e = Experiment(hidden=(3,), activations=("tanh", "sigmoid"), seed=7, initializer="glorot_uniform")
    assert fit_network(LESSON, settings_of(e)) == (e, "")


@pytest.mark.parametrize("name", sorted(set(PRESETS) - {"xor_one_neuron"}))
def test_a_preset_stays_as_it_is(name: str) -> None:
    e = PRESETS[name]
    assert fit_network(EditedTable.from_experiment(e), settings_of(e)) == (e, "")


@pytest.mark.parametrize(
    ("targets", "output", "loss", "why"),
    [
        (((58,), (63,), (72,)), "linear", "mean_squared_error", "(the answers are numbers)"),
        (((-1,), (1,), (1,)), "tanh", "mean_squared_error", "(each answer is one of two)"),
        (((0,), (1,), (1,)), "sigmoid", "half_squared_error", ""),
        (((0, 1), (1, 0), (1, 0)), "softmax", "categorical_cross_entropy", "(each row is one class of several)"),
        (((0, 1), (1, 1), (1, 0)), "sigmoid", "half_squared_error", ""),
    ],
)
def test_output_and_loss_change_where_they_must(
    targets: tuple[tuple[float, ...], ...], output: str, loss: str, why: str
) -> None:
    e = Experiment(
        inputs=((1,), (2,), (3,)),
        targets=((0,), (1,), (0,)),
        hidden=(2,),
        activations=("relu", "sigmoid"),
        learning_rate=0.01,
        bias=True,
    )
    found, words = fit_network(table_of(e.inputs, targets), settings_of(e))
    assert (found.activations, found.loss) == (("relu", output), loss)
    assert (found.hidden, found.seed) == (e.hidden, e.seed)
    assert why in words
    assert bool(why) == ("output with" in words)


def test_classes_take_the_place_of_a_softmax_of_numbers_and_back(iris: EditedTable) -> None:
    settled = settings_of(Experiment(learning_rate=0.1, bias=True))
    found, words = fit_network(iris, settled | SOFTMAX)
    assert (found.activations, words) == (("softmax",), "")
    found, words = fit_network(LESSON, settings_of(Experiment()) | SOFTMAX)
    assert (found.activations, found.loss) == (("sigmoid",), "binary_cross_entropy")
    assert words == "Sigmoid output with binary cross-entropy (each answer is one of two)"
    found, words = fit_network(iris, settled | {"loss": "categorical_cross_entropy"})
    assert words == CLASSES


def test_classes_get_a_network_that_learns_them(iris: EditedTable) -> None:
    found, words = fit_network(iris, settings_of(Experiment()))
    assert words == f"{CLASSES}, {BIAS}, learning rate 0.1 (1 was tried and learned less)"
    run = record(found)
    assert accuracy(found, run.outputs[-1], found.train_rows) > 0.95
    assert run.loss[-1] < 0.1
    calm, words = fit_network(iris, settings_of(Experiment(learning_rate=0.1)))
    assert (calm.learning_rate, words) == (0.1, f"{CLASSES}, {BIAS}")


CELSIUS = ((-40,), (-10,), (0,), (8,), (15,), (22,), (38,))
FAHRENHEIT = ((-40,), (14,), (32,), (46,), (59,), (72,), (100,))


def test_large_numbers_are_scaled_and_get_a_rate_that_does_not_diverge() -> None:
    found, words = fit_network(table_of(CELSIUS, FAHRENHEIT), settings_of(Experiment()))
    assert (found.scaling, found.target_scaling, found.learning_rate) == ("standard", "standard", 0.1)
    assert words == (
        "Linear output with mean squared error (the answers are numbers), "
        f"{BIAS}, inputs and targets scaled {SCALED}, learning rate 0.1 (1 was tried and learned less)"
    )
    history = record(found)
    assert history.diverged_at is None
    share = r_squared(found, history.outputs[-1], found.train_rows)
    assert share is not None
    assert share > 0.999


@pytest.mark.parametrize("name", ["houses-usa.csv", "rents-germany.csv", "missing.csv", "tabs.txt", "savetxt.txt"])
def test_the_loss_of_a_regression_falls_and_never_rises(name: str) -> None:
    table, _ = open_table((DATA / "kinds" / name).read_bytes())
    found, _ = fit_network(table, settings_of(Experiment()))
    history = record(found)
    assert history.diverged_at is None
    assert history.loss[-1] < 0.2 * history.loss[0]


ORDERS = ((120, 1), (200, 2), (1250, 2), (80, 1), (150, 3), (60, 2))
SENT = ((0,), (1,), (1,), (0,), (1,), (0,))


def test_an_output_that_learns_nothing_changes_too() -> None:
    found, words = fit_network(table_of(ORDERS, SENT), settings_of(Experiment(activations=("step",))))
    assert (found.activations, found.loss) == (("sigmoid",), "binary_cross_entropy")
    assert words == (
        f"{BIAS}, inputs scaled {SCALED}, Sigmoid output with binary cross-entropy "
        "(step output with half squared error was tried and did not learn)"
    )


def test_scaling_that_was_chosen_stays_and_that_of_targets_goes_where_they_are_classes() -> None:
    chosen = Experiment(activations=("linear",), bias=True, scaling="min_max", target_scaling="standard")
    found, words = fit_network(table_of(ORDERS, SENT), settings_of(chosen))
    assert (found.scaling, found.target_scaling, found.activations) == ("min_max", "none", ("sigmoid",))
    assert words.startswith("Sigmoid output with binary cross-entropy (each answer is one of two), targets as they are")
    found, words = fit_network(table_of(CELSIUS, FAHRENHEIT), settings_of(chosen))
    assert (found.scaling, found.target_scaling, found.activations) == ("min_max", "standard", ("linear",))
    assert "scaled" not in words


def test_numbers_between_0_and_1_get_an_output_that_does_not_bend_them() -> None:
    shares = tuple(((f + 40) / 140,) for (f,) in FAHRENHEIT)
    found, _ = fit_network(table_of(CELSIUS, shares), settings_of(Experiment()))
    assert found.activations == ("linear",)
    assert (r_squared(found, record(found).outputs[-1], found.train_rows) or 0) > 0.99


def test_an_output_with_bounds_goes_where_targets_are_scaled_unless_they_then_fit() -> None:
    small = tuple((f / 100_000,) for (f,) in FAHRENHEIT[1:])
    found, _ = fit_network(table_of(CELSIUS[1:], small), settings_of(Experiment(bias=True)))
    assert (found.activations, found.target_scaling) == (("linear",), "standard")
    fits = Experiment(bias=True, target_scaling="min_max", learning_rate=0.1)
    found, _ = fit_network(table_of(CELSIUS, FAHRENHEIT), settings_of(fits))
    assert (found.activations, found.target_scaling) == (("sigmoid",), "min_max")


def test_a_bias_is_added_unless_a_column_stands_for_it() -> None:
    found, words = fit_network(table_of(((0,), (1,)), ((0,), (1,))), settings_of(Experiment()))
    assert found.bias
    assert words == BIAS
    found, words = fit_network(table_of(((0, 1), (1, 1)), ((0,), (1,))), settings_of(Experiment()))
    assert not found.bias
    assert words == ""
    assert fit_network(table_of(((0, 0), (1, 0)), ((0,), (1,))), settings_of(Experiment()))[0].bias


def test_fewer_epochs_where_training_would_take_too_long(iris: EditedTable) -> None:
    settings = settings_of(Experiment(epochs=1_000_000, learning_rate=0.001, bias=True))
    found, words = fit_network(iris, settings | SOFTMAX | {"batch_size": 1})
    assert found.epochs < 1_000_000
    assert words.startswith(f"{found.epochs:,} epochs (more would take too long)")


def test_start_weights_by_hand_go() -> None:
    e = Experiment(initial_weights=(((1,), (2,), (3,)),))
    found, _ = fit_network(table_of(((1,), (2,)), ((0,), (1,))), settings_of(e))
    assert found.initial_weights == ()


def test_settings_that_cannot_be_trained_are_named() -> None:
    for field in ("epochs", "learning_rate", "seed"):
        with pytest.raises(ExperimentError) as caught:
            fit_network(LESSON, settings_of(Experiment()) | {field: None})
        assert caught.value.field == field


@pytest.fixture
def trainings(monkeypatch: pytest.MonkeyPatch) -> list[Experiment]:
    """The experiments that were tried."""
    tried: list[Experiment] = []

    def count(experiment: Experiment) -> History:
        tried.append(experiment)
        return record(experiment)

    monkeypatch.setattr(module, "record", count)
    return tried


def test_what_is_tried_is_little_and_short(trainings: list[Experiment]) -> None:
    rows = tuple((float(n % 97), float(n % 89) * 1e6) for n in range(1_000))
    fit_network(table_of(rows, tuple((x + y,) for x, y in rows)), settings_of(Experiment(epochs=LIMITS["epochs"])))
    assert len(trainings) <= 20
    assert max(e.predicted_seconds for e in trainings) <= TRIAL_SECONDS
    assert max(e.epochs for e in trainings) <= module.TRIAL_EPOCHS
