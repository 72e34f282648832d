"""Every page shows a network with an activation, a loss and an optimizer that were added by one entry each."""

from dataclasses import replace

import pytest

from engine import Experiment, record
from engine.serialization import to_url
from pages.widgets.export.worksheet import worksheet
from tests.engine.made_up import add_made_up_entries, made_up_experiment
from tests.pages.playground.drawing import editor_data
from tests.pages.visit import assert_same_run, assert_shows, control, on_stage, press, turn, visit

VIEWS = ("playground", "step", "activations", "compare", "surface", "sweep", "learn", "code", "about")


def small() -> Experiment:
    """One that fits on paper."""
    return replace(
        made_up_experiment(), test_rows=(), batch_size=None, hidden=(2,), activations=("softsign", "softsign")
    )


@pytest.fixture(autouse=True)
def _made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    add_made_up_entries(monkeypatch)


@pytest.mark.parametrize("projector", ["0", "1"])
@pytest.mark.parametrize(("output", "changes"), [("softsign", ()), ("ring", ((40, "adam"), (80, "nesterov")))])
def test_every_page_opens_from_a_link(output: str, changes: tuple[tuple[int, str], ...], projector: str) -> None:
    e = replace(made_up_experiment(output), optimizer_changes=changes)
    at = visit(to_url(e) | {"projector": projector})
    for view in VIEWS:
        at.switch_page(f"pages/views/{view}.py").run()
        assert not at.exception, view
        assert_same_run(on_stage(at), record(e))


def test_the_playground_offers_them() -> None:
    at = visit(to_url(small()))
    assert_shows(at, small())
    for kind, key, label in (
        ("selectbox", "activation 0", "Softsign"),
        ("selectbox", "output activation", "Ring"),
        ("selectbox", "loss", "Fourth power"),
        ("selectbox", "optimizer", "Nesterov"),
    ):
        assert label in control(at, kind, key).proto.options
    assert ["softsign", "Softsign"] in editor_data(at)["choices"]["hidden"]
    assert ["ring", "Ring"] in editor_data(at)["choices"]["output"]


def test_step_by_step_verifies_them() -> None:
    for changes in ((), ((3, "nesterov"),)):
        e = replace(made_up_experiment("ring"), optimizer="sgd" if changes else "nesterov", optimizer_changes=changes)
        at = visit(to_url(e) | {"at": "7"}).switch_page("pages/views/step.py").run()
        press(at, "Verify these numbers")
        assert at.success[0].value
        assert not at.error
        assert any("Nesterov" in text.value or "def nesterov" in text.value for text in (*at.code, *at.markdown))


def test_the_gallery_puts_them_to_use() -> None:
    at = visit(to_url(replace(Experiment(), loss="mean_squared_error"))).switch_page("pages/views/activations.py").run()
    press(at, "use softsign")
    assert on_stage(at).experiment.activations == ("softsign",)


def test_they_can_be_taken_away_as_programs_and_on_paper() -> None:
    at = visit(to_url(small())).switch_page("pages/views/code.py").run()
    assert "def softsign(z):" in at.code[0].value
    assert "Download the worksheet" in {button.proto.label for button in at.get("download_button")}
    assert "Softsign" in worksheet(small())
    for label in ("PyTorch", "Keras"):
        turn(at, "button_group", "program", label)
        assert not at.exception
        assert f"{label} has no equivalent" in at.code[0].value
