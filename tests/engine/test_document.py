"""An experiment as JSON: any valid one comes back equal; any text gives an experiment or an ExperimentError, soon."""

import json
import tracemalloc
from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine import LIMITS, PRESETS, Experiment, ExperimentError
from engine.document import FIELDS, LONGEST, MOST, from_json, to_json
from tests.engine.clock import timely
from tests.engine.strategies import STEADY, experiments

MANY = settings(STEADY, max_examples=2_000)
SECONDS = 0.05
BYTES = 20_000_000

NAMES = st.builds(
    str.__add__, st.sampled_from("xy7Zéß日²"), st.text("ab1 ._()/%+-éß日", max_size=LIMITS["name"] - 1)
).map(str.strip)
"""Names of columns, of everything that may be in one."""


@st.composite
def elaborate(draw: st.DrawFn) -> Experiment:
    """A valid experiment with any names, numbers of any size, and at times start weights by hand."""
    e = draw(experiments())
    random = np.random.RandomState(draw(st.integers(0, 10**6)))

    def row(length: int) -> tuple[float, ...]:
        return tuple((random.choice([-1, 0, 1], length) * 10 ** random.uniform(-300, 9, length)).tolist())

    def rows(height: int, length: int) -> tuple[tuple[float, ...], ...]:
        return tuple(row(length) for _ in range(height))

    width, targets = len(e.inputs[0]), len(e.targets[0])
    names = draw(st.lists(NAMES, min_size=width + targets, max_size=width + targets, unique=True))
    e = replace(
        e,
        inputs=rows(len(e.inputs), width),
        input_names=tuple(names[:width]),
        target_names=tuple(names[width:]),
        learning_rate=abs(row(1)[0]) or 1,
    )
    if draw(st.booleans()):
        biases = tuple(row(n) for _, n in e.shapes) if e.bias else ()
        e = replace(e, initial_weights=tuple(rows(*shape) for shape in e.shapes), initial_biases=biases)
    return e


def opened(text: str) -> Experiment | None:
    """The experiment, or None where it is refused: soon, in little memory, in words."""
    found, words = timely(SECONDS, lambda: tried(text))
    assert len(words) < 500
    return found


def tried(text: str) -> tuple[Experiment | None, str]:
    """The experiment, or why there is none."""
    try:
        return from_json(text), ""
    except ExperimentError as error:
        return None, str(error)


def refusal(text: str) -> tuple[str, str]:
    """The field at fault and the words."""
    with pytest.raises(ExperimentError) as caught:
        from_json(text)
    return caught.value.field, str(caught.value)


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


VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers(-(10**40), 10**40) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=12,
)
PUT = st.text(max_size=4) | st.sampled_from(("[", "]", "{", '"', ",", "-", "1e308", "NaN", "null", "9" * 50))


@MANY
@given(st.text() | VALUES.map(json.dumps))
def test_any_text_is_refused_in_words(text: str) -> None:
    assert opened(text) is None


@MANY
@given(experiments(), st.data())
def test_a_damaged_file_opens_or_is_refused(e: Experiment, data: st.DataObject) -> None:
    text = to_json(e)
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text)))
        text = text[:at] + data.draw(PUT) + text[at + data.draw(st.integers(0, 5)) :]
    found = opened(text)
    assert found is None or from_json(to_json(found)) == found


@MANY
@given(experiments(), st.sampled_from(FIELDS), VALUES)
def test_a_field_of_a_wrong_type_is_refused(e: Experiment, field: str, value: object) -> None:
    found = opened(json.dumps(json.loads(to_json(e)) | {field: value}))
    assert found is None or from_json(to_json(found)) == found


def within(body: str) -> str:
    return f'{{"glassbox": 1, {body}}}'


