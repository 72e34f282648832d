"""Figures are as kept in golden files; after an intended change, write these again and review the difference."""

import json

import pytest

from tests.charts.golden_figures import FIGURES, FOLDER, WRITE, path, summary


@pytest.mark.parametrize("name", FIGURES)
def test_figure_is_as_it_is_kept(name: str) -> None:
    kept = json.loads(path(name).read_text(encoding="utf-8"))
    assert json.loads(json.dumps(summary(FIGURES[name]()))) == kept, f"if that is meant: {WRITE}"


def test_no_other_figure_is_kept() -> None:
    assert {file.name for file in FOLDER.iterdir()} == {path(name).name for name in FIGURES}


@pytest.mark.parametrize("lost", ["xaxis", "yaxis", "title"])
def test_a_lost_axis_is_noticed(lost: str) -> None:
    figure = FIGURES["lesson loss"]()
    kept = json.loads(path("lesson loss").read_text(encoding="utf-8"))
    layout = {key: value for key, value in figure["layout"].items() if key != lost}
    assert layout != figure["layout"]
    assert summary(figure | {"layout": layout}) != kept
