"""What a link has locked does not change by any press, choice or message; the page says why, and the way out."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Widget

from engine import PRESETS, Experiment
from engine.data.presets import STORIES
from engine.serialization.url_format import to_url
from pages.reading.edited_table import SETTINGS
from pages.state.restrictions import LOCKABLE_PARTS, PART_FIELDS, Restrictions, differing_parts
from pages.state.visit import Visit
from tests.pages.components import send
from tests.pages.visit import (
    assert_shows,
    control,
    edit,
    linked,
    messages,
    on_stage,
    plain_key,
    press,
    read,
    state_of,
    turn,
    type_number,
    visit,
)

ILL = PRESETS["xor_one_neuron"]


def locked(*parts: str, e: Experiment = ILL) -> AppTest:
    return visit(to_url(e) | {"lock": ",".join(parts)})


def shut(at: AppTest, key: str) -> str:
    """Why a button is disabled, "" where it is not."""
    (button,) = (button for button in at.button if key in (button.label, button.key))
    assert button.proto.help or not button.proto.disabled
    return str(button.proto.help) if button.proto.disabled else ""


def force(at: AppTest, kind: str, name: str, value: str | bool) -> None:
    """Send what a control sends, disabled or not, as a message made by hand does."""
    widgets = (widget for widget in at.get(kind) if isinstance(widget, Widget))
    (found,) = (widget for widget in widgets if name in (plain_key(widget), widget.proto.label))
    send(at, found.proto.id, value, "trigger_value" if kind == "button" else "string_value")
    assert not at.exception


def kept(found: Visit, part: str) -> bool:
    """Whether a part is as the link had it, in the experiment and in what its controls show."""
    now = {name: found.draft.settings.get(name, getattr(found.run.wanted, name)) for name in PART_FIELDS[part]}
    return part not in differing_parts(ILL, found.run.wanted) and now == {
        name: getattr(ILL, name) for name in PART_FIELDS[part]
    }


def test_every_field_of_the_experiment_is_of_one_part() -> None:
    fields = [name for part in LOCKABLE_PARTS for name in PART_FIELDS[part]]
    assert sorted(fields) == sorted(Experiment.__dataclass_fields__)
    assert set(SETTINGS) == {*PART_FIELDS["controls"], *PART_FIELDS["more"]}


FORCED: dict[str, Callable[[AppTest], object]] = {
    "table": lambda at: edit(at, {0: {"x1": "7"}}),
    "controls": lambda at: force(at, "selectbox", "output activation", "Tanh"),
    "more": lambda at: force(at, "selectbox", "optimizer", "Adam"),
    "remedy": lambda at: force(at, "button", "remedy 0", True),
    "seed": lambda at: force(at, "button", "New seed", True),
    "preset": lambda at: force(at, "selectbox", "preset", STORIES["fruit"][0]),
    "reset": lambda at: force(at, "button", "Reset", True),
    "gallery": lambda at: force(at.switch_page("pages/views/activations.py").run(), "button", "use relu", True),
}
CHANGES = {"remedy": "controls", "seed": "more", "preset": "table", "reset": "controls", "gallery": "controls"}
"""What each of them changes where nothing is locked, if not what it is called after."""


@pytest.mark.parametrize("name", FORCED)
def test_whatever_is_sent_changes_nothing_that_is_locked(name: str) -> None:
    free = visit(to_url(ILL) | {"preset": "xor"})
    FORCED[name](free)
    assert CHANGES.get(name, name) in differing_parts(ILL, state_of(free).run.wanted)
    for part in LOCKABLE_PARTS:
        at = visit(to_url(ILL) | {"preset": "xor", "lock": part})
        FORCED[name](at)
        assert kept(state_of(at), part)
        assert kept(state_of(at.run()), part)
        assert kept(state_of(visit(at.query_params)), part)


@pytest.mark.parametrize("part", LOCKABLE_PARTS)
def test_a_second_run_changes_nothing_that_can_be_seen(part: str) -> None:
    at = locked(part)
    before = str(at.main)
    assert str(at.run().main) == before


@pytest.mark.parametrize("part", LOCKABLE_PARTS)
def test_what_is_hidden_is_fixed_too(part: str) -> None:
    at = visit(to_url(ILL) | {"preset": "xor", "hide": part})
    assert bool(shut(at, "New seed")) == (part == "more")
    force(at, "button", "New seed", True)
    assert (state_of(at).run.wanted.seed == ILL.seed) == (part == "more")
    assert control(at, "selectbox", "preset").proto.disabled == (part == "table")
    force(at, "button", "Reset", True)
    assert kept(state_of(at), part)
    assert kept(state_of(visit(at.query_params)), part)


def test_everything_hidden_but_the_buttons_lets_no_file_in_and_no_seed_change() -> None:
    at = visit(to_url(ILL) | {"preset": "xor", "lock": "table,controls", "hide": "more"})
    assert shut(at, "New seed") == "Fixed in this lesson: More."
    assert shut(at, "Reset")
    assert len(visit({"seed": "1", "hide": "table"}).file_uploader) == 0


def test_a_preset_brings_what_is_not_locked() -> None:
    at = turn(locked("controls"), "selectbox", "preset", "majority")
    wanted = PRESETS["majority"]
    assert_shows(at, replace(wanted, **{name: getattr(ILL, name) for name in PART_FIELDS["controls"]}))
    at = turn(locked("more"), "selectbox", "preset", "majority")
    assert_shows(at, replace(wanted, **{name: getattr(ILL, name) for name in PART_FIELDS["more"]}))
    assert control(locked("table"), "selectbox", "preset").proto.disabled
    assert not control(locked("controls", "more"), "selectbox", "preset").proto.disabled


def test_a_remedy_that_needs_what_is_locked_is_told_and_not_offered() -> None:
    at = locked("controls")
    assert any("lightbulb" in text.value for text in at.markdown)
    assert shut(at, "remedy 0") == "Fixed in this lesson: Network and training."
    free = locked("table")
    assert not shut(free, "remedy 0")
    press(free, "remedy 0")
    assert on_stage(free).experiment.hidden


def test_a_button_that_can_change_nothing_says_so() -> None:
    at = locked("more")
    assert shut(at, "New seed") == "Fixed in this lesson: More."
    assert not shut(locked("controls"), "New seed")
    assert not shut(visit({"preset": "xor", "lock": "table,controls"}), "Reset")
    assert shut(visit({"preset": "xor", "lock": ",".join(LOCKABLE_PARTS)}), "Reset").startswith(
        "Fixed in this lesson: Table, Net"
    )
    at = visit({"preset": "xor", "lr": "0.25", "lock": "controls"})
    assert shut(at, "Reset").startswith("Fixed in this lesson: Network and training.")
    assert on_stage(type_number(at, "seed", 8)).experiment.seed == 8
    (reset,) = (button for button in at.button if button.label == "Reset")
    assert not reset.proto.disabled
    assert on_stage(press(at, "Reset")).experiment == replace(PRESETS["xor"], learning_rate=0.25)


def test_a_lessons_network_does_not_come_in_past_a_lock() -> None:
    at = locked("table")
    at.switch_page("pages/views/learn.py").run()
    for label in ("Open in the Playground", "See it step by step"):
        assert shut(at, label).startswith("Fixed in this lesson: Table.")


def test_start_weights_that_are_locked_do_not_go_with_a_hidden_layer() -> None:
    e = Experiment(initial_weights=(((1,), (2,), (3,)),), epochs=50)
    at = turn(locked("more", e=e), "selectbox", "hidden", "2")
    assert list(at.toast) == []
    assert "start weights" in messages(at)[0]
    assert on_stage(at).experiment == linked(at) == e
    assert_shows(turn(at, "selectbox", "hidden", "none"), e)


@pytest.mark.parametrize("link", [{"lock": "more"}, {"hide": "presets"}])
def test_a_lessons_link_says_so_and_does_not_tell_pupils_how_to_undo_it(link: dict[str, str]) -> None:
    def told(at: AppTest) -> list[str]:
        return [text.value for text in at.caption if "some parts of it are fixed" in text.value]

    at = visit({"seed": "3"} | link)
    assert len(told(at)) == 1
    assert not any("As it is" in text.value or "Share" in text.value for text in (*at.caption, *at.markdown))
    assert not any("As it is" in button.help for button in at.button)
    assert told(visit({"seed": "3", "play": "1"})) == []


@pytest.mark.parametrize(
    ("link", "heading"),
    [
        ({}, "Edit the table and watch a neuron learn"),
        ({"lock": "controls,more"}, "Edit the table and watch a neuron learn"),
        ({"lock": "table"}, "Change the settings and watch a neuron learn"),
        ({"hide": "table"}, "Change the settings and watch a neuron learn"),
        ({"lock": "table,controls"}, "Press Train and watch a neuron learn"),
    ],
)
def test_the_heading_asks_for_nothing_that_is_locked(link: dict[str, str], heading: str) -> None:
    assert f"# {heading}" in [text.value for text in visit({"seed": "1"} | link).markdown]


def test_a_reason_names_the_parts() -> None:
    handout = Restrictions(locked=frozenset({"table", "more"}))
    assert handout.refusal("controls") is None
    assert handout.refusal() is None
    assert read(str(handout.refusal("table", "controls", "more"))) == "Fixed in this lesson: Table, More."
