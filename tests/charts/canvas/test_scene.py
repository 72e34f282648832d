"""The bytes that the canvases are drawn from hold the table, the answers and the weights of NumPy, bit for bit."""

import json
import struct
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest

from engine import Experiment, History, record
from engine.explanation.ledger import explain_epoch, with_bias_row
from engine.model.targets import correct_rows, target_kind
from pages.charts.canvas.alt_text import picture_alt_texts
from pages.charts.canvas.scene import MOST_WEIGHT_BYTES, parameter_count, scene_bytes, sent_frames
from tests.charts.runs import EXPERIMENTS, Numbers, run

TWO_ANSWERS = Experiment(
    inputs=((0, 0), (0, 1), (1, 0), (1, 1)),
    targets=((0, 0), (0, 1), (0, 1), (1, 1)),
    hidden=(3,),
    activations=("tanh", "sigmoid"),
    bias=True,
    epochs=300,
)


@dataclass(frozen=True)
class Scene:
    header: dict[str, Any]
    gradients: Numbers | None
    inputs: Numbers
    targets: Numbers
    parameters: Numbers
    answers: np.ndarray[Any, np.dtype[np.uint8]]


def read(data: bytes) -> Scene:
    """The bytes taken apart as the module's docstring says."""
    length, padding = struct.unpack("<II", data[:8])
    assert (length % 8, padding) == (0, 0)
    header = json.loads(data[8 : 8 + length])
    rows, columns, targets, frames = (
        header["rows"],
        len(header["inputs"]),
        len(header["targets"]),
        len(header["frames"]),
    )
    count = sum((a + header["biased"]) * b for a, b in zip(header["sizes"], header["sizes"][1:], strict=False))
    shapes, at = [(rows, columns), (rows, targets), (frames, count)], 8 + length
    shapes += [(frames, count)] * header["has_gradients"]
    numbers = np.frombuffer(data[at : at + 8 * sum(a * b for a, b in shapes)], "<f8")
    inputs, goals, parameters, *gradients = (
        part.reshape(shape)
        for part, shape in zip(np.split(numbers, np.cumsum([a * b for a, b in shapes])[:-1]), shapes, strict=True)
    )
    answers = np.frombuffer(data, np.uint8, offset=at + numbers.nbytes).reshape(frames, rows)
    return Scene(header, gradients[0] if gradients else None, inputs, goals, parameters, answers)


def correct_by(scene: Scene) -> Numbers:
    """Which rows are right, (F, rows), as the browser decides it."""
    classes = scene.header["row_classes"]
    right: Numbers = scene.answers == (1 if classes is None else np.array(classes))
    return right


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_table_and_weights_are_numpys_bit_for_bit(name: str) -> None:
    history, scene = run(name), read(scene_bytes(run(name)))
    e = history.experiment
    np.testing.assert_array_equal(scene.inputs, e.unscaled_inputs)
    np.testing.assert_array_equal(scene.targets, e.unscaled_targets)
    assert scene.header["epochs"] == history.epochs.tolist()
    at = 0
    for layer, weights in enumerate(history.weights):
        parts = [weights.reshape(len(weights), -1), *([history.biases[layer]] if e.bias else [])]
        for part in parts:
            np.testing.assert_array_equal(scene.parameters[:, at : at + part.shape[1]], part)
            at += part.shape[1]
    assert at == scene.parameters.shape[1] == parameter_count(history)


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_right_and_wrong_are_the_engines(name: str) -> None:
    history = run(name)
    np.testing.assert_array_equal(
        correct_by(read(scene_bytes(history))), correct_rows(history.experiment, history.outputs)
    )


def test_an_output_between_two_answers_is_neither() -> None:
    history = run("and")
    undecided = replace(history, outputs=np.full_like(history.outputs, 0.5))
    assert set(read(scene_bytes(undecided)).answers.ravel().tolist()) == {2}


