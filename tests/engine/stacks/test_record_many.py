"""Every network of a stack comes out as the same experiment trained alone."""

from dataclasses import replace
from itertools import chain

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine import INITIALIZERS, LIMITS, OPTIMIZERS, Experiment, record, record_many
from engine.stacks import stacked_training
from engine.stacks.stack_groups import split_into_stacks
from engine.stacks.stack_layouts import NETWORKS_FIRST, NETWORKS_LAST, StackLayout, choose_layout
from tests.engine.changed_experiments import with_stop_rules
from tests.engine.made_up import add_made_up_entries, made_up_experiment
from tests.engine.stacks.trained_alone import assert_same_as_alone, is_stable
from tests.engine.strategies import (
    HIDDEN,
    OUTPUTS,
    SEVERAL,
    STEADY,
    deep,
    experiments,
    is_tame,
    scaled_experiments,
    shallow,
)

XOR = Experiment(
    targets=((0,), (0,), (1,), (1,)),
    hidden=(4,),
    activations=("tanh", "sigmoid"),
    learning_rate=0.5,
    bias=True,
    initializer="uniform_-1_1",
)

ANY = experiments()


@st.composite
def stacks(draw: st.DrawFn, like: st.SearchStrategy[Experiment] = ANY) -> list[Experiment]:
    """Stable experiments that differ in everything that changes no shape."""
    networks = [e for e in draw(networks_like(draw(like))) if is_stable(e)]
    assume(networks)
    return networks


@st.composite
def networks_like(draw: st.DrawFn, e: Experiment) -> list[Experiment]:
    return [
        replace(
            e,
            seed=draw(st.integers(0, 2**32 - 1)),
            initializer=draw(st.sampled_from(sorted(INITIALIZERS))),
            learning_rate=draw(st.sampled_from((0.01, 0.05, 0.1))),
            l1=draw(st.sampled_from((0.0, 0.01, 0.02))),
            l2=draw(st.sampled_from((0.0, 0.1))),
        )
        for _ in range(draw(st.integers(1, 6)))
    ]


@SEVERAL
@given(stacks())
def test_networks_of_a_stack_are_as_if_trained_alone(networks: list[Experiment]) -> None:
    assert_same_as_alone(record_many(networks))


@STEADY
@given(stacks(experiments().flatmap(with_stop_rules)))
def test_rules_stop_networks_of_a_stack_where_they_stop_them_alone(networks: list[Experiment]) -> None:
    assert_same_as_alone(record_many(networks))


@pytest.mark.parametrize("stopping", [replace(XOR, stop_loss=0.01), replace(XOR, stop_loss=0.02, stop_when_right=True)])
def test_each_network_of_a_stack_stops_by_itself(stopping: Experiment) -> None:
    e = replace(stopping, epochs=300)
    networks = [replace(e, seed=seed, learning_rate=rate) for seed in range(12) for rate in (0.5, 1e9)]
    assert len(split_into_stacks(networks)) == 1
    runs = record_many(networks)
    assert len(set(runs.frames.tolist())) > 4
    assert runs.is_done.all()
    assert_same_as_alone(runs)


@STEADY
@given(scaled_experiments().filter(is_tame).flatmap(networks_like))
def test_scaled_columns_and_questions_are_stacked_too(networks: list[Experiment]) -> None:
    assert_same_as_alone(record_many(networks))


@pytest.mark.parametrize("optimizer", sorted(OPTIMIZERS))
@pytest.mark.parametrize("hidden", HIDDEN)
@pytest.mark.parametrize(("output", "loss"), OUTPUTS)
def test_every_part_is_stacked(hidden: str, output: str, loss: str, optimizer: str) -> None:
    e = replace(shallow(hidden, output, loss, optimizer), epochs=4)
    networks = [replace(e, seed=seed, learning_rate=0.01 * (seed + 1)) for seed in range(5)]
    assert split_into_stacks(networks) == [[0, 1, 2, 3, 4]]
    assert_same_as_alone(record_many(networks))


