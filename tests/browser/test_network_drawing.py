"""The drawing of the network has NumPy's numbers, in words that can be read, and moves where motion is wanted."""

from dataclasses import asdict, replace
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from engine import PRESETS, Experiment, record
from engine.model.targets import correct_rows
from pages.charts.style.format import format_number
from pages.charts.style.sizes import PROJECTOR
from tests.browser.launch import watched_page
from tests.browser.pictures import WRITTEN, open_pictures, pictures_page, seek, wait_until_fine, written
from tests.charts.runs import run


@pytest.mark.parametrize("name", ["tutorial", "xor", "mixed", "parity"])
def test_the_drawing_has_the_rows_numbers_and_the_weights(page: Page, name: str) -> None:
    history = run(name)
    e = history.experiment
    open_pictures(page, pictures_page(history))
    for index, row in ((0, 0), (len(history.epochs) - 1, len(e.inputs) - 1)):
        seek(page, index)
        page.locator('[data-part="row"]').fill(str(row + 1))
        page.locator('[data-part="row"]').blur()
        wait_until_fine(page)
        texts = written(page, "network")
        values = [e.inputs[row], *(layer[row] for layer in history.forward(index).outputs)]
        numbers = [format_number(float(value)) for layer in values for value in layer]
        assert not [number for number in numbers if number not in texts]
        biases = [f"bias {format_number(float(bias))}" for layer in history.biases for bias in layer[index]]
        assert not [bias for bias in biases if bias not in texts]
        weights = [format_number(float(w)) for layer in history.weights for w in layer[index].ravel()]
        assert sum(weight in texts for weight in weights) >= 0.8 * len(weights)
        assert {f"target {format_number(float(goal))}" for goal in e.unscaled_targets[row]} <= {
            t.rstrip(" ✓✗") for t in texts
        }


def test_a_right_row_is_ticked_and_a_wrong_one_crossed(page: Page) -> None:
    history = run("xor")
    open_pictures(page, pictures_page(history))
    seek(page, 0)
    right = correct_rows(history.experiment, history.outputs[0])
    assert right.any()
    assert not right.all()
    for row, ok in enumerate(right.tolist()):
        page.evaluate("(row) => harness.stage.set({ row })", row)
        (told,) = [text for text in written(page, "network") if text.startswith("target")]
        assert told.endswith("✓" if ok else "✗")


def test_of_a_large_network_the_epoch_that_is_shown_is_told(page: Page) -> None:
    wide = replace(PRESETS["xor"], hidden=(64, 48), activations=("tanh", "tanh", "sigmoid"), epochs=40)
    history = record(wide)
    open_pictures(page, pictures_page(history))
    frames: list[int] = page.evaluate("() => harness.stage.scene.frames")
    missing = next(k for k in range(len(history.epochs)) if k not in frames)
    seek(page, missing)
    before = max(frame for frame in frames if frame < missing)
    told = f", epoch {int(history.epochs[before])}"
    assert told in page.locator('[data-part="answer caption"]').inner_text()
    assert "strongest of 3,248 links" in page.locator('[data-part="network caption"]').inner_text()


@pytest.mark.parametrize("still", [True, False])
def test_signals_run_along_the_links_only_where_motion_is_wanted(browser: Browser, still: bool) -> None:
    with watched_page(browser, still=still) as page:
        open_pictures(page, pictures_page(run("xor")))
        dashes = """() => {
          const { setLineDash } = CanvasRenderingContext2D.prototype, found = new Set();
          CanvasRenderingContext2D.prototype.setLineDash = function (dash) {
            if (this.canvas.dataset.part === "network") found.add(String(dash));
            setLineDash.call(this, dash);
          };
          harness.stage.state.playing = true;
          harness.stage.paintNow();
          harness.stage.state.playing = false;
          CanvasRenderingContext2D.prototype.setLineDash = setLineDash;
          return [...found].filter(Boolean);
        }"""
        assert bool(page.evaluate(dashes)) is not still


def present(page: Page, **light: object) -> list[str]:
    """What is written on the drawing on a projector under this light."""
    unlit = {"isOnRow": False, "link": None, "bias": None, "covered": False}
    looks = {"sizes": asdict(PROJECTOR), "height": 580, "hasAnswer": False, "light": unlit | light}
    page.evaluate("(looks) => harness.stage.present(looks)", looks)
    wait_until_fine(page)
    return written(page, "network")


def test_on_a_wall_the_drawing_has_every_number_that_there_is_room_for_and_whole_names(page: Page) -> None:
    xor = run("xor")
    open_pictures(page, pictures_page(xor))
    texts = present(page)
    values = [format_number(float(value)) for layer in xor.forward(-1).outputs for value in layer[0]]
    biases = [f"bias {format_number(float(bias))}" for layer in xor.biases for bias in layer[-1]]
    assert {*values, *biases, "target 0 ✓"} <= set(texts)
    assert any(format_number(float(w)) in texts for layer in xor.weights for w in layer[-1].ravel())
    named = Experiment(input_names=("breakfast", "hours slept", "studied"), target_names=("passed the exam",))
    open_pictures(page, pictures_page(record(named)))
    assert {*named.input_names, *named.target_names} <= set(present(page))


def test_the_light_on_a_weight_leaves_its_number_alone_and_a_covered_output_is_told_nowhere(page: Page) -> None:
    history = run("xor")
    open_pictures(page, pictures_page(history))
    weights = {format_number(float(w)): (i, j) for (i, j), w in np.ndenumerate(history.weights[0][-1])}
    for text, (i, j) in weights.items():
        told = present(page, link={"layer": 0, "i": i, "j": j})
        assert [number for number in told if number in weights] == [text]
    output = format_number(float(history.outputs[-1, 0, 0]))
    assert output in present(page)
    told = present(page, covered=True)
    assert "?" in told
    assert "target 0" in told
    assert output not in told
    page.locator('[data-part="network"]').focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    said = page.locator('[data-part="said"]')
    expect(said).to_contain_text("answer, output")
    expect(said).not_to_contain_text("out =")


def test_on_a_wall_nothing_written_is_small(page: Page) -> None:
    for name in ("xor", "fruit", "sine", "parity"):
        open_pictures(page, pictures_page(run(name), sizes=PROJECTOR, height=560))
        sizes: list[Any] = page.evaluate(WRITTEN, "network") + page.evaluate(WRITTEN, "answer")
        assert len(sizes) > 10
        assert [item for item in sizes if item[1] < 24] == []
