"""A shared link opens what was shared, or a preset by its name; one that is too long is not offered."""

import numpy as np
import pytest

from engine import PRESETS, Experiment
from engine.serialization.url_format import to_url
from pages.state.url import LONGEST_URL, fits_in_url
from pages.widgets.frame.share import LONGEST_QR_LINK, app_root
from tests.pages.frame.share_dialog import SITE, at_site, link, links, parameters, share
from tests.pages.visit import assert_same_run, edit, messages, on_stage, state_of, visit

PAGES = ("playground", "step", "activations", "compare", "surface", "sweep", "learn", "code", "about")


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_shared_with_its_address(page: str) -> None:
    at = share(at_site({"seed": "3", "at": "35", "row": "2", "axis": "linear"}, page))
    path = "" if page == "playground" else page
    assert link(at) == f"{SITE}/{path}?seed=3&at=35&row=2&axis=linear"
    assert len(at.get("image")) == 1


def test_the_dialog_stays_until_it_is_closed_and_there_is_none_before() -> None:
    at = at_site()
    assert links(at) == []
    share(at)
    at.run()
    assert len(links(at)) == 1
    state_of(at).is_sharing = False
    at.run()
    assert links(at) == []


def test_the_dialog_is_closed_where_another_page_comes() -> None:
    at = share(at_site())
    at.switch_page("pages/views/about.py").run()
    assert links(at) == []


def test_a_link_opens_everything_as_it_was_and_can_be_read() -> None:
    at = edit(at_site({"seed": "4", "n": "60"}), {0: {"x2": 5}, 1: {"x1": 0.5}}, deleted=[3])
    state_of(at).view.cursor = 10
    found = link(share(at.run()))
    assert found == f"{SITE}/?x=0,5,1_0.5,1,1_1,0,1&y=0_1_1&n=60&seed=4&at=10"
    again = visit(parameters(found))
    assert messages(again) == []
    assert_same_run(on_stage(again), on_stage(at))
    assert state_of(again).view.cursor == 10
    assert again.metric[0].value == at.metric[0].value == "10"


def test_the_link_of_a_bench_that_hides_things_hides_nothing() -> None:
    at = share(at_site({"seed": "1", "hide": "more", "lock": "table", "play": "1"}))
    assert link(at) == f"{SITE}/?seed=1"


@pytest.mark.parametrize("name", ["tutorial", "xor", "fruit"])
def test_a_clean_link_has_nothing_but_the_name(name: str) -> None:
    at = edit(at_site({"preset": name}), {0: {"x1": 0.25}})
    found = link(share(at, "clean"))
    assert found == f"{SITE}/?preset={name}"
    assert on_stage(visit(parameters(found))).experiment == PRESETS[name]


def test_a_ready_tables_link_says_where_it_is_not_what_is_on_the_page() -> None:
    changed = edit(at_site({"preset": "xor"}), {0: {"x1": 0.25}})
    assert any("not what you see" in words.value for words in share(changed, "clean").info)
    assert list(share(at_site({"preset": "xor"}), "clean").info) == []
    own = share(at_site(to_url(Experiment(input_names=("a", "b", "c"), epochs=9))), "clean")
    assert links(own) == []
    assert any("none of the ready ones. *As it is* links to it." in words.value for words in own.caption)


def table_of(rows: int) -> Experiment:
    random = np.random.RandomState(0)
    return Experiment(
        inputs=tuple(map(tuple, random.rand(rows, 3))), targets=tuple(map(tuple, random.rand(rows, 1))), epochs=2
    )


def test_a_long_link_has_no_code_and_one_that_does_not_arrive_is_not_offered() -> None:
    at = share(at_site(to_url(table_of(40))))
    assert LONGEST_QR_LINK < len(link(at)) < LONGEST_URL
    assert list(at.get("image")) == []
    (hint,) = (caption.value for caption in at.caption if "too long for a QR code" in caption.value)
    assert "Ready table" not in hint
    at = share(at_site(to_url(table_of(300))))
    assert len(link(at)) > 8_000
    assert any("Files, experiment as JSON" in caption.value for caption in at.caption)
    at = at_site()
    state_of(at).load(table_of(600))
    share(at.run())
    assert links(at) == []
    (warning,) = (found.value for found in at.warning if "This experiment is too large for a link" in found.value)
    assert "Files, experiment as JSON" in warning
    at.segmented_control(key="share kind").set_value("clean").run()
    assert link(at) == f"{SITE}/?preset=tutorial"


def test_an_address_arrives_up_to_a_length() -> None:
    assert fits_in_url({"x": "a" * (LONGEST_URL - 2)})
    assert not fits_in_url({"x": "a" * (LONGEST_URL - 1)})
    assert not fits_in_url({"x": "," * (LONGEST_URL // 2)}), "browsers write a comma with three characters"


@pytest.mark.parametrize(
    ("url", "path", "expected"),
    [
        ("http://127.0.0.1:8501", "", "http://127.0.0.1:8501"),
        ("http://127.0.0.1:8501/", "", "http://127.0.0.1:8501"),
        ("http://127.0.0.1:8501/learn", "learn", "http://127.0.0.1:8501"),
        ("https://a.example/learn/learn/", "learn", "https://a.example/learn"),
    ],
)
def test_the_address_of_the_app(url: str, path: str, expected: str) -> None:
    assert app_root(url, path) == expected
