"""The Surface page: the loss over weights at the cursor's epoch, a place, and a start from there."""

from dataclasses import replace

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from engine import PRESETS, Experiment, record
from engine.model.weight_index import WeightIndex
from engine.training.surface import loss_over_main_directions, loss_surface
from pages.charts.style.format import format_percent
from pages.state.comparison.surface_choice import SurfaceChoice
from tests.pages.components import report, trigger
from tests.pages.visit import come_to, linked, messages, on_stage, pictures, press, state_of, turn, type_number

PAGE = "pages/views/surface.py"
XOR = replace(PRESETS["xor"], epochs=300)


def choice_of(at: AppTest) -> SurfaceChoice:
    choice: SurfaceChoice = at.session_state["surface"]
    return choice


def click(at: AppTest, point: int) -> AppTest:
    (found,) = (mount.proto.id for mount in at.get("bidi_component") if mount.proto.id.endswith("-places"))
    stage = pictures(at)["chart surface"]["layout"]["meta"]["stage"]
    return trigger(at, found, "point", {"chart": stage, "point": point})


def test_it_shows_the_engines_surface_at_the_cursors_epoch() -> None:
    at = come_to(PAGE, XOR)
    for epoch in (300, 20):
        report(at, epoch) if epoch < 300 else None
        expected = loss_surface(record(XOR), epoch, WeightIndex(0, 0, 0), WeightIndex(0, 1, 0))
        *_, marks, _, _, _, _ = pictures(at)["chart surface"]["data"]
        assert len(marks["text"]) == 41 * 41
        assert float(marks["text"][700]) == pytest.approx(expected.loss.ravel()[700], rel=0.01)
        assert any(f"as at epoch {epoch:,}" in text.value for text in at.caption)


def test_a_click_chooses_a_place_and_start_from_there_trains_from_it() -> None:
    at = click(come_to(PAGE, XOR), 100)
    surface = loss_surface(record(XOR), None, WeightIndex(0, 0, 0), WeightIndex(0, 1, 0))
    place = choice_of(at).place
    assert place is not None
    a, b = np.unravel_index(100, surface.loss.shape)
    assert place == pytest.approx((surface.axes[0][a], surface.axes[1][b]), rel=0.01)
    assert any("Loss there" in text.value for text in at.markdown)
    press(at, "start from place")
    started = linked(at)
    assert started == surface.experiment_from(*place)
    assert (started.initial_weights[0][0][0], started.initial_weights[0][1][0]) == place
    assert np.array_equal(on_stage(at).loss, record(started).loss)
    assert choice_of(at).place is None
    at.switch_page("pages/views/playground.py").run()
    assert any("Started from a place on the loss surface" in text.value for text in at.caption)
    press(at, "undo")
    assert linked(at) == XOR


def test_a_click_on_a_chart_that_is_gone_or_no_place_is_ignored() -> None:
    at = come_to(PAGE, XOR)
    click(at, 41 * 41)
    (found,) = (mount.proto.id for mount in at.get("bidi_component") if mount.proto.id.endswith("-places"))
    trigger(at, found, "point", {"chart": "gone", "point": 3})
    trigger(at, found, "point", "nonsense")
    assert not at.exception
    assert choice_of(at).place is None


def test_a_place_can_be_typed() -> None:
    at = come_to(PAGE, XOR)
    type_number(at, "place 0", "0,5")
    type_number(at, "place 1", "-2")
    assert choice_of(at).place == (0.5, -2.0)
    type_number(at, "place 1", "nonsense")
    assert choice_of(at).place == (0.5, -2.0)
    press(at, "start from place")
    assert (linked(at).initial_weights[0][0][0], linked(at).initial_weights[0][1][0]) == (0.5, -2.0)


def test_other_weights_one_weight_main_directions_and_in_space() -> None:
    at = come_to(PAGE, XOR)
    turn(at, "selectbox", "surface weight 0", WeightIndex(1, 0, 0))
    assert pictures(at)["chart surface"]["layout"]["xaxis"]["title"]["text"] == "h1 → answer"
    turn(at, "selectbox", "surface weight 1", WeightIndex(1, 0, 0))
    assert choice_of(at).first != choice_of(at).second == WeightIndex(1, 0, 0)
    turn(at, "segmented_control", "surface picture", "space")
    assert [trace["type"] for trace in pictures(at)["surface in space"]["data"]] == ["surface", "scatter3d"]
    turn(at, "segmented_control", "surface kind", "one")
    assert pictures(at)["chart surface"]["layout"]["title"]["text"] == "The loss along switch 2 → h1"
    turn(at, "segmented_control", "surface kind", "main")
    turn(at, "segmented_control", "surface picture", "lines")
    assert pictures(at)["chart surface"]["layout"]["xaxis"]["title"]["text"] == "first main direction"
    share = loss_over_main_directions(record(XOR), None).shares
    assert share is not None
    assert any(f"these two directions show {format_percent(float(share.sum()))}" in text.value for text in at.caption)
    assert messages(at) == []


def test_a_network_of_one_weight_has_its_curve() -> None:
    at = come_to(PAGE, Experiment(inputs=((1.0,), (0.5,)), targets=((1,), (0,)), epochs=50))
    assert pictures(at)["chart surface"]["layout"]["title"]["text"] == "The loss along x1 → y1"
    state_of(at).load(XOR)
    at.run()
    assert not at.exception


def test_weights_that_a_smaller_network_lacks_are_replaced() -> None:
    at = come_to(PAGE, XOR)
    turn(at, "selectbox", "surface weight 0", WeightIndex(1, 0, 0))
    state_of(at).load(PRESETS["tutorial"])
    at.run()
    assert not at.exception
    assert choice_of(at).first == WeightIndex(0, 0, 0)


def test_a_link_that_locks_start_weights_keeps_them() -> None:
    at = come_to(PAGE, XOR, lock="more")
    (button,) = (button for button in at.button if button.key == "start from place")
    assert button.disabled


def test_a_run_that_diverged_has_a_surface() -> None:
    at = come_to(PAGE, Experiment(activations=("linear",), learning_rate=5.0, epochs=200))
    assert "chart surface" in pictures(at)
