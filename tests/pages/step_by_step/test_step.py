"""Step by step shows one update, number for number, and trains nothing again; test_batches.py has batches."""

from dataclasses import replace

import pytest

from engine import PRESETS, Experiment, record
from engine.model.weight_index import WeightIndex
from pages.server import run_store as trainer
from tests.charts.update.updates import EXPERIMENTS, SCALED
from tests.pages.components import report
from tests.pages.step_by_step.step_page import (
    BROAD,
    PAGE,
    assert_shows_update,
    chosen,
    click_number,
    come,
    epochs_told,
    matrices,
    opening_epoch,
    pictures,
    step_epoch,
    update_at,
)
from tests.pages.visit import linked, messages, on_stage, press, state_of, turn, visit


@pytest.fixture
def trainings(monkeypatch: pytest.MonkeyPatch) -> list[Experiment]:
    """The experiments that the page has trained."""
    done: list[Experiment] = []

    def counted(experiment: Experiment) -> object:
        done.append(experiment)
        return record(experiment)

    monkeypatch.setattr(trainer, "record", counted)
    return done


@pytest.mark.parametrize(("epoch", "formula", "source"), [(39, "eta g", ""), (40, "hat m", "def adam")])
def test_the_optimizer_is_that_of_the_epoch(epoch: int, formula: str, source: str) -> None:
    e = replace(BROAD, optimizer_changes=((40, "adam"),))
    at = come(e, at=str(epoch))
    assert_shows_update(at, e, update_at(e, epoch))
    assert any(formula in latex.value for latex in (*at.latex, *at.markdown))
    assert any("def adam" in code.value for code in at.code) == bool(source)
    press(at, "Verify these numbers")
    assert at.success[0].value
    lines = [str(cell) for table in at.table for cell in table.value.to_numpy().ravel()]
    assert any("0.9^1)" in line for line in lines) == bool(source)


@pytest.mark.parametrize(
    ("experiment", "epoch"),
    [(Experiment(), 0), (Experiment(), 100), (Experiment(), 10_000), (BROAD, 0), (BROAD, 37), (BROAD, 300)],
    ids=lambda value: value if isinstance(value, int) else f"{value.shapes}",
)
def test_every_number_is_the_ledgers(experiment: Experiment, epoch: int) -> None:
    at = come(experiment, at=str(epoch))
    assert messages(at) == []
    assert_shows_update(at, experiment, update_at(experiment, epoch))
    assert epochs_told(at).startswith(f"From epoch {epoch:,} to epoch {epoch + 1:,}")
    assert ("if training went on" in epochs_told(at)) == (epoch == experiment.epochs)
    assert linked(at) == experiment


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_every_kind_of_network_loss_and_optimizer(name: str) -> None:
    at = come(EXPERIMENTS[name], at="7")
    assert_shows_update(at, EXPERIMENTS[name], update_at(EXPERIMENTS[name], 7))


def test_pages_turn_and_begin_where_the_last_one_ended() -> None:
    e = Experiment()
    at = come(at="127")
    assert not {127, 128, 129} & set(on_stage(at).epochs.tolist()), "these were not kept: they are trained anew"
    ends = dict(matrices(at))["new W"]
    for epoch in (128, 129, 130):
        step_epoch(at, 1)
        assert at.query_params["at"] == str(epoch)
        assert (dict(matrices(at))["W"] == ends).all()
        assert_shows_update(at, e, update_at(e, epoch))
        ends = dict(matrices(at))["new W"]
    for epoch in (129, 128):
        step_epoch(at, -1)
        assert at.query_params["at"] == str(epoch)
        assert_shows_update(at, e, update_at(e, epoch))


def test_no_page_before_the_first_and_none_after_the_last() -> None:
    at = come(at="0")
    step_epoch(at, -1)
    assert at.query_params["at"] == "0"
    assert_shows_update(at, Experiment(), update_at(Experiment(), 0))
    at = come(at="9999")
    for _ in range(2):
        step_epoch(at, 1)
        assert at.query_params["at"] == "10000"
        assert_shows_update(at, Experiment(), update_at(Experiment(), 10_000))
    report(at, 0)
    report(at, 10_000)
    assert at.query_params["at"] == "10000", "the last epoch can be chosen too"


@pytest.mark.parametrize("name", ["tutorial", "xor", "fruit", "line", "parity"])
def test_it_opens_where_most_happens_and_says_so(name: str) -> None:
    e = PRESETS[name]
    epoch = opening_epoch(e)
    at = come(e)
    assert epochs_told(at).startswith(f"From epoch {epoch:,} to epoch {epoch + 1:,}")
    assert epochs_told(at).endswith("Most happens here: the loss begins its steepest drop.")
    assert_shows_update(at, e, update_at(e, epoch))
    assert "at" not in at.query_params
    assert state_of(at).view.cursor is None, "the other pages stay at the last epoch"
    step_epoch(at, 1)
    assert "Most happens here" not in epochs_told(at)
    assert at.query_params["at"] == str(epoch + 1)


