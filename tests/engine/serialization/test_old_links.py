"""Old links still open: frozen links, each with its experiment. Add to them, never change one."""

import tracemalloc
from typing import Any
from urllib.parse import parse_qs, quote, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import PRESETS, Experiment
from engine.model.validation import short_repr
from engine.serialization.url_format import URL_FIELDS, URL_VERSION, from_url, to_url
from tests.engine.strategies import STEADY, experiments
from tests.engine.time_limit import timely

OFTEN = settings(STEADY, max_examples=2_000)
SECONDS = 0.05
BYTES = 8_000_000

XOR = {"inputs": ((0, 0), (0, 1), (1, 0), (1, 1)), "targets": ((0,), (1,), (1,), (0,))}

LINKS: list[tuple[str, dict[str, Any]]] = [
    ("", {}),
    ("seed=1", {}),
    ("seed=4294967295&n=1000000", {"seed": 4_294_967_295, "epochs": 1_000_000}),
    ("v=1&seed=7&n=250", {"seed": 7, "epochs": 250}),
    ("x=0,0,1_1,1,1&y=0_1&seed=1", {"inputs": ((0, 0, 1), (1, 1, 1)), "targets": ((0,), (1,))}),
    ("x=0%2C0%2C1_1%2C1%2C1&y=0_1&seed=1", {"inputs": ((0, 0, 1), (1, 1, 1)), "targets": ((0,), (1,))}),
    (
        "x=0.1_-2_1e-07_123456789&y=0.5_1_0_0.25&a=linear",
        {
            "inputs": ((0.1,), (-2,), (1e-7,), (123456789,)),
            "targets": ((0.5,), (1,), (0,), (0.25,)),
            "activations": ("linear",),
        },
    ),
    (
        "x=0,0_0,1_1,0_1,1&y=0_1_1_0&xn=gr%C3%B6%C3%9Fe%20(cm),b&yn=answer&test=3&h=4&a=tanh,sigmoid&bias=1&seed=2",
        XOR
        | {
            "input_names": ("größe (cm)", "b"),
            "target_names": ("answer",),
            "test_rows": (3,),
            "hidden": (4,),
            "activations": ("tanh", "sigmoid"),
            "bias": True,
            "seed": 2,
        },
    ),
    (
        "x=0,0_0,1_1,0_1,1&y=1,0_0,1_0,1_1,0&h=3,2&a=relu,elu,softmax&loss=categorical_cross_entropy&opt=adam&lr=0.02"
        "&l1=1e-05&l2=0.001&n=5000&batch=2&bias=1&init=glorot_uniform&seed=42",
        XOR
        | {
            "targets": ((1, 0), (0, 1), (0, 1), (1, 0)),
            "hidden": (3, 2),
            "activations": ("relu", "elu", "softmax"),
            "loss": "categorical_cross_entropy",
            "optimizer": "adam",
            "learning_rate": 0.02,
            "l1": 1e-5,
            "l2": 0.001,
            "epochs": 5_000,
            "batch_size": 2,
            "bias": True,
            "initializer": "glorot_uniform",
            "seed": 42,
        },
    ),
    (
        "x=0,0_0,1_1,0_1,1&y=0_1_1_0&h=2&a=sine,sigmoid&bias=1&w=0.5,-1_0.25,2;1_-1&b=0.1,0.2;-0.5&seed=0",
        XOR
        | {
            "hidden": (2,),
            "activations": ("sine", "sigmoid"),
            "bias": True,
            "initial_weights": (((0.5, -1), (0.25, 2)), ((1,), (-1,))),
            "initial_biases": ((0.1, 0.2), (-0.5,)),
            "seed": 0,
        },
    ),
    (
        # the float64s 0.5, 1, -2 and 3 in two columns, compressed
        "x=~2~eNpjYACBB_ZgiuEDlGY4AKE4HAA5JgNX&y=0.25_-1.5&a=linear&seed=3",
        {"inputs": ((0.5, 1), (-2, 3)), "targets": ((0.25,), (-1.5,)), "activations": ("linear",), "seed": 3},
    ),
    (
        # a question, a row without targets, is an empty cell
        "x=-40_0_38_20&y=-40_32_100_&a=linear&lr=0.1&scale=standard&yscale=min_max&seed=1",
        {
            "inputs": ((-40,), (0,), (38,), (20,)),
            "targets": ((-40,), (32,), (100,), (None,)),
            "activations": ("linear",),
            "learning_rate": 0.1,
            "scaling": "standard",
            "target_scaling": "min_max",
        },
    ),
    (
        "x=0,0_0,1_1,0_1,1&y=1,0_,_0,1_1,0&seed=1",
        XOR | {"targets": ((1, 0), (None, None), (0, 1), (1, 0))},
    ),
]
"""Made by version 1. What is left out of a link is as in the tutorial, which never changes either."""


