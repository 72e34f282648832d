"""What is found of many networks at once is what the readable forms find of each."""

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine import LOSSES, Experiment
from engine.model.network import forward, initial_parameters
from engine.model.outcome import has_learned
from engine.model.targets import correct_rows
from engine.model.types import Array, join_flat
from engine.stacks.evaluation import Evaluation, Evaluator
from engine.stacks.stacked_training import StackedTraining, initial_stack
from tests.engine.strategies import STEADY, deep, experiments, scaled_experiments


def evaluate_seeds(e: Experiment, seeds: range) -> Evaluation:
    return Evaluator(e).evaluate(initial_stack([replace(e, seed=seed) for seed in seeds]).numbers[0])


@STEADY
@given(e=experiments() | scaled_experiments(), stops=st.booleans())
def test_many_are_evaluated_like_one_after_the_other(e: Experiment, stops: bool) -> None:
    if stops:
        e = replace(e, stop_when_right=True)
    found = evaluate_seeds(e, range(5))
    assert found.is_finite.all()
    loss = LOSSES[e.loss].value
    for seed in range(5):
        weights, biases = initial_parameters(replace(e, seed=seed))
        passed = forward(e, weights, biases if e.bias else [], e.input_array)
        logits, outputs = passed.pre_activations[-1], passed.outputs[-1]
        for rows, losses in ((e.train_rows, found.loss), (e.test_rows, found.test_loss)):
            if not rows:
                assert losses is None
                continue
            part = list(rows)
            wanted = loss(logits[part], outputs[part], e.target_array[part])
            assert losses is not None
            np.testing.assert_allclose(losses[seed], wanted, rtol=1e-9)
        answers = e.unscale_outputs(outputs)
        assert found.right[seed] == has_learned(e, answers)
        assert found.stops[seed] == (stops and bool(correct_rows(e, answers)[list(e.train_rows)].all()))


def test_each_of_many_stops_below_its_loss() -> None:
    e = deep()
    losses = evaluate_seeds(e, range(20)).loss
    level = float(np.median(losses))
    assert np.array_equal(evaluate_seeds(replace(e, stop_loss=level), range(20)).stops, losses < level)


def test_a_number_that_is_not_finite_spoils_its_own_network_only() -> None:
    e = deep()
    values = initial_stack([replace(e, seed=seed) for seed in range(6)]).numbers[0]
    whole = Evaluator(e).evaluate(values)
    values[1, 0], values[4, -1] = np.inf, np.nan
    found = Evaluator(e).evaluate(values)
    assert found.is_finite.tolist() == [True, False, True, True, False, True]
    assert np.array_equal(found.loss[found.is_finite], whole.loss[found.is_finite])


def test_parts_make_one_evaluation() -> None:
    e = deep()
    values: Array = initial_stack([replace(e, seed=seed) for seed in range(7)]).numbers[0]
    evaluator = Evaluator(e)
    whole = evaluator.evaluate(values)
    joined = Evaluation.join([evaluator.evaluate(values[:3]), evaluator.evaluate(values[3:])])
    for name in Evaluation.__slots__:
        assert np.array_equal(getattr(joined, name), getattr(whole, name)), name


def test_a_stack_begins_with_the_numbers_that_each_network_begins_with() -> None:
    these = [replace(deep(optimizer="adam"), seed=seed) for seed in range(9)]
    training = StackedTraining(these)
    for values, e in zip(training.values(), these, strict=True):
        assert np.array_equal(values, join_flat(zip(*initial_parameters(e), strict=True)))
    assert training.numbers.ctypes.data % 64 == 0
