"""What differs between experiments, in words."""

from dataclasses import fields, replace

import pytest

from engine import PRESETS, Experiment
from pages.reading.differences import FIELDS, TABLE, describe_changes, list_differences

XOR = PRESETS["xor"]


def test_settings_in_the_words_of_the_page() -> None:
    other = replace(XOR, hidden=(), activations=("sigmoid",), learning_rate=0.1, batch_size=2, bias=False, seed=3)
    assert list_differences([XOR, other]) == [
        ("Hidden layers", ("3", "none")),
        ("Activations", ("Tanh, Sigmoid", "Sigmoid")),
        ("Learning rate", ("1", "0.1")),
        ("Batch size", ("all rows", "2")),
        ("Bias", ("with", "without")),
        ("Seed", ("1", "3")),
    ]


def test_another_optimizer_on_the_way() -> None:
    other = replace(XOR, optimizer_changes=((300, "adam"), (400, "sgd")))
    assert describe_changes(XOR, other) == "Optimizer on the way: the same, now 300: Adam; 400: Gradient descent."


def test_tables() -> None:
    held_out = replace(XOR, test_rows=(1,))
    assert list_differences([XOR, held_out]) == [
        ("Table", ("switch 1, switch 2 → answer, 4 rows", "switch 1, switch 2 → answer, 4 rows, 1 held out"))
    ]
    other = replace(XOR, targets=((1,), (0,), (0,), (1,)))
    versions = tuple(f"targets, version {number}" for number in (1, 2, 1))
    assert list_differences([XOR, other, XOR]) == [("Table", versions)]


def test_nothing_differs() -> None:
    assert list_differences([XOR, XOR]) == []
    assert list_differences([XOR]) == []


def test_every_field_has_words() -> None:
    assert {field.name for field in fields(Experiment)} <= {*TABLE, *FIELDS}
    scaled = replace(XOR, scaling="standard")
    assert list_differences([XOR, scaled]) == [("Inputs scaled", ("None", "Standard"))]


def test_a_field_without_words_is_told_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(FIELDS, "scaling")
    scaled = replace(XOR, scaling="standard")
    assert list_differences([XOR, scaled]) == [("Scaling", ("version 1", "version 2"))]


def test_other_start_weights_by_hand_are_not_the_same_ones() -> None:
    one, other = (Experiment(initial_weights=(((weight,), (0.2,), (0.3,)),)) for weight in (0.1, 0.4))
    assert describe_changes(Experiment(), one) == "Start weights by hand: no, now yes."
    assert describe_changes(one, other) == "Start weights by hand changed."
    versions = ("version 1", "version 2", "version 3")
    assert list_differences([Experiment(), one, other]) == [("Start weights by hand", versions)]
