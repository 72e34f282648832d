"""A table of random points is made, fills the grid as ordinary rows, and is undone like every change."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from engine import PRESETS, Experiment
from engine.data import GENERATORS, generate
from engine.serialization.url_format import to_url
from tests.pages.visit import (
    assert_shows,
    assert_still_shows,
    control,
    edit,
    grid,
    messages,
    on_stage,
    press,
    turn,
    visit,
)


def maker(**link: str) -> AppTest:
    return visit(link, opened=("generator",))


def fill(at: AppTest, kind: str, **boxes: str) -> AppTest:
    """Choose a kind, and type into boxes."""
    turn(at, "selectbox", "points", kind)
    for field, text in boxes.items():
        turn(at, "text_input", f"points {field}", text)
    return at


def make(at: AppTest) -> AppTest:
    return press(at, "Make the table")


def test_points_are_ordinary_rows_and_undo_takes_them_back() -> None:
    at = make(fill(maker(), "circle", rows="24", noise="0,25", wrong_labels="10%", test_share="25", seed="3"))
    made = generate("circle", 24, 0.25, 3, wrong_labels=0.1, test_share=0.25)
    assert_shows(at, made)
    assert len(grid(at)) == 24
    edit(at, {0: {"x1": "1,5"}})
    assert on_stage(at).experiment.inputs[0] == (1.5, made.inputs[0][1])
    assert_shows(press(at, "undo"), made)
    assert_shows(press(at, "undo"), PRESETS["tutorial"])
    assert_shows(press(at, "redo"), made)


def test_every_kind_is_offered_and_only_its_own_boxes() -> None:
    at = maker()
    for kind, generator in GENERATORS.items():
        turn(at, "selectbox", "points", kind)
        keys = {str(box.key).partition(" · ")[0] for box in at.text_input}
        assert ("points wrong_labels" in keys) == bool(generator.classes)
        assert ("points function" in keys) == generator.takes_function
        assert generator.about in [caption.value for caption in at.caption]


def test_points_lie_above_and_below_the_curve_that_was_typed() -> None:
    at = make(fill(maker(), "function", rows="40", function="|x| - 2"))
    e = on_stage(at).experiment
    assert e == generate("function", 40, function="|x| - 2")
    assert all((y > abs(x) - 2) == bool(above) for (x, y), (above,) in zip(e.inputs, e.labelled_targets, strict=True))


@pytest.mark.parametrize(
    ("boxes", "said"),
    [
        ({"rows": "many"}, "The number of points: 'many' is not a whole number."),
        ({"rows": "100000"}, "The number of points: 100000 is outside 4 to 1,000."),
        ({"noise": "-1"}, "The noise is -1: it must be from 0 to 6."),
        ({"seed": "1.5"}, "The seed: 1.5 is not a whole number."),
        ({"function": "sqrt("}, "The formula 'sqrt(': "),
        ({"function": "__import__('os')"}, "The formula "),
    ],
)
def test_what_makes_no_table_is_said_and_changes_nothing(boxes: dict[str, str], said: str) -> None:
    at = make(fill(maker(), "function", **boxes))
    (message,) = messages(at)
    assert message.startswith(said)
    assert_still_shows(at, PRESETS["tutorial"])
    fill(at, "blobs", rows="10", noise="0", seed="1")
    assert messages(at) == []
    assert_shows(make(at), generate("blobs", 10))


def test_other_points_have_another_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.widgets.table.generator.secrets.randbelow", lambda most: most - 1)
    at = press(fill(maker(), "moons", rows="20"), "Other points")
    assert_shows(at, generate("moons", 20, seed=9_999))
    assert control(at, "text_input", "points seed").value == "9999"


def test_my_network_stays_as_far_as_it_fits() -> None:
    mine = Experiment(
        inputs=((0, 1), (1, 0)),
        targets=((0,), (1,)),
        hidden=(5,),
        activations=("relu", "sigmoid"),
        bias=True,
        derived=("x1^2",),
        learning_rate=0.02,
        epochs=50,
    )
    at = fill(maker(), "exclusive_or", rows="16")
    turn(at, "toggle", "keep network", True)
    at = make(at)
    made = generate("exclusive_or", 16)
    assert on_stage(at).experiment.inputs == made.inputs
    assert on_stage(at).experiment.optimizer == "sgd"
    assert [caption for caption in at.caption if caption.value.startswith("So that it learns: ")]

    at = maker(**to_url(mine))
    turn(at, "toggle", "keep network", True)
    at = make(fill(at, "exclusive_or", rows="16"))
    assert on_stage(at).experiment == replace(mine, inputs=made.inputs, targets=made.targets, scaling="standard")
    assert any("inputs scaled" in caption.value for caption in at.caption)


def test_a_locked_table_cannot_be_made_and_locked_settings_stay() -> None:
    assert not [button for button in maker(lock="table").button if button.label == "Make the table"]
    at = make(fill(maker(lock="controls", preset="xor"), "exclusive_or", rows="12"))
    e = on_stage(at).experiment
    assert (e.hidden, e.learning_rate, e.epochs) == (PRESETS["xor"].hidden, PRESETS["xor"].learning_rate, 5_000)
    assert len(e.inputs) == 12
