"""A sweep is the experiment itself with one or two settings changed, and folds back cell by cell."""

import pickle
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from engine import Experiment, ExperimentError, ManyRecorder, record_many
from engine.comparison.run_statistics import epochs_needed
from engine.comparison.sweep import Axis, fold, make_sweep

XOR = Experiment(
    targets=((0,), (0,), (1,), (1,)),
    hidden=(2,),
    activations=("tanh", "sigmoid"),
    learning_rate=0.5,
    bias=True,
    initializer="uniform_-1_1",
    epochs=600,
)
RATES = Axis("learning_rate", (0.1, 0.5, 2.0))
WIDTHS = Axis("hidden", ((), (2,), (4,), (4, 3)))


def test_start_biases_by_hand_go_where_there_is_no_bias() -> None:
    e = Experiment(bias=True, initial_weights=(((1,), (2,), (3,)),), initial_biases=((4,),), epochs=5)
    without, with_bias = make_sweep(e, [Axis("bias", (False, True))], [1]).experiments
    assert (without.bias, without.initial_weights, without.initial_biases) == (False, e.initial_weights, ())
    assert with_bias == e
    several = make_sweep(e, [Axis("bias", (False, True))], [1, 2]).experiments
    assert [each.initial_biases for each in several] == [()] * 4


def test_every_experiment_is_the_one_that_replace_makes() -> None:
    sweep = make_sweep(XOR, [WIDTHS, RATES], range(4))
    assert sweep.shape == (4, 3)
    assert len(sweep.experiments) == 48
    acts = {0: ("sigmoid",), 1: ("tanh", "sigmoid"), 2: ("tanh", "tanh", "sigmoid")}
    for row, hidden in enumerate(WIDTHS.values):
        assert isinstance(hidden, tuple)
        for column, rate in enumerate((0.1, 0.5, 2.0)):
            expected = [
                replace(XOR, hidden=hidden, activations=acts[len(hidden)], learning_rate=rate, seed=seed)
                for seed in range(4)
            ]
            assert list(sweep.experiments[sweep.networks_in(row, column)]) == expected
    assert all(e.inputs is XOR.inputs for e in sweep.experiments)


def test_activations_of_an_axis_go_with_the_number_of_layers() -> None:
    names = Axis("activations", (("tanh", "sigmoid"), ("relu", "sigmoid")))
    sweep = make_sweep(XOR, [WIDTHS, names], [1])
    acts = {0: ("sigmoid",), 1: ("relu", "sigmoid"), 2: ("relu", "relu", "sigmoid")}
    assert [e.activations for e in sweep.experiments[1::2]] == [acts[layers] for layers in (0, 1, 1, 2)]
    assert len(make_sweep(Experiment(epochs=5), [WIDTHS, Axis("activations", (("tanh",),))], [1]).experiments) == 4


def test_cells_are_those_of_their_networks() -> None:
    sweep = make_sweep(XOR, [WIDTHS, RATES], range(5))
    runs = record_many(sweep.experiments)
    cells = fold(sweep, runs)
    for cell in np.ndindex(sweep.shape):
        part = sweep.networks_in(*cell)
        assert cells.learned[cell] == runs.learned[part].mean()
        assert cells.loss[cell] == np.median(runs.final_loss[part])
        assert cells.epochs[cell] == np.median(epochs_needed(runs)[part])
        assert cells.done[cell] == 1
    assert cells.learned[0].max() == 0
    assert cells.learned[2].max() > 0.5


def test_scaling_can_be_swept() -> None:
    e = replace(XOR, inputs=((0, 0, 1), (300, 1, 1), (300, 0, 1), (0, 1, 1)), targets=((0,), (0,), (1,), (None,)))
    sweep = make_sweep(e, [Axis("scaling", ("none", "standard", "min_max"))], [1, 2])
    assert sweep.experiments[3] == replace(e, scaling="standard", seed=2)
    runs = record_many(sweep.experiments)
    assert len({loss.tobytes() for loss in runs.loss}) == 6
    with pytest.raises(ExperimentError, match="scaling"):
        make_sweep(e, [Axis("scaling", ("none", "of the fish"))], [1])


