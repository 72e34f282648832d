"""Is it luck? The fan of the run on the Playground, trained when its expander is opened."""

from dataclasses import replace

import numpy as np
from streamlit.testing.v1 import AppTest

from engine import PRESETS, Experiment, record_many
from engine.comparison.run_statistics import luckiest
from engine.serialization.url_format import to_url
from pages.state.comparison.seed_fan import SeedFan
from tests.deadline import wait_until
from tests.pages.visit import linked, messages, pictures, press, state_of, turn, visit

XOR = replace(PRESETS["xor"], hidden=(2,), epochs=200, seed=7)


def fan_of(at: AppTest) -> SeedFan:
    fan: SeedFan = at.session_state["seed_fan"]
    return fan


def open_fan(experiment: Experiment) -> AppTest:
    """The Playground with the expander open, and its fan trained."""
    at = visit(to_url(experiment), opened=("luck",))
    return finish(at)


def finish(at: AppTest) -> AppTest:
    def is_finished() -> bool:
        at.run()
        result = fan_of(at).result
        return result is None or result.has_ended

    wait_until(is_finished, "The fan is trained")
    assert not at.exception
    return at


def words(at: AppTest) -> str:
    (found,) = (text.value for text in at.markdown if "256 starts" in text.value)
    return found


def test_nothing_is_trained_before_it_is_opened() -> None:
    assert "seed_fan" not in visit(to_url(XOR)).session_state


def test_it_is_the_fan_of_the_experiment_on_the_page_its_own_seed_first() -> None:
    at = open_fan(XOR)
    result = fan_of(at).result
    assert result is not None
    assert result.runs is not None
    assert result.seeds[:3] == (7, 0, 1)
    assert len(set(result.seeds)) == 256
    expected = record_many([replace(XOR, seed=seed) for seed in result.seeds])
    assert np.array_equal(result.runs.loss, expected.loss)
    assert f"{int(expected.learned.sum())} of 256 starts learned" in words(at)
    assert "The one on the page, seed 7," in words(at)
    assert {"seeds fan", "seeds histogram"} <= pictures(at).keys()
    best = luckiest(expected)
    assert best is not None
    press(at, "leave with luckiest")
    assert linked(at) == expected.experiments[best]
    press(at, "undo")
    assert linked(at) == XOR


def test_a_run_that_is_not_trained_to_its_end_is_not_held_against_those_that_are() -> None:
    at = open_fan(Experiment(inputs=((1, 0),), targets=((1,),), epochs=100))  # one row waits for Train
    assert "The one on the page" not in words(at)
    finish(press(at, "train"))
    assert "The one on the page, seed 1, ended at a loss of" in words(at)


def test_where_all_starts_are_alike_there_is_no_luckiest_and_no_unluckiest() -> None:
    at = open_fan(replace(XOR, initializer="zeros", epochs=20))
    assert [b.label for b in at.button if b.label.startswith("Open ")] == ["Open seed 7, loss 0.5"]


def test_it_follows_an_edit() -> None:
    at = open_fan(XOR)
    turn(at, "text_input", "learning_rate", "0.001")
    finish(at)
    assert "None of 256 starts learned" in words(at)
    result = fan_of(at).result
    assert result is not None
    assert result.experiment == replace(XOR, learning_rate=0.001)


def test_what_would_take_too_long_is_refused_in_words() -> None:
    rows = tuple((float(row), float(row % 7)) for row in range(400))
    targets = tuple((row[1],) for row in rows)
    layers = ("tanh", "tanh", "linear")
    at = open_fan(Experiment(inputs=rows, targets=targets, hidden=(32, 32), activations=layers, epochs=20_000))
    assert any("use fewer seeds" in text for text in messages(at))


def test_weights_typed_by_hand_are_said_to_belong_to_this_run_alone() -> None:
    at = open_fan(Experiment(initial_weights=(((0.1,), (0.2,), (0.3,)),), epochs=50))
    assert any("belong to the run on the page alone" in text.value for text in at.caption)


def test_a_lessons_link_that_locks_the_seed_opens_no_other() -> None:
    at = finish(visit(to_url(XOR) | {"lock": "more"}, opened=("luck",)))
    assert all(button.disabled for button in at.button if str(button.key).startswith("open l"))
    assert state_of(at).run.wanted == XOR
