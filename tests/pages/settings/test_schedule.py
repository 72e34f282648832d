"""A training goes on from where it stands, changes its rate on the way, and stops by a rule, which is said."""

from dataclasses import replace

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Selectbox

from engine import PRESETS, Experiment, record
from engine.serialization.url_format import to_url
from pages.charts.history.alt_text import loss_alt_text
from tests.pages.visit import (
    assert_shows,
    charts,
    control,
    edit,
    linked,
    messages,
    on_stage,
    press,
    state_of,
    turn,
    type_number,
    visit,
    words,
)

XOR = PRESETS["xor"]
GO_ON = "Go on training"


def open_schedule(experiment: Experiment = XOR, **link: str) -> AppTest:
    return visit(to_url(experiment) | link, opened=("schedule",))


def go_on(at: AppTest, more: str | None = None, rate: str | None = None, optimizer: str | None = None) -> AppTest:
    """Press the button, with other numbers, and the label of another optimizer, if given."""
    for label, text in (("Epochs more", more), ("Learning rate then", rate)):
        if text is not None:
            (box,) = (box for box in at.text_input if box.label == label)
            box.set_value(text)
    if optimizer is not None:
        optimizer_then(at).select(optimizer)
    return press(at, GO_ON)


def go_on_with_another_table(at: AppTest) -> AppTest:
    return press(at, "Go on with a changed table")


def captions(at: AppTest) -> list[str]:
    return [caption.value for caption in at.caption]


def optimizer_then(at: AppTest) -> Selectbox[str]:
    (box,) = (box for box in at.selectbox if box.label == "Optimizer then")
    return box


def marks(at: AppTest) -> list[tuple[float, str]]:
    """The marks in the loss curve, with their words."""
    layout = charts(at)["chart loss"]["layout"]
    texts = [mark["text"] for mark in layout.get("annotations", [])]
    return list(zip([line["x0"] for line in layout.get("shapes", [])], texts, strict=True))


def test_it_goes_on_for_as_many_epochs_more_at_the_same_rate() -> None:
    at = go_on(open_schedule(replace(XOR, epochs=300)))
    assert_shows(at, replace(XOR, epochs=600))
    assert marks(at) == []


def test_it_goes_on_with_another_rate_and_the_loss_curve_is_marked_there() -> None:
    at = go_on(open_schedule(replace(XOR, epochs=300)), "200", "0,05")
    e = replace(XOR, epochs=500, rate_changes=((300, 0.05),))
    assert_shows(at, e)
    assert marks(at) == [(float(np.log10(301)), "rate 0.05")]
    assert control(at, "text_input", "rate changes").value == "300: 0.05"
    turn(at, "segmented_control", "axis", "linear")
    assert marks(at) == [(300, "rate 0.05")]
    at = go_on(at, "100", "0.01")
    assert_shows(at, replace(e, epochs=600, rate_changes=((300, 0.05), (500, 0.01))))
    press(press(at, "undo"), "undo")
    assert_shows(at, replace(XOR, epochs=300))


def test_it_goes_on_with_adam_and_the_loss_curve_is_marked_there() -> None:
    at = open_schedule(replace(XOR, epochs=300))
    assert optimizer_then(at).value == "sgd"
    at = go_on(at, "200", optimizer="Adam")
    e = replace(XOR, epochs=500, optimizer_changes=((300, "adam"),))
    assert_shows(at, e)
    assert marks(at) == [(float(np.log10(301)), "Adam")]
    assert control(at, "text_input", "optimizer changes").value == "300: Adam"
    assert optimizer_then(at).value == "adam"
    at = go_on(at, "100", "0.02", "Momentum")
    e = replace(e, epochs=600, rate_changes=((500, 0.02),), optimizer_changes=((300, "adam"), (500, "momentum")))
    assert_shows(at, e)
    assert [text for _, text in marks(at)] == ["Adam", "Momentum, rate 0.02"]
    at = press(at, "undo")
    assert_shows(at, replace(XOR, epochs=500, optimizer_changes=((300, "adam"),)))
    at = press(at, "undo")
    assert_shows(at, replace(XOR, epochs=300))
    assert optimizer_then(at).value == "sgd"


