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
from tests.engine.serialization.old_links import LINKS
from tests.engine.strategies import STEADY, experiments
from tests.engine.time_limit import timely

OFTEN = settings(STEADY, max_examples=2_000)
SECONDS = 0.05
BYTES = 8_000_000


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