@pytest.mark.parametrize("layout", [NETWORKS_LAST, NETWORKS_FIRST], ids=["last", "first"])
@pytest.mark.parametrize("optimizer", sorted(OPTIMIZERS))
@pytest.mark.parametrize(("output", "loss"), OUTPUTS)
def test_bits_are_the_same_where_sums_have_one_term(
    output: str, loss: str, optimizer: str, layout: StackLayout, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Softmax has two outputs at least, over which the error of a layer below is a sum: it stands alone here. Of two
    products some processors round only one before they add them up, and whether they do depends on the call."""
    monkeypatch.setattr(stacked_training, "choose_layout", lambda experiment: layout)
    for hidden in [(name, name) for name in HIDDEN] if output != "softmax" else [()]:
        e = Experiment(
            inputs=((0.75,),),
            targets=((0, 1),) if output == "softmax" else ((1,),),
            hidden=(1,) * len(hidden),
            activations=(*hidden, output),
            loss=loss,
            optimizer=optimizer,
            l1=0.01,
            l2=0.1,
            initializer="uniform_-1_1",
            epochs=20,
        )
        networks = [replace(e, seed=seed, learning_rate=0.01 * (seed + 1)) for seed in range(3)]
        runs = record_many(networks)
        for found, network in zip(runs.loss, networks, strict=True):
            assert found.tobytes() == record(network).loss.tobytes(), network


def test_both_layouts_are_used_and_agree() -> None:
    small, large = XOR, replace(XOR, hidden=(8, 8), activations=("tanh", "tanh", "sigmoid"), batch_size=3)
    for e, layout in ((small, NETWORKS_LAST), (large, NETWORKS_FIRST)):
        assert choose_layout(e) is layout
        assert_same_as_alone(record_many([replace(e, epochs=200, seed=seed) for seed in range(20)]))


def test_any_mix_of_experiments_keeps_its_order() -> None:
    mix = [
        replace(e, epochs=10, seed=seed)
        for seed in range(3)
        for e in (
            Experiment(),
            XOR,
            replace(XOR, batch_size=2),
            replace(XOR, loss="binary_cross_entropy"),
            replace(XOR, optimizer="adam"),
            replace(XOR, test_rows=(1,)),
            replace(XOR, initial_weights=tuple(((0.1 * (seed + 1),) * out,) * into for into, out in XOR.shapes)),
            deep(),
        )
    ]
    assert_same_as_alone(record_many(mix))
    assert len(split_into_stacks(mix)) == 7  # start weights by hand are not a stack of their own
    assert sorted(chain.from_iterable(split_into_stacks(mix))) == list(range(len(mix)))


def test_tables_are_told_apart_by_their_numbers() -> None:
    one, same = (
        Experiment(epochs=5),
        Experiment(epochs=5, inputs=tuple(map(tuple, np.array(Experiment().inputs).tolist()))),
    )
    other = Experiment(epochs=5, inputs=((0, 0, 2), (1, 1, 1), (1, 0, 1), (0, 1, 1)))
    assert split_into_stacks([one, other, same]) == [[0, 2], [1]]


def test_what_cannot_be_stacked_is_trained_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    add_made_up_entries(monkeypatch)
    for e in (made_up_experiment(), made_up_experiment("ring")):
        assert split_into_stacks([e, e]) == [[0], [1]]
        runs = record_many([e, replace(e, seed=2)])
        for network in range(2):
            assert np.array_equal(runs.loss[network], record(runs.experiments[network]).loss)
        assert_same_as_alone(runs, 0.0)
        stacked = replace(e, loss="mean_squared_error", optimizer="adam")
        assert split_into_stacks([stacked, stacked]) == [[0, 1]]
        assert_same_as_alone(record_many([stacked, replace(stacked, seed=2)]))


@pytest.mark.parametrize("hidden", [(), (3,)])
@pytest.mark.parametrize("small", [False, True])
@pytest.mark.parametrize("layout", [NETWORKS_LAST, NETWORKS_FIRST], ids=["last", "first"])
def test_diverged_networks_end_as_alone_and_disturb_no_other(
    hidden: tuple[int, ...], small: bool, layout: StackLayout, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stacked_training, "choose_layout", lambda experiment: layout)
    e = Experiment(
        hidden=hidden,
        activations=("linear",) * (len(hidden) + 1),
        bias=True,
        batch_size=3 if small else None,
        test_rows=(1,),
        epochs=3_000,
    )
    rates = (0.01, 1e9, 0.02, 0.9, 3.0, 0.03, 1e3)
    runs = record_many([replace(e, learning_rate=rate) for rate in rates])
    assert [bool(at >= 0) for at in runs.diverged_at] == [rate > 0.1 for rate in rates]
    assert_same_as_alone(runs)
    calm = record_many([replace(e, learning_rate=rate) for rate in rates if rate < 0.1])
    assert np.array_equal(runs.loss[[0, 2, 5]], calm.loss)


@pytest.mark.parametrize("epochs", [139, 5_000])
def test_slow_divergence_is_placed_between_kept_epochs(epochs: int) -> None:
    e = Experiment(inputs=((1,),), targets=((0,),), activations=("linear",), epochs=epochs, learning_rate=2.2)
    runs = record_many([replace(e, learning_rate=rate) for rate in (2.2, 0.1, 2.3)])
    assert_same_as_alone(runs)


def test_numbers_too_large_from_the_start_are_shown_at_epoch_0(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LIMITS, "number", 10**300)
    wild = Experiment(inputs=((1e200,),), targets=((0,),), activations=("linear",), epochs=5)
    calm = replace(wild, initial_weights=(((0.0,),),))
    runs = record_many([wild, calm])
    assert record(wild).diverged_at == 0
    assert runs.diverged_at.tolist() == [0, -1]
    assert runs.frames.tolist() == [1, 6]
    assert runs.loss[0, 0] == np.inf
    assert runs.learned.tolist() == [False, True]
