"""Mouse, finger and keyboard tell the same numbers of a picture, and they are NumPy's."""

from collections.abc import Iterator

import numpy as np
import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from engine import History
from engine.model.targets import correct_rows
from engine.model.types import Array
from pages.charts.style.format import format_number
from tests.browser.launch import watched_page
from tests.browser.pictures import open_pictures, pictures_page, seek
from tests.charts.runs import run

PHONE = ViewportSize(width=390, height=844)

# Where a row of the table lies on the answer's canvas.
PLACE = """(row) => {
  const view = harness.stage.view(), canvas = document.querySelector('[data-part="answer"]');
  const area = harness.planeArea(view, canvas.clientWidth, canvas.clientHeight), values = view.scene.row(row);
  return [area.x(values[view.axes[0]]), area.y(values[view.axes[1]])];
}"""

# Where a neuron or the middle of a link lies on the drawing.
NODE = """([layer, unit]) => {
  const canvas = document.querySelector('[data-part="network"]');
  const layout = harness.layoutOf(canvas, harness.stage.view(), canvas.clientWidth, canvas.clientHeight);
  const { x, y, size } = layout.nodes[layer][unit];
  return [x, y, size];
}"""


def answer(page: Page) -> Locator:
    return page.locator('[data-part="answer"]')


def network(page: Page) -> Locator:
    return page.locator('[data-part="network"]')


def tip(page: Page) -> Locator:
    return page.locator('[data-part="tip"]')


def said(page: Page) -> Locator:
    return page.locator('[data-part="said"]')


def listed(names: tuple[str, ...], values: Array) -> str:
    return ", ".join(f"{name} = {format_number(float(value))}" for name, value in zip(names, values, strict=True))


def row_words(history: History, frame: int, row: int) -> str:
    """What is to be told of a row of XOR, from the table's own numbers."""
    e, layers = history.experiment, history.forward(frame).outputs
    output, target = (format_number(float(values[row, 0])) for values in (history.outputs[frame], e.target_array))
    right = "right" if correct_rows(e, history.outputs[frame])[row] else "wrong"
    hidden = tuple(f"h{unit + 1}" for unit in range(e.hidden[0]))
    return (
        f"Row {row + 1}: {listed(e.input_names, e.input_array[row])}\n"
        f"{e.target_names[0]} = {output} (target {target}), {right}\n{listed(hidden, layers[0][row])}"
    )


def point_words(history: History, frame: int, point: list[float]) -> str:
    """What is to be told of a point of XOR's plane, from NumPy's forward pass."""
    e, layers = history.experiment, history.forward(frame, np.array([point])).outputs
    hidden = tuple(f"h{unit + 1}" for unit in range(e.hidden[0]))
    return "\n".join(
        [
            listed(e.input_names, np.array(point)),
            listed(e.target_names, layers[-1][0]),
            listed(hidden, layers[0][0]),
        ]
    )


def probe(page: Page) -> list[float]:
    found: list[float] = page.evaluate("() => harness.stage.state.probe")
    return found


@pytest.fixture
def xor(page: Page) -> Page:
    open_pictures(page, pictures_page(run("xor")))
    return page


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    with watched_page(browser, PHONE, phone=True) as page:
        open_pictures(page, pictures_page(run("xor")))
        yield page


@pytest.mark.parametrize("index", [0, 60])
def test_mouse_and_keyboard_tell_a_row_as_the_table_has_it(xor: Page, index: int) -> None:
    seek(xor, index)
    for row in range(4):
        x, y = xor.evaluate(PLACE, row)
        answer(xor).hover(position={"x": x, "y": y})
        expect(tip(xor)).to_have_text(row_words(run("xor"), index, row), use_inner_text=True)
    xor.mouse.move(2, 2)
    expect(tip(xor)).to_be_hidden()
    answer(xor).focus()
    for row in range(4):
        xor.keyboard.press("PageDown")
        expect(tip(xor)).to_have_text(row_words(run("xor"), index, row), use_inner_text=True)
        assert said(xor).text_content() == row_words(run("xor"), index, row)


def test_a_finger_tells_a_row_as_the_table_has_it(phone: Page) -> None:
    answer(phone).scroll_into_view_if_needed()
    for row in range(4):
        x, y = phone.evaluate(PLACE, row)
        answer(phone).tap(position={"x": x, "y": y})
        expect(tip(phone)).to_have_text(row_words(run("xor"), -1, row), use_inner_text=True)
    phone.get_by_text("flat colours").tap()
    expect(tip(phone)).to_be_hidden()


