"""Training starts from what has been learned, so that it can go on with another table."""

from dataclasses import replace

import numpy as np

from engine import PRESETS, Experiment, record
from tests.pages.settings.test_schedule import open_schedule
from tests.pages.visit import WRONG, assert_shows, edit, on_stage, output_texts, press

START = "Start from these weights"
E = replace(PRESETS["or"], epochs=300, rate_changes=((100, 0.5), (250, 0.1)), optimizer_changes=((50, "adam"),))


def starting_at(experiment: Experiment, epoch: int) -> Experiment:
    state = record(experiment).state_at(epoch)
    weights = tuple(tuple(map(tuple, layer.tolist())) for layer in state.weights)
    return replace(experiment, initial_weights=weights, initial_biases=tuple(tuple(b.tolist()) for b in state.biases))


def test_the_weights_at_the_players_epoch_are_the_start_weights() -> None:
    at = press(open_schedule(E, at="200"), START)
    epoch = int(record(E).epochs[record(E).frame_at(200)])
    e = replace(
        starting_at(E, epoch),
        learning_rate=0.5,
        rate_changes=((250 - epoch, 0.1),),
        optimizer="adam",
        optimizer_changes=(),
    )
    assert_shows(at, e)
    before, after = record(E).weights[0][record(E).frame_at(epoch)], on_stage(at).weights[0][0]
    assert (before == after).all()


def test_another_table_goes_on_from_them() -> None:
    at = edit(press(open_schedule(replace(PRESETS["or"], epochs=300)), START), {3: {"y1": 0}})
    e = starting_at(replace(PRESETS["or"], epochs=300), 300)
    assert_shows(at, replace(e, targets=(*e.targets[:3], (0,))))
    assert [text.endswith(WRONG) for (text,) in output_texts(at)] == [False, False, False, True]


def test_earlier_tables_that_are_still_to_come_stay() -> None:
    rows = E.inputs[:2], E.labelled_targets[:2]
    e = replace(E, earlier_tables=((150, *rows), (240, *rows)))
    at = press(open_schedule(e, at="200"), START)
    epoch = int(record(e).epochs[record(e).frame_at(200)])
    assert on_stage(at).experiment.earlier_tables == ((240 - epoch, *rows),)
    weights = record(e).weights[0]
    np.testing.assert_allclose(on_stage(at).weights[0][0], weights[record(e).frame_at(200)])


def test_a_rule_that_stopped_it_does_not_stop_it_again() -> None:
    at = press(open_schedule(replace(PRESETS["or"], epochs=300, stop_when_right=True)), START)
    assert on_stage(at).experiment.stop_when_right is False
    assert on_stage(at).epochs[-1] == 300


def test_undo_brings_the_other_start_back() -> None:
    assert_shows(press(press(open_schedule(E), START), "undo"), E)


def test_where_settings_or_start_weights_are_fixed_there_is_no_other_start() -> None:
    for part in ("controls", "more"):
        (button,) = (button for button in open_schedule(E, lock=part).button if button.label == START)
        assert button.proto.disabled


def test_where_columns_are_scaled_it_says_that_another_table_has_its_own_scale() -> None:
    for scaling, is_said in (("standard", True), ("none", False)):
        e = replace(PRESETS["line"], scaling=scaling, epochs=300)
        (button,) = (button for button in open_schedule(e).button if button.label == START)
        assert ("scaled by its own numbers" in button.help) is is_said
