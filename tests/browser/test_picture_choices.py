"""What can be chosen of the answer's picture: which one, over which inputs, and where the others are held."""

from dataclasses import asdict

import numpy as np
from playwright.sync_api import Locator, Page, expect

from pages.charts.canvas.gradients import gradients
from pages.charts.style.format import format_number
from pages.charts.style.palette import LIGHT
from pages.charts.style.sizes import DESK
from tests.browser.axe import violations
from tests.browser.pictures import open_pictures, pictures_page, seek, wait_until_fine
from tests.browser.playground import open_at
from tests.browser.stillness import a_run
from tests.charts.runs import run

# The values at which the inputs are held, and the raster's value of the output in its middle with the point there.
MIDDLE = """() => {
  const { raster, scene, held } = harness.stage.view(), p = Math.floor(raster.count / 2);
  const at = raster.features.map((input) => (typeof input === 'number' ? input : input[p]));
  return [at, raster.layers.at(-1)[p]];
}"""


def part(page: Page, name: str) -> Locator:
    return page.locator(f'[data-part="{name}"]')


def assert_raster_is_numpys(page: Page, name: str) -> list[float]:
    """The value in the middle of the raster is NumPy's; gives the point."""
    wait_until_fine(page)
    point, output = page.evaluate(MIDDLE)
    wanted = run(name).forward(-1, np.array([point])).outputs[-1][0, 0]
    np.testing.assert_allclose(output, wanted, rtol=1e-12)
    found: list[float] = point
    return found


def test_of_three_inputs_two_are_drawn_and_the_third_held_where_the_row_or_the_slider_has_it(page: Page) -> None:
    open_pictures(page, pictures_page(run("parity")))
    expect(part(page, "answer caption")).to_have_text("Every row's answer")
    part(page, "kind").select_option("plane")
    expect(part(page, "answer caption")).to_have_text("The answer over switch 1 and switch 2")
    assert assert_raster_is_numpys(page, "parity")[2] == run("parity").experiment.inputs[0][2]
    part(page, "held 2").fill("0.75")
    assert assert_raster_is_numpys(page, "parity")[2] == 0.75
    part(page, "axis 0").select_option("2")
    expect(part(page, "answer caption")).to_have_text("The answer over switch 3 and switch 2")
    assert part(page, "held 2").count() == 0
    part(page, "axis 1").select_option("2")  # the two change places
    expect(part(page, "answer caption")).to_have_text("The answer over switch 2 and switch 3")
    page.evaluate("() => harness.stage.set({ row: 7 })")
    assert assert_raster_is_numpys(page, "parity")[0] == run("parity").experiment.inputs[7][0]


def test_a_curve_can_be_drawn_where_several_inputs_vary(page: Page) -> None:
    open_pictures(page, pictures_page(run("xor")))
    part(page, "kind").select_option("curve")
    expect(part(page, "answer caption")).to_have_text("The answer along switch 1")
    part(page, "held 1").fill("0.5")
    assert assert_raster_is_numpys(page, "xor")[1] == 0.5
    part(page, "kind").select_option("plane")
    expect(part(page, "answer caption")).to_have_text("The answer over switch 1 and switch 2")


def test_one_of_several_targets_can_be_drawn_alone(page: Page) -> None:
    open_pictures(page, pictures_page(run("fruit")))
    assert part(page, "target").locator("option").all_inner_texts() == ["the winner", "apple", "lemon", "plum"]
    part(page, "target").select_option("1")
    wait_until_fine(page)
    assert page.evaluate("() => harness.stage.view().target") == 1


def probe(page: Page) -> list[float]:
    found: list[float] = page.evaluate("() => harness.stage.state.probe")
    return found


