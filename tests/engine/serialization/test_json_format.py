"""JSON: any valid experiment comes back equal, the largest ones fit, and old files still open."""

import json
import re
from dataclasses import fields, replace

import pytest
from hypothesis import example, given

from engine import PRESETS, Experiment
from engine.serialization.json_format import LONGEST_TEXT, MOST_COMMAS, from_json, to_json
from tests.engine.serialization.json_documents import opened
from tests.engine.strategies import MANY, elaborate


@MANY
@given(elaborate())
@example(Experiment())
def test_any_experiment_comes_back_equal(e: Experiment) -> None:
    back = opened(to_json(e))
    assert back == e
    assert hash(back) == hash(e)
    assert repr(back) == repr(e)  # to the sign of a zero


@pytest.mark.parametrize("name", PRESETS)
def test_presets_come_back_equal(name: str) -> None:
    assert from_json(to_json(PRESETS[name])) == PRESETS[name]


def test_every_field_is_there_by_name_in_order() -> None:
    written = json.loads(to_json(PRESETS["xor"]))
    assert list(written) == ["glassbox", *(field.name for field in fields(Experiment))]
    assert written["inputs"] == [[0, 0], [0, 1], [1, 0], [1, 1]]


def test_a_row_of_the_table_is_a_line() -> None:
    assert "\n    [0, 0, 1],\n    [1, 1, 1],\n" in to_json(Experiment())


def test_the_largest_experiments_fit() -> None:
    number = -1.2345678901234567e-100
    table = Experiment(
        inputs=((number,) * 4,) * 1_000,
        targets=((number,),) * 1_000,
        test_rows=tuple(range(999)),
        activations=("linear",),
        epochs=1,
    )
    network = Experiment(
        inputs=((number,) * 64,),
        targets=((number,),),
        hidden=(64, 10, 2),
        activations=("tanh", "tanh", "tanh", "linear"),
        initial_weights=(((number,) * 64,) * 64, ((number,) * 10,) * 64, ((number,) * 2,) * 10, ((number,),) * 2),
        epochs=1,
    )
    for e in (table, network):
        text = to_json(e)
        assert len(text) < LONGEST_TEXT / 2
        assert text.count(",") < MOST_COMMAS
        assert from_json(text) == e
        assert from_json(json.dumps(json.loads(text), indent=4)) == e


def test_fields_left_out_have_their_defaults() -> None:
    assert from_json('{"glassbox": 1}') == Experiment()
    assert from_json('\ufeff{"glassbox": 1, "seed": 7}') == Experiment(seed=7)


OLD = """{
  "glassbox": 1,
  "inputs": [
    [0.1, -2],
    [1e-07, 1],
    [3, 4.5]
  ],
  "targets": [
    [1, 0],
    [0, 1],
    [0, 1]
  ],
  "input_names": ["Größe (cm)", "x2"],
  "target_names": ["apple", "plum"],
  "test_rows": [2],
  "derived": ["[Größe (cm)]*x2", "x2^2"],
  "scaling": "none",
  "target_scaling": "none",
  "earlier_tables": [
    [
      60,
      [
        [0.5, 2]
      ],
      [
        [0, 1]
      ]
    ]
  ],
  "hidden": [2],
  "activations": ["tanh", "softmax"],
  "loss": "categorical_cross_entropy",
  "optimizer": "adam",
  "learning_rate": 0.05,
  "l1": 0,
  "l2": 0.001,
  "epochs": 200,
  "batch_size": 2,
  "bias": true,
  "initializer": "glorot_uniform",
  "seed": 4294967295,
  "initial_weights": [
    [
      [0.5, -0.25],
      [1, 2],
      [0.25, 0.5],
      [3, 4]
    ],
    [
      [0, 1],
      [1, 0]
    ]
  ],
  "initial_biases": [
    [0, 0.125],
    [-1, 1]
  ],
  "frozen": ["W1[0,1]", "b2"],
  "rate_changes": [
    [50, 0.01],
    [100, 0.001]
  ],
  "optimizer_changes": [
    [80, "sgd"]
  ],
  "stop_loss": 0.05,
  "stop_when_right": true,
  "patience": 12
}
"""
"""A file of version 1 as it is written today."""
BEFORE_TABLES_CHANGED = re.sub(r'  "earlier_tables": .*(?=  "hidden")', "", OLD, flags=re.DOTALL)
BEFORE_OPTIMIZERS_CHANGED = BEFORE_TABLES_CHANGED.replace('  "optimizer_changes": [\n    [80, "sgd"]\n  ],\n', "")
OLDER = BEFORE_TABLES_CHANGED[: BEFORE_TABLES_CHANGED.index(',\n  "frozen"')] + "\n}\n"
OLDER = OLDER.replace('  "derived": ["[Größe (cm)]*x2", "x2^2"],\n', "").replace(
    ",\n      [0.25, 0.5],\n      [3, 4]", ""
)
"""The same as it was written before there were derived inputs, frozen weights, schedules and stop rules."""
OLDEST = OLDER.replace('  "scaling": "none",\n  "target_scaling": "none",\n', "")
"""The same as it was written on the day it came, before there was scaling: it opens for ever."""


def test_an_old_file_opens() -> None:
    expected = Experiment(
        inputs=((0.1, -2), (1e-07, 1), (3, 4.5)),
        targets=((1, 0), (0, 1), (0, 1)),
        input_names=("Größe (cm)", "x2"),
        target_names=("apple", "plum"),
        test_rows=(2,),
        hidden=(2,),
        activations=("tanh", "softmax"),
        loss="categorical_cross_entropy",
        optimizer="adam",
        learning_rate=0.05,
        l2=0.001,
        epochs=200,
        batch_size=2,
        bias=True,
        initializer="glorot_uniform",
        seed=4294967295,
        initial_weights=(((0.5, -0.25), (1, 2)), ((0, 1), (1, 0))),
        initial_biases=((0, 0.125), (-1, 1)),
    )
    assert from_json(OLDER) == from_json(OLDEST) == expected
    weights = (((0.5, -0.25), (1, 2), (0.25, 0.5), (3, 4)), ((0, 1), (1, 0)))
    derived = ("[Größe (cm)]*x2", "x2^2")
    today = replace(expected, frozen=("b2", "W1[0,1]"), derived=derived, initial_weights=weights)
    today = replace(today, rate_changes=((100, 0.001), (50, 0.01)), stop_loss=0.05, stop_when_right=True, patience=12)
    assert from_json(BEFORE_OPTIMIZERS_CHANGED) == today
    today = replace(today, optimizer_changes=((80, "sgd"),))
    assert from_json(BEFORE_TABLES_CHANGED) == today
    today = replace(today, earlier_tables=((60, ((0.5, 2),), ((0, 1),)),))
    assert from_json(OLD) == today
    assert to_json(today) == OLD