def test_optimizers_that_are_still_to_come_stay_unless_it_is_another_now() -> None:
    e = replace(XOR, epochs=300, optimizer_changes=((100, "momentum"), (400, "adam")))
    assert on_stage(go_on(open_schedule(e))).experiment.optimizer_changes == e.optimizer_changes
    assert on_stage(go_on(open_schedule(e), optimizer="Momentum")).experiment.optimizer_changes == e.optimizer_changes
    then = on_stage(go_on(open_schedule(e), optimizer="RMSprop")).experiment.optimizer_changes
    assert then == ((100, "momentum"), (300, "rmsprop"))


def test_the_optimizers_on_the_way_are_typed_as_one_text() -> None:
    at = turn(open_schedule(), "text_input", "optimizer changes", "1,000: adam; 2000: gradient  descent;")
    assert_shows(at, replace(XOR, optimizer_changes=((1_000, "adam"), (2_000, "sgd"))))
    assert control(at, "text_input", "optimizer changes").value == "1000: Adam; 2000: Gradient descent"
    at = turn(at, "text_input", "optimizer changes", "500: fast")
    assert messages(at) == [
        "The optimizer from epoch 500 on: 'fast' is none: choose from sgd, momentum, rmsprop, adam."
    ]
    assert control(at, "text_input", "optimizer changes").value == "500: fast"
    at = turn(at, "text_input", "optimizer changes", "adam")
    assert messages(at) == ["A change of the optimizer is an epoch and an optimizer, such as 5000: adam."]
    at = turn(at, "text_input", "optimizer changes", "soon: adam")
    assert messages(at) == ["The epoch of a new optimizer: 'soon' is not a whole number."]
    assert_shows(turn(at, "text_input", "optimizer changes", ""), XOR)


def test_what_is_learned_until_then_is_the_same_to_the_bit() -> None:
    before = on_stage(open_schedule(replace(XOR, epochs=300)))
    after = on_stage(go_on(open_schedule(replace(XOR, epochs=300)), "200", "0.05"))
    assert (before.state_at(300).weights[0] == after.state_at(300).weights[0]).all()


def test_changes_that_are_still_to_come_stay_unless_the_rate_is_another() -> None:
    e = replace(XOR, epochs=300, rate_changes=((400, 0.05),))
    assert on_stage(go_on(open_schedule(e))).experiment.rate_changes == ((400, 0.05),)
    assert on_stage(go_on(open_schedule(e), rate="0.2")).experiment.rate_changes == ((300, 0.2),)


@pytest.mark.parametrize("more", ["", "0", "-5", "1.5", "many"])
def test_what_is_no_number_of_epochs_changes_nothing(more: str) -> None:
    at = go_on(open_schedule(), more)
    assert len(at.toast) == 1
    assert_shows(at, XOR)


def test_what_is_no_rate_is_refused_like_every_setting() -> None:
    at = go_on(open_schedule(), rate="fast")
    assert messages(at) == ["The learning rate from epoch 5,000 on: 'fast' is not a number."]
    assert linked(at) == XOR


def test_the_rates_on_the_way_are_typed_as_one_text() -> None:
    at = turn(open_schedule(), "text_input", "rate changes", "1,000: 0,1; 2000: 0.01")
    assert_shows(at, replace(XOR, rate_changes=((1_000, 0.1), (2_000, 0.01))))
    assert control(at, "text_input", "rate changes").value == "1000: 0.1; 2000: 0.01"
    at = turn(at, "text_input", "rate changes", "soon")
    assert messages(at) == ["A change of the learning rate is an epoch and a rate, such as 5000: 0.1."]
    assert_shows(turn(at, "text_input", "rate changes", ""), XOR)


def test_it_stops_when_all_rows_are_right_says_so_and_goes_on_from_there() -> None:
    at = turn(open_schedule(), "toggle", "stop when right", True)
    e = replace(XOR, stop_when_right=True)
    last = record(e).stopped_at
    assert last is not None
    assert_shows(at, e)
    assert "Stopped there: every row is right." in words(at)
    at = go_on(at, "50")
    assert_shows(at, replace(XOR, epochs=last + 50))


def test_it_stops_below_a_loss_and_while_the_held_out_loss_no_longer_falls() -> None:
    at = type_number(open_schedule(), "stop_loss", "0,2")
    assert_shows(at, replace(XOR, stop_loss=0.2))
    assert "Stopped there: the loss is below 0.2." in words(at)
    assert_shows(type_number(at, "stop_loss", ""), XOR)
    line = PRESETS["line"]
    at = type_number(open_schedule(line), "patience", "3")
    assert on_stage(at).experiment == replace(line, patience=3)
    assert not [box for box in open_schedule().text_input if str(box.key).startswith("patience")]