@pytest.mark.parametrize(
    ("text", "field", "words"),
    [
        ("", "glassbox", "line 1, column 1"),
        ("x1,y1\n0,1\n", "glassbox", "not JSON"),
        ("[]", "glassbox", "not an experiment"),
        ('"=cmd()"', "glassbox", "not an experiment"),
        ("{}", "glassbox", '"glassbox": 1'),
        ('{"glassbox": true}', "glassbox", '"glassbox": 1'),
        ('{"glassbox": "1"}', "glassbox", '"glassbox": 1'),
        ('{"glassbox": 2}', "glassbox", "version 2"),
        (within('"seeds": 1'), "glassbox", "'seeds'"),
        (within('"seed": 1, "seed": 2'), "seed", "twice"),
        (within('"seed": null'), "seed", "empty"),
        (within('"seed": 1.5'), "seed", "not a whole number"),
        (within('"l1": NaN'), "l1", "not a number"),
        (within('"l1": Infinity'), "l1", "too large"),
        (within('"epochs": 1000000000'), "epochs", "1,000,000"),
        (within('"bias": "on"'), "bias", "neither on nor off"),
        (within('"loss": ["a"]'), "loss", "no loss called"),
        (within('"hidden": 3'), "hidden", "not a list"),
        (within('"hidden": null'), "hidden", "not a list"),
        (within('"inputs": [[1e308, 0, 1]]'), "inputs", "Row 1, column x1: 1e+308 is too large"),
        (within('"inputs": [[1e999, 0, 1]]'), "inputs", "Row 1, column x1"),
        (within('"inputs": [["a", 0, 1]]'), "inputs", "Row 1, column x1: 'a' is not a number"),
        (within('"inputs": [[0, 0, 1], [1]]'), "inputs", "Row 2"),
        (within('"inputs": {"0": [1]}'), "inputs", "not a list"),
        (within('"activations": "sigmoid"'), "activations", "is text, not a list"),
        (within('"input_names": ["<b>x</b>", "b", "c"]'), "input_names", "The name of input column 1"),
        (within('"input_names": ["a", "$x^2$", "c"]'), "input_names", "The name of input column 2"),
        (within('"input_names": ["a", "b", "__import__(\'os\')"]'), "input_names", "The name of input column 3"),
        (within('"input_names": ["\\ud800", "b", "c"]'), "input_names", "The name of input column 1"),
        (within('"target_names": ["=cmd()"]'), "target_names", "The name of target column 1"),
        (within('"initial_weights": [[[1]]]'), "initial_weights", "must be 3 x 1"),
    ],
)
def test_what_is_wrong_is_named(text: str, field: str, words: str) -> None:
    found, message = refusal(text)
    assert found == field
    assert words in message


HEAVY = {
    "lists in lists": "[" * LONGEST,
    "objects in objects": '{"a":' * (LONGEST // 5),
    "a number of many digits": within(f'"seed": {"1" * (LONGEST - 40)}'),
    "many numbers of many digits": within(f'"hidden": [{",".join(["1" * 4_000] * 120)}]'),
    "a decimal of many digits": within(f'"l1": -1.{"1" * (LONGEST - 40)}'),
    "many rows": within(f'"inputs": [{",".join(["[]"] * 160_000)}]'),
    "many numbers": within(f'"inputs": [[{",".join("1" * 240_000)}]]'),
    "as many numbers as are read": within(f'"test_rows": [{",".join("1" * (MOST - 2))}], "seed": -1'),
    "many objects": f"[{','.join(['{}'] * 160_000)}]",
    "many names": "{" + ",".join(f'"{i:x}":1' for i in range(50_000)) + "}",
    "a long text": within(f'"loss": "{"a" * 400_000}"'),
    "escapes": within('"loss": "' + "\\u0041" * 80_000 + '"'),
    "too long": " " * 100_000_000,
}


@pytest.mark.parametrize("name", HEAVY)
def test_heavy_texts_are_refused_soon_and_in_little_memory(name: str) -> None:
    text = HEAVY[name]
    assert opened(text) is None
    tracemalloc.start()
    assert refusal(text)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < BYTES


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
        assert len(text) < LONGEST / 2
        assert text.count(",") < MOST
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
      [1, 2]
    ],
    [
      [0, 1],
      [1, 0]
    ]
  ],
  "initial_biases": [
    [0, 0.125],
    [-1, 1]
  ]
}
"""
"""A file of version 1 as it was written on the day it came: it opens for ever."""


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
    assert from_json(OLD) == expected
    assert to_json(expected) == OLD
