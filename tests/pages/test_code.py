"""The Code page: programs that run, the numbers they print, and what else can be taken away."""

import json
import subprocess
import sys
from dataclasses import replace
from functools import partial

import pytest
from streamlit.testing.v1 import AppTest

from engine import PRESETS, Experiment, record
from engine.keras import keras
from engine.notebook import notebook
from engine.pytorch import pytorch
from engine.script import script
from pages.widgets.programs import PROGRAMS, results
from tests.pages.visit import come_to, control, turn

PAGE = "pages/views/code.py"
come = partial(come_to, PAGE)


def downloads(at: AppTest) -> dict[str, bool]:
    """The download buttons, and whether they can be pressed."""
    return {button.proto.label: not button.proto.disabled for button in at.get("download_button")}


@pytest.mark.parametrize("name", ["tutorial", "xor", "fruit", "line"])
def test_the_program_prints_the_numbers_of_the_page(name: str) -> None:
    experiment = replace(PRESETS[name], epochs=200)
    at = come(experiment)
    program, printed = (code.value for code in at.code)
    assert program == script(experiment).rstrip("\n") or program == script(experiment)
    assert printed == results(record(experiment))
    ran = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, text=True, check=True)
    if name != "tutorial":
        assert printed in ran.stdout.replace("\nOutput", "Output")
    for line in printed.splitlines():
        assert line in ran.stdout


@pytest.mark.parametrize(("label", "write"), [("PyTorch", pytorch), ("Keras", keras)])
def test_the_other_programs(label: str, write: object) -> None:
    at = come(PRESETS["xor"])
    turn(at, "button_group", "program", label)
    assert callable(write)
    assert at.code[0].value.strip() == write(PRESETS["xor"]).strip()
    assert f"Download glassbox_{label.lower()}.py" in downloads(at)


def test_the_notebook_is_for_download() -> None:
    at = come(PRESETS["xor"])
    turn(at, "button_group", "program", "Notebook")
    assert "Download glassbox.ipynb" in downloads(at)
    assert json.loads(notebook(PRESETS["xor"]))["nbformat"] == 4
    assert len(at.code) == 1


def test_what_is_not_trained_yet_has_its_program_and_no_numbers() -> None:
    at = come(replace(PRESETS["xor"], epochs=900_000))
    assert len(at.code) == 1
    assert "Download the stage" not in downloads(at)
    assert "press Train" in at.warning[0].value


def test_a_worksheet_only_where_it_fits_on_paper() -> None:
    assert "Download the worksheet" in downloads(come(Experiment()))
    at = come(PRESETS["sine"])
    assert "Download the worksheet" not in downloads(at)
    assert any("Too much to do by hand" in caption.value for caption in at.caption)


def test_every_program_says_what_it_needs() -> None:
    for program in PROGRAMS:
        assert program.about.endswith(".")
        assert program.file.startswith("glassbox")
    assert control(come(Experiment()), "button_group", "program").proto.default == [0]
