"""A weight that is tried in the browser: outputs, answers and loss are the engine's with that weight."""

from base64 import b64encode
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page

from engine import LOSSES, PRESETS, Experiment, History, record
from engine.model.weight_index import WeightIndex
from pages.charts.canvas.scene import answers, scene_bytes
from tests.browser.forward import RELATIVE, apart
from tests.browser.pictures import as_rows, open_module
from tests.browser.trials import losses, with_weight
from tests.charts.runs import run

TRY = """([bytes, frame, weight]) => {
  const scene = js.readScene(Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0)));
  const before = [...scene.network.parameters];
  js.computeTrial(scene, frame, weight);
  const { outputs, answers, loss, testLoss } = scene.trial;
  const kept = before.every((value, k) => Object.is(value, scene.network.parameters[k]));
  return { outputs: outputs.map((plane) => [...plane]), answers, loss, testLoss, kept };
}"""


def random_experiment(random: np.random.RandomState, loss: str) -> Experiment:
    """Three inputs, two targets or more, a held-out row, a question, scaled where the loss lets it be."""
    output = LOSSES[loss].fused_activation or "linear"
    kinds = np.eye(3)[random.randint(0, 3, 9)] if LOSSES[loss].targets_sum_to_one else random.randint(0, 2, (9, 2))
    goals = np.asarray(kinds if LOSSES[loss].fused_activation else 3 * random.randn(9, 2) + 5, dtype=float)
    targets: list[tuple[float | None, ...]] = [*as_rows(goals)]
    targets[4] = (None,) * len(targets[4])
    return Experiment(
        inputs=as_rows(random.randn(9, 3)),
        targets=tuple(targets),
        test_rows=(1, 7),
        hidden=(4, 3),
        activations=("tanh", "softplus", output),
        loss=loss,
        bias=True,
        initializer="uniform_-1_1",
        scaling="standard",
        target_scaling="none" if LOSSES[loss].fused_activation else "standard",
        learning_rate=0.01,
        epochs=30,
    )


def assert_tried(page: Page, history: History, frame: int, weight: WeightIndex, value: float) -> None:
    place = {"layer": weight.layer, "i": weight.source, "j": weight.neuron, "value": value}
    found: dict[str, Any] = page.evaluate(TRY, [b64encode(scene_bytes(history)).decode(), frame, place])
    changed = with_weight(history, frame, weight, value)
    assert apart(np.array(found["outputs"]).T, changed.outputs[0]) < RELATIVE
    assert found["answers"] == answers(changed, np.array([0]))[0].tolist()
    for told, wanted in zip((found["loss"], found["testLoss"]), losses(changed), strict=True):
        assert (told is None) == (wanted is None)
        assert wanted is None or abs(told - wanted) <= RELATIVE * abs(wanted)
    assert found["kept"]  # what was trained is as it was


@pytest.fixture
def trial_page(page: Page) -> Page:
    open_module(page, "what_if", also=("scene",))
    return page


@pytest.mark.parametrize("loss", LOSSES)
def test_a_trial_is_the_engines(trial_page: Page, loss: str) -> None:
    """Every loss; weights of every layer and biases; scaled columns, rows held out, a question."""
    random = np.random.RandomState(len(loss))
    history = record(random_experiment(random, loss))
    weights = list(WeightIndex.all_of(history.experiment))
    chosen = [weights[k] for k in random.choice(len(weights), 8, replace=False)]
    assert any(weight.is_bias(history.experiment) for weight in weights)
    for weight in [*chosen, WeightIndex(2, 3, 1), WeightIndex(0, 3, 0)]:
        assert_tried(trial_page, history, int(random.randint(len(history.epochs))), weight, 3 * random.randn())


@pytest.mark.parametrize("name", ["tutorial", "xor", "fruit", "sine", "mixed", "circle", "two_bits"])
def test_a_trial_of_every_kind_of_target_is_the_engines(trial_page: Page, name: str) -> None:
    """One class of several, yes or no in one column or in two, numbers; derived inputs; without biases."""
    two_bits = replace(
        PRESETS["xor"], targets=((0, 1), (1, 0), (1, 1), (0, 0)), target_names=("a", "b"), epochs=300, learning_rate=0.1
    )
    history = record(two_bits) if name == "two_bits" else run(name)
    for value in (-30.0, -0.7, 0.0, 2.5, 100.0):
        assert_tried(trial_page, history, len(history.epochs) // 2, WeightIndex(0, 1, 0), value)


def test_an_undecided_answer_is_neither(trial_page: Page) -> None:
    """A sigmoid of 0 is the middle of 0 and 1."""
    history = record(Experiment(inputs=((1,), (2,)), targets=((0,), (1,)), epochs=5))
    assert_tried(trial_page, history, 0, WeightIndex(0, 0, 0), 0.0)