def test_without_axes_it_is_a_fan_of_seeds() -> None:
    sweep = make_sweep(XOR, [], range(5))
    assert sweep.shape == ()
    assert list(sweep.experiments) == [replace(XOR, seed=seed) for seed in range(5)]
    assert sweep.networks_in() == slice(0, 5)
    runs = record_many(sweep.experiments)
    assert float(fold(sweep, runs).loss) == np.median(runs.final_loss)


def test_a_stopped_sweep_has_cells_that_have_not_begun() -> None:
    sweep = make_sweep(replace(XOR, epochs=5_000), [WIDTHS], range(100))
    recorder = ManyRecorder(sweep.experiments)
    for share in recorder:
        if share > 0.3:
            break
    cells = fold(sweep, recorder.runs())
    assert cells.done[0] == 1
    assert cells.done[-1] == 0
    assert np.isnan([cells.learned[-1], cells.loss[-1], cells.epochs[-1]]).all()
    assert not np.isnan([cells.learned[0], cells.loss[0], cells.epochs[0]]).any()


def test_diverged_cells_have_infinite_values() -> None:
    e = Experiment(activations=("linear",), epochs=100)
    sweep = make_sweep(e, [Axis("learning_rate", (0.1, 100.0)), Axis("l2", (0.0, 0.1))], (1, 2))
    cells = fold(sweep, record_many(sweep.experiments))
    assert np.isfinite(cells.loss[0]).all()
    assert np.isinf(cells.loss[1]).all()
    assert cells.learned[1].tolist() == [0, 0]


def test_start_weights_by_hand_stay_where_nothing_is_drawn() -> None:
    e = Experiment(initial_weights=(((1,), (2,), (3,)),))
    rates = Axis("learning_rate", (0.1, 1.0))
    assert [one.initial_weights for one in make_sweep(e, [rates], [1]).experiments] == [e.initial_weights] * 2
    assert {one.initial_weights for one in make_sweep(e, [rates], [1, 2]).experiments} == {()}
    assert {one.initial_weights for one in make_sweep(e, [Axis("initializer", ("zeros",))], [1]).experiments} == {()}


def test_a_sweep_can_be_sent_to_another_process() -> None:
    sweep = make_sweep(XOR, [WIDTHS, RATES], range(4))
    sent = pickle.loads(pickle.dumps(sweep))
    assert sent.experiments == sweep.experiments
    assert len(pickle.dumps(sweep)) < 400 * len(sweep.experiments)


@pytest.mark.parametrize(
    ("axes", "seeds", "words"),
    [
        ([RATES, WIDTHS, Axis("l2", (0.0,))], [1], "at most two settings"),
        ([RATES, RATES], [1], "Both axes"),
        ([Axis("learning_rate", ())], [1], "no value"),
        ([Axis("epochs", (5, 10))], [1], "not a setting that a sweep can change"),
        ([Axis("inputs", (5, 10))], [1], "not a setting that a sweep can change"),
        ([Axis("magic", (5, 10))], [1], "not a setting that a sweep can change"),
        ([RATES], [], "no seed"),
        ([Axis("learning_rate", (0.1, 0))], [1], "The learning rate is 0"),
        ([Axis("hidden", (4,))], [1], "not a list"),
        ([Axis("hidden", ((65,),))], [1], "outside 1 to 64"),
        ([Axis("l2", tuple(range(300))), Axis("l1", tuple(range(300)))], [1], "use fewer seeds or fewer values"),
    ],
)
def test_what_is_no_sweep_is_refused_in_words(axes: Sequence[Axis], seeds: Sequence[int], words: str) -> None:
    with pytest.raises(ExperimentError, match=words):
        make_sweep(XOR, axes, seeds)
