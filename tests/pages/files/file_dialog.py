"""Helpers for the dialog about a dropped file: what it says and offers."""

from collections.abc import Iterable
from typing import TypeVar

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Multiselect, Selectbox, Toggle

from engine import Experiment
from tests.pages.visit import CHARTS, PLAIN, charts, linked, on_stage, read

W = TypeVar("W", Multiselect[int], Selectbox[str], Toggle)
USE, OPEN = "Use this table", "Open this experiment"


def drop(at: AppTest, name: str, data: bytes | str) -> AppTest:
    """Drop a file on the page."""
    (place,) = at.file_uploader
    place.set_value((name, data.encode() if isinstance(data, str) else data, "text/plain"))
    return at.run()


def offered(at: AppTest) -> list[str]:
    """The labels of the buttons that would load a dropped file."""
    return [button.label for button in at.button if button.label in (USE, OPEN)]


def asked(boxes: Iterable[W], label: str) -> W:
    """The control whose label begins with these words."""
    (found,) = (box for box in boxes if box.proto.label.startswith(label))
    return found


def assert_untouched(at: AppTest, experiment: Experiment) -> None:
    """Assert that the preview of a file has changed nothing else."""
    assert not at.exception
    assert on_stage(at).experiment == experiment
    assert linked(at) == experiment
    assert len(charts(at)) == CHARTS


def notes(at: AppTest) -> list[str]:
    """The dialog's notes on the file, one per line and without markup."""
    lists = [text.value for text in at.markdown if text.value.startswith("- ")]
    lines = [line.removeprefix("- ") for text in lists for line in text.split("\n")]
    assert all(PLAIN.fullmatch(line) for line in lines)
    return [read(line) for line in lines]


def refusals(at: AppTest) -> list[str]:
    assert not at.exception
    assert all(PLAIN.fullmatch(error.value) for error in at.error)
    return [read(error.value) for error in at.error]
