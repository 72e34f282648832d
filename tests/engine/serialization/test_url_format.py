"""A link carries an experiment, bit for bit, today and in ten years."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import LIMITS, PRESETS, Experiment
from engine.serialization.url_format import URL_FIELDS, from_url, to_url
from tests.engine.changed_experiments import (
    with_derived_inputs,
    with_earlier_tables,
    with_frozen_parts,
    with_optimizer_changes,
    with_rate_changes,
    with_stop_rules,
)
from tests.engine.strategies import STEADY, experiments, scaled_experiments


def assert_survives(e: Experiment) -> None:
    link = to_url(e)
    back, problems = from_url(link)
    assert problems == ()
    assert back == e
    assert hash(back) == hash(e)
    assert to_url(back) == link
    assert link["seed"] == str(e.seed)


@STEADY
@given(experiments())
def test_any_experiment_survives(e: Experiment) -> None:
    assert_survives(e)


@STEADY
@given(experiments().flatmap(with_derived_inputs))
def test_derived_inputs_survive(e: Experiment) -> None:
    assert_survives(e)


@STEADY
@given(experiments().flatmap(with_rate_changes).flatmap(with_optimizer_changes).flatmap(with_stop_rules))
def test_schedules_and_stop_rules_survive(e: Experiment) -> None:
    assert_survives(e)


@STEADY
@given((experiments() | scaled_experiments()).flatmap(with_earlier_tables))
def test_earlier_tables_survive(e: Experiment) -> None:
    assert_survives(e)


@STEADY
@given(experiments().flatmap(with_frozen_parts))
def test_what_is_frozen_survives(e: Experiment) -> None:
    assert_survives(e)


@pytest.mark.parametrize("name", sorted(PRESETS))
def test_presets_survive(name: str) -> None:
    assert_survives(PRESETS[name])


CELLS = st.floats(-LIMITS["number"], LIMITS["number"])


@STEADY
@given(st.data())
def test_any_number_anywhere_survives(data: st.DataObject) -> None:
    def layer(rows: int, columns: int) -> tuple[tuple[float, ...], ...]:
        return data.draw(st.tuples(*[st.tuples(*[CELLS] * columns)] * rows))

    rows = data.draw(st.integers(1, 4))
    assert_survives(
        Experiment(
            inputs=layer(rows, 2),
            targets=layer(rows, 1),
            input_names=data.draw(st.sampled_from(((), ("größe (cm)", "a+b %"), ("1.5", "-".join("ab"))))),
            hidden=(2,),
            activations=("tanh", "linear"),
            bias=True,
            learning_rate=data.draw(st.floats(0, LIMITS["number"], exclude_min=True)),
            l1=data.draw(st.floats(0, LIMITS["number"])),
            l2=data.draw(st.floats(0, LIMITS["number"])),
            initial_weights=(layer(2, 2), layer(2, 1)),
            initial_biases=(*layer(1, 2), *layer(1, 1)),
        )
    )


def test_the_largest_experiment_survives_in_a_link_of_bounded_length() -> None:
    random = np.random.RandomState(0)
    e = Experiment(
        inputs=tuple(map(tuple, random.randn(500, 8))),
        targets=tuple(map(tuple, random.randn(500, 2))),
        hidden=(60, 60),
        activations=("tanh", "tanh", "linear"),
        epochs=10,
        initial_weights=tuple(tuple(map(tuple, random.randn(*pair))) for pair in ((8, 60), (60, 60), (60, 2))),
    )
    assert_survives(e)
    assert max(map(len, to_url(e).values())) < 100_000


def test_every_field_has_a_key_of_its_own() -> None:
    assert len({field.key for field in URL_FIELDS}) == len(URL_FIELDS)
    assert {field.name for field in URL_FIELDS} == set(Experiment.__dataclass_fields__)


OLD_LINKS = [
    ({"seed": "1"}, Experiment()),
    (
        {
            "x": "0,0_0,1_1,0_1,1",
            "y": "0_1_1_0",
            "xn": "a,b",
            "yn": "answer",
            "test": "3",
            "h": "3,2",
            "a": "tanh,relu,sigmoid",
            "loss": "binary_cross_entropy",
            "opt": "adam",
            "lr": "0.02",
            "l1": "1e-05",
            "l2": "0.001",
            "n": "5000",
            "batch": "2",
            "bias": "1",
            "init": "uniform_-1_1",
            "seed": "42",
        },
        Experiment(
            inputs=((0, 0), (0, 1), (1, 0), (1, 1)),
            targets=((0,), (1,), (1,), (0,)),
            input_names=("a", "b"),
            target_names=("answer",),
            test_rows=(3,),
            hidden=(3, 2),
            activations=("tanh", "relu", "sigmoid"),
            loss="binary_cross_entropy",
            optimizer="adam",
            learning_rate=0.02,
            l1=1e-5,
            l2=0.001,
            epochs=5_000,
            batch_size=2,
            bias=True,
            initializer="uniform_-1_1",
            seed=42,
        ),
    ),
    (
        {
            # the float64s 0.5, 1, -2 and 3 in two columns, compressed
            "x": "~2~eNpjYACBB_ZgiuEDlGY4AKE4HAA5JgNX",
            "y": "0.25_-1.5",
            "a": "linear",
            "bias": "1",
            "w": "1_2",
            "b": "-0.5",
            "seed": "0",
        },
        Experiment(
            inputs=((0.5, 1), (-2, 3)),
            targets=((0.25,), (-1.5,)),
            activations=("linear",),
            bias=True,
            initial_weights=(((1,), (2,)),),
            initial_biases=((-0.5,),),
            seed=0,
        ),
    ),
]


@pytest.mark.parametrize(("link", "expected"), OLD_LINKS)
def test_old_links_still_open(link: dict[str, str], expected: Experiment) -> None:
    assert from_url(link) == (expected, ())
