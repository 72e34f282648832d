"""An activation, a loss or an optimizer added by one entry works in the whole engine."""

from dataclasses import replace

import numpy as np
import pytest

from engine import Experiment, record
from engine.diagnosis.diagnosis import diagnose_experiment, diagnose_run
from engine.explanation.ledger import explain_epoch
from engine.explanation.saturation import neuron_states
from engine.explanation.verify import verify
from engine.export import keras_script, notebook, numpy_script, pytorch_script
from engine.export.expected_output import expected_output
from engine.model.weight_index import WeightIndex
from engine.serialization import from_json, from_url, to_json, to_url
from tests.engine.bare_interpreter import apart, run_bare
from tests.engine.gradient_check import worst_miss
from tests.engine.ledgers import assert_adds_up
from tests.engine.made_up import add_made_up_entries, made_up_experiment
from tests.engine.plain_training import train_plainly

OUTPUTS = ("softsign", "ring", "linear")


@pytest.fixture(autouse=True)
def _made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    add_made_up_entries(monkeypatch)


@pytest.mark.parametrize("output", OUTPUTS)
def test_it_trains_as_its_formulas_say(output: str) -> None:
    e = made_up_experiment(output)
    history, plain = record(e), list(train_plainly(e))
    assert history.loss[-1] < history.loss[0]
    weights, biases = plain[-1]
    for ours, theirs in zip((*history.weights, *history.biases), (*weights, *biases), strict=True):
        assert np.allclose(ours[-1], theirs, rtol=1e-12, atol=1e-12)
    everything = replace(e, test_rows=(), batch_size=None)
    assert worst_miss(everything, [w[5].copy() for w in history.weights], [b[5].copy() for b in history.biases]) < 1e-6


def test_it_trains_before_and_after_another_optimizer() -> None:
    e = replace(made_up_experiment(), optimizer_changes=((7, "adam"), (40, "nesterov"), (60, "nesterov")))
    history, (weights, biases) = record(e), list(train_plainly(e))[-1]
    for ours, theirs in zip((*history.weights, *history.biases), (*weights, *biases), strict=True):
        assert np.allclose(ours[-1], theirs, rtol=1e-9, atol=1e-9)
    (printed,) = run_bare([numpy_script(e)])
    assert apart(e, printed) == 0
    assert e.predicted_seconds > replace(e, optimizer="adam", optimizer_changes=()).predicted_seconds


@pytest.mark.parametrize("changes", [(), ((7, "adam"),), ((3, "adam"), (7, "nesterov"))])
@pytest.mark.parametrize("output", OUTPUTS)
def test_it_is_explained_and_verified(output: str, changes: tuple[tuple[int, str], ...]) -> None:
    e = replace(made_up_experiment(output), optimizer_changes=changes)
    history = record(e)
    for epoch in (6, 7):
        for update in explain_epoch(e, history.state_at(epoch)).updates:
            assert_adds_up(e, update)
            assert verify(update, e, WeightIndex()).agrees


def test_a_wrong_slope_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    e = made_up_experiment()
    update = explain_epoch(e, record(e).state_at(7)).updates[0]
    wrong = replace(update.layers[0], weight_gradient=update.layers[0].weight_gradient * 1.01)
    assert not verify(replace(update, layers=(wrong, *update.layers[1:])), e, WeightIndex()).agrees


def test_its_neurons_are_judged_and_its_run_is_diagnosed() -> None:
    e = made_up_experiment()
    history = record(e)
    for layer in range(3):
        assert {state.state for state in neuron_states(history, layer, -1)} <= {"learning", "slow", "partly_flat"}
    diagnose_experiment(e)
    diagnose_run(history)
    (finding,) = diagnose_run(record(replace(e, learning_rate=50.0, activations=("softsign", "softsign", "linear"))))
    assert finding.remedy is not None
    assert record(finding.remedy).diverged_at is None


@pytest.mark.parametrize("output", OUTPUTS)
def test_the_numpy_program_ends_in_the_same_bits(output: str) -> None:
    e = made_up_experiment(output)
    (printed,) = run_bare([numpy_script(e)])
    assert apart(e, printed) == 0
    assert printed == expected_output(record(e)) + "\n"
    assert "softsign" in notebook(e)


def test_other_programs_say_what_their_library_does_not_have() -> None:
    for write, library in ((pytorch_script, "PyTorch"), (keras_script, "Keras")):
        with pytest.raises(SystemExit) as ended:
            exec(compile(write(made_up_experiment("ring")), "program", "exec"), {})
        assert str(ended.value) == (
            f"{library} has no equivalent of the activation Softsign and the activation Ring and the loss Fourth power "
            "and the optimizer Nesterov. The NumPy script trains this network."
        )
        with pytest.raises(SystemExit, match=f"{library} has no equivalent of the optimizer Nesterov. The NumPy"):
            exec(compile(write(replace(Experiment(), optimizer="nesterov")), "program", "exec"), {})
        with pytest.raises(SystemExit, match=f"{library} has no equivalent of the optimizer Nesterov. The NumPy"):
            exec(compile(write(replace(Experiment(), optimizer_changes=((9, "nesterov"),))), "program", "exec"), {})


def test_it_goes_into_links_and_files() -> None:
    e = replace(made_up_experiment(), optimizer_changes=((5, "sgd"), (9, "nesterov")))
    assert from_url(to_url(e)) == (e, ())
    assert from_json(to_json(e)) == e
