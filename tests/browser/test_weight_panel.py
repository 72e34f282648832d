"""The panel of a weight: map, drawing and words follow what is tried, and go back; links and biases lead to it."""

from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, ViewportSize, expect

from engine.model.targets import correct_rows
from engine.model.types import Array
from engine.model.weight_index import WeightIndex
from pages.charts.style.format import format_number
from tests.browser.forward import RELATIVE, apart
from tests.browser.pictures import open_pictures, pictures_page, seek, wait_until_fine, written
from tests.browser.trials import losses, with_weight
from tests.charts.runs import run

TOLD = {
    "applied": 0,
    "hidden": [3],
    "activations": ["tanh", "sigmoid"],
    "features": 2,
    "targets": 1,
    "limits": {"layers": 6, "units": 64, "weights": 5000},
    "first": {"units": 4, "activation": "tanh"},
    "choices": {"hidden": [["tanh", "Tanh"]], "output": [["sigmoid", "Sigmoid"]]},
    "refusal": "",
    "start_refusal": "",
    "reading": None,
}
"""What Python says of the settings of XOR."""

# The value of the answer at every point of the map that is painted, and where the map lies.
MAP = """() => {
  const view = harness.stage.view(), { raster, scene } = view;
  const output = raster.layers.at(-1);
  return { xs: [...raster.xs], ys: [...raster.ys], axes: raster.axes, values: [...output.subarray(0, raster.count)] };
}"""


def painted_map(page: Page) -> tuple[Array, Array]:
    """The points of the map, (points, 2), and the answer there."""
    found: dict[str, Any] = page.evaluate(MAP)
    xs, ys = np.meshgrid(found["xs"], found["ys"])
    return np.stack([xs.ravel(), ys.ravel()], axis=1), np.array(found["values"])


def choose(page: Page, weight: WeightIndex) -> None:
    page.evaluate("(weight) => harness.stage.chooseWeight(weight)", place(weight))


def place(weight: WeightIndex) -> dict[str, int]:
    return {"layer": weight.layer, "i": weight.source, "j": weight.neuron}


def slide(page: Page, value: float) -> None:
    """Move the slider to a number of few digits."""
    page.locator('[data-part="weight slider"]').evaluate(
        "(slider, value) => { slider.value = value; slider.dispatchEvent(new Event('input')); }", value
    )
    wait_until_repainted(page)


def wait_until_repainted(page: Page) -> None:
    """Wait until what was changed just now is painted in the finest resolution."""
    page.evaluate("() => harness.stage.paintNow()")  # from here on the page says that it is not yet
    wait_until_fine(page)


@pytest.fixture
def xor(page: Page) -> Page:
    open_pictures(page, pictures_page(run("xor")))
    page.evaluate("(told) => harness.stage.edit(told)", TOLD)
    return page


def words(page: Page) -> str:
    return page.locator('[data-part="what if"]').inner_text()


@pytest.mark.parametrize("weight", [WeightIndex(0, 0, 1), WeightIndex(0, 2, 2), WeightIndex(1, 1, 0)])
def test_map_drawing_and_words_follow_the_slider_and_go_back(xor: Page, weight: WeightIndex) -> None:
    history, index = run("xor"), 60
    seek(xor, index)
    points, trained = painted_map(xor)
    before = written(xor, "network")
    choose(xor, weight)
    own = float(history.values_of(weight)[index])
    for value in (2.75, -3.5):
        slide(xor, value)
        changed = with_weight(history, index, weight, value)
        here, tried = painted_map(xor)
        assert apart(tried, changed.forward(0, here).outputs[-1][:, 0]) < RELATIVE
        loss = format_number(losses(changed)[0])
        assert words(xor).startswith(
            f"What if: w = {format_number(value)} instead of {format_number(own)}. Not trained"
        )
        assert words(xor).endswith(f"Loss {loss}.")
        texts = written(xor, "network")
        assert format_number(float(changed.outputs[0, 0, 0])) in texts
        right = "✓" if correct_rows(history.experiment, changed.outputs)[0, 0] else "✗"
        assert any(text.startswith("target") and text.endswith(right) for text in texts)
        assert xor.locator('[data-part="answer caption"]').inner_text().startswith("What if?")
    xor.get_by_role("button", name=f"Back to {format_number(own)}").click()
    wait_until_repainted(xor)
    again, values = painted_map(xor)
    np.testing.assert_array_equal(again, points)
    np.testing.assert_array_equal(values, trained)
    assert set(before) <= set(written(xor, "network"))  # and the pill of the chosen weight
    assert words(xor) == ""
    assert not xor.locator('[data-part="answer caption"]').inner_text().startswith("What if?")


