"""Slow motion shows the steps one by one, the newest on top, on a click or by timer."""

from streamlit.testing.v1 import AppTest

from pages.widgets.step_by_step.slow_motion import STEP_SECONDS
from tests.pages.step_by_step.step_page import BROAD, come, pictures, step_epoch
from tests.pages.visit import press, state_of, turn


def numbered(at: AppTest) -> list[int]:
    """The steps on the page by number, from the top."""
    return [int(title.split()[0]) for title in pictures(at)]


def test_slow_motion_goes_step_by_step() -> None:
    at = come()
    assert numbered(at) == [1, 2, 3, 4, 5, 6]
    press(at, "Slow motion")
    for shown in range(1, 7):
        assert numbered(at) == list(range(shown, 0, -1)), "the newest on top"
        assert f"Step {shown} of 6" in [caption.value for caption in at.caption]
        (button,) = (button for button in at.button if button.label == "Next step")
        assert button.disabled == (shown == 6)
        if shown < 6:
            press(at, "Next step")
    press(at, "Back to the first")
    assert numbered(at) == [1]
    step_epoch(at, -1)
    assert numbered(at) == [1], "another epoch, the same step"
    press(at, "Show all steps")
    assert numbered(at) == [1, 2, 3, 4, 5, 6]


def test_slow_motion_by_itself() -> None:
    at = come()
    press(at, "Slow motion")
    assert numbered(at) == [1], "not before its time"
    turn(at, "toggle", "slow by itself", False)
    state_of(at).view.steps_since -= STEP_SECONDS
    assert numbered(at.run()) == [1], "not while it is held"
    turn(at, "toggle", "slow by itself", True)
    for shown in range(2, 7):
        state_of(at).view.steps_since -= STEP_SECONDS
        at.run()
        assert not at.exception
        assert numbered(at) == list(range(shown, 0, -1))
    state_of(at).view.steps_since -= STEP_SECONDS
    at.run()
    assert state_of(at).view.steps_shown == 6, "after the last step it stops"
    press(at, "Back to the first")
    state_of(at).view.steps_since -= STEP_SECONDS
    assert numbered(at.run()) == [2, 1], "and begins again"


def test_slow_motion_in_a_network_with_fewer_steps() -> None:
    at = come(BROAD)
    press(at, "Slow motion")
    for _ in range(11):
        press(at, "Next step")
    assert numbered(at) == list(range(12, 0, -1))
    state_of(at).reshape(hidden=(), activations=("sigmoid",))
    at.run()
    assert not at.exception
    assert numbered(at) == [6, 5, 4, 3, 2, 1]
    assert "Step 6 of 6" in [caption.value for caption in at.caption]
