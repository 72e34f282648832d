"""There is one frame per kept epoch, which carries only what moves."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from engine import record
from pages.charts.style.base import Dict
from pages.charts.style.palette import palette_for
from tests.charts.runs import BUILDERS, EXPERIMENTS, axis_of, run

LIGHT = palette_for("light")


def built(builder: str, name: str) -> Dict:
    history = run(name)
    return BUILDERS[builder](history, axis_of(history), LIGHT)


def applied(trace: Dict, change: Dict) -> Dict:
    """The trace after a frame, as the browser merges them: dicts into dicts, anything else replaced."""
    both = {
        key: applied(trace[key], value) for key, value in change.items() if isinstance(value, dict) and key in trace
    }
    return trace | change | both


def values(part: object) -> Iterator[object]:
    """Every single value in a frame."""
    if isinstance(part, dict):
        part = list(part.values())
    if isinstance(part, list | tuple):
        for item in part:
            yield from values(item)
    else:
        yield part


@pytest.mark.parametrize("name", EXPERIMENTS)
@pytest.mark.parametrize("builder", BUILDERS)
def test_a_frame_a_kept_epoch(builder: str, name: str) -> None:
    names = [frame["name"] for frame in built(builder, name)["frames"]]
    assert names == [str(epoch) for epoch in run(name).epochs]
    assert names[0] == "0"
    assert names[-1] == str(EXPERIMENTS[name].epochs)


@pytest.mark.parametrize("name", EXPERIMENTS)
@pytest.mark.parametrize("builder", BUILDERS)
def test_frames_name_traces_that_exist(builder: str, name: str) -> None:
    figure = built(builder, name)
    for frame in figure["frames"]:
        assert len(frame["traces"]) == len(frame["data"]) == len(set(frame["traces"]))
        assert set(frame["traces"]) <= set(range(len(figure["data"])))


@pytest.mark.parametrize("name", EXPERIMENTS)
@pytest.mark.parametrize("builder", BUILDERS)
def test_the_last_frame_changes_nothing(builder: str, name: str) -> None:
    figure = built(builder, name)
    last, first = figure["frames"][-1], figure["frames"][0]
    for trace, change in zip(last["traces"], last["data"], strict=True):
        assert applied(figure["data"][trace], change) == figure["data"][trace]
    assert any(
        applied(figure["data"][trace], change) != figure["data"][trace]
        for trace, change in zip(first["traces"], first["data"], strict=True)
    )


@pytest.mark.parametrize("name", EXPERIMENTS)
@pytest.mark.parametrize("builder", BUILDERS)
def test_a_frame_is_no_larger_in_a_longer_run(builder: str, name: str) -> None:
    sizes = set()
    for epochs in (20, 60):
        history = record(replace(EXPERIMENTS[name], epochs=epochs))
        frames = BUILDERS[builder](history, axis_of(history), LIGHT)["frames"]
        assert len(frames) == epochs + 1
        sizes |= {len(list(values(frame["data"]))) for frame in frames}
    assert len(sizes) == 1


@pytest.mark.parametrize("builder", BUILDERS)
def test_every_chart_says_which_run_it_shows(builder: str) -> None:
    assert built(builder, "tutorial")["layout"]["meta"] == {"stage": "a1"}
