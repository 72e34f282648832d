"""A frozen weight is drawn with a lock, and its words say so."""

from dataclasses import replace

from playwright.sync_api import Page, expect

from engine import PRESETS, record
from tests.browser.pictures import open_pictures, pictures_page
from tests.browser.playground import expect_query, open_at
from tests.browser.stillness import a_run

# How many locks are drawn when the network is painted once more: each has one arc of less than a circle.
LOCKS = """() => {
  const { arc } = CanvasRenderingContext2D.prototype;
  let locks = 0;
  CanvasRenderingContext2D.prototype.arc = function (x, y, radius, from, to) {
    locks += this.canvas.dataset.part === 'network' && from === Math.PI && to === 0;
    arc.call(this, x, y, radius, from, to);
  };
  harness.stage.paintNow();
  CanvasRenderingContext2D.prototype.arc = arc;
  return locks;
}"""


def test_every_frozen_weight_and_bias_has_a_lock(page: Page) -> None:
    for frozen, locks in (((), 0), (("W1[0,1]",), 1), (("W1", "b1"), 9), (("b2",), 1)):
        open_pictures(page, pictures_page(record(replace(PRESETS["xor"], frozen=frozen, epochs=20))))
        assert page.evaluate(LOCKS) == locks


def test_its_words_say_that_it_is_frozen(page: Page) -> None:
    open_pictures(page, pictures_page(record(replace(PRESETS["xor"], frozen=("W1[0,0]",), epochs=20))))
    for unit, words in ((0, "(frozen)"), (1, "bias")):
        page.evaluate("(unit) => harness.stage.point({ neuron: { layer: 1, unit } }, 'network')", unit)
        tip = page.locator('[data-part="tip"]')
        expect(tip).to_contain_text(f"h{unit + 1}, hidden")
        said = tip.inner_text()
        assert words in said
        assert ("(frozen)" in said) == (unit == 0)


def test_a_layer_is_frozen_under_more(page: Page, server: str) -> None:
    open_at(page, f"{server}/?preset=xor&n=100")
    for text in ("More", "Freeze weights", "Freeze the hidden layer"):
        with a_run(page):
            page.get_by_text(text, exact=True).click()
    expect_query(page, "frozen=W1,b1")
    expect(page.get_by_text("What has a lock is frozen")).to_be_visible()
