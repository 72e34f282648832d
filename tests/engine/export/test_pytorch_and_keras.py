"""The programs for PyTorch and Keras as text, and the engine's numbers compared with those printed by PyTorch.

PyTorch's numbers are in tests/data/pytorch.json with their origin; `tests.translations.run` runs the programs anew.
"""

import ast
from collections.abc import Callable
from dataclasses import replace

import pytest

from engine import ACTIVATIONS, LOSSES, OPTIMIZERS, PRESETS, Experiment, train
from engine.export.keras import keras_script
from engine.export.pytorch import pytorch_script
from engine.model.activation_functions import Activation
from engine.model.losses import Loss
from engine.model.optimizers import Optimizer
from tests.engine.experiments_to_export import by_hand, every_part, random_experiments
from tests.translations import pytorch_numbers
from tests.translations.environment import PYTORCH
from tests.translations.pytorch_numbers import WRITE, digest
from tests.translations.pytorch_programs import EPOCHS_SAMPLED, STEP_BY_STEP, named_experiments, one_epoch_program
from tests.translations.results import engine_result, largest_difference, result_of

Translate = Callable[[Experiment], str]


def constants(source: str) -> list[object]:
    return [node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)]


def calls(source: str) -> list[str]:
    return [ast.unparse(node) for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]


@pytest.mark.parametrize("translate", [pytorch_script, keras_script])
def test_it_is_python_with_the_experiments_numbers(translate: Translate) -> None:
    for e in [*PRESETS.values(), *every_part(), *random_experiments(30), *by_hand()]:
        found = constants(translate(e))
        wanted: set[float | None] = {
            e.epochs,
            e.learning_rate,
            e.l1,
            e.l2 / 2,
            *(abs(x) for row in (*e.inputs, *e.labelled_targets) for x in row),
        }
        wanted |= {e.batch_size} if e.batches > 1 else set()
        wanted |= set() if e.initial_weights else {e.seed}
        assert {value for value in wanted if value} <= {value for value in found if not isinstance(value, str)}


def test_every_part_of_the_engine_has_its_equivalent() -> None:
    parts: list[Activation | Loss | Optimizer] = [*ACTIVATIONS.values(), *LOSSES.values(), *OPTIMIZERS.values()]
    for part in parts:
        assert part.pytorch, part.label
        assert part.keras, part.label


def test_pytorchs_numbers_are_of_todays_experiments() -> None:
    kept, named = [training.experiment for training in pytorch_numbers.read_trainings()], named_experiments()
    assert [e for e in named if e not in kept] == [], f"run {WRITE}"
    assert len([e for e in kept if e not in named]) > 30, "random ones too"
    names = [epoch.name for epoch in pytorch_numbers.read_epochs()]
    assert {name: names.count(name) for name in names} == dict.fromkeys(STEP_BY_STEP, EPOCHS_SAMPLED), f"run {WRITE}"


def test_pytorchs_numbers_are_of_todays_programs() -> None:
    trainings = pytorch_numbers.read_trainings()
    changed = [t.experiment for t in trainings if digest(pytorch_script(t.experiment)) != t.program]
    assert changed == [], f"their export is not the one that printed the numbers: run {WRITE}"
    for epoch in pytorch_numbers.read_epochs():
        program = one_epoch_program(STEP_BY_STEP[epoch.name], epoch.state)
        assert digest(program) == epoch.program, f"{epoch.name}, epoch {epoch.state.epoch}: run {WRITE}"


def test_pytorchs_numbers_are_of_the_release_that_is_installed_to_run_it() -> None:
    origin = pytorch_numbers.read()["origin"]
    assert f"torch=={origin['torch']}\n" == PYTORCH.requirements.read_text()
    assert origin["written_by"] == WRITE


def test_every_training_ends_where_pytorch_does_to_a_billionth() -> None:
    found = [
        (t.experiment, largest_difference(engine_result(t.experiment), t.result))
        for t in pytorch_numbers.read_trainings()
    ]
    assert [(e, difference) for e, difference in found if not difference <= 1e-9] == []


