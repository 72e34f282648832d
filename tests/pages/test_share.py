"""A shared link opens what was shared: as it is, as a lesson with parts put away, or a ready table by its name."""

from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from engine import PRESETS, Experiment
from engine.codec import encode
from pages.widgets.bench import CARRIED, address, arrives, opened
from pages.widgets.handout import LOCKS, PARTS, Handout
from pages.widgets.share import READABLE, root
from tests.pages.visit import (
    assert_same_run,
    edit,
    grid,
    lab,
    linked,
    messages,
    on_stage,
    player,
    press,
    report,
    turn,
    type_in,
    visit,
)

SITE = "https://school.example/glassbox"
PAGES = ("playground", "step", "activations", "learn", "code", "about")
CONTROLS = ("hidden", "output activation", "loss", "learning_rate", "epochs", "epochs slid")
MORE = ("optimizer", "batch_size", "initializer", "seed", "l1", "l2", "bias")


def at_site(link: dict[str, str] | None = None, page: str = "playground") -> AppTest:
    at = visit(link)
    at.context["url"] = SITE
    if page != "playground":
        at.switch_page(f"pages/views/{page}.py")
    return at.run()


def share(at: AppTest, kind: str = "all") -> AppTest:
    press(at, "open share")
    if kind != "all":
        at.segmented_control(key="share kind").set_value(kind).run()
    assert not at.exception
    return at


def pick(at: AppTest, what: str, *parts: str) -> None:
    """Choose the parts to hide or to lock."""
    at.button_group(key=f"share {what}").set_value(list(parts)).run()
    assert not at.exception


def links(at: AppTest) -> list[str]:
    return [code.value for code in at.code if str(code.value).startswith("http")]


def link(at: AppTest) -> str:
    (found,) = links(at)
    return str(found)


def parameters(link: str) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(urlsplit(link).query).items()}


def widgets(at: AppTest) -> dict[str, bool]:
    """The keys on the page without their editions, and whether each control is disabled."""
    kinds = ("selectbox", "number_input", "select_slider", "toggle", "button")
    found = {}
    for kind in kinds:
        for widget in at.get(kind):
            found[str(widget.key or getattr(widget, "label", "")).partition(" · ")[0]] = bool(widget.proto.disabled)
    return found


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
    lab(at).sharing = False
    at.run()
    assert links(at) == []


def test_the_dialog_is_closed_where_another_page_comes() -> None:
    at = share(at_site())
    at.switch_page("pages/views/about.py").run()
    assert links(at) == []


def test_a_link_opens_everything_as_it_was_and_can_be_read() -> None:
    at = edit(at_site({"seed": "4", "n": "60"}), {0: {"x2": 5}, 1: {"x1": 0.5}}, deleted=[3])
    lab(at).cursor = 10
    found = link(share(at.run()))
    assert found == f"{SITE}/?x=0,5,1_0.5,1,1_1,0,1&y=0_1_1&n=60&seed=4&at=10"
    again = visit(parameters(found))
    assert messages(again) == []
    assert_same_run(on_stage(again), on_stage(at))
    assert lab(again).cursor == 10
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
    own = share(at_site(encode(Experiment(input_names=("a", "b", "c"), epochs=9))), "clean")
    assert links(own) == []
    assert any("none of the ready ones. *As it is* links to it." in words.value for words in own.caption)


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
    assert {key: text for key, text in parameters(link(at)).items() if key not in chosen} == address(lab(at))
    at.selectbox(key="share page").select("step").run()
    assert at.checkbox(key="share play").disabled
    assert urlsplit(link(at)).path == "/glassbox/step"
    assert "play" not in parameters(link(at))
    assert lab(at).cursor is None, "the teacher's own page stays as it is"


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
    lab(at).sharing = False
    assert parameters(link(share(at.run(), "lesson"))) == {"seed": "1", "hide": "advice"}


def test_a_lesson_within_a_lessons_link_starts_with_its_colours() -> None:
    at = at_site({"seed": "1"})
    at.context["is_embedded"] = True
    at.context["theme"] = "dark"
    assert share(at.run(), "lesson").selectbox(key="share colours").value == "dark_theme"
    assert share(at_site({"seed": "1"}), "lesson").selectbox(key="share colours").value == ""


SHOWN = {
    "presets": {"preset"},
    "table": {"Add input"},
    "files": {"files comma"},
    "controls": set(CONTROLS),
    "more": set(MORE),
    "advice": {"remedy 0"},
}