def test_a_trial_ends_when_the_cursor_moves_and_on_escape(xor: Page) -> None:
    history, weight, what_if = run("xor"), WeightIndex(0, 0, 0), ".pictures.what-if"
    choose(xor, weight)
    slide(xor, 2.5)
    expect(xor.locator(what_if)).to_have_count(1)
    seek(xor, 40)
    expect(xor.locator(what_if)).to_have_count(0)
    own = history.values_of(weight)[40]
    expect(xor.locator('[data-part="weight now"]')).to_contain_text(f"{format_number(own)} at epoch")
    slide(xor, 2.5)
    xor.locator('[data-part="weight slider"]').press("Escape")
    expect(xor.locator(what_if)).to_have_count(0)
    expect(xor.locator('[data-part="weight panel"]')).to_be_visible()
    xor.locator('[data-part="weight slider"]').press("Escape")
    expect(xor.locator('[data-part="weight panel"]')).to_be_hidden()
    choose(xor, weight)
    slide(xor, 2.5)
    xor.locator('[data-part="network"]').press("Escape")
    expect(xor.locator(what_if)).to_have_count(0)


# Where a neuron's bias is written, or the corner where it is a dot: its place, and the neuron's layer and number.
BIASES = """() => {
  const canvas = document.querySelector('[data-part="network"]'), view = harness.stage.view(), { inside } = view.sizes;
  const { nodes } = harness.layoutOf(canvas, view, canvas.clientWidth, canvas.clientHeight);
  return nodes.slice(1).flat().map(({ layer, unit, x, y, size, biased }) => {
    if (!biased) return [x - size / 2, y + size / 2, layer, unit];
    const [right, down] = biased === 'below' ? [0, 2.05] : [2.6, 0.85];
    return [x + right * inside, y + size / 2 + down * inside, layer, unit];
  });
}"""


@pytest.mark.parametrize("width", [390, 1000, 1180])
def test_a_bias_is_chosen_where_it_is_written_or_dotted(xor: Page, width: int) -> None:
    xor.set_viewport_size(ViewportSize(width=width, height=900))
    wait_until_repainted(xor)
    history = run("xor")
    for x, y, layer, unit in xor.evaluate(BIASES):
        xor.locator('[data-part="network"]').click(position={"x": x, "y": y})
        name = WeightIndex(layer - 1, history.weights[layer - 1].shape[1], unit).name(history.experiment)
        chosen = xor.locator('[data-part="weight name"]').evaluate("(list) => list.selectedOptions[0].textContent")
        assert chosen == name
        bias = format_number(float(history.biases[layer - 1][-1, unit]))
        expect(xor.locator('[data-part="weight now"]')).to_contain_text(f"{bias} at epoch")


def test_keys_lead_to_a_neurons_bias_after_its_weights(xor: Page) -> None:
    xor.locator('[data-part="network"]').focus()
    xor.keyboard.press("ArrowRight")
    for words in ("switch 1 → h1: weight", "switch 2 → h1: weight", "bias h1: ", "h1 → answer: weight"):
        xor.keyboard.press("PageDown")
        expect(xor.locator('[data-part="said"]')).to_contain_text(words)


def test_a_page_without_python_has_no_editor(page: Page) -> None:
    """As a saved page: a click on a link chooses nothing."""
    open_pictures(page, pictures_page(run("xor")))
    page.locator('[data-part="network"]').focus()
    for key in ("ArrowRight", "PageDown", "Enter"):
        page.keyboard.press(key)
    expect(page.locator('[data-part="weight panel"]')).to_be_hidden()
    expect(page.locator('[data-part="editor"]')).to_be_hidden()