def test_any_point_of_the_plane_is_told_and_its_numbers_stand_in_the_neurons(xor: Page) -> None:
    box = answer(xor).bounding_box()
    assert box
    for share in (0.3, 0.55, 0.8):
        answer(xor).hover(position={"x": share * box["width"], "y": 0.4 * box["height"]})
        words = point_words(run("xor"), -1, probe(xor))
        expect(tip(xor)).to_have_text(words, use_inner_text=True)
        values = xor.evaluate("() => harness.stage.view().values.map((layer) => [...layer])")
        wanted = [np.array([probe(xor)]), *run("xor").forward(-1, np.array([probe(xor)])).outputs]
        for found, layer in zip(values, wanted, strict=True):
            np.testing.assert_allclose(found, layer[0], rtol=1e-12)


def test_the_keyboards_cursor_goes_over_the_plane(xor: Page) -> None:
    answer(xor).focus()
    xor.keyboard.press("ArrowRight")
    start = probe(xor)
    xor.keyboard.press("ArrowUp")
    assert probe(xor)[0] == start[0]
    assert probe(xor)[1] > start[1]
    xor.keyboard.press("Shift+ArrowRight")
    assert probe(xor)[0] > start[0] + 0.1
    for _ in range(12):
        xor.keyboard.press("Shift+ArrowRight")
    assert probe(xor)[0] == pytest.approx(xor.evaluate("() => harness.stage.view().box.x[1]"))
    expect(said(xor)).to_have_text(point_words(run("xor"), -1, probe(xor)), use_inner_text=True)
    xor.keyboard.press("Escape")
    expect(tip(xor)).to_be_hidden()


def test_a_row_is_chosen_by_a_click_and_by_enter(xor: Page) -> None:
    x, y = xor.evaluate(PLACE, 2)
    answer(xor).click(position={"x": x, "y": y})
    expect(xor.locator('[data-part="row"]')).to_have_value("3")
    xor.mouse.move(2, 2)
    expect(xor.locator('[data-part="network caption"]')).to_contain_text("row 3")
    answer(xor).focus()
    for _ in range(2):
        xor.keyboard.press("PageDown")
    xor.keyboard.press("Enter")
    expect(xor.locator('[data-part="row"]')).to_have_value("4")


def test_neurons_and_weights_are_told(xor: Page) -> None:
    history = run("xor")
    w, b = history.weights[0][-1], history.biases[0][-1]
    inputs = history.experiment.input_array[0]
    z, out = float(inputs @ w[:, 0] + b[0]), float(history.forward(-1).outputs[0][0, 0])
    network(xor).focus()
    xor.keyboard.press("ArrowDown")
    strongest = sorted(zip(("switch 1", "switch 2"), w[:, 0].tolist(), strict=True), key=lambda pair: -abs(pair[1]))
    weights = ", ".join(f"{name}: {format_number(value)}" for name, value in strongest)
    words = (
        f"h1, hidden, Tanh\nz = {format_number(z)}, out = {format_number(out)} for row 1\n"
        f"weights {weights}; bias: {format_number(float(b[0]))}"
    )
    expect(said(xor)).to_have_text(words, use_inner_text=True)
    x, y, _ = xor.evaluate(NODE, [1, 0])
    network(xor).hover(position={"x": x, "y": y})
    expect(tip(xor)).to_have_text(words, use_inner_text=True)
    xor.mouse.move(2, 2)
    network(xor).focus()
    xor.keyboard.press("ArrowDown")
    for source, name in enumerate(("switch 1", "switch 2")):
        xor.keyboard.press("PageDown")
        expect(said(xor)).to_contain_text(f"{name} → h1: weight {format_number(float(w[source, 0]))}")
    xor.keyboard.press("ArrowRight")
    expect(said(xor)).to_contain_text("answer, output, Sigmoid")


def test_choosing_a_neuron_enlarges_it_and_fades_what_it_has_nothing_to_do_with(xor: Page) -> None:
    x, y, before = xor.evaluate(NODE, [1, 1])
    lit = """() => {
      const parts = harness.litParts(harness.stage.view());
      return parts && [[0, 0], [1, 0], [1, 1], [2, 0]].map(([layer, unit]) => parts.neuron(layer, unit));
    }"""
    network(xor).click(position={"x": x, "y": y})
    xor.mouse.move(2, 2)
    assert xor.evaluate(NODE, [1, 1])[2] > 1.5 * before
    assert xor.evaluate(lit) == [True, False, True, True]
    network(xor).focus()
    xor.keyboard.press("Escape")
    assert xor.evaluate(NODE, [1, 1])[2] == before
    assert xor.evaluate(lit) is None
    xor.keyboard.press("ArrowDown")
    xor.keyboard.press("Enter")
    assert xor.evaluate("() => harness.stage.state.chosen") == {"layer": 1, "unit": 0}
    xor.keyboard.press("Enter")
    assert xor.evaluate("() => harness.stage.state.chosen") is None


def test_on_a_phone_nothing_is_cut_off(phone: Page) -> None:
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert network(phone).evaluate("(canvas) => canvas.clientWidth") > 340
