"""Every page shows a run whose columns are scaled and whose table has questions, with the numbers of its history."""

from dataclasses import replace

import pytest

from engine import PRESETS, Experiment, record
from engine.serialization import to_url
from tests.pages.test_new_entries import VIEWS
from tests.pages.visit import assert_same_run, edit, messages, on_stage, press, visit

DEGREES = Experiment(
    inputs=((-40,), (0,), (38,), (20,)),
    targets=((-40,), (32,), (100,), (None,)),
    activations=("linear",),
    loss="mean_squared_error",
    learning_rate=0.1,
    epochs=200,
    bias=True,
    scaling="standard",
    target_scaling="min_max",
)
FRUIT = replace(PRESETS["fruit"], targets=(*PRESETS["fruit"].targets[:-1], (None,) * 3), test_rows=(1,), epochs=300)


@pytest.mark.parametrize("projector", ["0", "1"])
@pytest.mark.parametrize("e", [DEGREES, replace(FRUIT, scaling="min_max")], ids=["numbers", "classes"])
def test_every_page_opens_from_a_link(e: Experiment, projector: str) -> None:
    at = visit(to_url(e) | {"projector": projector})
    for view in VIEWS:
        at.switch_page(f"pages/views/{view}.py").run()
        assert not at.exception, view
        assert_same_run(on_stage(at), record(e))


@pytest.mark.parametrize("e", [DEGREES, FRUIT], ids=["numbers", "classes"])
@pytest.mark.parametrize("row", ["1", "4"])
def test_step_by_step_verifies_them_row_by_row(e: Experiment, row: str) -> None:
    at = visit(to_url(e) | {"at": "7", "row": row}).switch_page("pages/views/step.py").run()
    press(at, "Verify these numbers")
    assert not at.exception
    assert at.success[0].value
    assert not at.error


def test_a_row_whose_target_is_emptied_becomes_a_question() -> None:
    at = edit(visit(to_url(Experiment(epochs=60))), {2: {"y1": None}})
    assert messages(at) == []
    e = on_stage(at).experiment
    assert e.targets == ((0,), (1,), (None,), (0,))
    assert e.question_rows == (2,)
    assert_same_run(on_stage(visit(at.query_params)), record(e))
