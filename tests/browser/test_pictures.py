"""What is painted of the answer is what NumPy computes: the colours of the plane, its border, the confusion matrix."""

from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest
from playwright.sync_api import Download, Page

from engine import ACTIVATIONS, PRESETS, History, record
from engine.model.types import Array
from pages.charts.style.format import format_number
from pages.charts.style.palette import palette_for
from tests.browser.pictures import open_module, open_pictures, pictures_page, seek, written
from tests.charts.runs import run

# The colours of some pixels away from rows and the border, and the point of which each has the colour.
COLORS_OF_PLANE = """() => {
  const { stage } = harness, view = stage.view(), { raster, scene, density } = view, found = [];
  const canvas = document.querySelector('[data-part="answer"]'), ctx = canvas.getContext("2d");
  const area = harness.planeArea(view, canvas.clientWidth, canvas.clientHeight);
  const lines = harness.borderLines(scene.network, raster, harness.regionsOf(view));
  const away = (a, b, x, y) => Math.hypot(area.x(a) - x, area.y(b) - y);
  const near = (x, y) => {
    for (let row = 0; row < scene.rows; row++) if (away(...scene.row(row), x, y) < 24) return true;
    for (let at = 0; at < lines.length; at += 2) if (away(lines[at], lines[at + 1], x, y) < 6) return true;
    return false;
  };
  for (let px = Math.ceil((area.left + 5) * density); px < (area.left + area.width - 5) * density; px += 17) {
    for (let py = Math.ceil((area.top + 5) * density); py < (area.top + area.height - 5) * density; py += 17) {
      const x = (px + 0.5) / density, y = (py + 0.5) / density;
      if (near(x, y)) continue;
      const across = Math.round(((x - area.left) / area.width) * (raster.side - 1));
      const down = Math.round(((y - area.top) / area.height) * (raster.side - 1));
      found.push([[raster.xs[across], raster.ys[down]], [...ctx.getImageData(px, py, 1, 1).data.slice(0, 3)]]);
    }
  }
  return [view.frame, found];
}"""


def mixed(one: str, other: str, share: Array) -> Array:
    """(points, 3): one colour moved towards another."""
    start, end = (np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)]) for color in (one, other))
    result: Array = start + (end - start) * share[:, None]
    return result


def expected_colors(history: History, frame: int, points: Array, scheme: str) -> Array:
    """The colours of a plane of yes or no, from NumPy's outputs."""
    colors = palette_for(scheme)
    outputs = history.forward(frame, points).outputs[-1][:, 0]
    sure = np.abs(outputs - 0.5) * 2
    sides = [mixed(colors.background, colors.regions[side], 0.2 + 0.8 * sure) for side in (0, 1)]
    return np.where((outputs > 0.5)[:, None], sides[1], sides[0])


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["xor", "circle"])
def test_the_planes_colours_are_numpys_outputs(page: Page, name: str, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    history = run(name)
    open_pictures(page, pictures_page(history))
    for index in (0, 40, len(history.epochs) - 1):
        seek(page, index)
        frame, found = page.evaluate(COLORS_OF_PLANE)
        assert frame == index
        points, painted = (np.array([pair[k] for pair in found], dtype=float) for k in (0, 1))
        assert len(points) > 100
        assert np.abs(painted - expected_colors(history, frame, points, scheme)).max() <= 2  # 256 steps, each rounded


def test_the_pictures_follow_the_page_from_light_to_dark(page: Page) -> None:
    open_pictures(page, pictures_page(run("xor")))
    corner = (
        """() => [...document.querySelector('[data-part="answer"]').getContext("2d").getImageData(70, 40, 1, 1).data]"""
    )
    light = page.evaluate(corner)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"(before) => String(({corner})()) !== String(before)", arg=light)
    assert sum(page.evaluate(corner)[:3]) < sum(light[:3])


# Ends of the pieces of the border, in the inputs' units, at the frame and target that are shown.
BORDER = """() => {
  const view = harness.stage.view(), { box, side } = view.raster;
  const lines = harness.borderLines(view.scene.network, view.raster, harness.regionsOf(view));
  return [view.frame, [...lines], (box.x[1] - box.x[0]) / (side - 1)];
}"""


@pytest.mark.parametrize(("name", "first"), [("xor", 10), ("circle", 40)])
def test_the_border_of_yes_and_no_lies_where_numpy_answers_in_the_middle(page: Page, name: str, first: int) -> None:
    history = run(name)
    open_pictures(page, pictures_page(history))
    for index in (first, 60, len(history.epochs) - 1):
        seek(page, index)
        frame, ends, _ = page.evaluate(BORDER)
        points = np.array(ends).reshape(-1, 2)
        assert len(points) > 100
        outputs = history.forward(frame, points).outputs[-1][:, 0]
        assert np.abs(outputs - 0.5).max() < 1e-3


def test_where_only_rounding_tells_the_answers_apart_there_is_no_border_and_no_colour(page: Page) -> None:
    history = run("xor_one_neuron")
    open_pictures(page, pictures_page(history))
    frame, ends, _ = page.evaluate(BORDER)
    assert 0 < np.ptp(history.forward(frame, np.array([[-0.2, -0.2], [0, 0], [1.2, 1.2]])).outputs[-1]) < 1e-12
    assert ends == []
    _, found = page.evaluate(COLORS_OF_PLANE)
    background = palette_for("light").background
    assert {tuple(color) for _, color in found} == {tuple(int(background[at : at + 2], 16) for at in (1, 3, 5))}
    seek(page, 0)
    assert page.evaluate(BORDER)[1]


