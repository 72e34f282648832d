"""Every link can be an iframe instead: well-formed HTML with a title, a height, and the link that it stands for."""

from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.frame.share_dialog import SITE, at_site, links, share
from tests.pages.visit import assert_same_run, messages, on_stage, press, state_of, visit


class Elements(HTMLParser):
    """What a browser would read: elements with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.read: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.read.append((tag, dict(attrs)))


def iframe(at: AppTest) -> dict[str, str | None]:
    """The attributes of the one iframe that the dialog offers."""
    (code,) = [code.value for code in at.code if str(code.value).startswith("<")]
    ((tag, attributes),) = Elements(str(code)).read
    assert tag == "iframe"
    return attributes


def as_iframe(at: AppTest, kind: str = "all") -> AppTest:
    share(at, kind).checkbox(key="share iframe").check().run()
    assert not at.exception
    return at


def test_it_has_a_title_a_height_and_the_link_embedded() -> None:
    at = as_iframe(at_site({"seed": "3", "at": "35"}, "step"))
    attributes = iframe(at)
    assert attributes["title"] == "Glassbox: a neural network you can see through"
    assert (attributes["width"], attributes["height"]) == ("100%", "600")
    assert attributes["allow"] == "clipboard-write"
    address = str(attributes["src"])
    assert address.startswith(f"{SITE}/step?")
    assert parse_qs(urlsplit(address).query) == {
        "embed": ["true"],
        "embed_options": ["show_toolbar", "show_padding"],
        "seed": ["3"],
        "at": ["35"],
    }
    assert links(at) == []
    assert list(at.get("image")) == [], "nobody photographs a frame"
    assert list(at.warning) == []


@pytest.mark.parametrize("kind", ["all", "clean"])
def test_what_is_embedded_is_what_the_link_opens(kind: str) -> None:
    at = as_iframe(at_site({"preset": "xor"}), kind)
    query = parse_qs(urlsplit(str(iframe(at)["src"])).query)
    again = visit({key: values[0] for key, values in query.items() if not key.startswith("embed")})
    assert messages(again) == []
    assert_same_run(on_stage(again), on_stage(at))


def test_a_lessons_frame_has_its_locks_and_its_colours() -> None:
    at = as_iframe(at_site({"seed": "1"}), "lesson")
    at.button_group(key="share lock").set_value(["table"]).run()
    at.selectbox(key="share colours").select("dark_theme").run()
    query = parse_qs(urlsplit(str(iframe(at)["src"])).query)
    assert query["lock"] == ["table"]
    assert query["embed_options"] == ["dark_theme", "show_toolbar", "show_padding"]


def test_title_and_height_are_the_visitors_and_cannot_end_the_element() -> None:
    at = as_iframe(at_site())
    at.text_input(key="share iframe title").set_value('A "neuron" <b>&amp;</b>').run()
    at.number_input(key="share iframe height").set_value(750).run()
    assert (iframe(at)["title"], iframe(at)["height"]) == ('A "neuron" <b>&amp;</b>', "750")
    at.checkbox(key="share iframe").uncheck().run()
    assert len(links(at)) == 1
    at.checkbox(key="share iframe").check().run()
    assert iframe(at)["height"] == "750", "kept while the link was looked at"
    at.text_input(key="share iframe title").set_value("  ").run()
    assert iframe(at)["title"], "a frame without a title has no name for a screen reader"


def test_the_next_dialog_begins_with_the_link() -> None:
    at = as_iframe(at_site())
    at.number_input(key="share iframe height").set_value(750).run()
    state_of(at).is_sharing = False
    at.run()
    share(at)
    assert len(links(at)) == 1
    at.checkbox(key="share iframe").check().run()
    assert iframe(at)["height"] == "600"


def test_without_https_it_says_that_a_platform_may_not_show_it() -> None:
    at = at_site()
    at.context["url"] = "http://10.0.0.7:8501"
    press(at.run(), "open share")
    at.checkbox(key="share iframe").check().run()
    assert any("https" in words.value for words in at.warning)