def test_one_epoch_from_any_state_on_is_pytorchs_to_a_billionth() -> None:
    """Also of RMSprop and Adam, whose whole trainings may part: where a gradient is 0 but for rounding, they divide it
    by its size."""
    apart = {}
    for epoch in pytorch_numbers.read_epochs():
        e, number = STEP_BY_STEP[epoch.name], epoch.state.epoch + 1
        (after,) = train(e, [number], epoch.state)
        apart[epoch.name, number] = largest_difference(result_of(e, after.weights, after.biases), epoch.result)
    assert {place: difference for place, difference in apart.items() if not difference <= 1e-9} == {}


def test_the_program_of_one_epoch_makes_its_updates_and_no_more() -> None:
    programs = [one_epoch_program(STEP_BY_STEP[epoch.name], epoch.state) for epoch in pytorch_numbers.read_epochs()]
    assert {program.count("optimizer.step()") for program in programs} == {1}
    assert {program.count("for epoch in range(1):") for program in programs} == {1}


def test_pytorch_program_has_the_layers_the_loss_and_the_optimizer() -> None:
    for e in [*named_experiments(), *random_experiments(30)]:
        found = calls(pytorch_script(e))
        assert [call for call in found if call.startswith("nn.Linear(")] == [
            f"nn.Linear({fan_in}, {fan_out}, bias={e.bias})" for fan_in, fan_out in e.shapes
        ]
        assert found.count("loss.backward()") == found.count("optimizer.step()") == 1
        optimizers = [call for call in found if call.startswith("torch.optim.")]
        for optimizer, (_, start, _) in zip(optimizers, e.optimizer_spans, strict=True):
            assert f"lr={e.rate_after(start)!r}" in optimizer


def test_keras_program_has_the_layers_the_loss_and_the_optimizer() -> None:
    e = replace(
        PRESETS["fruit"], hidden=(5,), activations=("leaky_relu", "softmax"), optimizer="adam", l2=0.5, batch_size=4
    )
    found = calls(keras_script(e))
    assert any(call.startswith("keras.layers.Dense(5, activation=keras.layers.LeakyReLU(") for call in found)
    assert any(call.startswith("keras.layers.Dense(3, activation='linear', use_bias=True, ") for call in found)
    assert "keras.regularizers.L1L2(0.0, 0.25)" in found
    assert "keras.losses.CategoricalCrossentropy(from_logits=True)" in found
    assert "keras.optimizers.Adam(0.05, beta_1=0.9, beta_2=0.999, epsilon=1e-08)" in found
    assert "keras.ops.softmax(found)" in found
    assert "model.fit(inputs, wanted, batch_size=batch, epochs=5000, shuffle=False, verbose=0)" in found


def test_programs_make_a_new_optimizer_where_it_changes() -> None:
    e = replace(PRESETS["xor"], epochs=500, rate_changes=((300, 0.02),), optimizer_changes=((300, "adam"),))
    assert "    300: torch.optim.Adam(model.parameters(), lr=0.02, betas=" in pytorch_script(e)
    assert "optimizer = optimizer_changes.get(epoch, optimizer)" in pytorch_script(e)
    keras = keras_script(e)
    assert "    (0, 300, keras.optimizers.SGD(1.0)),\n    (300, 500, keras.optimizers.Adam(0.02, " in keras
    assert "initial_epoch=start, epochs=end" in keras


@pytest.mark.parametrize("translate", [pytorch_script, keras_script])
def test_program_says_where_results_may_part(translate: Translate) -> None:
    for name in OPTIMIZERS:
        source = translate(replace(Experiment(), optimizer=name))
        assert ("results" in source) == (name in ("rmsprop", "adam"))
        source = translate(replace(Experiment(), optimizer_changes=((5, name),)))
        assert ("results" in source) == (name in ("rmsprop", "adam"))


@pytest.mark.parametrize("translate", [pytorch_script, keras_script])
def test_a_hostile_name_is_never_code(translate: Translate) -> None:
    e = replace(Experiment(), bias=True)
    tame = ast.dump(ast.parse(translate(e)))
    object.__setattr__(e, "input_names", ("\nimport os\n", "'); import os", "a\x0cb\u2028import os"))
    assert ast.dump(ast.parse(translate(e))) == tame