def test_locked_settings_are_read() -> None:
    at = open_schedule(replace(XOR, rate_changes=((100, 0.1),)), lock="controls")
    assert control(at, "text_input", "rate changes").proto.disabled
    assert control(at, "toggle", "stop when right").proto.disabled
    (button,) = (button for button in at.button if button.label == GO_ON)
    assert button.proto.disabled
    assert not control(at, "text_input", "optimizer changes").proto.disabled


def test_the_optimizer_is_locked_with_more_where_it_is_chosen() -> None:
    at = open_schedule(replace(XOR, epochs=300, optimizer_changes=((100, "adam"),)), lock="more")
    assert control(at, "text_input", "optimizer changes").proto.disabled
    assert optimizer_then(at).proto.disabled
    e = replace(XOR, epochs=400, optimizer_changes=((100, "adam"),), rate_changes=((300, 0.02),))
    assert_shows(go_on(at, "100", "0.02"), e)


def test_a_long_training_that_goes_on_trains_at_once() -> None:
    at = go_on(open_schedule(replace(XOR, epochs=300)), "400000")
    assert state_of(at).run.wanted.epochs == 400_300
    assert not [warning for warning in messages(at) if "press Train" in warning]


ROWS = XOR.inputs, XOR.labelled_targets


def test_it_goes_on_with_another_table_in_one_history_and_the_loss_curve_is_marked_there() -> None:
    at = go_on_with_another_table(open_schedule(replace(XOR, epochs=300)))
    e = replace(XOR, epochs=600, earlier_tables=((300, *ROWS),))
    assert_shows(at, e)
    assert [toast.value.startswith("Now change the table. Until epoch 300") for toast in at.toast] == [True]
    at = edit(at, {3: {"y1": "1"}}, added=[{"x1": "0.5", "x2": "0.5", "y1": "0"}])
    inputs, targets = (*XOR.inputs, (0.5, 0.5)), (*XOR.targets[:3], (1,), (0,))
    e = replace(e, inputs=inputs, targets=targets)
    assert_shows(at, e)
    assert marks(at) == [(float(np.log10(301)), "changed table")]
    before = record(replace(XOR, epochs=300))
    assert np.array_equal(on_stage(at).state_at(300).weights[0], before.weights[0][-1])
    assert any(
        text.endswith("Until epoch 300 the network learned the rows as they were then, and the loss is theirs.")
        for text in captions(at)
    )
    assert "It learns 4 rows until epoch 300, then this table." in captions(at)


def test_one_table_after_another_and_undo_takes_each_back() -> None:
    at = edit(go_on_with_another_table(open_schedule(replace(XOR, epochs=300))), {3: {"y1": "1"}})
    once = on_stage(at).experiment
    at = go_on_with_another_table(at)
    both = ((300, *ROWS), (600, XOR.inputs, (*XOR.labelled_targets[:3], (1,))))
    assert on_stage(at).experiment == replace(once, epochs=1_200, earlier_tables=both)
    assert "It learns 4 rows until epoch 300, then 4 rows until epoch 600, then this table." in captions(at)
    assert_shows(press(at, "undo"), once)
    assert_shows(press(press(at, "undo"), "undo"), replace(XOR, epochs=300))


def test_held_out_rows_and_questions_are_not_among_those_kept() -> None:
    e = replace(XOR, epochs=300, test_rows=(1,), inputs=(*XOR.inputs, (2, 2)), targets=(*XOR.targets, (None,)))
    ((end, inputs, targets),) = on_stage(go_on_with_another_table(open_schedule(e))).experiment.earlier_tables
    assert (end, inputs, targets) == (300, ((0, 0), (1, 0), (1, 1)), ((0,), (1,), (0,)))


def test_from_a_stop_on_the_rule_goes_and_the_rows_stay() -> None:
    at = open_schedule(replace(XOR, stop_when_right=True))
    stopped = on_stage(at).stopped_at
    assert stopped is not None
    e = on_stage(go_on_with_another_table(at)).experiment
    assert (e.stop_when_right, e.epochs, e.earlier_tables) == (False, stopped + XOR.epochs, ((stopped, *ROWS),))