def parameters(query: str) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(query).items()}


@pytest.mark.parametrize(("query", "meant"), LINKS, ids=[query[:40] for query, _ in LINKS])
def test_an_old_link_means_what_it_meant(query: str, meant: dict[str, Any]) -> None:
    assert from_url(parameters(query)) == (Experiment(**meant), ())


def test_every_key_is_in_an_old_link() -> None:
    assert {key for query, _ in LINKS for key in parameters(query)} == {"v", *(field.key for field in URL_FIELDS)}


def test_a_link_says_no_version_while_there_is_but_one() -> None:
    assert URL_VERSION == 1
    assert "v" not in to_url(PRESETS["xor"])


def test_a_later_link_is_opened_as_far_as_it_is_understood() -> None:
    e, problems = from_url({"v": "2", "seed": "5", "dropout": "0.5"})
    assert e == Experiment(seed=5)
    assert problems == (
        "v=2: a later version of Glassbox made this link. What it says that is new was left out.",
        "'dropout' is not known here.",
    )


@pytest.mark.parametrize("text", ["", "0", "-1", "1.5", "two", "01", "9" * 5_000, "٣", "<b>"])
def test_what_is_no_version_is_named(text: str) -> None:
    e, (problem,) = from_url({"v": text, "seed": "5"})
    assert e == Experiment(seed=5)
    assert problem.startswith("v=")
    assert problem.endswith(" is not a version of our links.")
    assert len(problem) < 100


@OFTEN
@given(experiments())
def test_any_experiment_survives_an_address(e: Experiment) -> None:
    for query in (urlencode(to_url(e)), urlencode(to_url(e), quote_via=quote, safe=",;")):
        assert query.isascii()
        back, problems = from_url(parameters(query))
        assert problems == ()
        assert back == e
        assert hash(back) == hash(e)


KNOWN = ["v", *(field.key for field in URL_FIELDS)]
KEYS = st.sampled_from(KNOWN)
TEXTS = st.text(max_size=30) | st.text(alphabet="0123456789,._-~;ein", max_size=60)


def assert_made_of(link: dict[str, str], found: tuple[Experiment, tuple[str, ...]]) -> None:
    """What was read of a link can be linked to again, and comes of the link; what is unknown in it is named."""
    e, problems = found
    again = to_url(e)
    assert from_url(again) == (e, ())
    assert set(again) <= {"seed", *link}
    unknown = [key for key in link if key not in KNOWN]
    assert [problem for problem in problems if problem.endswith(" is not known here.")] == [
        f"{short_repr(key)} is not known here." for key in unknown
    ]
    assert len(problems) <= len(link)


@OFTEN
@given(st.dictionaries(KEYS | st.text(max_size=5), TEXTS, max_size=20))
def test_arbitrary_text_never_raises_and_is_quick(link: dict[str, str]) -> None:
    assert_made_of(link, timely(SECONDS, lambda: from_url(link)))


@OFTEN
@given(experiments(), st.data())
def test_a_mutated_link_never_raises_and_is_quick(e: Experiment, data: st.DataObject) -> None:
    query = urlencode(to_url(e), safe=",;~")
    at, cut = data.draw(st.integers(0, len(query))), data.draw(st.integers(0, 8))
    mutated = query[:at] + data.draw(TEXTS) + query[at + cut :]
    link = parameters(mutated)
    assert_made_of(link, timely(SECONDS, lambda: from_url(link)))


LONG = 99_990
HEAVY = {
    "rows": "0_" * (LONG // 2) + "0",
    "columns": "0," * (LONG // 2) + "0",
    "layers": ";" * LONG,
    "digits": "9" * LONG,
    "fewer digits": "9" * 4_300,
    "cells": "_".join(["0.123456789,0.1,0.2"] * 1_600),
    "layers of cells": ";".join(["_".join(["0.123456789,0.1"] * 800)] * 7),
}


@pytest.mark.parametrize("name", HEAVY)
def test_the_heaviest_link_is_quick_and_takes_little_memory(name: str) -> None:
    link = {field.key: HEAVY[name] for field in URL_FIELDS}
    timely(SECONDS, lambda: from_url(link))
    tracemalloc.start()
    from_url(link)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < BYTES
