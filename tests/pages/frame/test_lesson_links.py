"""A lesson's link has what the teacher chose: page, epoch, colours, hidden and locked parts."""

from urllib.parse import urlsplit

from pages.state.url import url_parameters
from tests.pages.frame.share_dialog import at_site, link, parameters, pick, share
from tests.pages.visit import state_of


def test_a_lesson_link_says_what_the_teacher_chose() -> None:
    at = share(at_site({"preset": "xor"}), "lesson")
    at.number_input(key="share epoch").set_value(0).run()
    pick(at, "hide", "more", "presets")
    pick(at, "lock", "table")
    at.checkbox(key="share play").check().run()
    at.selectbox(key="share colours").select("dark_theme").run()
    chosen = {"at": "0", "hide": "presets,more", "lock": "table", "play": "1"}
    assert link(at).endswith(
        "&embed=true&embed_options=dark_theme&embed_options=show_toolbar&embed_options=show_padding"
    )
    chosen |= {"embed": "true", "embed_options": "dark_theme"}
    assert parameters(link(at)).items() >= chosen.items()
    assert {key: text for key, text in parameters(link(at)).items() if key not in chosen} == url_parameters(
        state_of(at)
    )
    at.selectbox(key="share page").select("step").run()
    assert at.checkbox(key="share play").disabled
    assert urlsplit(link(at)).path == "/glassbox/step"
    assert "play" not in parameters(link(at))
    assert state_of(at).view.cursor is None, "the teacher's own page stays as it is"


def test_what_is_hidden_cannot_be_locked_too() -> None:
    at = share(at_site(), "lesson")
    pick(at, "lock", "table", "more")
    assert parameters(link(at)) == {"seed": "1", "lock": "table,more"}
    pick(at, "hide", "table", "more")
    assert parameters(link(at)) == {"seed": "1", "hide": "table,more"}


def test_a_lesson_link_starts_from_the_one_that_is_open() -> None:
    at = share(at_site({"seed": "1", "hide": "advice", "lock": "more"}), "lesson")
    assert parameters(link(at)) == {"seed": "1", "hide": "advice", "lock": "more"}


def test_a_lesson_keeps_its_ticks_while_another_link_is_looked_at() -> None:
    at = share(at_site({"seed": "1", "hide": "advice"}), "lesson")
    at.checkbox(key="share play").check().run()
    at.selectbox(key="share colours").select("dark_theme").run()
    pick(at, "hide", "more", "advice")
    at.number_input(key="share epoch").set_value(3).run()
    before = link(at)
    for kind in ("clean", "all", "lesson"):
        at.segmented_control(key="share kind").set_value(kind).run()
        assert not at.exception
        assert (link(at) == before) == (kind == "lesson")
    assert parameters(before).items() >= {"at": "3", "hide": "more,advice", "play": "1"}.items()
    at.segmented_control(key="share kind").set_value("all").run()
    state_of(at).is_sharing = False
    assert parameters(link(share(at.run(), "lesson"))) == {"seed": "1", "hide": "advice"}


def test_a_lesson_within_a_lessons_link_starts_with_its_colours() -> None:
    at = at_site({"seed": "1"})
    at.context["is_embedded"] = True
    at.context["theme"] = "dark"
    assert share(at.run(), "lesson").selectbox(key="share colours").value == "dark_theme"
    assert share(at_site({"seed": "1"}), "lesson").selectbox(key="share colours").value == ""
