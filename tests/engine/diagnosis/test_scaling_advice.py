"""Large or unlike inputs: to scale them is the first advice, and the smallest change that helps."""

from dataclasses import replace

import pytest

from engine import Experiment, Recorder, record
from engine.diagnosis.diagnosis import diagnose_run
from engine.diagnosis.finding import Finding
from engine.model.outcome import best_line_r_squared, has_learned
from engine.model.targets import r_squared

pytestmark = pytest.mark.usefixtures("no_hurry")

CELSIUS = Experiment(
    inputs=((-40,), (-10,), (0,), (8,), (15,), (22,), (38,)),
    targets=((-40,), (14,), (32,), (46,), (59,), (72,), (100,)),
    input_names=("celsius",),
    target_names=("fahrenheit",),
    activations=("linear",),
    loss="mean_squared_error",
)
POINTS = (1, 20, 49, 80, 110, 123, 140, 149, 150, 151, 160, 198, 220, 260, 299)
BORDER_150 = Experiment(
    inputs=tuple((x,) for x in POINTS),
    targets=tuple((x >= 150,) for x in POINTS),
    input_names=("points",),
    loss="binary_cross_entropy",
    bias=True,
)
HOUSES = Experiment(
    inputs=((2104, 3), (1600, 3), (2400, 3), (1416, 2), (3000, 4), (1985, 4), (1534, 3), (1427, 3), (852, 2)),
    targets=((400,), (330,), (369,), (232,), (540,), (300,), (315,), (199,), (179,)),
    input_names=("sqft", "bedrooms"),
    target_names=("price",),
    activations=("linear",),
    loss="mean_squared_error",
    bias=True,
)


def first_of(e: Experiment) -> Finding:
    return diagnose_run(record(e))[0]


def assert_holds(finding: Finding) -> None:
    assert finding.remedy is not None
    assert finding.learns
    cured = record(finding.remedy)
    assert has_learned(finding.remedy, cured.outputs[-1])
    assert diagnose_run(cured) == ()


@pytest.mark.parametrize("bias", [False, True])
@pytest.mark.parametrize("loss", ["mean_squared_error", "half_squared_error"])
def test_celsius_to_fahrenheit_is_scaled_and_needs_no_hidden_layer(loss: str, bias: bool) -> None:
    finding = first_of(replace(CELSIUS, loss=loss, bias=bias))
    assert finding.title == "Scale the inputs"
    assert finding.words.startswith("celsius is as large as 40. Every step of a weight is multiplied by its input")
    assert finding.remedy_label.startswith("Scale the inputs (standard)")
    assert finding.remedy is not None
    assert finding.remedy.hidden == ()
    assert finding.remedy.optimizer == "sgd"
    assert_holds(finding)


@pytest.mark.parametrize("bias", [False, True])
def test_nor_does_it_from_the_settings_of_the_lesson(bias: bool) -> None:
    finding = first_of(replace(CELSIUS, activations=("sigmoid",), loss="half_squared_error", bias=bias))
    assert finding.key == "out_of_range"
    assert finding.remedy is not None
    assert finding.remedy.hidden == ()
    assert_holds(finding)


@pytest.mark.parametrize("rate", [1, 0.1, 0.01])
@pytest.mark.parametrize("epochs", [1_000, 10_000, 100_000])
def test_a_border_at_150(rate: float, epochs: int) -> None:
    """Eight of these nine end wrong, and not a word was said."""
    e = replace(BORDER_150, learning_rate=rate, epochs=epochs)
    history = record(e)
    if has_learned(e, history.outputs[-1]):
        assert (rate, epochs) == (1, 100_000)
        return
    finding = diagnose_run(history)[0]
    assert finding.key == "scaling"
    assert finding.remedy is not None
    assert finding.remedy.hidden == ()
    assert ("ended higher than it began" in finding.words) is bool(history.loss[-1] > history.loss[0])
    assert_holds(finding)


def test_unlike_inputs_are_named_and_scaled_as_far_as_a_straight_line_goes() -> None:
    finding = first_of(HOUSES)
    assert finding.words.startswith("The inputs are unlike: sqft is as large as 3,000, bedrooms no larger than 4.")
    assert finding.remedy is not None
    assert (finding.remedy.hidden, finding.remedy.scaling, finding.learns) == ((), "standard", False)
    assert finding.words.endswith("gets closer, but not all the way: that was tried.")
    fit = r_squared(HOUSES, record(finding.remedy).outputs[-1], HOUSES.train_rows)
    assert fit == pytest.approx(best_line_r_squared(HOUSES), abs=0.01)


def test_small_inputs_inputs_far_from_0_and_large_targets() -> None:
    x = (0.0, 0.25, 0.5, 1.0)
    line = replace(CELSIUS, inputs=tuple((v,) for v in x), targets=tuple((2 * v - 1,) for v in x), bias=True, epochs=30)
    slow = replace(line, learning_rate=0.05)
    small = first_of(replace(slow, inputs=tuple((v / 1000,) for v in x)))
    assert small.words.startswith("celsius is no larger than 0.001. ")
    far = first_of(replace(slow, inputs=tuple((v / 10 + 9,) for v in x), learning_rate=0.001))
    assert far.words.startswith("celsius is always about 9.04375 and differs by 0.037 only")
    large = first_of(replace(slow, targets=tuple((200 * v + 4_000,) for v in x)))
    assert (large.title, large.remedy_label[:30]) == ("Scale the targets", "Scale the targets (standard), ")
    assert large.words.startswith("The targets go from 4,000 to 4,200.")


def test_what_is_scaled_already_is_not_to_be_scaled() -> None:
    slow = replace(CELSIUS, scaling="standard", target_scaling="standard", learning_rate=1e-4, epochs=10)
    assert "scaling" not in {finding.key for finding in diagnose_run(record(slow))}


def test_a_run_that_was_stopped_is_not_judged() -> None:
    recorder = Recorder(replace(BORDER_150, epochs=100_000))
    for _, (epoch, _loss) in zip(range(3), recorder, strict=False):
        assert epoch < 100_000
    assert diagnose_run(recorder.history()) == ()
