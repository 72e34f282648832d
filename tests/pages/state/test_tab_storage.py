"""What is too large for an address is kept by the visitor's tab, and restored from it."""

import json

import numpy as np
from streamlit.testing.v1 import AppTest

from engine import Experiment
from engine.serialization.url_format import to_url
from tests.pages.components import report, trigger
from tests.pages.visit import linked, messages, on_stage, pictures, press, state_of, turn, type_number, visit


def large() -> Experiment:
    """Almost too much for an address; with start weights by hand it is."""
    random = np.random.RandomState(0)
    return Experiment(
        inputs=tuple(map(tuple, random.rand(190, 5))),
        targets=tuple(map(tuple, random.rand(190, 1))),
        hidden=(60, 60),
        activations=("tanh", "tanh", "linear"),
        learning_rate=0.001,
        loss="mean_squared_error",
        initializer="glorot_uniform",
        epochs=2,
    )


def test_a_large_table_is_carried_and_more_than_an_address_holds_says_so() -> None:
    at = visit(to_url(large()))
    assert messages(at) == []
    assert on_stage(at).experiment == linked(at) == large()
    turn(at, "toggle", "by hand", True)
    for _ in range(2):
        assert any(button.key == "large experiment.json" for button in at.download_button)
        assert any("This experiment is too large for the page's address" in text.value for text in at.markdown)
        assert list(at.query_params) == ["large"]
        assert on_stage(at).experiment.initial_weights
        at.run()
    again = visit(at.query_params)
    for _ in range(2):
        assert (asked_back(again), again.query_params) == (True, at.query_params)
        answer(again, "")
        assert [message.partition(":")[0] for message in messages(again)] == [
            "The table of this page was too large for its address, so it is not here"
        ]
        assert again.query_params == at.query_params
        again = visit(again.query_params)
    press(again, "Go on without it")
    type_number(again, "seed", 8)
    assert messages(again) == []
    assert again.query_params == {"seed": "8"}
    turn(at, "toggle", "by hand", False)
    assert not any(button.key == "large experiment.json" for button in at.download_button)
    assert linked(at) == large()


def kept(at: AppTest) -> str | None:
    """What the visitor's tab has been given to keep; "" where it is asked for that."""
    found = [mount.proto.json for mount in at.get("bidi_component") if mount.proto.id.endswith("-keeping")]
    return json.loads(found[0])["link"] if found else None


def asked_back(at: AppTest) -> bool:
    """Whether the page waits for the tab, and has nothing on it that could be changed meanwhile."""
    assert not at.exception
    waits = kept(at) == ""
    assert waits == ([button.label for button in at.button] == ["Go on without it"])
    assert waits != bool(pictures(at) or len(at.markdown) > 1)
    return waits


def answer(at: AppTest, link: object) -> AppTest:
    """The visitor's tab gives back what it has kept."""
    assert asked_back(at)
    (keeping,) = (mount.proto.id for mount in at.get("bidi_component") if mount.proto.id.endswith("-keeping"))
    return trigger(at, keeping, "kept", link)


def test_a_tab_brings_back_what_was_too_large_for_its_address() -> None:
    at = turn(visit(to_url(large())), "toggle", "by hand", True)
    report(at, 1)
    link = kept(at)
    assert link
    for _ in range(2):
        again = answer(visit(at.query_params), link)
        assert messages(again) == []
        assert on_stage(again).experiment == on_stage(at).experiment
        assert state_of(again).view.cursor == 1
        assert again.query_params == at.query_params
        assert kept(again) == link
        at = again


def test_it_is_brought_back_on_every_page() -> None:
    at = turn(visit(to_url(large())), "toggle", "by hand", True)
    link, wanted = kept(at), state_of(at).run.wanted
    for page in ("learn", "step", "activations", "code", "about"):
        again = visit(at.query_params).switch_page(f"pages/views/{page}.py").run()
        answer(again, link)
        assert (state_of(again).run.wanted, state_of(again).page) == (wanted, page)
        assert again.query_params == at.query_params


def test_a_tab_brings_back_nothing_else() -> None:
    at = turn(visit(to_url(large())), "toggle", "by hand", True)
    link, lost = kept(at), dict(at.query_params)
    for other in ({"large": "1"}, {"large": "<b>"}):
        page = answer(visit(other), link)
        assert (on_stage(page).experiment, page.query_params) == (Experiment(), other)
    for text in ("x=<b>&n=nan&&=&" + "9" * 100_000, "", None, 5, {"x": 1}):
        assert on_stage(answer(visit(lost), text)).experiment == Experiment()
    locked = answer(visit(lost | {"lock": "table"}), link)
    assert on_stage(locked).experiment == on_stage(at).experiment
    assert state_of(locked).link.restrictions.fixed_parts
    assert kept(visit()) is None
