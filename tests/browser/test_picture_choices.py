"""What can be chosen of the answer's picture: which one, over which inputs, and where the others are held."""

import numpy as np
from playwright.sync_api import Locator, Page, expect

from pages.charts.style.format import format_number
from tests.browser.axe import violations
from tests.browser.pictures import open_pictures, pictures_page, wait_until_fine
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