@pytest.mark.parametrize("part", PARTS)
def test_a_hidden_part_is_not_there_and_its_settings_are(part: str) -> None:
    link = {"preset": "xor_one_neuron"} | encode(PRESETS["xor_one_neuron"])
    everything = visit(link)
    at = visit(link | {"hide": part})
    assert messages(at) == []
    assert SHOWN[part] <= set(widgets(everything))
    assert not SHOWN[part] & set(widgets(at))
    assert linked(at) == linked(everything)
    assert_same_run(on_stage(at), on_stage(everything))


@pytest.mark.parametrize(("part", "keys"), [("controls", CONTROLS), ("more", MORE)])
def test_a_locked_part_can_be_read_and_not_changed(part: str, keys: tuple[str, ...]) -> None:
    link = encode(PRESETS["xor"])
    free, locked = widgets(visit(link)), widgets(visit(link | {"lock": part}))
    for key in keys:
        assert not free[key]
        assert locked[key]
    others = set(CONTROLS + MORE) - set(keys)
    assert not any(locked[key] for key in others)


def test_hidden_layers_have_locked_activations_too() -> None:
    link = encode(Experiment(hidden=(3, 2), activations=("tanh", "relu", "sigmoid"), epochs=50))
    locked = widgets(visit(link | {"lock": "controls,more"}))
    names = [key for key in locked if key.startswith("activation")]
    assert len(names) == 3
    assert all(locked[key] for key in names)


def test_a_locked_table_is_there_to_read_with_its_outputs() -> None:
    at = visit({"seed": "1", "test": "1", "lock": "table"})
    assert messages(at) == []
    (editor,) = at.data_editor
    assert editor.proto.disabled
    assert editor.proto.editing_mode == editor.proto.FIXED
    table = grid(at)
    assert table["x1"].tolist() == ["0", "1", "1", "0"]
    assert table["held"].tolist() == ["False", "True", "False", "False"]
    assert len(set(table["o1"])) == 4
    assert "Add input" not in widgets(at)
    turn(at, "number_input", "epochs", 20)
    assert on_stage(at).experiment == Experiment(test_rows=(1,), epochs=20)


@pytest.mark.parametrize(
    "sent",
    [
        {"edited_rows": {0: {"x2": "5"}, 1: {"held": False}}, "added_rows": [], "deleted_rows": []},
        {"edited_rows": {}, "added_rows": [{"x1": "1", "x2": "1", "x3": "0", "y1": "1"}], "deleted_rows": []},
        {"edited_rows": {}, "added_rows": [], "deleted_rows": [0, 1]},
        {"edited_rows": {9: {"x9": "tea"}}, "added_rows": [{}] * 2_000, "deleted_rows": [77]},
    ],
    ids=["edited", "added", "deleted", "nonsense"],
)
def test_an_edit_sent_to_a_locked_table_is_not_taken(sent: dict[str, Any]) -> None:
    at = visit({"seed": "1", "test": "1", "lock": "table"})
    before = grid(at)
    type_in(at, lab(at).grid, sent)
    for _ in range(2):
        assert messages(at) == []
        assert on_stage(at).experiment == linked(at) == Experiment(test_rows=(1,))
        assert grid(at).equals(before)
        at.run()


def test_training_works_with_everything_put_away() -> None:
    at = visit({"seed": "1", "n": "50", "hide": ",".join(PARTS)})
    press(at, "train")
    assert lab(at).plays == 1
    assert messages(at) == []
    assert at.query_params == {"seed": "1", "n": "50", "hide": ",".join(PARTS)}


def test_a_reload_and_another_page_keep_what_is_hidden_and_locked() -> None:
    link = {"seed": "1", "hide": "presets,more", "lock": "table,controls"}
    at = visit(link)
    assert at.query_params == link
    at.switch_page("pages/views/about.py").run()
    assert at.query_params == link
    assert (
        lab(visit(at.query_params)).handout == lab(at).handout == Handout.read("presets,more", "table,controls", "")[0]
    )


def test_a_link_plays_once() -> None:
    link = {"seed": "1", "at": "0", "play": "1"}
    at = visit(link)
    assert messages(at) == []
    assert at.query_params == link
    assert player(at)[1]["opens"]
    report(at, 0)
    assert "play" not in at.query_params
    assert not player(at)[1]["opens"]
    assert lab(at).cursor == 0
    at.switch_page("pages/views/step.py").run()
    at.switch_page("pages/views/playground.py").run()
    assert not player(at)[1]["opens"]


