"""The Code page: programs that run, the numbers they print, and the downloads."""

import json
import subprocess
import sys
from dataclasses import replace
from functools import partial

import pytest
from streamlit.testing.v1 import AppTest

from engine import PRESETS, Experiment, record
from engine.export.expected_output import expected_output
from engine.export.keras import keras_script
from engine.export.notebook import notebook
from engine.export.numpy_script import numpy_script
from engine.export.pytorch import pytorch_script
from pages.widgets.export.programs import PROGRAMS
from tests.pages.visit import come_to, control, turn

PAGE = "pages/views/code.py"
come = partial(come_to, PAGE)


ODD = {
    "past all bounds": Experiment(activations=("linear",), learning_rate=100.0, epochs=1_000),
    "rows held out": replace(PRESETS["line"], test_rows=(1, 3), epochs=200),
}


def downloads(at: AppTest) -> dict[str, bool]:
    """The download buttons, and whether they can be pressed."""
    return {button.proto.label: not button.proto.disabled for button in at.get("download_button")}


@pytest.mark.parametrize("name", ["tutorial", "xor", "fruit", "past all bounds", "rows held out"])
def test_the_panel_is_what_the_program_prints(name: str) -> None:
    experiment = (PRESETS | ODD)[name]
    at = come(experiment)
    program, printed = (code.value for code in at.code)
    assert program == numpy_script(experiment).rstrip("\n") or program == numpy_script(experiment)
    ran = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, text=True, check=True)
    assert printed == ran.stdout.rstrip("\n")


@pytest.mark.parametrize(("label", "write"), [("PyTorch", pytorch_script), ("Keras", keras_script)])
def test_the_other_programs(label: str, write: object) -> None:
    at = come(PRESETS["xor"])
    turn(at, "button_group", "program", label)
    assert callable(write)
    assert at.code[0].value.strip() == write(PRESETS["xor"]).strip()
    assert at.code[1].value == expected_output(record(PRESETS["xor"]), measured=False)
    assert "Rows right" not in at.code[1].value
    assert f"Download glassbox_{label.lower()}.py" in downloads(at)


def test_the_notebook_is_for_download() -> None:
    at = come(PRESETS["xor"])
    turn(at, "button_group", "program", "Notebook")
    assert "Download glassbox.ipynb" in downloads(at)
    assert json.loads(notebook(PRESETS["xor"]))["nbformat"] == 4
    assert at.code[0].value == expected_output(record(PRESETS["xor"]))


def test_one_heading_means_one_thing_in_all_programs() -> None:
    for program in PROGRAMS:
        for e in (Experiment(), PRESETS["xor"]):
            text = program.write(e)
            assert ("Output after training:" in text) == (
                e == Experiment() and program.write in (numpy_script, notebook)
            )
            assert text.count(f"Output after epoch {e.epochs}:") == 1


def test_the_panel_names_its_epoch_and_the_players() -> None:
    at = come(None, preset="xor", at="53")
    (told,) = (caption.value for caption in at.caption if caption.value.startswith("Nothing is run here"))
    assert "after the last epoch, 5,000; the player is at epoch 53." in told
    assert at.code[1].value.startswith("Output after epoch 5000:\n")


def test_what_is_not_trained_yet_has_its_program_and_no_numbers() -> None:
    at = come(replace(PRESETS["xor"], epochs=900_000))
    assert len(at.code) == 1
    assert "Download the film" not in downloads(at)
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
