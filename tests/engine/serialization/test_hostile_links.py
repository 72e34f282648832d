"""A link may say anything: the page always gets an experiment, and a message for each thing left out."""

import base64
import zlib

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine import PRESETS, Experiment
from engine.serialization.url_format import URL_FIELDS, from_url, to_url
from tests.engine.strategies import STEADY, experiments

KEYS = [field.key for field in URL_FIELDS]
TEXTS = (
    st.text(max_size=12)
    | st.text(alphabet="0123456789,._-~;e", max_size=12)
    | st.sampled_from(
        ("nan", "inf", "-1", "1e400", "9" * 5_000, "None", "sigmoid", "softmax", "~", "~~", "~2~AAAA", ";")
    )
)


def pack(data: bytes, width: object = 1) -> str:
    return f"~{width}~{base64.urlsafe_b64encode(zlib.compress(data)).decode()}"


def assert_opens(link: dict[str, str]) -> tuple[Experiment, tuple[str, ...]]:
    """Whatever the link, an experiment that survives its own link, and messages that name keys of the link."""
    e, problems = from_url(link)
    assert from_url(to_url(e)) == (e, ())
    for problem in problems:
        assert any(key in problem or repr(key)[1:13] in problem for key in link)
        assert len(problem) < 500
    return e, problems


@STEADY
@given(st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=5), TEXTS))
@example(dict.fromkeys(KEYS, ""))
@example(dict.fromkeys(KEYS, "~"))
@example(dict.fromkeys(KEYS, "0"))
def test_arbitrary_text_opens(link: dict[str, str]) -> None:
    assert_opens(link)


@STEADY
@given(experiments(), st.data())
def test_a_damaged_link_opens(e: Experiment, data: st.DataObject) -> None:
    link = to_url(e)
    for key in data.draw(st.lists(st.sampled_from(sorted(link)), min_size=1, max_size=3)):
        text = link[key]
        at = data.draw(st.integers(0, len(text)))
        cut = data.draw(st.integers(0, 3))
        link[key] = text[:at] + data.draw(TEXTS) + text[at + cut :]
    for key in data.draw(st.lists(st.sampled_from(sorted(link)), max_size=2)):
        link.pop(key, None)
    assert_opens(link)


@pytest.mark.parametrize("key", KEYS)
def test_a_value_that_cannot_be_read_is_named_and_nothing_else_is_lost(key: str) -> None:
    link = to_url(PRESETS["xor"])
    e, problems = assert_opens(link | {key: "?"})
    assert problems[0].startswith(f"{key}=") or key in problems[0].split(":")[0].split(", ")
    if key not in ("x", "y", "xn", "yn", "h", "a", "seed", "n", "init", "bias", "test"):
        assert e == PRESETS["xor"]


def test_unknown_keys_are_named() -> None:
    e, problems = assert_opens({"seed": "5", "utm_source": "mail"})
    assert e == Experiment(seed=5)
    assert problems == ("'utm_source' is not known here.",)


def test_a_billion_epochs_are_refused_and_the_rest_is_kept() -> None:
    e, problems = assert_opens({"n": "1000000000", "seed": "7", "lr": "0.5"})
    assert e == Experiment(seed=7, learning_rate=0.5)
    (problem,) = problems
    assert problem.startswith("n: ")
    assert "1,000,000" in problem


def test_a_wrong_table_leaves_the_settings_alone() -> None:
    e, problems = assert_opens({"x": "0,0_1", "y": "1_0", "lr": "0.5", "seed": "2"})
    assert e == Experiment(learning_rate=0.5, seed=2)
    (problem,) = problems
    assert problem.startswith("x, y: Row 2 has 1 inputs")


@pytest.mark.parametrize(
    "text",
    [
        pack(b"\0" * 80_000_000),
        pack(b"\0" * 40_008),
        pack(b"\0" * 15),
        pack(b"\0" * 16, 0),
        pack(b"\0" * 16, -1),
        pack(b"\0" * 16, 10**30),
        pack(b"\0" * 16, "x"),
        pack(b"\1" * 800)[:-6],
        "~1~" + "A" * 100,
        "~1~é",
        "~1",
        "0_" * 1_000_000 + "0",
        "~1~" + "A" * 5_000_000,
    ],
    ids=range(13),
)
@pytest.mark.parametrize("key", ["x", "w"])
def test_bombs_and_cut_off_packages_are_refused(key: str, text: str) -> None:
    e, problems = assert_opens({key: text, "seed": "3"})
    assert e == Experiment(seed=3)
    (problem,) = problems
    assert problem.startswith(f"{key}=")
    assert len(problem) < 100


def test_an_empty_package_is_refused() -> None:
    assert assert_opens({"x": pack(b""), "seed": "3"}) == (Experiment(seed=3), ("x: The table has no rows: add one.",))


def test_a_package_without_its_checksum_is_refused() -> None:
    table = np.ones((4, 3))
    whole, cut = (base64.urlsafe_b64encode(zlib.compress(table.tobytes())[:end]).decode() for end in (None, -4))
    assert from_url({"x": f"~3~{whole}"})[0].inputs == ((1.0, 1.0, 1.0),) * 4
    e, (problem,) = assert_opens({"x": f"~3~{cut}", "seed": "3"})
    assert e == Experiment(seed=3)
    assert problem.startswith("x=")


def test_many_bombs_in_one_parameter_are_refused_before_one_is_unpacked() -> None:
    text = ";".join([pack(b"\0" * 40_000)] * 500)
    e, (problem,) = assert_opens({"w": text, "seed": "3"})
    assert e == Experiment(seed=3)
    assert problem.startswith("w=")