def test_curve_rows_and_confusion_matrix_tell_too(page: Page) -> None:
    sine = run("sine")
    open_pictures(page, pictures_page(sine))
    part(page, "answer").focus()
    page.keyboard.press("ArrowRight")
    output = sine.forward(-1, np.array([probe(page)])).outputs[-1][0, 0]
    expect(part(page, "said")).to_contain_text(
        f"x = {format_number(probe(page)[0])}\nsin x = {format_number(float(output))}"
    )
    parity = run("parity")
    open_pictures(page, pictures_page(parity))
    part(page, "answer").focus()
    page.keyboard.press("ArrowRight")
    expect(part(page, "said")).to_contain_text(
        f"odd = {format_number(float(parity.outputs[-1, 0, 0]))} (target 0), right"
    )
    part(page, "kind").select_option("confusion")
    part(page, "answer").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    expect(part(page, "said")).to_have_text("4 rows: target odd = 1, answer odd = 1")


def test_nothing_stands_in_anybodys_way(page: Page) -> None:
    for name in ("xor", "parity"):
        open_pictures(page, pictures_page(run(name)))
        part(page, "kind").select_option("plane")
        assert [words for _, words in violations(page)] == []
        for canvas in ("network", "answer"):
            assert part(page, canvas).get_attribute("aria-label")
            assert part(page, canvas).get_attribute("tabindex") == "0"
    open_pictures(page, pictures_page(run("xor")))
    assert "over switch 1 and switch 2. Of 4 rows" in str(part(page, "answer").get_attribute("aria-label"))


# The colours in which the links of the drawing are stroked in one painting.
LINK_COLORS = """() => {
  const { stroke } = CanvasRenderingContext2D.prototype, found = [];
  CanvasRenderingContext2D.prototype.stroke = function (...rest) {
    if (this.canvas.dataset.part === "network") found.push(this.strokeStyle);
    stroke.call(this, ...rest);
  };
  harness.stage.paintNow();
  CanvasRenderingContext2D.prototype.stroke = stroke;
  return found;
}"""


def mix(start: str, end: str, share: float) -> str:
    """One colour moved towards another, as the drawing has it."""
    parts = [[int(color[at : at + 2], 16) for at in (1, 3, 5)] for color in (start, end)]
    return "#" + "".join(f"{int(a + (b - a) * share + 0.5):02x}" for a, b in zip(*parts, strict=True))


def test_lines_are_coloured_by_gradient_where_that_is_asked_for(page: Page) -> None:
    history = run("xor")
    open_pictures(page, pictures_page(history))
    assert part(page, "gradients").count() == 0, "nobody can send any"
    page.evaluate("(sizes) => harness.stage.present({ sizes, gradients: false })", asdict(DESK))
    box = part(page, "gradients")
    expect(box).not_to_be_checked()
    box.focus()
    page.keyboard.press("Space")
    assert page.evaluate("() => harness.sent.map(([name, value]) => [name, value.on])") == [["gradients", True]]
    expect(box).to_be_focused()
    assert {LIGHT.positive, LIGHT.negative} <= set(page.evaluate(LINK_COLORS))
    assert violations(page) == []

    open_pictures(page, pictures_page(history, has_gradients=True))
    for index in (0, 40):
        seek(page, index)
        (found,) = gradients(history, np.array([index]))
        shares = found / np.abs(found).max()
        inks = [mix(LIGHT.muted, LIGHT.positive if share > 0 else LIGHT.negative, abs(share)) for share in shares]
        links = [*range(6), *range(9, 12)]  # without the biases
        assert {inks[link] for link in links} <= set(page.evaluate(LINK_COLORS))
    expect(part(page, "network caption")).to_contain_text("row 1: gradient blue +, orange −")
    assert page.evaluate("() => harness.stage.scene.gradients.length") == len(history.epochs) * 13


def test_on_the_page_the_box_brings_the_gradients_and_takes_them_away(page: Page, server: str) -> None:
    open_at(page, f"{server}/?preset=xor&n=100")
    box, caption = part(page, "gradients"), part(page, "network caption")
    with a_run(page):
        box.check()
    expect(caption).to_contain_text("gradient blue +, orange −")
    expect(page.get_by_text("Its colour is its gradient at that epoch")).to_be_visible()
    expect(box).to_be_checked()
    with a_run(page):
        box.uncheck()
    expect(caption).not_to_contain_text("gradient")
