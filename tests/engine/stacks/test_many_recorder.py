"""Many trainings can be watched, stopped, sent to another process, and take a bounded memory."""

import pickle
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from engine import LIMITS, Experiment, ExperimentError, ManyRecorder, record, record_many
from tests.engine.made_up import add_made_up_entries, made_up_experiment
from tests.engine.strategies import deep
from tests.engine.training_clock import let_training_tell_the_time

XOR = Experiment(
    targets=((0,), (0,), (1,), (1,)),
    hidden=(4,),
    activations=("tanh", "sigmoid"),
    learning_rate=0.5,
    bias=True,
    initializer="uniform_-1_1",
    epochs=5_000,
)
SEEDS = [replace(XOR, seed=seed) for seed in range(600)]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    return let_training_tell_the_time(monkeypatch)


def test_progress_rises_from_zero_to_exactly_one() -> None:
    heard: list[float] = []
    record_many([*SEEDS, *(replace(e, hidden=(2,)) for e in SEEDS)], heard.append)
    assert heard[0] == 0.0
    assert heard[-1] == 1.0
    assert heard == sorted(set(heard))
    assert len(heard) > 5


def test_a_turn_takes_a_twentieth_of_a_second(clock: list[float]) -> None:
    began, turns = 0.0, list[float]()
    for _ in ManyRecorder(SEEDS):
        turns.append(clock[0] - began)
        began = clock[0]
    assert max(turns) < 0.06
    assert len(turns) > 100


def test_others_have_their_turn_while_divergence_is_searched_for(clock: list[float]) -> None:
    e = Experiment(inputs=((1,),), targets=((0,),), activations=("linear",), epochs=100_000, learning_rate=2.01)
    began, turns = 0.0, list[float]()
    recorder = ManyRecorder([e, replace(e, learning_rate=2.02)])
    for _ in recorder:
        turns.append(clock[0] - began)
        began = clock[0]
    assert max(turns) < 0.06
    assert recorder.runs().diverged_at.tolist() == [record(one).diverged_at for one in recorder.experiments]


def test_stopped_it_keeps_what_is_done() -> None:
    recorder = ManyRecorder(SEEDS)
    for share in recorder:
        if share > 0.6:
            break
    runs, whole = recorder.runs(), record_many(SEEDS)
    assert 0 < runs.is_done.sum() < len(SEEDS)
    assert whole.is_done.all()
    for network in range(len(SEEDS)):
        frames = runs.frames[network]
        assert np.array_equal(runs.loss[network, :frames], whole.loss[network, :frames])
        assert np.isnan(runs.loss[network, frames:]).all()
        assert runs.learned[network] == (frames > 0 and runs.right[network, frames - 1])
    assert (runs.frames[runs.is_done] == len(runs.epochs)).all()
    assert set(runs.frames[~runs.is_done]) - {0} != set()
    assert np.isnan(runs.final_loss[runs.frames == 0]).all()


def test_taken_up_again_and_looked_at_in_between_it_carries_on() -> None:
    recorder = ManyRecorder(SEEDS)
    for share in recorder:
        recorder.runs()
        if share > 0.3:
            break
    for _ in recorder:
        recorder.runs()
    assert np.array_equal(recorder.runs().loss, record_many(SEEDS).loss)


def test_what_is_trained_alone_can_be_stopped_too(monkeypatch: pytest.MonkeyPatch) -> None:
    add_made_up_entries(monkeypatch)
    e = replace(made_up_experiment(), epochs=5_000)
    recorder = ManyRecorder([e, replace(e, seed=2)])
    for share in recorder:
        if share > 0.25:
            break
    runs = recorder.runs()
    assert runs.is_done.tolist() == [False, False]
    assert 0 < runs.frames[0] < len(runs.epochs)
    assert runs.frames[1] == 0
    for _ in recorder:
        pass
    assert np.array_equal(recorder.runs().loss[0], record(e).loss)


def test_nothing_is_known_before_the_first_turn() -> None:
    runs = ManyRecorder(SEEDS).runs()
    assert runs.frames.max() == 0
    assert not runs.learned.any()
    assert np.isnan(runs.final_loss).all()


def test_the_prediction_knows_that_a_stack_is_cheap() -> None:
    alone = sum(e.predicted_seconds for e in SEEDS)
    assert alone / 100 < ManyRecorder(SEEDS).predicted_seconds < alone / 5


def many_small() -> list[Experiment]:
    """As many networks as are kept at all."""
    e = Experiment(epochs=139, test_rows=(1,))
    kept = replace(e, seed=2)
    return [e, kept] * (MOST_NETWORKS // 2)


def few_large() -> list[Experiment]:
    """Networks near the limits of their table and of their weights."""
    random = np.random.RandomState(0)
    inputs, targets = random.rand(70, 60).round(3), random.randint(0, 2, (70, 10))
    e = Experiment(
        inputs=tuple(map(tuple, inputs.tolist())),
        targets=tuple(map(tuple, targets.tolist())),
        hidden=(60, 10),
        activations=("leaky_relu", "tanh", "sigmoid"),
        optimizer="adam",
        learning_rate=0.01,
        l1=0.001,
        bias=True,
        epochs=5,
    )
    return [replace(e, seed=seed) for seed in range(64)]


MOST_NETWORKS = 10_000


@pytest.mark.parametrize("networks", [many_small, few_large])
def test_memory_is_bounded(networks: Callable[[], list[Experiment]]) -> None:
    experiments = networks()
    tracemalloc.start()
    record_many(experiments)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 3e6 * LIMITS["megabytes"]


def test_history_is_the_whole_training_bit_for_bit() -> None:
    runs = record_many([replace(XOR, epochs=50, seed=seed) for seed in range(3)])
    found, alone = runs.history(2), record(replace(XOR, epochs=50, seed=2))
    assert found.experiment == alone.experiment
    assert np.array_equal(found.outputs, alone.outputs)
    assert np.array_equal(found.memory, alone.memory)


def test_runs_can_be_sent_to_another_process() -> None:
    runs = record_many([replace(deep(), seed=seed) for seed in range(3)])
    sent = pickle.loads(pickle.dumps(runs))
    assert sent.experiments == runs.experiments
    for name in ("epochs", "loss", "test_loss", "right", "frames", "diverged_at", "is_done"):
        assert np.array_equal(getattr(sent, name), getattr(runs, name), equal_nan=name.endswith("loss"))
    assert np.array_equal(sent.history(1).loss, runs.history(1).loss)
    with pytest.raises(ValueError, match="read-only"):
        runs.loss[0, 0] = 1.0


def test_what_cannot_be_compared_or_kept_is_refused_with_the_way_out() -> None:
    with pytest.raises(ExperimentError, match="at least one experiment"):
        record_many([])
    with pytest.raises(ExperimentError, match="from 5 to 10,000") as refused:
        record_many([Experiment(), Experiment(epochs=5)])
    assert refused.value.field == "epochs"
    nothing: Any = [Experiment(), None]
    with pytest.raises(ExperimentError, match="Number 2 to train is None, not an Experiment"):
        record_many(nothing)
    most = [Experiment()] * 20_000
    with pytest.raises(ExperimentError, match=r"40,000 networks would take 7\d MB to keep, at most 32: that is 1\d,\d"):
        record_many([*most, *most])
    long = replace(XOR, hidden=(64, 64), activations=("tanh", "tanh", "sigmoid"), epochs=100_000)
    with pytest.raises(ExperimentError, match=r"500 networks would train for about \d\d minutes, at most 10"):
        ManyRecorder([replace(long, seed=seed) for seed in range(500)])