@pytest.mark.parametrize(
    ("name", "marks"), [("xor", {"answer = 0", "answer = 1"}), ("sine", {"at the start", "-2", "0", "2"})]
)
def test_a_legend_tells_answers_from_names_and_an_axis_has_more_than_one_number(
    page: Page, name: str, marks: set[str]
) -> None:
    open_pictures(page, pictures_page(run(name)))
    assert marks <= set(written(page, "answer"))


def test_a_curve_beyond_the_picture_is_told(page: Page) -> None:
    history = record(replace(PRESETS["line"], learning_rate=1.0, epochs=2))
    open_pictures(page, pictures_page(history))
    side = "above" if history.outputs[-1].min() > 20 else "below"
    assert f"The curve is {side} the picture" in written(page, "answer")
    seek(page, 0)
    assert not any("The curve is" in text for text in written(page, "answer"))


def test_of_any_range_an_axis_has_two_numbers_at_least_and_never_many(page: Page) -> None:
    open_module(page, "axes")
    ranges = [
        [low, low + span] for low in (-3.22, -0.5, 0, 0.013, 97) for span in np.geomspace(0.001, 900, 61).tolist()
    ]
    for count in (2, 3.5, 6):
        counts = page.evaluate(
            "([ranges, count]) => ranges.map((range) => js.ticks(range, count).length)", [ranges, count]
        )
        assert min(counts) >= 2
        assert max(counts) <= 2 * count + 2


def test_the_border_of_classes_lies_where_the_two_largest_outputs_are_equal(page: Page) -> None:
    history = run("fruit")
    open_pictures(page, pictures_page(history))
    frame, ends, cell = page.evaluate(BORDER)
    outputs = np.sort(history.forward(frame, np.array(ends).reshape(-1, 2)).outputs[-1], axis=1)
    apart = outputs[:, -1] - outputs[:, -2]
    assert len(apart) > 100
    assert np.quantile(apart, 0.98) < 1e-3  # the rest are the middles of cells where three classes meet
    assert apart.max() < 20 * cell


def test_the_confusion_matrix_counts_numpys_answers(page: Page) -> None:
    history = run("fruit")
    open_pictures(page, pictures_page(history))
    page.locator('[data-part="kind"]').select_option("confusion")
    for index in (0, len(history.epochs) - 1):
        seek(page, index)
        counts = np.zeros((3, 3), dtype=int)
        goals = history.experiment.target_array.argmax(axis=1)
        np.add.at(counts, (goals, history.outputs[index].argmax(axis=1)), 1)
        numbers = [int(text) for text in written(page, "answer") if text.isdigit()]
        assert numbers == counts.ravel().tolist()


def test_an_activation_without_javascript_is_said_in_words(page: Page) -> None:
    """The weights can still be drawn; what the network computes cannot."""
    silent = dict(ACTIVATIONS) | {"tanh": replace(ACTIVATIONS["tanh"], javascript=None)}
    history = run("xor")
    open_pictures(page, pictures_page(history, activations=silent))
    assert "has no formula in JavaScript" in " ".join(written(page, "answer"))
    texts = written(page, "network")
    assert format_number(float(history.weights[0][-1, 0, 0])) in texts
    assert format_number(float(history.outputs[-1, 0, 0])) not in texts


def test_another_runs_cursor_is_not_followed(page: Page) -> None:
    open_pictures(page, pictures_page(run("xor")))
    say = """(detail) => {
      document.dispatchEvent(new CustomEvent("glassbox-epoch", { detail }));
      return harness.stage.state.index;
    }"""
    assert page.evaluate(say, {"run": "another", "index": 3, "playing": False}) == len(run("xor").epochs) - 1
    assert page.evaluate(say, {"run": "run", "index": 3, "playing": False}) == 3


@pytest.mark.parametrize(("kind", "start"), [("png", b"\x89PNG"), ("svg", b"<svg")])
def test_both_pictures_are_saved(page: Page, kind: str, start: bytes) -> None:
    history = run("fruit")
    open_pictures(page, pictures_page(history))
    files: list[Download] = []

    def both(file: Download) -> bool:
        files.append(file)
        return len(files) == 2

    with page.expect_event("download", both):
        page.evaluate(
            """(format) => document.dispatchEvent(
                 new CustomEvent("glassbox-save", { detail: { run: "run", format } }))""",
            kind,
        )
    last = int(history.epochs[-1])
    assert {file.suggested_filename for file in files} == {
        f"glassbox-the-{name}-epoch-{last}.{kind}" for name in ("network", "answer")
    }
    assert all(file.path().read_bytes().startswith(start) for file in files)
    if kind == "svg":
        texts = {text.text for file in files for text in ElementTree.parse(file.path()).iter() if text.text}
        assert {"apple", "redness", *(format_number(float(w)) for w in history.weights[0][-1].ravel())} <= texts