def test_an_epoch_chosen_elsewhere_is_kept() -> None:
    at = come()
    at.switch_page("pages/views/playground.py").run()
    report(at, 100)
    at.switch_page(PAGE).run()
    assert epochs_told(at).startswith("From epoch 100 to epoch 101")
    at.switch_page("pages/views/playground.py").run()
    report(at, 10_000)
    at.switch_page(PAGE).run()
    assert epochs_told(at).startswith("From epoch 0 to epoch 1:"), "played to the end, none is chosen"


def test_nothing_that_one_does_here_trains_again(trainings: list[Experiment]) -> None:
    at = come(BROAD, at="99")
    before = on_stage(at)
    step_epoch(at, 1)
    step_epoch(at, -1)
    state_of(at).view.cursor = 37
    at.run()
    turn(at, "selectbox", "focus Row", 2)
    turn(at, "selectbox", "focus Layer", 1)
    turn(at, "selectbox", "focus Weight from", 3)
    turn(at, "selectbox", "focus to", 1)
    for name in ("Slow motion", "Next step", "Show all steps", "Verify these numbers"):
        press(at, name)
    assert_shows_update(at, BROAD, update_at(BROAD, 37))
    at.switch_page("pages/views/playground.py").run()
    at.switch_page(PAGE).run()
    assert not at.exception
    assert trainings == [BROAD]
    assert on_stage(at) is before
    assert (state_of(at).view.cursor, state_of(at).view.row, state_of(at).view.weight) == (37, 2, WeightIndex(1, 3, 1))


def test_what_waits_for_train_shows_the_first_update() -> None:
    waiting = replace(PRESETS["xor"], epochs=90_000)
    at = come(waiting)
    assert "press Train" in messages(at)[0]
    assert_shows_update(at, waiting, update_at(waiting, 0))


@pytest.mark.parametrize("rate", [10, 1_000, 1e8])
def test_a_run_that_diverged_is_shown_to_its_last_finite_epoch(rate: float) -> None:
    e = replace(PRESETS["line"], learning_rate=rate)
    last = int(record(e).epochs[-1])
    at = come(e, at=str(last))
    assert on_stage(at).diverged_at == last + 1
    assert epochs_told(at).startswith(f"From epoch {last} ")
    assert [name for name, _ in matrices(at)] == [name for name, _ in matrices(come(PRESETS["line"]))]
    press(at, "Verify these numbers")
    assert not at.exception
    assert not at.error


def test_a_scaled_table_shows_how_it_came() -> None:
    at = come(SCALED, at="7", row="4", weight="1,2,1")
    titles = list(pictures(at))
    assert titles[:3] == ["1 Scaled inputs", "2 Scaled targets", "3 Weighted sum"]
    table, sign, measures, arrow, scaled = pictures(at)["1 Scaled inputs"]["parts"]
    assert (sign, arrow) == (",", "→")
    assert table["texts"][3] == ["120", "4", "1"]
    assert (measures["name"], measures["rows"]) == ("mean and deviation", ["mean", "deviation"])
    assert measures["texts"] == [["82", "2.4", "0"], ["24.2", "1.02", "1"]]
    assert scaled["texts"][3] == ["1.57", "1.57", "1"]
    assert scaled["name"] == "X"
    assert scaled["values"] == [row[:3] for row in pictures(at)["3 Weighted sum"]["parts"][0]["values"]]
    words = [text.value for text in at.markdown]
    assert any(r"X = \frac{x - \text{mean}}{\text{deviation}}" in text for text in words)
    assert any(r"\frac{4 - 2.4}{1.02} = 1.57" in text for text in words)
    assert "x3: one value only, so it stays as it is." in pictures(at)["1 Scaled inputs"]["about"]
    assert "Outputs are scaled back" in pictures(at)["2 Scaled targets"]["about"]
    click_number(at, "1 Scaled inputs", "mean and deviation", 0, 0)
    assert chosen(at) == (3, 0, 0, 0)
    assert_shows_update(at, SCALED, update_at(SCALED, 7))


def test_it_is_painted_for_the_dark_scheme_too() -> None:
    paint = []
    for theme in ("light", "dark"):
        at = visit({}, theme).switch_page(PAGE).run()
        paint.append(pictures(at)["1 Weighted sum"]["colors"])
    assert paint[0] != paint[1]
