"""The same experiment in PyTorch ends within 1e-9 of the engine; the one in Keras says the same with Keras's names."""

import ast
import importlib.util
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from engine import ACTIVATIONS, LOSSES, OPTIMIZERS, PRESETS, Experiment, train
from engine.export import keras as keras_module
from engine.export import pytorch as pytorch_module
from engine.export.keras import keras
from engine.export.pytorch import pytorch
from engine.training.train import TrainingState, kept_epochs
from tests.engine.bare import apart, numbers, run_bare
from tests.engine.programs import by_hand, every_part, random_experiments

Translate = Callable[[Experiment], str]


def steady(e: Experiment) -> bool:
    """Not RMSprop or Adam, which where a gradient all but cancels blow its rounding error up to a whole step."""
    return e.optimizer in ("sgd", "momentum")


def with_adam() -> list[Experiment]:
    return [replace(PRESETS[name], optimizer="adam", learning_rate=0.02) for name in ("xor", "majority", "line")]


SLOTS = {
    "sgd": (),
    "momentum": ("momentum_buffer",),
    "rmsprop": ("square_avg",),
    "adam": ("exp_avg", "exp_avg_sq"),
}
"""What PyTorch's optimizers call what they remember."""

REMEMBER = """
given, at = torch.tensor({memory}), 0
for layer in linear:
    for parameter in layer.parameters():
        rows = given[:, at : at + parameter.numel()].reshape(len(given), -1, len(layer.weight))
        shaped = [row.T.reshape(parameter.shape).clone() for row in rows]
        optimizer.state[parameter] = dict(zip({slots}, shaped)) | {{"step": torch.tensor({updates}.0)}}
        at += parameter.numel()
"""


def one_epoch(e: Experiment, step: TrainingState) -> str:
    """The program of one epoch from a step of the engine on, with what the optimizer remembered by then."""
    weights = tuple(tuple(map(tuple, layer.tolist())) for layer in step.weights)
    biases = tuple(tuple(layer.tolist()) for layer in step.biases)
    source = pytorch(replace(e, epochs=1, initial_weights=weights, initial_biases=biases))
    begin, train_it, rest = source.partition("\n# Train the network\n")
    slots, updates = SLOTS[e.optimizer], step.epoch * e.batches
    return (
        begin
        + REMEMBER.format(memory=step.memory.tolist(), slots=slots, updates=updates) * bool(slots)
        + train_it
        + rest
    )


def off(printed: str, step: TrainingState) -> float:
    """How far the printed weights and biases are from a step's."""
    found = [*numbers(printed, "weights"), *numbers(printed, "biases")]
    return max(float(np.abs(one - two).max()) for one, two in zip(found, (*step.weights, *step.biases), strict=True))


def constants(source: str) -> list[object]:
    return [node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)]


def calls(source: str) -> list[str]:
    return [ast.unparse(node) for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]


@pytest.mark.parametrize("translate", [pytorch, keras])
def test_it_is_python_with_the_experiments_numbers(translate: Translate) -> None:
    for e in [*PRESETS.values(), *every_part(), *random_experiments(30), *by_hand()]:
        found = constants(translate(e))
        wanted: set[float | None] = {
            e.epochs,
            e.learning_rate,
            e.l1,
            e.l2 / 2,
            *(abs(x) for row in (*e.inputs, *e.targets) for x in row),
        }
        wanted |= {e.batch_size} if e.batches > 1 else set()
        wanted |= set() if e.initial_weights else {e.seed}
        assert {value for value in wanted if value} <= {value for value in found if not isinstance(value, str)}


@pytest.mark.parametrize("module", [pytorch_module, keras_module])
def test_every_part_of_the_engine_has_its_word(module: object) -> None:
    words = vars(module)
    assert set(words.get("MODULES") or words["FUNCTIONS"]) == set(ACTIVATIONS)
    assert (set(words["MEASURES"]), set(words["OPTIMIZERS"])) == (set(LOSSES), set(OPTIMIZERS))


def test_pytorch_agrees_to_a_billionth() -> None:
    random = [e for e in random_experiments(100) if steady(e)]
    all_of_them = [*PRESETS.values(), *with_adam(), *every_part(), *by_hand()[:2], *random]
    assert len(random) > 30
    if importlib.util.find_spec("torch") is None:
        for e in all_of_them:
            found = calls(pytorch(e))
            assert [f"nn.Linear({i}, {o}, bias={e.bias})" for i, o in e.shapes if found.count("loss.backward()") == 1]
            assert any(call.startswith("torch.optim.") and f"lr={e.learning_rate!r}" in call for call in found)
        return
    printed = run_bare(map(pytorch, all_of_them), allowed=None)
    assert [(e, off) for e, text in zip(all_of_them, printed, strict=True) if (off := apart(e, text)) > 1e-9] == []


STEP_BY_STEP = {
    **PRESETS,
    "rmsprop": replace(PRESETS["sine"], optimizer="rmsprop", epochs=300),
    "momentum": replace(PRESETS["fruit"], optimizer="momentum", batch_size=5, epochs=300),
}


def test_every_step_of_pytorch_is_ours_to_a_billionth() -> None:
    """From our weights on, no update along a run parts from ours, though a whole run may, where a gradient is 0 but for
    rounding: RMSprop and Adam divide it by its size."""
    programs: dict[tuple[str, int], str] = {}
    after: dict[tuple[str, int], TrainingState] = {}
    for name, e in STEP_BY_STEP.items():
        epochs = kept_epochs(e.epochs)[:-1]
        steps = {step.epoch: step for step in train(e, sorted({*epochs, *(epoch + 1 for epoch in epochs)}))}
        programs |= {(name, epoch): one_epoch(e, steps[epoch]) for epoch in epochs}
        after |= {(name, epoch): steps[epoch + 1] for epoch in epochs}
    assert len(programs) > 100 * len(STEP_BY_STEP)
    assert {program.count("optimizer.step()") for program in programs.values()} == {1}
    if importlib.util.find_spec("torch") is None:
        return
    printed = dict(zip(programs, run_bare(programs.values(), allowed=None), strict=True))
    assert {place: off(text, after[place]) for place, text in printed.items() if off(text, after[place]) > 1e-9} == {}


def test_keras_has_the_layers_the_loss_and_the_optimizer() -> None:
    e = replace(
        PRESETS["fruit"], hidden=(5,), activations=("leaky_relu", "softmax"), optimizer="adam", l2=0.5, batch_size=4
    )
    found = calls(keras(e))
    assert any(call.startswith("keras.layers.Dense(5, activation=keras.layers.LeakyReLU(") for call in found)
    assert any(call.startswith("keras.layers.Dense(3, activation='linear', use_bias=True, ") for call in found)
    assert "keras.regularizers.L1L2(0.0, 0.25)" in found
    assert "keras.losses.CategoricalCrossentropy(from_logits=True)" in found
    assert "keras.optimizers.Adam(0.05, beta_1=0.9, beta_2=0.999, epsilon=1e-08)" in found
    assert "keras.ops.softmax(found)" in found
    assert "model.fit(inputs, wanted, batch_size=batch, epochs=5000, shuffle=False, verbose=0)" in found


@pytest.mark.parametrize("translate", [pytorch, keras])
def test_a_hostile_name_is_never_code(translate: Translate) -> None:
    e = replace(Experiment(), bias=True)
    tame = ast.dump(ast.parse(translate(e)))
    object.__setattr__(e, "input_names", ("\nimport os\n", "'); import os", "a\x0cb\u2028import os"))
    assert ast.dump(ast.parse(translate(e))) == tame
