"""The run of exported programs counts failures and says what cannot be run; here with made-up programs."""

import itertools
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from engine import OPTIMIZERS, Experiment
from engine.model.scaling import SCALINGS
from tests.engine.strategies import HIDDEN, OUTPUTS
from tests.translations import environment, run
from tests.translations.environment import KERAS, InstallError, Package
from tests.translations.keras_programs import expected_result, keras_experiments
from tests.translations.results import engine_result, largest_difference, read_result
from tests.translations.run import Case
from tests.translations.run_programs import run_program

E = Experiment(epochs=3)
PRINTS = """
print("Output after epoch 3:")
print("[[0.4 ]\\n [0.25]]")
print("Loss:", 0.5)
print("weights_1 =", [[1.0, 2.0]])
print("biases_1 =", [0.5, -1e-07])
"""
EXPECTED = read_result(run_program(PRINTS)["printed"])


def put_in_place(monkeypatch: pytest.MonkeyPatch, program: str, missing: tuple[str, ...] = ()) -> None:
    """Every package runs this one program in this interpreter; those that are missing cannot be installed."""

    def install(package: Package) -> None:
        if package.label in missing:
            raise InstallError("pip says: no wheel")

    def run_here(package: Package, programs: Iterable[str]) -> list[str]:
        return [result["error"] or result["printed"] for result in map(run_program, programs)]

    monkeypatch.setattr(environment, "install", install)
    monkeypatch.setattr(environment, "run", run_here)
    cases = [(package, lambda: iter([Case(E, program, EXPECTED, 1e-9)])) for package, _ in run.CASES]
    monkeypatch.setattr(run, "CASES", cases)


def test_a_result_is_read_as_it_was_printed() -> None:
    assert EXPECTED.outputs.tolist() == [[0.4], [0.25]]
    assert EXPECTED.loss == 0.5
    assert [array.tolist() for array in (*EXPECTED.weights, *EXPECTED.biases)] == [[[1.0, 2.0]], [0.5, -1e-07]]


def test_all_agree(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    put_in_place(monkeypatch, PRINTS)
    assert run.main() == 0
    assert capsys.readouterr().out.splitlines() == [
        f"{label}: ran 1 exported programs, 0 failed; the furthest ends 0 off." for label in ("PyTorch", "Keras")
    ]


@pytest.mark.parametrize(
    ("program", "words"),
    [
        (PRINTS.replace("1.0, 2.0", "1.0, 2.0001"), "It ends 5e-05 from the engine, which is more than 1e-09."),
        (PRINTS.replace("0.5)", "0.6)"), "It ends 0.1 from the engine, which is more than 1e-09."),
        (PRINTS.replace("0.25", "0.26"), "It ends 0.01 from the engine, which is more than 1e-09."),
        (PRINTS.replace("0.4 ", "nan "), "It ends inf from the engine, which is more than 1e-09."),
        (PRINTS.replace("[1.0, 2.0]", "[1.0, 2.0, 3.0]"), "Shape (1, 3) where (1, 2) is expected."),
        (PRINTS + "raise OSError('halted')", "OSError: halted"),
        ("", "It printed no result."),
    ],
)
def test_another_result_or_none_fails(
    program: str, words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    put_in_place(monkeypatch, program)
    assert run.main() == 2
    printed = capsys.readouterr().out
    assert f"FAILED: the exported Keras program of {E}\n" in printed
    assert words in printed


def test_what_cannot_be_installed_is_named_at_the_end(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    put_in_place(monkeypatch, PRINTS, missing=("PyTorch",))
    assert run.main() == 0
    ran, *rest = capsys.readouterr().out.splitlines()
    assert ran.startswith("Keras: ran 1")
    assert rest == ["NOT RUN: the exported PyTorch programs, because pip says: no wheel"]


def test_install_error_is_pips_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pip = tmp_path / "python"
    pip.write_text(
        f"#!{sys.executable}\nimport sys\nsys.exit('a note\\nERROR: No matching distribution\\nanother note')\n"
    )
    pip.chmod(0o755)
    monkeypatch.setattr(environment, "PYTHON", pip)
    with pytest.raises(InstallError, match=r"^pip says: No matching distribution$"):
        environment.install(KERAS)
    monkeypatch.setattr(environment, "MINUTES_TO_INSTALL", 0)
    with pytest.raises(InstallError, match=r"^pip took more than 0 minutes$"):
        environment.install(KERAS)


def test_keras_optimizers_differ_from_the_engines_only_where_epsilon_shows() -> None:
    for name in ("rmsprop", "adam"):
        e = replace(Experiment(bias=True, epochs=20), optimizer=name, learning_rate=0.01)
        assert 0 < largest_difference(expected_result(e), engine_result(e)) < 1e-4


def test_keras_is_run_with_every_part_of_the_engine() -> None:
    found = keras_experiments()
    assert {e.activations[0] for e in found if e.hidden} == set(HIDDEN)
    assert {(e.activations[-1], e.loss) for e in found} >= set(OUTPUTS)
    assert {e.optimizer for e in found} == set(OPTIMIZERS)
    for trait in ("l1", "l2", "bias", "hidden", "test_rows", "initial_weights", "initial_biases", "question_rows"):
        assert {bool(getattr(e, trait)) for e in found} == {True, False}, trait
    assert {e.batches > 1 for e in found} == {True, False}
    assert {(e.scaling, e.target_scaling) for e in found} == set(itertools.product(SCALINGS, SCALINGS))
