"""Any text gives an experiment or an ExperimentError that says what is wrong, quickly and in little memory."""

import json
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import Experiment, ExperimentError
from engine.serialization.json_format import FIELDS, LONGEST_TEXT, MOST_COMMAS, from_json, to_json
from tests.engine.serialization.json_documents import opened
from tests.engine.strategies import MANY, experiments

BYTES = 20_000_000


def refusal(text: str) -> tuple[str, str]:
    """The field at fault and the words."""
    with pytest.raises(ExperimentError) as caught:
        from_json(text)
    return caught.value.field, str(caught.value)


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
    "lists in lists": "[" * LONGEST_TEXT,
    "objects in objects": '{"a":' * (LONGEST_TEXT // 5),
    "a number of many digits": within(f'"seed": {"1" * (LONGEST_TEXT - 40)}'),
    "many numbers of many digits": within(f'"hidden": [{",".join(["1" * 4_000] * 120)}]'),
    "a decimal of many digits": within(f'"l1": -1.{"1" * (LONGEST_TEXT - 40)}'),
    "many rows": within(f'"inputs": [{",".join(["[]"] * 160_000)}]'),
    "many numbers": within(f'"inputs": [[{",".join("1" * 240_000)}]]'),
    "as many numbers as are read": within(f'"test_rows": [{",".join("1" * (MOST_COMMAS - 2))}], "seed": -1'),
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
