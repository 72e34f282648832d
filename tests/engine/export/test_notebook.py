"""The notebook is valid, runs from top to bottom, and has the same result as the script."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from engine import PRESETS, Experiment, record
from engine.export.notebook import network_sentence, notebook
from tests.engine.bare_interpreter import apart, numbers, run_cells
from tests.engine.experiments_to_export import after_other_tables, in_turn

HELD_OUT = Experiment(test_rows=(1,), bias=True, batch_size=2, epochs=150, loss="binary_cross_entropy")
STUB = """from types import SimpleNamespace

told = {}
def subplots():
    names = ["plot", "set_xscale", "set_yscale", "set_xlabel", "set_ylabel"]
    return None, SimpleNamespace(**{name: lambda *a, name=name, **k: told.update({name: a}) for name in names})
def show():
    epochs, losses = told["plot"]
    print("drawn_epochs =", [int(epoch) for epoch in epochs])
    print("drawn_losses =", [float(loss) for loss in losses])
    print("scales", told["set_xscale"][0], told["set_yscale"][0])
"""


def cells(experiment: Experiment) -> list[dict[str, Any]]:
    document = json.loads(notebook(experiment))
    found: list[dict[str, Any]] = document["cells"]
    return found


def code(experiment: Experiment) -> list[str]:
    return [cell["source"] for cell in cells(experiment) if cell["cell_type"] == "code"]


@pytest.mark.parametrize("experiment", [Experiment(), PRESETS["sine"], HELD_OUT])
def test_it_is_what_the_format_asks_for(experiment: Experiment) -> None:
    document = json.loads(notebook(experiment))
    assert set(document) == {"nbformat", "nbformat_minor", "metadata", "cells"}
    assert (document["nbformat"], document["nbformat_minor"]) == (4, 5)
    assert document["metadata"]["kernelspec"]["name"] == "python3"
    ids = [cell["id"] for cell in document["cells"]]
    assert len(set(ids)) == len(ids)
    common = {"id", "cell_type", "metadata", "source"}
    for cell in document["cells"]:
        if cell["cell_type"] == "code":
            assert set(cell) == common | {"execution_count", "outputs"}
            assert (cell["execution_count"], cell["outputs"]) == (None, [])
        else:
            assert (cell["cell_type"], set(cell)) == ("markdown", common)
        assert isinstance(cell["source"], str)
        assert cell["source"].strip()


def test_every_cell_of_code_is_explained() -> None:
    kinds = [cell["cell_type"] for cell in cells(PRESETS["xor"])]
    assert kinds == ["markdown", *["markdown", "code"] * 7]
    words = "".join(cell["source"] for cell in cells(PRESETS["xor"]) if cell["cell_type"] == "markdown")
    assert network_sentence(PRESETS["xor"]) == "Inputs: 2. Layers: 3 tanh, 1 sigmoid."
    assert network_sentence(PRESETS["xor"]) in words
    assert r"\sigma(z) = \frac{1}{1 + e^{-z}}" in words


def test_it_runs_from_top_to_bottom_and_ends_in_the_engines_bits() -> None:
    all_of_them = [*PRESETS.values(), HELD_OUT, *in_turn()[:5], *after_other_tables()[:30:5]]
    for e, text in zip(all_of_them, run_cells([code(e) for e in all_of_them]), strict=True):
        assert apart(e, text) == 0
        assert "python -m pip install matplotlib" in text


def test_it_draws_the_loss(tmp_path: Path) -> None:
    (tmp_path / "matplotlib").mkdir()
    (tmp_path / "matplotlib/__init__.py").write_text("")
    (tmp_path / "matplotlib/pyplot.py").write_text(STUB)
    stopped = Experiment(activations=("linear",), learning_rate=100.0, epochs=1_000)
    programs = [code(HELD_OUT), code(stopped)]
    text, past_bounds = run_cells(programs, ("numpy", "matplotlib"), (tmp_path,))
    (epochs,), (losses,) = numbers(text, "drawn_epochs"), numbers(text, "drawn_losses")
    history = record(HELD_OUT)
    assert (epochs[0], epochs[-1]) == (0, HELD_OUT.epochs)
    assert 50 < len(epochs) <= 101
    assert (losses[0], losses[-1]) == (history.loss[0], history.loss[-1])
    assert "scales symlog log" in text
    assert "scales symlog linear" in past_bounds


def test_names_stay_out_of_the_words() -> None:
    e = replace(Experiment(), bias=True)
    plain = [cell["source"] for cell in cells(e) if cell["cell_type"] == "markdown"]
    object.__setattr__(e, "input_names", ("<img src=x onerror=alert(1)>", "$\\input{x}$", "\n# x"))
    assert [cell["source"] for cell in cells(e) if cell["cell_type"] == "markdown"] == plain
    assert all(compile(source, "cell", "exec") for source in code(e))