def test_several_yes_or_no_targets_have_no_classes_but_borders() -> None:
    history = record(TWO_ANSWERS)
    scene = read(scene_bytes(history))
    assert target_kind(TWO_ANSWERS) == scene.header["kind"] == "binary"
    assert (scene.header["classes"], scene.header["middles"]) == (None, [0.5, 0.5])
    np.testing.assert_array_equal(correct_by(scene), correct_rows(TWO_ANSWERS, history.outputs))


@pytest.mark.parametrize(
    ("name", "kind", "classes", "varying"),
    [
        ("tutorial", "binary", ["0", "1"], [0, 1]),
        ("parity", "binary", ["0", "1"], [0, 1, 2]),
        ("fruit", "multiclass", ["apple", "lemon", "plum"], [0, 1]),
        ("sine", "regression", None, [0]),
    ],
)
def test_what_is_asked_for(name: str, kind: str, classes: list[str] | None, varying: list[int]) -> None:
    header = read(scene_bytes(run(name))).header
    assert (header["kind"], header["classes"], header["varying"]) == (kind, classes, varying)


def test_of_a_large_network_fewer_epochs_are_sent() -> None:
    wide = Experiment(
        inputs=((0, 1), (1, 0)),
        targets=((0,), (1,)),
        hidden=(64, 64),
        activations=("tanh", "tanh", "sigmoid"),
        bias=True,
        epochs=200,
        learning_rate=0.01,
    )
    history = record(wide)
    frames = sent_frames(history)
    assert len(frames) < len(history.epochs)
    assert (frames[0], frames[-1]) == (0, len(history.epochs) - 1)
    assert 8 * parameter_count(history) * len(frames) <= MOST_WEIGHT_BYTES
    scene = read(scene_bytes(history))
    np.testing.assert_array_equal(scene.parameters[:, : 2 * 64], history.weights[0][frames].reshape(len(frames), -1))
    np.testing.assert_array_equal(correct_by(scene), correct_rows(wide, history.outputs[frames]))


@pytest.mark.parametrize(("name", "most"), [("xor", 30_000), ("sine", 50_000)])
def test_a_training_is_sent_in_few_bytes(name: str, most: int) -> None:
    assert len(scene_bytes(run(name))) < most


def test_names_of_any_script_arrive() -> None:
    e = Experiment(inputs=((0, 1),), targets=((1,),), input_names=("größe", "数 (%)"), epochs=1)
    assert read(scene_bytes(record(e))).header["inputs"] == ["größe", "数 (%)"]


def words(history: History) -> str:
    return " ".join(picture_alt_texts(history).values())


def test_pictures_are_told_in_words() -> None:
    assert words(run("xor")) == (
        "The network: 2 inputs, 3 hidden neurons (Tanh), 1 output neuron (Sigmoid). What the network answers, answer, "
        "over switch 1 and switch 2. Of 4 rows, 2 are right at the start and 4 at epoch 5,000."
    )
    assert "sin x, over x. Of 25 rows" in words(run("sine"))
    assert "to within 10% of the range" in words(run("sine"))
    assert "odd, for every row." in words(run("parity"))


@pytest.mark.parametrize("name", ["xor", "fruit", "mixed", "line"])
def test_gradients_are_the_ledgers_bit_for_bit(name: str) -> None:
    e = replace(run(name).experiment, batch_size=None, l1=0.01, l2=0.1, epochs=50)
    history = record(e)
    scene, without = read(scene_bytes(history, has_gradients=True)), read(scene_bytes(history))
    assert without.gradients is None
    assert scene.gradients is not None
    np.testing.assert_array_equal(scene.parameters, without.parameters)
    np.testing.assert_array_equal(scene.answers, without.answers)
    for frame in (0, 7, len(history.epochs) - 1):
        (update,) = explain_epoch(e, history.state_at(int(history.epochs[frame]))).updates
        parts = [
            with_bias_row(layer.weight_gradient + layer.penalty, layer.bias_gradient).ravel() for layer in update.layers
        ]
        np.testing.assert_array_equal(scene.gradients[frame], np.concatenate(parts))