def test_a_link_that_was_trained_first_has_played() -> None:
    at = press(visit({"seed": "1", "play": "1"}), "train")
    assert "play" not in at.query_params
    assert player(at)[1] | {"opens": False, "plays": 1} == player(at)[1]


def test_only_a_stage_with_a_run_plays_by_itself() -> None:
    long = visit({"seed": "1", "play": "1", "n": "900000"})
    assert not player(long)[1]["opens"]
    steps = visit({"seed": "1", "play": "1"})
    steps.switch_page("pages/views/step.py").run()
    assert not player(steps)[1]["opens"]


BAD = [
    ({"hide": "tea"}, "hide='tea' is no part of the page: choose from presets, table, files, controls, more, advice."),
    ({"hide": "more,<b>,$x$"}, "hide='<b>, $x$' is no part of the page: choose from "),
    ({"lock": "presets"}, "lock='presets' is no part of the page: choose from table, controls, more."),
    ({"lock": "a" * 5_000}, f"lock='{'a' * 60}' is no part"),
    ({"play": "yes"}, "play='yes' is neither 0 nor 1."),
    ({"v": "2"}, "v=2: a later version of Glassbox made this link."),
    ({"v": "2", "preset": "xor"}, "v=2: a later version of Glassbox made this link."),
]


@pytest.mark.parametrize(("link", "problem"), BAD, ids=[str(link)[:30] for link, _ in BAD])
def test_what_is_not_understood_is_named(link: dict[str, str], problem: str) -> None:
    at = visit(link)
    (message,) = messages(at)
    assert problem in message
    assert on_stage(at).experiment == PRESETS[link.get("preset", "tutorial")]


OLD: list[tuple[dict[str, str], dict[str, Any]]] = [
    ({"preset": "xor"}, {"wanted": PRESETS["xor"], "preset": "xor"}),
    ({"preset": "and", "seed": "5"}, {"wanted": replace(PRESETS["and"], seed=5)}),
    ({"seed": "1", "at": "35", "row": "3", "axis": "linear"}, {"cursor": 35, "row": 2, "log": False}),
    ({"seed": "1", "weight": "1,2,1"}, {"weight": (0, 1, 0)}),
    ({"seed": "1", "lesson": "bias"}, {"lesson": "bias"}),
    (
        {"hide": "presets,table,files,controls,more,advice", "play": "1"},
        {"handout": Handout(hidden=frozenset(PARTS), plays=True)},
    ),
    ({"lock": "table,controls,more", "play": "0"}, {"handout": Handout(locked=frozenset(LOCKS))}),
]
"""Frozen: how old links say to look at an experiment. Add to them, never change one."""


@pytest.mark.parametrize(("link", "meant"), OLD, ids=[str(link)[:40] for link, _ in OLD])
def test_an_old_link_is_looked_at_as_it_was_meant(link: dict[str, str], meant: dict[str, Any]) -> None:
    found = opened(link)
    assert found.notices == ()
    assert {name: getattr(found, name) for name in meant} == meant


def table_of(rows: int) -> Experiment:
    random = np.random.RandomState(0)
    return Experiment(
        inputs=tuple(map(tuple, random.rand(rows, 3))), targets=tuple(map(tuple, random.rand(rows, 1))), epochs=2
    )


def test_a_long_link_has_no_code_and_one_that_does_not_arrive_is_not_offered() -> None:
    at = share(at_site(encode(table_of(40))))
    assert READABLE < len(link(at)) < CARRIED
    assert list(at.get("image")) == []
    (hint,) = (caption.value for caption in at.caption if "too long for a QR code" in caption.value)
    assert "Ready table" not in hint
    at = share(at_site(encode(table_of(300))))
    assert len(link(at)) > 8_000
    assert any("Files, experiment as JSON" in caption.value for caption in at.caption)
    at = at_site()
    lab(at).load(table_of(600))
    share(at.run())
    assert links(at) == []
    (warning,) = (found.value for found in at.warning if "too large for a link" in found.value)
    assert "Files, experiment as JSON" in warning
    at.segmented_control(key="share kind").set_value("clean").run()
    assert link(at) == f"{SITE}/?preset=tutorial"


def test_an_address_arrives_up_to_a_length() -> None:
    assert arrives({"x": "a" * (CARRIED - 2)})
    assert not arrives({"x": "a" * (CARRIED - 1)})
    assert not arrives({"x": "," * (CARRIED // 2)}), "browsers write a comma with three characters"


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
    assert root(url, path) == expected