def test_only_this_table_forgets_the_earlier_ones() -> None:
    e = replace(XOR, epochs=600, earlier_tables=((300, XOR.inputs[:2], XOR.labelled_targets[:2]),))
    at = press(open_schedule(e), "Learn only this table")
    assert_shows(at, replace(XOR, epochs=600))
    assert not [button for button in at.button if button.label == "Learn only this table"]


def test_with_other_columns_the_earlier_tables_go_and_it_is_said() -> None:
    e = replace(XOR, epochs=600, earlier_tables=((300, *ROWS),))
    at = press(visit(to_url(e), opened=("schedule", "columns")), "Add input")
    assert on_stage(at).experiment.earlier_tables == ()
    assert [toast.value for toast in at.toast] == [
        "The rows learned before the table changed went: they have other columns. Undo brings them back."
    ]


def test_what_a_tab_has_kept_of_earlier_tables_may_be_anything() -> None:
    for kept in (((5, 3, 4),), (1,), ("abc",), ((5, (), ()),)):
        at = open_schedule()
        state_of(at).draft.settings["earlier_tables"] = kept
        assert not at.run().exception
        assert len(messages(at)) == 1


def test_a_loss_curve_says_in_words_where_the_table_became_another() -> None:
    history = record(replace(XOR, epochs=600, earlier_tables=((300, *ROWS),), rate_changes=((300, 0.5),)))
    assert loss_alt_text(history).endswith(
        "From epoch 300 on the learning rate is 0.5 and another table is trained on."
    )


def test_a_batch_may_have_as_many_rows_as_any_of_the_tables() -> None:
    nine = tuple((row / 9, 1.0) for row in range(9)), tuple((row % 2,) for row in range(9))
    e = replace(XOR, epochs=600, earlier_tables=((300, *nine),))
    at = type_number(visit(to_url(e), opened=("more",)), "batch_size", "6")
    assert on_stage(at).experiment.batch_size == 6
    at = type_number(at, "batch_size", "9")
    assert on_stage(at).experiment.batch_size is None


def test_one_row_after_others_is_no_slip() -> None:
    e = replace(XOR, epochs=600, inputs=XOR.inputs[:1], targets=XOR.targets[:1], earlier_tables=((300, *ROWS),))
    assert messages(open_schedule(e)) == []


def test_a_table_that_comes_after_the_last_epoch_is_said_to() -> None:
    at = open_schedule(replace(XOR, epochs=200, earlier_tables=((300, *ROWS),)))
    words = "Until epoch 200 the network learned the rows as they were then."
    assert any(text.endswith(words) for text in captions(at))


def test_a_row_held_out_that_was_learned_before_is_said_to_be_no_fair_test() -> None:
    e = replace(XOR, epochs=600, test_rows=(1, 3), targets=(*XOR.targets[:3], (1,)), earlier_tables=((300, *ROWS),))
    (words,) = (text for text in captions(open_schedule(e)) if "fair" in text)
    assert words.endswith("No fair test: row 2, held out now, was learned then.")
    e = replace(e, targets=XOR.targets)
    (words,) = (text for text in captions(open_schedule(e)) if "fair" in text)
    assert words.endswith("No fair test: rows 2 and 4, held out now, were learned then.")


def test_twice_with_nothing_changed_is_once() -> None:
    at = go_on_with_another_table(go_on_with_another_table(open_schedule(replace(XOR, epochs=300))))
    assert on_stage(at).experiment == replace(XOR, epochs=1_200, earlier_tables=((600, *ROWS),))


def test_where_settings_are_locked_columns_stay_as_the_earlier_rows_have_them() -> None:
    e = replace(XOR, epochs=600, earlier_tables=((300, *ROWS),))
    for lock, is_off in ((({}), False), ({"lock": "controls"}, True)):
        at = visit(to_url(e) | lock, opened=("columns",))
        assert {button.label: button.disabled for button in at.button}["Add input"] == is_off


def test_a_locked_table_cannot_become_another() -> None:
    e = replace(XOR, epochs=600, earlier_tables=((300, *ROWS),))
    at = open_schedule(e, lock="table")
    locked = {button.label: button.disabled for button in at.button}
    assert (locked["Go on with a changed table"], locked["Learn only this table"]) == (True, True)
    assert not locked["Go on training"]
